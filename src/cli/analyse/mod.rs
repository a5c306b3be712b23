//! `onrecord analyse`: lines of JSON in, lines of JSON out, one for one and in order; no archive is opened.

mod answers;
mod claims;
mod quotations;
mod transcript;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use clap::Subcommand;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Whether questions were answered: {"question", "answer", "asked"} in, {"clarity", "label", "score", "because"} out.
    ///
    /// `asked` says which of several questions in `question` is meant, and may be left out. `because` is where the words
    /// stand in `answer` that gave it away, in characters.
    Answers,
    /// Which sentences deserve to be checked: {"document", "speaker", "text"} in, {"score", "kind"} out.
    ///
    /// A line is one sentence; those of a document come in order, and what was said before counts.
    Claims,
    /// What a source says and what can be suggested about it: {"name", "text"} or {"name", "base64"} in, the whole draft out.
    ///
    /// A line is one source. It is read as an import reads it; nothing is written.
    Transcript,
    /// Who says what in an article: {"id", "text"} in, {"id", "quotations"} out.
    ///
    /// Each quotation has its `mode` (direct, indirect, mixed), its `source`, `cue` and `content` as characters [from, to],
    /// and the `speaker` behind the source.
    Quotations,
}

pub(super) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Answers => each_line(answers::FORM, |line| Ok(answers::read(&line))),
        Command::Claims => {
            let mut reader = claims::Reader::default();
            each_line(claims::FORM, |line| Ok(reader.read(&line)))
        }
        Command::Transcript => {
            let reader = transcript::Reader::new()?;
            each_line(transcript::FORM, |line| reader.read(line))
        }
        Command::Quotations => each_line(quotations::FORM, |line| Ok(quotations::read(line))),
    }
}

/// Answers every line of standard input. One that cannot be answered gets an `error` that says what to do, and the others
/// go on.
fn each_line<Asked: DeserializeOwned, Answer: Serialize>(
    form: &str,
    judge: impl FnMut(Asked) -> Result<Answer, String>,
) -> anyhow::Result<ExitCode> {
    let all_went_well = answer(&mut io::stdin().lock(), &mut io::stdout().lock(), form, judge)?;
    Ok(if all_went_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether every line could be answered.
fn answer<Asked: DeserializeOwned, Answer: Serialize>(
    questions: &mut impl BufRead,
    answers: &mut impl Write,
    form: &str,
    mut judge: impl FnMut(Asked) -> Result<Answer, String>,
) -> io::Result<bool> {
    let mut all_went_well = true;
    let mut line = Vec::new();
    while questions.read_until(b'\n', &mut line)? > 0 {
        let asked = serde_json::from_slice(line.trim_ascii_end()).map_err(|error| refusal(&error, form));
        match asked.and_then(&mut judge) {
            Ok(answer) => serde_json::to_writer(&mut *answers, &answer)?,
            Err(error) => {
                all_went_well = false;
                serde_json::to_writer(&mut *answers, &json!({ "error": error }))?;
            }
        }
        answers.write_all(b"\n")?;
        // Whoever asks line by line waits for the answer.
        answers.flush()?;
        line.clear();
    }
    Ok(all_went_well)
}

fn refusal(error: &serde_json::Error, form: &str) -> String {
    let wrong = match error.classify() {
        serde_json::error::Category::Data => error.to_string(),
        _ => format!("this is not valid JSON: {error}"),
    };
    // Every line is the first one to whoever reads it.
    let wrong = wrong.replace(" at line 1 column ", " at character ");
    format!("{wrong}. Send one line like {form}")
}
