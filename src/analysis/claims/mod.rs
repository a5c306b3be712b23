//! Claims: which sentences assert something that deserves a check, and of what kind they are.
//!
//! Sentences come in the order in which they were said. What came before counts, what comes after never does, so that every
//! sentence is judged as soon as it is there.

mod features;
pub mod measure;
mod tokens;
pub mod train;

use std::sync::LazyLock;

use crate::domain::ClaimKind;

use super::linear::Model;

/// See `model.md`.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("model.tsv")));

/// One sentence of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Who says it, as the transcript has it.
    pub speaker: Option<&'a str>,
    /// What is said.
    pub text: &'a str,
}

/// What was said before in the same document.
#[derive(Debug, Clone, Default)]
pub struct Context {}

/// What a sentence is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// How much it deserves a check, from 0 to 1.
    pub score: f32,
    /// What kind of claim it makes; nothing if none.
    pub kind: Option<ClaimKind>,
}

/// Judges the next sentence of a document.
pub fn judge(context: &mut Context, sentence: &Sentence<'_>) -> Judged {
    let features = features::features(context, sentence);
    Judged { score: MODEL.probability(&features), kind: None }
}
