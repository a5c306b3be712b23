//! How many of the things that people misspell are recognised, by a server of a real archive.

#[path = "../measure/arguments.rs"]
mod arguments;
#[path = "../measure/http.rs"]
mod http;
#[path = "../measure/server.rs"]
mod server;
#[path = "../measure/statistics.rs"]
mod statistics;

use std::time::Instant;

use arguments::Arguments;
use http::{Client, encoded};
use onrecord::search::tokens::tokens;
use server::Server;
use statistics::Times;

const USAGE: &str = "\
cargo bench --bench misspelt -- --data-dir DIR

  DIR   an archive that `onrecord import` filled: the names and words asked for are of American and Mexican briefings";

/// What is typed and what is meant, in a part that was looked at while weights were chosen and one that was not.
const WORDS: &str = include_str!("words.tsv");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir"]);
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;
    let server = Server::onrecord(&data)?;
    let mut client = Client::new(server.address);
    for part in ["seen", "aside"] {
        let (mut right, mut all) = (0, 0);
        let mut times = Times::default();
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let [of, typed, meant] = line.split('\t').collect::<Vec<_>>()[..] else { return Err(line.into()) };
            if of != part {
                continue;
            }
            let began = Instant::now();
            let answer = client.ask(&format!("/api/v1/search?per_page=1&q={}", encoded(typed)), None)?;
            times.add(began.elapsed());
            let answer: serde_json::Value = serde_json::from_slice(&answer.body)?;
            let offered = answer["query"]["did_you_mean"].as_str().unwrap_or_default();
            let fits = meant
                .split('|')
                .any(|meant| tokens(meant).iter().map(|t| &t.text).eq(tokens(offered).iter().map(|t| &t.text)));
            (right, all) = (right + usize::from(fits), all + 1);
            if !fits {
                println!("{part}: “{typed}” is not read as “{meant}” but as “{offered}” ({} found)", answer["total"]);
            }
        }
        println!("{part}: {right} of {all} right; {times}");
    }
    println!("server at most {} MB", server.peak_memory().map_or_else(|| "?".to_owned(), |peak| peak.to_string()));
    Ok(())
}
