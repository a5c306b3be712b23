//! Reads DOCX files: paragraphs with their breaks, struck and inserted words, headings, tables, footnotes.

mod body;
mod package;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

use crate::transcript::blocks::{Block, Metadata, Reading, Role};
use crate::transcript::diagnostic::{Diagnostic, Severity};
use body::{Body, Notes};
use package::{Package, Problem};
use styles::Styles;

/// Reads the blocks of a DOCX file.
pub fn read(bytes: &[u8]) -> Reading {
    match Package::open(bytes).and_then(|mut package| blocks(&mut package)) {
        Ok(reading) => reading,
        Err(problem) => Reading { diagnostics: vec![explain(problem)], ..Reading::default() },
    }
}

fn blocks(package: &mut Package<'_>) -> Result<Reading, Problem> {
    let main = package.main_document();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let text = package.part(&main)?.ok_or(Problem::Damaged)?;
    let styles = package.part(&format!("{folder}/styles.xml"))?.map(|text| Styles::read(&text)).transpose()?;
    let styles = styles.unwrap_or_default();
    let mut notes = Notes::default();
    let body = Body::read(&text, &styles, &mut notes)?;
    drop(text);
    let mut damaged = body.damaged;
    let mut tracked = body.tracked;
    let mut blocks = body.blocks;
    for (name, element) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
        let Some(text) = package.part(&format!("{folder}/{name}.xml"))? else { continue };
        let read = body::read_notes(&text, element, &styles, &notes)?;
        damaged |= read.damaged;
        tracked |= read.tracked;
        blocks.extend(read.blocks.into_iter().map(|block| Block { role: Role::Note, ..block }));
    }
    let mut diagnostics = Vec::new();
    if blocks.iter().all(|block| block.text.trim().is_empty()) {
        return Err(if damaged { Problem::Damaged } else { Problem::Empty });
    }
    if damaged {
        diagnostics.push(Diagnostic::new(
            Severity::Warning,
            "damaged",
            "This document is damaged; check that the end is there.",
        ));
    }
    if tracked {
        let message = "This document holds tracked changes: deleted words show as struck, new ones as inserted. Accept them and import again if they are not meant to be seen.";
        diagnostics.push(Diagnostic::new(Severity::Warning, "tracked-changes", message));
    }
    let metadata = package.part("docProps/core.xml")?.map(|text| metadata(&text)).transpose()?.unwrap_or_default();
    Ok(Reading { blocks, metadata, diagnostics })
}

/// The title, if it is one; the dates there are those of the file, not of the briefing.
fn metadata(text: &str) -> Result<Metadata, Problem> {
    let mut title = None;
    let mut language = None;
    xml::texts(text, |element, text| {
        let place = match element {
            "title" => &mut title,
            "language" => &mut language,
            _ => return,
        };
        let text = text.trim();
        if !text.is_empty() {
            *place = Some(text.to_owned());
        }
    })?;
    let title = title.filter(|title| title.contains(' ') && !title.to_lowercase().ends_with(".docx"));
    Ok(Metadata { title, language, ..Metadata::default() })
}

fn explain(problem: Problem) -> Diagnostic {
    let (code, message) = match problem {
        Problem::Damaged => (
            "damaged",
            "This document is damaged or incomplete. Open it in a word processor, save it again, and import that.",
        ),
        Problem::TooMuch => (
            "too-much-text",
            "This document unfolds to far more than any transcript. Open it, save it again or as text, and import that.",
        ),
        Problem::Declares => (
            "document-type",
            "This document declares XML entities of its own, which no word processor does. Save it again and import that.",
        ),
        Problem::Empty => (
            "empty",
            "This document holds no words. If it holds pictures of pages, run them through text recognition (OCR) first.",
        ),
    };
    Diagnostic::new(Severity::Error, code, message)
}
