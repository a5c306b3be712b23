//! Reads HTML: bare bodies and whole web pages, of which only the transcript counts.

mod content;
mod guard;
mod metadata;
mod walk;

use scraper::Html;

use crate::transcript::blocks::{Block, Reading};
use crate::transcript::diagnostic::{Diagnostic, Severity};

/// A tree takes many times the memory of its text.
const LARGEST: usize = 10 * 1024 * 1024;

/// Reads the blocks of an HTML text.
pub fn read(text: &str) -> Reading {
    if let Err(what) = guard::check(text) {
        let message = format!(
            "The HTML is nested too deeply to be a document ({what}). Save the page's text as plain text and import that."
        );
        return Reading {
            diagnostics: vec![Diagnostic::new(Severity::Error, "html-too-deep", message)],
            ..Reading::default()
        };
    }
    if text.len() > LARGEST {
        let message = "This page is larger than 10 MB, far more than any transcript. Save its text as plain text and import that.";
        return Reading {
            diagnostics: vec![Diagnostic::new(Severity::Error, "too-large", message)],
            ..Reading::default()
        };
    }
    let html = Html::parse_document(text);
    let page = content::is_page(text);
    let metadata = metadata::read(&html, page);
    let root = content::root(&html, page);
    let mut blocks = walk::blocks(root, page);
    if page {
        blocks.splice(0..0, content::officials(&html, root).into_iter().map(Block::body));
    }
    Reading { blocks, metadata, diagnostics: Vec::new() }
}
