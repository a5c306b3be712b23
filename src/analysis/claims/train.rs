//! Training: from sentences that fact-checkers chose, and those they did not, to the model beside this file.

use crate::analysis::linear::{Features, Model, Settings, fit, held_aside};

use super::{Context, Sentence, features};

/// A transcript with right answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called.
    pub name: String,
    /// Speaker, sentence, and whether it was chosen.
    pub sentences: Vec<(String, String, bool)>,
}

/// How much a chosen sentence counts.
const CHOSEN: f32 = 10.0;

/// Trains on the documents that are not held aside.
pub fn train(documents: &[Document]) -> Model {
    fit_on(documents.iter().filter(|document| !held_aside(&document.name)))
}

fn fit_on<'a>(documents: impl Iterator<Item = &'a Document>) -> Model {
    let examples: Vec<(Features, f32, f32)> = documents.flat_map(examples).collect();
    fit(&examples, &Settings { l2: 10.0, epochs: 50, at_least: 3 })
}

fn examples(document: &Document) -> Vec<(Features, f32, f32)> {
    let mut context = Context::default();
    let mut seen = |(speaker, text, chosen): &(String, String, bool)| {
        let sentence = Sentence { speaker: Some(speaker), text };
        let weight = if *chosen { CHOSEN } else { 1.0 };
        (features::features(&mut context, &sentence), f32::from(u8::from(*chosen)), weight)
    };
    document.sentences.iter().map(&mut seen).collect()
}
