//! Reads DOCX files.

use crate::transcript::blocks::Reading;
use crate::transcript::diagnostic::{Diagnostic, Severity};

/// Reads the blocks of a DOCX file.
pub fn read(_bytes: &[u8]) -> Reading {
    let message = "DOCX files cannot be read yet. Save the text as HTML or plain text and import that.";
    Reading { diagnostics: vec![Diagnostic::new(Severity::Error, "unreadable", message)], ..Reading::default() }
}
