//! What an editor should know about a source: a code, a sentence that says what to do, and the place.

use serde::{Deserialize, Serialize};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// An editor should look.
    Warning,
    /// The source could not be read.
    Error,
}

/// One finding about a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name for the kind of finding, kebab-case ("date-conflict").
    pub code: String,
    /// A sentence for a person that says what was found and what to do.
    pub message: String,
    /// Where in the source text, `[start, end)` in Unicode scalar values, if it is about a place.
    pub at: Option<(usize, usize)>,
}

impl Diagnostic {
    /// A finding about the whole source.
    pub fn new(severity: Severity, code: &str, message: impl Into<String>) -> Self {
        Self { severity, code: code.to_owned(), message: message.into(), at: None }
    }

    /// The same finding, about a place.
    #[must_use]
    pub fn at(mut self, start: usize, end: usize) -> Self {
        self.at = Some((start, end));
        self
    }
}
