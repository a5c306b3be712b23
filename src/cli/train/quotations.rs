//! `onrecord train quotations`: from articles in which readers marked who says what.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};

use crate::analysis::quotations::labelled::Labelled;
use crate::analysis::quotations::train::train;
use crate::cli::labelled;

/// Where these articles lie among the labelled data.
const FOLDER: &str = "quote-attribution";

pub(super) fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let folder = data.join(FOLDER);
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("Cannot read {}", folder.display()))? {
        files.push(entry?.path());
    }
    files.retain(|file| labelled::is_trained_on(file) && file.extension().is_some_and(|ending| ending == "jsonl"));
    // The order of a folder is anybody's guess.
    files.sort();
    let mut articles: Vec<Labelled> = Vec::new();
    for file in &files {
        articles.extend(labelled::articles(file)?);
    }
    ensure!(!articles.is_empty(), "There is no article in a file train*.jsonl in {}", folder.display());
    let models = train(&articles);
    super::write_bytes("analysis/quotations/cues.bin", &models.cues)?;
    super::write_bytes("analysis/quotations/parts.bin", &models.parts)?;
    Ok(ExitCode::SUCCESS)
}
