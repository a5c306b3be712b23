//! `onrecord train claims`: from transcripts whose sentences fact-checkers chose, or did not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::analysis::claims::train::{Document, cross_validate, header, precision, train};
use crate::analysis::linear::held_aside;
use crate::cli::labelled;

/// Where these transcripts lie among the labelled data.
const FOLDER: &str = "check-worthiness";

pub(super) fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let mut files = files(&data.join(FOLDER))?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "tsv"));
    ensure!(!files.is_empty(), "There is no .tsv file in {}", data.join(FOLDER).display());
    let documents: Vec<Document> = files.iter().map(|file| labelled::sentences(file)).collect::<Result<_, _>>()?;
    let (aside, known): (Vec<&Document>, Vec<&Document>) =
        documents.iter().partition(|document| held_aside(&document.name));
    let all: Vec<&Document> = documents.iter().collect();

    println!("mean average precision, cross-validated: {:.4}", cross_validate(&known));
    let judge = train(&known);
    let precisions: Vec<f64> = aside.iter().filter_map(|document| precision(&judge, document)).collect();
    println!("on what is held aside: {:.4}", precisions.iter().sum::<f64>() / precisions.len() as f64);
    println!("cross-validated on everything: {:.4}", cross_validate(&all));

    // The figures are taken; what is used learns from everything there is.
    let judge = train(&all);
    super::write("analysis/claims/sums.tsv", &(header(&all) + &judge.sums.write()))?;
    super::write("analysis/claims/trees.tsv", &judge.trees.write())?;
    super::write("analysis/claims/chosen.tsv", &judge.chosen.write())?;
    Ok(ExitCode::SUCCESS)
}

/// The files of a folder, in the order of their names: that of the folder itself is anybody's guess.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("Cannot read {}", folder.display()))? {
        files.push(entry?.path());
    }
    files.sort();
    Ok(files)
}
