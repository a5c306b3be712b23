//! Reads the real corpora that `ONRECORD_CORPORA` points to; without it, says that it was skipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use onrecord::transcript::coverage::coverage;
use onrecord::transcript::model::{Kind, Parsed, SegmentKind};
use onrecord::transcript::{Input, dates, parse};
use rayon::prelude::*;

struct Read {
    path: PathBuf,
    corpus: String,
    bytes: Vec<u8>,
    parsed: Parsed,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if !path.extension().is_some_and(|end| end == "jsonl") {
            found.push(path);
        }
    }
}

static CORPORA: LazyLock<Option<Vec<Read>>> = LazyLock::new(|| {
    let Ok(root) = std::env::var("ONRECORD_CORPORA") else {
        println!("skipped: ONRECORD_CORPORA is not set");
        return None;
    };
    let mut found = Vec::new();
    files(Path::new(&root), &mut found);
    found.sort();
    let read = found.into_par_iter().map(|path| {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let corpus =
            path.strip_prefix(&root).unwrap().components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let parsed = parse(Input { bytes: &bytes, name: Some(&name) });
        Read { path, corpus, bytes, parsed }
    });
    Some(read.collect())
});

#[test]
fn no_word_of_any_file_is_lost() {
    let Some(all) = CORPORA.as_ref() else { return };
    let lost: Vec<String> = all
        .iter()
        .filter_map(|read| coverage(&read.parsed).map(|lost| format!("{}: {lost:?}", read.path.display())))
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
#[ignore = "prints what was read, for people"]
fn dump() {
    let Some(all) = CORPORA.as_ref() else { return };
    let out = std::env::var("ONRECORD_DUMP").unwrap();
    let mut labels: BTreeMap<(String, String), usize> = BTreeMap::new();
    for read in all {
        let name = read.path.file_name().unwrap().to_str().unwrap();
        std::fs::write(format!("{out}/{name}.json"), serde_json::to_string_pretty(&read.parsed).unwrap()).unwrap();
        for segment in &read.parsed.transcript.segments {
            if let Some(label) = &segment.label {
                *labels.entry((read.corpus.clone(), label.clone())).or_default() += 1;
            }
        }
    }
    let mut table = String::new();
    for ((corpus, label), count) in labels {
        table.push_str(&format!("{count}\t{corpus}\t{label}\n"));
    }
    std::fs::write(format!("{out}/labels.tsv"), table).unwrap();
    let _ = (Kind::Report, SegmentKind::Turn, dates::choose(&[]), all.first().map(|read| read.bytes.len()));
}
