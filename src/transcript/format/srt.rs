//! Reads SRT captions.

use crate::transcript::blocks::Reading;
use crate::transcript::diagnostic::{Diagnostic, Severity};

/// Reads the blocks of a SRT file, already decoded.
pub fn read(_text: &str) -> Reading {
    let message = "SRT captions cannot be read yet. Save the text as HTML or plain text and import that.";
    Reading { diagnostics: vec![Diagnostic::new(Severity::Error, "unreadable", message)], ..Reading::default() }
}
