//! Reads the real corpora that `ONRECORD_CORPORA` points to; without it, says that it was skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use onrecord::transcript::coverage::coverage;
use onrecord::transcript::model::{Format, Kind, Parsed, Segment, SegmentKind};
use onrecord::transcript::{Input, dates, parse};
use rayon::prelude::*;
use regex::Regex;

struct Read {
    path: PathBuf,
    corpus: String,
    bytes: Vec<u8>,
    parsed: Parsed,
}

impl Read {
    fn new(root: &Path, path: PathBuf) -> Self {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let corpus = path.strip_prefix(root).unwrap().components().next().unwrap();
        let corpus = corpus.as_os_str().to_str().unwrap().to_owned();
        let parsed = parse(Input { bytes: &bytes, name: Some(name) });
        Self { path, corpus, bytes, parsed }
    }

    fn name(&self) -> &str {
        self.path.file_name().unwrap().to_str().unwrap()
    }

    fn segments(&self) -> &[Segment] {
        &self.parsed.transcript.segments
    }

    fn is_text(&self) -> bool {
        matches!(self.parsed.format, Format::Plain | Format::Markdown | Format::Html)
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_none_or(|end| end != "jsonl") {
            found.push(path);
        }
    }
}

static CORPORA: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let Ok(root) = std::env::var("ONRECORD_CORPORA") else {
        println!("skipped: ONRECORD_CORPORA is not set");
        return Vec::new();
    };
    let root = PathBuf::from(root);
    let mut found = Vec::new();
    files(&root, &mut found);
    found.sort();
    found.into_par_iter().map(|path| Read::new(&root, path)).collect()
});

#[test]
fn no_word_of_any_file_is_lost() {
    let lost =
        CORPORA.iter().filter_map(|read| Some(format!("{}: {:?}", read.path.display(), coverage(&read.parsed)?)));
    let lost: Vec<String> = lost.collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The day of the event as the list beside the file, its front matter or its own name says, which are right but for the
/// days between event and publication.
fn published(read: &Read, index: &BTreeMap<String, String>) -> Option<String> {
    index.get(read.name()).cloned().or_else(|| dates::from_name(read.name()).map(|(date, _)| date.to_string()))
}

fn index() -> BTreeMap<String, String> {
    let Ok(root) = std::env::var("ONRECORD_CORPORA") else { return BTreeMap::new() };
    let rows = std::fs::read_to_string(Path::new(&root).join("white-house-html/index.jsonl")).unwrap();
    let rows = rows.lines().map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
    rows.map(|row| (row["file"].as_str().unwrap().to_owned(), row["date"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn event_dates_are_found_without_the_list_beside_the_files() {
    let index = index();
    let (mut right, mut wrong) = (0, Vec::new());
    for read in CORPORA.iter().filter(|read| read.is_text()) {
        let found = dates::choose(&read.parsed.transcript.dates).date.map(|date| date.to_string());
        let wanted = published(read, &index);
        // What head or title say of the days before publication is the event's own day.
        let early = found.as_ref().zip(wanted.as_ref()).is_some_and(|(found, wanted)| {
            let (found, wanted): (jiff::civil::Date, jiff::civil::Date) =
                (found.parse().unwrap(), wanted.parse().unwrap());
            let days = wanted.since(found).unwrap().get_days();
            let head = &read.parsed.source_text.chars().take(1500).collect::<String>();
            (0..=6).contains(&days) && dates::in_text(head).iter().any(|(date, _)| *date == found)
        });
        if found == wanted || early {
            right += 1;
        } else {
            wrong.push(format!("{}: {found:?} instead of {wanted:?}", read.name()));
        }
    }
    println!("dates: {right} right, {} wrong: {wrong:#?}", wrong.len());
    assert!(wrong.len() * 100 <= (right + wrong.len()) * 3, "{wrong:#?}");
}

/// The lines of a raw file as a reader without any knowledge of transcripts would see them.
fn raw_lines(read: &Read) -> Vec<String> {
    let mut text = String::from_utf8_lossy(&read.bytes).into_owned();
    if read.parsed.format == Format::Html {
        let invisible = Regex::new(r"(?s)<script.*?</script>|<style.*?</style>|<!--.*?-->").unwrap();
        text = invisible.replace_all(&text, "").into_owned();
        text = Regex::new(r"</?(?:br|p|div|h\d|li)\b[^>]*>").unwrap().replace_all(&text, "\n").into_owned();
        text = Regex::new("<[^>]+>").unwrap().replace_all(&text, "").into_owned();
        text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&#x27;", "'");
    }
    text.lines().map(|line| line.replace('\u{A0}', " ").replace("**", "").trim().to_owned()).collect()
}

#[test]
fn printed_labels_start_turns() {
    let named =
        Regex::new(r"^((?:MR|MS|MRS|DR)\.? +[A-Z'’-][A-Zc'’-]+|THE (?:VICE )?PRESIDENT|MODERATOR|SENIOR ADMINISTRATION OFFICIAL|SECRETARY [A-Z]+):").unwrap();
    let question = Regex::new(r"^(Q)(?: {2,}|\t)").unwrap();
    let (mut printed, mut missing) = (0, Vec::new());
    for read in CORPORA.iter().filter(|read| read.is_text()) {
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for line in raw_lines(read) {
            if let Some(found) = named.captures(&line).or_else(|| question.captures(&line)) {
                let label = found[1].split_whitespace().collect::<Vec<_>>().join(" ");
                *wanted.entry(label).or_default() += 1;
            }
        }
        for (label, count) in wanted {
            printed += count;
            let have = read.segments().iter().filter(|segment| segment.label.as_ref() == Some(&label)).count();
            missing.extend((have..count).map(|_| format!("{}: {label}", read.name())));
        }
    }
    println!("labels: {printed} printed, {} without a turn", missing.len());
    assert!(missing.len() * 200 <= printed, "{missing:#?}");
}

#[test]
fn no_label_is_left_inside_a_text() {
    let inside =
        Regex::new(r"(?:^|\n|[.?!)—-] )((?:MR|MS|MRS|DR)\.? [A-Z'’-]{3,}:|THE PRESIDENT:|MODERATOR:|QUESTION:)")
            .unwrap();
    let stopped = Regex::new(r"[.?!] [A-Z][A-Z’'-]+(?: [A-Z][A-Z’'-]+)+\. ").unwrap();
    let mut left = Vec::new();
    for read in CORPORA.iter() {
        for segment in read.segments() {
            left.extend(inside.find(&segment.text).map(|found| format!("{}: {}", read.name(), found.as_str())));
            if read.parsed.format == Format::Pdf {
                left.extend(stopped.find(&segment.text).map(|found| format!("{}: {}", read.name(), found.as_str())));
            }
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_transcript_has_turns_and_few_words_of_nobody() {
    let transcripts = CORPORA.iter().filter(|read| read.is_text() && read.parsed.transcript.kind == Kind::Transcript);
    for read in transcripts {
        let turns = read.segments().iter().filter(|segment| segment.kind == SegmentKind::Turn).count();
        let loose = read.segments().iter().filter(|segment| segment.kind == SegmentKind::Paragraph).count();
        assert!(turns >= 3 && loose * 10 <= turns, "{}: {turns} turns, {loose} paragraphs", read.path.display());
    }
}

#[test]
fn site_furniture_is_not_in_the_text_of_web_pages() {
    for read in CORPORA.iter().filter(|read| read.corpus == "whitehouse-gov-pages") {
        for words in
            ["Share:", "Twitter Facebook", "Skip to content", "Privacy Policy", "All News", "Copyright", "Open Menu"]
        {
            assert!(!read.parsed.source_text.contains(words), "{}: {words}", read.path.display());
        }
    }
}

#[test]
#[ignore = "prints what was read, for people"]
fn dump() {
    let out = std::env::var("ONRECORD_DUMP").unwrap();
    let mut labels: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for read in CORPORA.iter() {
        let json = serde_json::to_string(&read.parsed).unwrap();
        std::fs::write(format!("{out}/{}.json", read.name()), json).unwrap();
        for label in read.segments().iter().filter_map(|segment| segment.label.as_deref()) {
            *labels.entry((&read.corpus, label)).or_default() += 1;
        }
    }
    let rows: Vec<String> =
        labels.iter().map(|((corpus, label), count)| format!("{count}\t{corpus}\t{label}")).collect();
    std::fs::write(format!("{out}/labels.tsv"), rows.join("\n")).unwrap();
}
