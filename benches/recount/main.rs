//! Whether the search tells the truth: phrases taken anywhere are found where they were said, and totals and facets
//! are what a look at every text finds. Ends with an error if not.

#[path = "../measure/arguments.rs"]
mod arguments;
#[path = "../measure/draw.rs"]
mod draw;
#[path = "../measure/export.rs"]
mod export;
#[path = "../measure/http.rs"]
mod http;
mod rows;
#[path = "../measure/server.rs"]
mod server;

use std::error::Error;

use onrecord::search::language;
use serde_json::Value;

use arguments::Arguments;
use draw::Draw;
use http::{Client, encoded};
use rows::{Asked, Briefing, Counts, Utterance};
use server::Server;

const USAGE: &str = "\
cargo bench --bench recount -- --data-dir DIR [--phrases N] [--counts N] [--seed N]

  DIR   an archive that `onrecord import` filled
  N     how many phrases of six words (1000), how many searches to recount (60), where to begin choosing (1)";

/// Words of a phrase.
const SIX: usize = 6;
/// Mistakes that are shown.
const SHOWN: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir", "phrases", "counts", "seed"]);
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;
    let server = Server::onrecord(&data)?;
    let briefings: Vec<Briefing> = export::briefings(&data)?;
    let utterances: Vec<(&Briefing, &Utterance)> =
        briefings.iter().flat_map(|briefing| briefing.utterances.iter().map(move |one| (briefing, one))).collect();
    println!("{} briefings, {} utterances", briefings.len(), utterances.len());
    if utterances.is_empty() {
        return Err("the archive is empty".into());
    }

    let mut draw = Draw(arguments.get("seed").unwrap_or(1));
    let mut client = Client::new(server.address);
    let mut wrong = Vec::new();

    let phrases: usize = arguments.get("phrases").unwrap_or(1000);
    let mut sought = 0;
    while sought < phrases {
        let (briefing, utterance) = *draw.one_of(&utterances);
        if briefing.briefing_kind == "report" {
            continue;
        }
        let Some(phrase) = six_words(&mut draw, &utterance.text) else { continue };
        sought += 1;
        if let Err(why) = find(&mut client, &phrase, utterance)? {
            wrong.push(format!("{phrase} of {}: {why}", utterance.url));
        }
    }
    println!("phrases: {} of {sought} found where they were said, under label and speaker", sought - wrong.len());

    let counts: usize = arguments.get("counts").unwrap_or(60);
    let before = wrong.len();
    for n in 0..counts {
        let asked = search(&mut draw, &utterances, n);
        let (told, counted) = (ask(&mut client, &asked)?, rows::recount(&briefings, &asked));
        if told != counted {
            wrong.push(format!("{}: {}", address(&asked, ""), difference(&told, &counted)));
        }
    }
    println!("totals and facets: {} of {counts} as recounted", counts - (wrong.len() - before));

    if let Some(peak) = server.peak_memory() {
        println!("server at most {peak} MB");
    }
    for line in wrong.iter().take(SHOWN) {
        eprintln!("{line}");
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} answers are wrong", wrong.len()).into()) }
}

/// Six words in a row from somewhere in a text, in quotes.
fn six_words(draw: &mut Draw, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let from = draw.below(words.len().checked_sub(SIX)? + 1);
    let phrase = words[from..from + SIX].join(" ").replace(['"', '“', '”', '„', '«', '»'], " ");
    phrase.chars().any(char::is_alphanumeric).then(|| format!("\"{phrase}\""))
}

/// Looks for an utterance among the answers to a phrase of it, page by page.
fn find(client: &mut Client, phrase: &str, wanted: &Utterance) -> Result<Result<(), String>, Box<dyn Error>> {
    for page in 1..=100 {
        let answer = get(client, &format!("/api/v1/search?q={}&per_page=100&page={page}", encoded(phrase)))?;
        let results = answer["results"].as_array().ok_or("no results")?;
        if let Some(found) = results.iter().find(|result| path(&result["url"]) == path_of(&wanted.url)) {
            let (label, speaker) = (found["label"].as_str(), found["speaker"]["slug"].as_str());
            let right = label == wanted.label.as_deref()
                && speaker == wanted.speaker.as_ref().map(|speaker| speaker.slug.as_str());
            return Ok(if right { Ok(()) } else { Err(format!("under {label:?} and {speaker:?}")) });
        }
        if results.is_empty() {
            break;
        }
    }
    Ok(Err("not found".to_owned()))
}

/// Addresses without the site: an export and a server may call it differently.
fn path_of(url: &str) -> &str {
    url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or(url)
}

fn path(url: &Value) -> &str {
    path_of(url.as_str().unwrap_or_default())
}

/// A search of some kind with words and filters that somewhere occur.
fn search(draw: &mut Draw, utterances: &[(&Briefing, &Utterance)], n: usize) -> Asked {
    let words = |draw: &mut Draw, most: usize| -> String {
        let text = &draw.one_of(utterances).1.text;
        let all: Vec<&str> = text.split_whitespace().collect();
        let from = draw.below(all.len().saturating_sub(most) + 1);
        let some = &all[from.min(all.len())..(from + most).min(all.len())];
        some.join(" ").replace(|c: char| !c.is_alphanumeric() && c != ' ' && c != '\'' && c != '’', " ")
    };
    let q = match n % 8 {
        0 | 1 => words(draw, 1),
        2 => words(draw, 2),
        3 => format!("\"{}\"", words(draw, 2)),
        4 => format!("\"{}\"", words(draw, 3)),
        5 => format!("{} OR \"{}\"", words(draw, 1), words(draw, 2)),
        6 => format!("{} -{}", words(draw, 1), words(draw, 1)),
        _ => format!("{}*", words(draw, 1).trim().chars().take(4).collect::<String>()),
    };
    let (briefing, one) = draw.one_of(utterances);
    let mut asked = Asked { expr: language::read(&q).expr, q, ..Asked::default() };
    let filters = n / 8;
    if filters & 1 == 1 {
        asked.speaker = one.speaker.as_ref().map(|speaker| speaker.slug.clone());
    }
    if filters & 2 == 2 {
        asked.series = briefing.series.as_ref().map(|series| series.slug.clone());
    }
    if filters & 4 == 4 {
        asked.topic = one.topics.first().map(|topic| topic.slug.clone());
        asked.year = briefing.date.map(jiff::civil::Date::year);
    }
    asked
}

fn address(asked: &Asked, more: &str) -> String {
    let mut address = format!("/api/v1/search?q={}{more}", encoded(&asked.q));
    let year = asked.year.map(|year| year.to_string());
    let fields = [
        ("speaker", &asked.speaker),
        ("topic", &asked.topic),
        ("series", &asked.series),
        ("from", &year),
        ("to", &year),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            address.extend(["&", name, "=", &encoded(value)]);
        }
    }
    address
}

/// What the server tells.
fn ask(client: &mut Client, asked: &Asked) -> Result<Counts, Box<dyn Error>> {
    let answer = get(client, &address(asked, "&per_page=1"))?;
    let mut counts = Counts { total: answer["total"].as_u64().ok_or("no total")?, ..Counts::default() };
    let facets = [("speaker", "slug"), ("topic", "slug"), ("series", "slug"), ("year", "year")];
    for (facet, name) in facets.into_iter().chain([("briefing_kind", "briefing_kind")]) {
        for row in answer["facets"][facet].as_array().ok_or("no facet")? {
            let value = row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
            counts.facets.insert((facet, value), row["count"].as_u64().ok_or("no count")?);
        }
    }
    Ok(counts)
}

fn get(client: &mut Client, path: &str) -> Result<Value, Box<dyn Error>> {
    let answer = client.ask(path, None)?;
    if answer.status != 200 {
        return Err(format!("{path} answers {}", answer.status).into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}

fn difference(told: &Counts, counted: &Counts) -> String {
    let mut lines = vec![format!("total {} told, {} counted", told.total, counted.total)];
    for key in told.facets.keys().chain(counted.facets.keys()) {
        let (told, counted) = (told.facets.get(key), counted.facets.get(key));
        if told != counted {
            lines.push(format!("{key:?} {told:?} told, {counted:?} counted"));
        }
    }
    lines.truncate(6);
    lines.join("; ")
}
