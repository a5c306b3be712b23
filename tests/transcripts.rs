//! Reads every transcript beside this file and compares the outcome with what stands beside it.
//!
//! `<format>/<what-is-odd>.<ext>` is read, `<what-is-odd>.expected.json` says what must come out. With `BLESS=1` the
//! expected files are written anew: read the difference before you commit it.

use std::path::{Path, PathBuf};

use onrecord::transcript::coverage::coverage;
use onrecord::transcript::model::{LocalTime, Mark, Parsed, Segment};
use onrecord::transcript::{Input, dates, parse};
use serde_json::{Value, json};

#[test]
fn every_transcript_reads_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let sources = sources(&root);
    assert!(sources.len() >= 25, "only {} transcripts found", sources.len());
    let mut wrong = Vec::new();
    for source in sources {
        let bytes = std::fs::read(&source).unwrap();
        let name = source.file_name().unwrap().to_str().unwrap();
        let parsed = parse(Input { bytes: &bytes, name: Some(name) });
        if let Some(lost) = coverage(&parsed) {
            wrong.push(format!("{}: a word was lost: {lost:?}", source.display()));
        }
        let actual = compact(&parsed);
        let expected =
            source.with_file_name(format!("{}.expected.json", source.file_stem().unwrap().to_str().unwrap()));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected, pretty(&actual)).unwrap();
            continue;
        }
        let wanted: Value = serde_json::from_slice(&std::fs::read(&expected).unwrap_or_default()).unwrap_or_default();
        if wanted != actual {
            wrong.push(format!("{}\nexpected {}\nbut read {}", source.display(), pretty(&wanted), pretty(&actual)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn sources(root: &Path) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for folder in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        sources.extend(files.filter(|path| path.extension().is_some_and(|end| end != "json")));
    }
    sources.sort();
    sources
}

/// What a person would check: everything that was found, in few words.
fn compact(parsed: &Parsed) -> Value {
    let transcript = &parsed.transcript;
    let choice = dates::choose(&transcript.dates);
    let codes: Vec<&str> = parsed.diagnostics.iter().map(|found| found.code.as_str()).collect();
    let mut value = json!({
        "format": parsed.format,
        "kind": transcript.kind,
        "title": transcript.title,
        "date": choice.date,
        "date_origin": choice.origin,
        "starts": transcript.starts.as_ref().map(time),
        "ends": transcript.ends.as_ref().map(time),
        "place": transcript.place,
        "issuer": transcript.issuer,
        "url": transcript.url,
        "language": transcript.language,
        "subjects": transcript.subjects.iter().map(|subject| json!([subject.name, subject.points])).collect::<Vec<_>>(),
        "embargo": transcript.embargo,
        "diagnostics": codes,
        "segments": transcript.segments.iter().map(segment).collect::<Vec<_>>(),
    });
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, value| !value.is_null() && *value != json!([]));
    }
    value
}

fn time(time: &LocalTime) -> String {
    let zone = time.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
    format!("{}{zone}", time.time.strftime("%H:%M"))
}

fn segment(segment: &Segment) -> Value {
    let mut row = vec![json!(segment.kind), json!(segment.label), json!(segment.text)];
    if !segment.marks.is_empty() {
        row.push(json!(segment.marks.iter().map(|mark| marked(&segment.text, mark)).collect::<Vec<_>>()));
    }
    if let Some(asked) = &segment.asked_by {
        row.push(json!({"asked_by": asked.name, "outlet": asked.outlet}));
    }
    Value::Array(row)
}

fn marked(text: &str, mark: &Mark) -> Value {
    let words: String = text.chars().skip(mark.start).take(mark.end - mark.start).collect();
    json!([mark.kind, words])
}

/// One segment a line, so that differences can be read.
fn pretty(value: &Value) -> String {
    let Some(map) = value.as_object() else { return "nothing".to_owned() };
    let fields = map.iter().map(|(key, value)| match value.as_array() {
        Some(rows) if key == "segments" => {
            let rows: Vec<String> = rows.iter().map(|row| format!("    {row}")).collect();
            format!("  \"{key}\": [\n{}\n  ]", rows.join(",\n"))
        }
        _ => format!("  \"{key}\": {value}"),
    });
    format!("{{\n{}\n}}\n", fields.collect::<Vec<_>>().join(",\n"))
}
