//! How long the page of a briefing takes, from a server of the archive in a data directory.

#[path = "measure/arguments.rs"]
mod arguments;
#[path = "measure/http.rs"]
mod http;
#[path = "measure/server.rs"]
mod server;
#[path = "measure/statistics.rs"]
mod statistics;

use std::time::Instant;

use arguments::Arguments;
use http::{Client, encoded};
use server::Server;
use statistics::Times;

const USAGE: &str = "\
cargo bench --bench page -- --data-dir DIR [--briefings N]

  DIR   an archive that `onrecord import` filled
  N     how many briefings to ask for (200), each once and then once again";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir", "briefings"]);
    if !arguments.paths.is_empty() {
        return Err("this takes no paths; --help says more".into());
    }
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;
    let server = Server::onrecord(&data)?;
    let mut client = Client::new(server.address);

    let pages = briefings(&mut client, arguments.get("briefings").unwrap_or(200))?;
    for round in ["first time", "again"] {
        let mut times = Times::default();
        let mut bytes = 0;
        for page in &pages {
            let began = Instant::now();
            let answer = client.ask(page, None)?;
            times.add(began.elapsed());
            if answer.status != 200 {
                return Err(format!("{page} answers {}", answer.status).into());
            }
            bytes += answer.body.len();
        }
        println!("briefing, {round:<10}  {times}   {} KB a page", bytes / pages.len().max(1) / 1024);
    }
    println!("server at most {} MB", server.peak_memory().map_or_else(|| "?".to_owned(), |peak| peak.to_string()));
    Ok(())
}

/// The pages of briefings from all over the archive: the first so many that the list gives, spread evenly.
fn briefings(client: &mut Client, wanted: usize) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let answer = client.ask(&format!("/api/v1/briefings?after={after}"), None)?;
        let list: serde_json::Value = serde_json::from_slice(&answer.body)?;
        let slugs = list["briefings"].as_array().ok_or("no list of briefings")?;
        all.extend(
            slugs.iter().filter_map(|briefing| briefing["slug"].as_str()).map(|slug| format!("/briefings/{slug}")),
        );
        match list["next"].as_str() {
            Some(next) if !slugs.is_empty() => after = encoded(next),
            _ => break,
        }
    }
    let every = (all.len() / wanted.max(1)).max(1);
    println!("{} briefings, every {every}. is asked for", all.len());
    Ok(all.into_iter().step_by(every).collect())
}
