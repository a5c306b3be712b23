//! Training: from sentences that fact-checkers chose, and those they did not, to the models beside this file.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::analysis::linear::{self, Features};
use crate::analysis::trees;

use super::chosen::Chosen;
use super::measure::{average_precision, ranked};
use super::reading::Reading;
use super::{Context, Judge, LEARNT, Sentence, features};

/// A transcript with right answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is called.
    pub name: String,
    /// Speaker, sentence, and whether it was chosen.
    pub sentences: Vec<(String, String, bool)>,
}

/// How much a chosen sentence counts beside one that was not.
const CHOSEN: f32 = 5.0;
/// Parts of a cross-validation.
const PARTS: usize = 8;

const LINEAR: linear::Settings = linear::Settings { l2: 30.0, epochs: 40, at_least: 10 };
const TREES: trees::Settings = trees::Settings { trees: 300, rate: 0.05, l2: 20.0, share: 0.15, at_least: 30, seed: 7 };

/// Trains on documents.
pub fn train(documents: &[&Document]) -> Judge {
    let (chosen, places) = chosen(documents);
    let mut examples: Vec<(Features, f32, f32)> = Vec::new();
    for (document, place) in documents.iter().zip(places) {
        examples.extend(self::examples(document, &chosen.without(&place)));
    }
    let sums = linear::fit(&examples, &LINEAR);
    let trees = trees::fit(&examples, |name| !name.starts_with("w:"), &TREES);
    Judge { sums, trees, chosen }
}

/// What was chosen in documents, and which of these sentences are from each.
fn chosen(documents: &[&Document]) -> (Chosen, Vec<Range<usize>>) {
    let mut sentences: Vec<(BTreeSet<String>, bool)> = Vec::new();
    let mut places = Vec::new();
    let mut before = 0;
    for document in documents {
        for (_, text, chosen) in document.sentences.iter().filter(|(speaker, ..)| is_said(speaker)) {
            let reading = Reading::of(text);
            sentences.push((features::words(&reading).into_iter().map(str::to_owned).collect(), *chosen));
        }
        let chosen = document.sentences.iter().filter(|(speaker, _, chosen)| *chosen && is_said(speaker)).count();
        places.push(before..before + chosen);
        before += chosen;
    }
    (Chosen::learn(sentences.iter().map(|(words, chosen)| (words, *chosen))), places)
}

/// Applause was chosen here and there; nothing is to be learnt from that.
fn is_said(speaker: &str) -> bool {
    !super::context::is_nobody(speaker)
}

/// The lines of a model file that name the documents it has learnt from.
pub fn header(documents: &[&Document]) -> String {
    documents.iter().fold(String::new(), |lines, document| lines + LEARNT + &document.name + "\n")
}

/// The mean average precision of models that were each trained on the other documents.
pub fn cross_validate(documents: &[&Document]) -> f64 {
    let mut sum = 0.0;
    let mut scored = 0.0;
    for part in 0..PARTS {
        let (unseen, seen): (Vec<_>, Vec<_>) = documents.iter().enumerate().partition(|(at, _)| at % PARTS == part);
        let seen: Vec<&Document> = seen.into_iter().map(|(_, document)| *document).collect();
        let judge = train(&seen);
        for precision in unseen.iter().filter_map(|(_, document)| precision(&judge, document)) {
            (sum, scored) = (sum + precision, scored + 1.0);
        }
    }
    sum / scored
}

/// The average precision of a judge on a document; nothing where no sentence was chosen.
pub fn precision(judge: &Judge, document: &Document) -> Option<f64> {
    let mut context = Context::default();
    let score = |(speaker, text, chosen): &(String, String, bool)| {
        (judge.judge(&mut context, &Sentence { speaker: Some(speaker), text }).score, *chosen)
    };
    average_precision(&ranked(&document.sentences.iter().map(score).collect::<Vec<_>>()))
}

fn examples(document: &Document, chosen: &Chosen) -> Vec<(Features, f32, f32)> {
    let mut context = Context::default();
    let seen = |(speaker, text, is_chosen): &(String, String, bool)| {
        let sentence = Sentence { speaker: Some(speaker), text };
        let weight = if *is_chosen { CHOSEN } else { 1.0 };
        (super::read(&mut context, &sentence, chosen).features, f32::from(u8::from(*is_chosen)), weight)
    };
    let mut examples: Vec<_> = document.sentences.iter().map(seen).collect();
    let mut said = document.sentences.iter().map(|(speaker, ..)| is_said(speaker));
    examples.retain(|_| said.next().unwrap_or(true));
    examples
}
