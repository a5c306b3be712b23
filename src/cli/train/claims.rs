//! `onrecord train claims`: from transcripts whose sentences fact-checkers chose, or did not, and from texts of any kind in
//! which words keep their usual company.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::analysis::claims::train::{Document, cross_validate, header, meanings, precision, train};
use crate::analysis::linear::held_aside;
use crate::cli::labelled;

/// Where these transcripts lie among the labelled data.
const FOLDER: &str = "check-worthiness";
/// Endings of files that hold text.
const TEXTS: [&str; 6] = ["html", "md", "said", "tsv", "jsonl", "csv"];

pub(super) fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let mut files = files(&data.join(FOLDER))?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "tsv"));
    ensure!(!files.is_empty(), "There is no .tsv file in {}", data.join(FOLDER).display());
    let documents: Vec<Document> = files.iter().map(|file| labelled::sentences(file)).collect::<Result<_, _>>()?;
    let (aside, known): (Vec<&Document>, Vec<&Document>) =
        documents.iter().partition(|document| held_aside(&document.name));
    let all: Vec<&Document> = documents.iter().collect();

    let vectors = meanings(&texts(data)?);
    println!("mean average precision, cross-validated: {:.4}", cross_validate(&known, &vectors));
    let judge = train(&known, &vectors);
    let precisions: Vec<f64> = aside.iter().filter_map(|document| precision(&judge, document)).collect();
    println!("on what is held aside: {:.4}", precisions.iter().sum::<f64>() / precisions.len() as f64);
    println!("cross-validated on everything: {:.4}", cross_validate(&all, &vectors));

    // The figures are taken; what is used learns from everything there is.
    let judge = train(&all, &vectors);
    super::write("analysis/claims/sums.tsv", &(header(&all) + &judge.sums.write()))?;
    super::write("analysis/claims/trees.tsv", &judge.trees.write())?;
    super::write("analysis/claims/vectors.tsv", &judge.vectors.write())?;
    Ok(ExitCode::SUCCESS)
}

/// Every text below a folder, without its markup.
fn texts(folder: &Path) -> anyhow::Result<Vec<String>> {
    let markup = regex::Regex::new(r"<[^>]*>|&nbsp;|&[a-z]+;|\\n|\\u[0-9a-f]{4}")?;
    let mut texts = Vec::new();
    for file in files(folder)? {
        if file.extension().is_some_and(|ending| TEXTS.iter().any(|text| ending == *text)) {
            let text = fs::read_to_string(&file).with_context(|| format!("Cannot read {}", file.display()))?;
            texts.push(markup.replace_all(&text, " ").replace('\t', "\n\n"));
        }
    }
    Ok(texts)
}

/// All files below a folder, in the order of their names: that of the folder itself is anybody's guess.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("Cannot read {}", folder.display()))? {
        entries.push(entry?.path());
    }
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else {
            found.push(entry);
        }
    }
    Ok(found)
}
