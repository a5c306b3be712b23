//! Every citation of an archive is what programs that read such files accept.
//!
//! Reads the sample archive; with `ONRECORD_SITE=http://127.0.0.1:3000` the archive that is served there, of which
//! `ONRECORD_EVERY=10` takes every tenth turn.

use serde_json::Value;

use super::http::get;
use super::world::World;

/// Turns of the sample archive that are looked at: every so manieth.
const EVERY: usize = 6;

#[test]
fn every_citation_is_accepted_by_what_reads_such_files() {
    let every = std::env::var("ONRECORD_EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(EVERY);
    let (checked, faults) = match std::env::var("ONRECORD_SITE") {
        Ok(site) => check(&site, every),
        Err(_) => {
            let world = World::new("citations");
            let server = world.serve();
            check(&server.address, every)
        }
    };
    println!("{checked} citations were read back");
    assert!(
        checked > 50 && faults.is_empty(),
        "{checked} checked, {} faults: {:#?}",
        faults.len(),
        &faults[..faults.len().min(20)]
    );
}

/// How many citations were checked, and what is wrong with them.
fn check(site: &str, every: usize) -> (usize, Vec<String>) {
    let (mut checked, mut faults) = (0, Vec::new());
    let mut next = Some(String::new());
    while let Some(cursor) = next {
        let list = get(site, &format!("/api/v1/briefings{cursor}")).expect("a list").json();
        next = list["next"].as_str().map(|cursor| format!("?after={cursor}"));
        for slug in list["briefings"].as_array().into_iter().flatten().filter_map(|one| one["slug"].as_str()) {
            let briefing = get(site, &format!("/api/v1/briefings/{slug}")).expect("a briefing").json();
            let utterances = briefing["utterances"].as_array().map_or(&[][..], Vec::as_slice);
            let numbers: Vec<i64> = utterances.iter().filter_map(|one| one["number"].as_i64()).collect();
            let mut places: Vec<String> =
                numbers.iter().skip(every / 2).step_by(every).map(|number| format!("/{number}")).collect();
            places.push(String::new());
            places.extend(numbers.first().zip(numbers.get(7)).map(|(first, last)| format!("/{first}-{last}")));
            for place in places {
                let path = format!("/briefings/{slug}{place}");
                for (format, fault) in FORMATS {
                    let answer = get(site, &format!("{path}/cite/{format}")).expect("a citation");
                    let fault = if answer.status == 200 { fault(&answer.body).err() } else { Some(answer.body) };
                    faults.extend(fault.map(|fault| format!("{path} as {format}: {fault}")));
                    checked += 1;
                }
            }
        }
    }
    (checked, faults)
}

type Check = fn(&str) -> Result<(), String>;

const FORMATS: [(&str, Check); 4] = [("csl-json", csl), ("ris", ris), ("bibtex", bibtex), ("json-ld", json_ld)];

fn must(holds: bool, what: &str) -> Result<(), String> {
    holds.then_some(()).ok_or_else(|| what.to_owned())
}

/// The rules of the schema of CSL data (version 1.0.2): a list of items with a known type, an id, no field that it does
/// not name, and each field of the type that it names.
fn csl(text: &str) -> Result<(), String> {
    const TYPES: [&str; 8] =
        ["speech", "document", "article-newspaper", "webpage", "hearing", "interview", "report", "broadcast"];
    const TEXTS: [&str; 16] = [
        "id",
        "type",
        "title",
        "container-title",
        "genre",
        "event-title",
        "event-place",
        "publisher",
        "archive",
        "archive_location",
        "version",
        "source",
        "URL",
        "language",
        "abstract",
        "note",
    ];
    let items: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let items = items.as_array().ok_or("no list")?;
    must(items.len() == 1, "not one item")?;
    for item in items {
        let item = item.as_object().ok_or("no object")?;
        must(item.contains_key("id") && item.contains_key("URL") && item.contains_key("accessed"), "lacks a field")?;
        must(item["type"].as_str().is_some_and(|kind| TYPES.contains(&kind)), "unknown type")?;
        for (name, value) in item {
            let right = match name.as_str() {
                "author" => value.as_array().is_some_and(|names| !names.is_empty() && names.iter().all(is_csl_name)),
                "issued" | "accessed" | "event-date" => is_csl_date(value),
                "number" => value.is_string() || value.is_number(),
                name if TEXTS.contains(&name) => value.as_str().is_some_and(|text| !text.trim().is_empty()),
                _ => false,
            };
            must(right, &format!("{name} is {value}"))?;
        }
    }
    Ok(())
}

fn is_csl_name(name: &Value) -> bool {
    let parts = name.as_object();
    parts.is_some_and(|parts| {
        !parts.is_empty()
            && parts.iter().all(|(part, value)| {
                matches!(part.as_str(), "family" | "given" | "suffix" | "literal")
                    && value.as_str().is_some_and(|text| !text.trim().is_empty())
            })
    })
}

fn is_csl_date(date: &Value) -> bool {
    let parts = date.as_object().filter(|date| date.len() == 1).and_then(|date| date["date-parts"].as_array());
    parts.is_some_and(|dates| {
        dates.len() == 1 && dates[0].as_array().is_some_and(|parts| parts.len() == 3 && parts.iter().all(Value::is_i64))
    })
}

/// One record: two letters, two blanks, a hyphen, a blank and a value on each line; begins with a known type, ends once.
fn ris(text: &str) -> Result<(), String> {
    let lines: Vec<&str> = text.strip_suffix("\r\n").ok_or("no end of line")?.split("\r\n").collect();
    let mut fields = Vec::new();
    for line in &lines {
        let (tag, value) = line.split_once("  - ").ok_or_else(|| format!("no field: {line}"))?;
        let letters = tag.as_bytes();
        let right = letters.len() == 2 && letters[0].is_ascii_uppercase() && letters[1].is_ascii_alphanumeric();
        must(right && !value.contains(['\r', '\n']), &format!("no tag: {line}"))?;
        fields.push((tag, value));
    }
    must(matches!(fields[0], ("TY", "ELEC" | "NEWS")), "no type first")?;
    must(fields.last() == Some(&("ER", "")), "no end")?;
    let count = |tag| fields.iter().filter(|field| field.0 == tag).count();
    must(
        (count("TY"), count("ER"), count("UR"), count("TI"), count("Y2")) == (1, 1, 1, 1, 1),
        "a field too many or few",
    )?;
    for (_, name) in fields.iter().filter(|field| field.0 == "AU") {
        must(name.matches(',').count() <= 2 && name.chars().count() <= 255, &format!("a name that is none: {name}"))?;
    }
    let day = |day: &str| day.split('/').map(str::len).collect::<Vec<_>>() == [4, 2, 2];
    must(fields.iter().filter(|field| matches!(field.0, "DA" | "Y2")).all(|field| day(field.1)), "no day")
}

/// One entry that a parser for BibTeX and biblatex reads, with names and address as they were meant.
fn bibtex(text: &str) -> Result<(), String> {
    let read = biblatex::Bibliography::parse(text).map_err(|error| error.to_string())?;
    let entry = read.iter().next().filter(|_| read.len() == 1).ok_or("not one entry")?;
    must(entry.key.starts_with("onrecord-"), "a strange key")?;
    let address = entry.url().map_err(|error| error.to_string())?;
    must(address.starts_with("http") && address.contains("?revision="), &address)?;
    must(entry.title().is_ok_and(|title| !title.is_empty()), "no title")?;
    if text.contains("\n  author = ") {
        let authors = entry.author().map_err(|error| error.to_string())?;
        must(!authors.is_empty() && authors.iter().all(|one| !one.name.trim().is_empty()), "an author without a name")?;
    }
    must(entry.get("note").is_some() && entry.get("urldate").is_some(), "lacks a field")
}

/// A quotation, a graph of them, or a whole briefing, with what makes it worth reading; nothing that ends a script.
fn json_ld(text: &str) -> Result<(), String> {
    must(!text.contains('<'), "could end a script")?;
    let document: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    must(document["@context"] == "https://schema.org", "no context")?;
    let one = std::slice::from_ref(&document);
    for node in document["@graph"].as_array().map_or(one, Vec::as_slice) {
        let url = |node: &Value| node["url"].as_str().is_some_and(|url| url.starts_with("http"));
        must(url(node), "no address")?;
        if node["@type"] == "Quotation" {
            must(node["text"].as_str().is_some_and(|text| !text.is_empty()), "no text")?;
            must(node["isPartOf"]["name"].is_string() && url(&node["isPartOf"]), "part of nothing")?;
            let record = &node["recordedAt"]["recordedIn"];
            must(record["name"].is_string() && url(record), "recorded nowhere")?;
            if let Some(voice) = node.get("spokenByCharacter") {
                let kind = matches!(voice["@type"].as_str(), Some("Person" | "Organization"));
                must(kind && voice["name"].as_str().is_some_and(|name| !name.is_empty()), "nobody speaks")?;
            }
        } else {
            must(node["@type"] == "CreativeWork" && node["name"].is_string(), "neither words nor a briefing")?;
        }
    }
    Ok(())
}
