//! Multiplies real transcripts to a wanted number of utterances, as folders that `onrecord import` takes.
//!
//! Each copy of the whole keeps the shape of every briefing (who speaks when, in how many sentences) and deals the
//! sentences of each label anew, so that words stay as frequent and speakers stay as talkative as they were, while no two
//! texts are the same. Copies lie one year further back each. The same seed gives the same bytes.

#[path = "../measure/arguments.rs"]
mod arguments;
mod deal;
mod read;
mod write;

use std::path::PathBuf;

use arguments::Arguments;

const USAGE: &str = "\
cargo bench --bench multiply -- --utterances N --out DIR [--seed N] FOLDER...

  FOLDER      transcripts (.html, .md) whose file names begin with a date
  N           how many turns to write
  DIR         where to write them: one folder a copy, each with its index.jsonl";

fn main() -> std::io::Result<()> {
    let arguments = Arguments::read(USAGE, &["utterances", "out", "seed"]);
    let wanted: usize = arguments.get("utterances").unwrap_or(271_000);
    let out: PathBuf =
        arguments.get("out").ok_or_else(|| std::io::Error::other("--out is missing; --help says more"))?;

    let originals = read::folders(&arguments.paths)?;
    let turns: usize = originals.iter().map(|original| original.turns.len()).sum();
    println!("{} transcripts with {turns} turns and {} sentences", originals.len(), read::sentences(&originals));
    if turns == 0 {
        eprintln!("no transcript found: give folders with .html or .md files named by their date");
        std::process::exit(2);
    }

    let mut left = wanted;
    let mut dealer = deal::Dealer::new(&originals, arguments.get("seed").unwrap_or(1));
    let mut briefings = 0;
    let mut copy = 0;
    while left > 0 {
        copy += 1;
        dealer.shuffle();
        let mut folder = write::Folder::create(&out.join(format!("{copy:04}")))?;
        for original in &originals {
            let shape = &original.turns[..original.turns.len().min(left)];
            if shape.is_empty() {
                break;
            }
            folder.add(original, copy, &dealer.deal(shape))?;
            left -= shape.len();
            briefings += 1;
        }
        folder.finish()?;
    }
    println!("{wanted} turns in {briefings} briefings in {copy} folders below {}", out.display());
    Ok(())
}
