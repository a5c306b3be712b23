//! Labelled data as it lies in files, read for training and for scoring.

pub(super) mod answers;

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::analysis::claims::train::Document;
use crate::analysis::quotations::labelled::Labelled;

/// What a labelled document is called: its file, without the ending.
pub(super) fn name(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads a transcript of tab-separated lines: number, speaker, sentence, 1 where fact-checkers chose it and 0 where not.
pub(super) fn sentences(file: &Path) -> anyhow::Result<Document> {
    let text = fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?;
    let mut sentences = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[_, speaker, sentence, chosen @ ("0" | "1")] = fields.as_slice() else {
            bail!(
                "Line {} of {} is not a number, a speaker, a sentence and 0 or 1 with tabs between them",
                number + 1,
                file.display()
            );
        };
        sentences.push((speaker.to_owned(), sentence.to_owned(), chosen == "1"));
    }
    Ok(Document { name: name(file), sentences })
}

/// Reads articles as lines of JSON, each with its attributions.
pub(super) fn articles(file: &Path) -> anyhow::Result<Vec<Labelled>> {
    let text = fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| {
                format!(
                    r#"Line {} of {} is not {{"id", "text", "attributions": [{{"source", "cue", "content"}}]}}"#,
                    number + 1,
                    file.display()
                )
            })
        })
        .collect()
}

/// Whether training reads a file of articles: those whose name begins with `train`. All others are held aside.
pub(super) fn is_trained_on(file: &Path) -> bool {
    name(file).starts_with("train")
}
