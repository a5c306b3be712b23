//! `onrecord train claims`: from transcripts whose sentences fact-checkers chose, or did not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::analysis::claims::train::{Document, train};
use crate::cli::labelled;

/// Where these transcripts lie among the labelled data.
const FOLDER: &str = "check-worthiness";

pub(super) fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let folder = data.join(FOLDER);
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("Cannot read {}", folder.display()))? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "tsv"));
    ensure!(!files.is_empty(), "There is no .tsv file in {}", folder.display());
    // The order of a folder is anybody's guess.
    files.sort();
    let documents: Vec<Document> = files.iter().map(|file| labelled::sentences(file)).collect::<Result<_, _>>()?;
    super::write("analysis/claims/model.tsv", &train(&documents).write())?;
    Ok(ExitCode::SUCCESS)
}
