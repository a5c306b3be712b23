//! Articles whose attributions are known.

use std::ops::Range;

use serde::Deserialize;

/// A stretch of an article, in Unicode scalar values, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Span(pub usize, pub usize);

impl Span {
    /// As a range.
    pub fn range(self) -> Range<usize> {
        self.0..self.1
    }
}

/// An article with what a reader has marked in it.
#[derive(Debug, Clone, Deserialize)]
pub struct Labelled {
    /// Its name among the others.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Who says what in it.
    #[serde(default)]
    pub attributions: Vec<Attribution>,
}

/// One attribution: each part may stand in several pieces, or be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
pub struct Attribution {
    /// Who says it.
    #[serde(default)]
    pub source: Vec<Span>,
    /// The word that says so.
    #[serde(default)]
    pub cue: Vec<Span>,
    /// What is said.
    #[serde(default)]
    pub content: Vec<Span>,
}
