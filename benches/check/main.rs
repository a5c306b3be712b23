//! How often a quotation is judged rightly, and how fast: quotations of nine kinds are made from an archive and checked.

#[path = "../measure/arguments.rs"]
mod arguments;
#[path = "../measure/draw.rs"]
mod draw;
#[path = "../measure/export.rs"]
mod export;
#[path = "../measure/http.rs"]
mod http;
mod quotes;
#[path = "../measure/server.rs"]
mod server;
#[path = "../measure/statistics.rs"]
mod statistics;

use std::error::Error;
use std::time::Instant;

use serde_json::{Value, json};

use arguments::Arguments;
use draw::Draw;
use http::{Client, encoded};
use quotes::{Archive, Briefing, CLASSES, Quote};
use server::Server;
use statistics::Times;

const USAGE: &str = "\
cargo bench --bench check -- --data-dir DIR [--quotes N] [--seed N] [--show N] [--least PERCENT]

  DIR      an archive that `onrecord import` filled
  N        how many quotations (200), where to begin choosing (1), how many mistakes to show (20)
  PERCENT  fails where fewer are judged rightly";

/// Words of the article that is checked in the end.
const ARTICLE: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir", "quotes", "seed", "show", "least"]);
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;
    let server = Server::onrecord(&data)?;
    let archive = Archive::of(export::briefings::<Briefing>(&data)?);
    let mut draw = Draw(arguments.get("seed").unwrap_or(1));
    let mut client = Client::new(server.address);

    let all: usize = arguments.get("quotes").unwrap_or(200);
    let (mut right, mut times, mut page_times) = (0, Times::default(), Times::default());
    let mut by_class = [(0, 0); CLASSES.len()];
    let mut wrong = Vec::new();
    let mut lost = 0;
    for n in 0..all {
        let quote = archive.quote(CLASSES[n % CLASSES.len()], &mut draw);
        let begun = Instant::now();
        let answer = check(&mut client, &quote.text, quote.speaker.as_deref())?;
        times.add(begun.elapsed());
        let begun = Instant::now();
        page(&mut client, &quote)?;
        page_times.add(begun.elapsed());
        let verdict = answer["verdict"].as_str().unwrap_or_default();
        let count = &mut by_class[n % CLASSES.len()];
        count.1 += 1;
        if quote.right.contains(&verdict) {
            right += 1;
            count.0 += 1;
        } else {
            let turned = matches!(quote.class, "not dropped" | "number changed");
            lost += usize::from(turned && verdict == "verbatim");
            wrong.push(mistake(&quote, &answer));
        }
    }
    for (class, (right, of)) in CLASSES.iter().zip(by_class) {
        println!("{class:>16}  {right:3} of {of:3}");
    }
    let percent = right as f64 * 100.0 / all.max(1) as f64;
    println!("{right} of {all} rightly ({percent:.1} %); lost a “not” or changed a number and called verbatim: {lost}");
    println!("each   {times}\npage   {page_times}");
    article(&mut client, &archive, &mut draw)?;
    if let Some(peak) = server.peak_memory() {
        println!("server at most {peak} MB");
    }
    for line in wrong.iter().take(arguments.get("show").unwrap_or(20)) {
        println!("{line}");
    }
    match arguments.get::<f64>("least") {
        Some(least) if percent < least => Err(format!("{percent:.1} % are fewer than {least} %").into()),
        _ => Ok(()),
    }
}

fn check(client: &mut Client, quote: &str, speaker: Option<&str>) -> Result<Value, Box<dyn Error>> {
    let request = json!({ "quote": quote, "speaker": speaker }).to_string();
    let answer = client.ask("/api/v1/check", Some(&request))?;
    if answer.status != 200 {
        return Err(format!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)).into());
    }
    Ok(serde_json::from_slice(&answer.body)?)
}

/// The page with the same answer.
fn page(client: &mut Client, quote: &Quote) -> Result<(), Box<dyn Error>> {
    let speaker = quote.speaker.as_deref().unwrap_or_default();
    let answer = client.ask(&format!("/check?quote={}&speaker={}", encoded(&quote.text), encoded(speaker)), None)?;
    if answer.status == 200 { Ok(()) } else { Err(format!("the page answers {}", answer.status).into()) }
}

/// A whole article of quotations with words in between.
fn article(client: &mut Client, archive: &Archive, draw: &mut Draw) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    while text.split_whitespace().count() < ARTICLE {
        let quote = archive.quote(CLASSES[draw.below(2)], draw).text.replace(['"', '“', '”', '\n'], " ");
        text.push_str("Asked about it in the afternoon, the office did not want to say more than it had said before. ");
        text.extend(["“", &quote, "” was the answer that the reporters wrote down. "]);
    }
    let begun = Instant::now();
    let answer = check(client, &text, None)?;
    let count = answer["quotations"].as_array().map_or(0, Vec::len);
    println!("an article of {ARTICLE} words with {count} quotations: {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}

fn mistake(quote: &Quote, answer: &Value) -> String {
    let passages = answer["passages"].as_array().into_iter().flatten().take(2);
    let shown: Vec<String> = passages
        .map(|passage| {
            let text: Vec<char> = passage["text"].as_str().unwrap_or_default().chars().collect();
            let at = |n: usize| passage["spans"][0][n].as_u64().unwrap_or(0) as usize;
            let around: String = text[at(0).saturating_sub(60)..(at(1) + 40).min(text.len())].iter().collect();
            format!("\n      {} {}: … {around} … {}", passage["label"], passage["number"], passage["differences"])
        })
        .collect();
    let Quote { class, text, speaker, .. } = quote;
    format!("  {class} -> {}: {text:?} by {speaker:?}{}", answer["verdict"], shown.concat())
}
