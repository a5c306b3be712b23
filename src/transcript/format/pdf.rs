//! Reads PDF files: glyphs with their places, lines, paragraphs; what repeats on every page is left out.

mod cmap;
mod columns;
mod font;
mod furniture;
mod glyphs;
mod lines;
mod matrix;
mod paragraphs;
#[cfg(test)]
mod tests;

use lopdf::{Dictionary, Document, Error, LoadOptions, Object};

use crate::transcript::blocks::{Metadata, Reading};
use crate::transcript::diagnostic::{Diagnostic, Severity};
use glyphs::{Budget, Fonts};
use lines::Line;

/// More pages than this are a book, not a briefing.
const MAX_PAGES: usize = 3000;
/// What a table of objects may unfold to.
const MAX_OBJECT_BYTES: usize = 64 << 20;

/// Reads the blocks of a PDF file.
pub fn read(bytes: &[u8]) -> Reading {
    let options = LoadOptions { max_decompressed_size: Some(MAX_OBJECT_BYTES), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(error) => return failed(&error),
    };
    if document.is_encrypted() && !document.was_encrypted() {
        return refused("encrypted", ENCRYPTED);
    }
    let mut budget = Budget::default();
    let mut fonts = Fonts::new();
    let mut pages: Vec<Vec<Line>> = Vec::new();
    for (number, page) in document.page_iter().take(MAX_PAGES).enumerate() {
        let glyphs = glyphs::of_page(&document, page, &mut fonts, &mut budget);
        pages.push(lines::of_page(number, glyphs));
    }
    let mut reading = Reading { metadata: metadata(&document), ..Reading::default() };
    reading.diagnostics = findings(&document, &pages, &budget);
    if reading.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return reading;
    }
    furniture::clear(&mut pages);
    reading.blocks = paragraphs::blocks(pages);
    reading
}

const ENCRYPTED: &str =
    "This PDF is protected by a password. Open it, save or print it as a PDF without one, and import that.";
const DAMAGED: &str =
    "This PDF is damaged or incomplete. Download it again, or open it and save it as a new PDF, and import that.";
const SCANNED: &str =
    "This PDF holds pictures of pages, no text. Run it through text recognition (OCR) and import the result.";

fn refused(code: &str, message: &str) -> Reading {
    Reading { diagnostics: vec![Diagnostic::new(Severity::Error, code, message)], ..Reading::default() }
}

fn failed(error: &Error) -> Reading {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => refused("encrypted", ENCRYPTED),
        Error::Decompress(_) => refused(
            "too-much-text",
            "This PDF unfolds to far more than any transcript. Open it, save it as a new PDF or as text, and import that.",
        ),
        _ => refused("damaged", DAMAGED),
    }
}

/// What an editor should know about the file as a whole.
fn findings(document: &Document, pages: &[Vec<Line>], budget: &Budget) -> Vec<Diagnostic> {
    let error = |code: &str, message: &str| vec![Diagnostic::new(Severity::Error, code, message)];
    if pages.is_empty() {
        return error("damaged", DAMAGED);
    }
    let letters: usize = pages.iter().flatten().map(|line| line.text.chars().count()).sum();
    let unknown: usize =
        pages.iter().flatten().flat_map(|line| line.text.chars()).filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if letters == 0 && budget.exceeded {
        return failed(&Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { limit: 0 })).diagnostics;
    }
    if letters == 0 && document.xref_recovery.is_some() {
        return error("damaged", DAMAGED);
    }
    if letters == 0 {
        return error("scanned", SCANNED);
    }
    if unknown * 4 > letters {
        let message = "The letters of this PDF cannot be told, only drawn. Run it through text recognition (OCR) and import the result.";
        return error("letters-unknown", message);
    }
    let mut findings = Vec::new();
    let mut warn = |code: &str, message: String| findings.push(Diagnostic::new(Severity::Warning, code, message));
    if unknown > 0 {
        warn(
            "letters-unknown",
            format!("{unknown} letters cannot be told and show as \u{FFFD}. Compare with the original."),
        );
    }
    if document.xref_recovery.is_some() {
        warn("damaged", "This PDF is damaged; what could be found was read. Check that the end is there.".to_owned());
    }
    if budget.exceeded {
        warn("too-much-text", "This PDF unfolds to far more than any transcript; not all was read.".to_owned());
    }
    let empty: Vec<String> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.is_empty())
        .map(|(number, _)| (number + 1).to_string())
        .collect();
    if empty.len() * 3 > pages.len() {
        let list = empty.join(", ");
        warn(
            "pages-without-text",
            format!("Pages without text: {list}. If they are pictures, run them through text recognition (OCR)."),
        );
    }
    findings
}

/// The title, if it is one and not the name of a file, and the language.
fn metadata(document: &Document) -> Metadata {
    let text = |dictionary: &Dictionary, key: &[u8]| {
        let value = dictionary.get_deref(key, document).ok()?;
        let text = lopdf::decode_text_string(value).ok()?;
        let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_owned();
        (!text.is_empty()).then_some(text)
    };
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict).ok();
    let title = info.and_then(|info| text(info, b"Title")).filter(|title| is_title(title));
    let language = document.catalog().ok().and_then(|catalog| text(catalog, b"Lang"));
    Metadata { title, language, ..Metadata::default() }
}

/// Word processors put the file's name where the title should be.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let file =
        [".doc", ".docx", ".pdf", ".rtf", ".odt", ".txt", ".wpd", ".indd"].iter().any(|end| lower.ends_with(end));
    !file && title.contains(' ') && !lower.starts_with("microsoft word") && !lower.starts_with("untitled")
}
