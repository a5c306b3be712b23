//! The sample archive reads as it was written: its files are the first thing a newcomer sees.

use std::path::{Path, PathBuf};

use onrecord::transcript::coverage::coverage;
use onrecord::transcript::model::{Kind, SegmentKind};
use onrecord::transcript::{Input, Parsed, dates, parse};
use serde_json::Value;

struct Sample {
    row: Value,
    parsed: Parsed,
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/sample");
    let index = std::fs::read_to_string(folder.join("index.jsonl")).unwrap();
    let rows = index.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let read = rows.map(|row| {
        let path: PathBuf = folder.join(row["file"].as_str().unwrap());
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        Sample { row, parsed: parse(Input { bytes: &bytes, name: Some(&name) }) }
    });
    read.collect()
}

fn labels(parsed: &Parsed) -> Vec<&str> {
    parsed.transcript.segments.iter().filter_map(|segment| segment.label.as_deref()).collect()
}

#[test]
fn kinds_and_dates_are_found_without_the_index() {
    for Sample { row, parsed } in samples() {
        let kind = match parsed.transcript.kind {
            Kind::Transcript => "transcript",
            Kind::Statement => "statement",
            Kind::Report => "report",
        };
        assert_eq!(row["kind"], kind, "{}", row["file"]);
        let date = dates::choose(&parsed.transcript.dates).date.map(|date| date.to_string());
        assert_eq!(row["date"].as_str(), date.as_deref(), "{}", row["file"]);
    }
}

#[test]
fn no_word_is_lost_and_every_briefing_has_turns() {
    for Sample { row, parsed } in samples() {
        assert!(coverage(&parsed).is_none(), "{}: {:?}", row["file"], coverage(&parsed));
        let turns = labels(&parsed).len();
        match parsed.transcript.kind {
            Kind::Transcript => assert!((24..=60).contains(&turns), "{}: {turns} turns", row["file"]),
            Kind::Statement | Kind::Report => assert_eq!(turns, 0, "{}", row["file"]),
        }
    }
}

#[test]
fn no_label_is_left_inside_a_text() {
    const LABELS: [&str; 8] = ["MR. ", "MR ", "MS. ", "MS ", "DR. PELL:", "COL. ", "QUESTION:", "MODERATOR:"];
    for Sample { row, parsed } in samples() {
        for segment in parsed.transcript.segments.iter().filter(|segment| segment.kind == SegmentKind::Turn) {
            let left = segment.text.split("\n\n").find(|part| LABELS.iter().any(|label| part.starts_with(label)));
            assert_eq!(left, None, "{}", row["file"]);
        }
    }
}

#[test]
fn pages_have_something_to_show() {
    let all = samples();
    let with = |label: &str| all.iter().filter(|sample| labels(&sample.parsed).contains(&label)).count();
    assert_eq!(with("MR. PELL") + with("MR PELL") + with("Joren Pell"), 5, "one person in two offices");
    assert_eq!(with("DR. PELL"), 1, "another person of the same name");
    assert_eq!(with("MODERATOR"), 1, "a role");
    let series = |name: &str| all.iter().filter(|sample| sample.row["series"] == name).count();
    assert!(series("Harbour House press briefing") >= 6);
    assert!(series("Foreign Ministry of Tarvenia daily briefing") >= 5);
}
