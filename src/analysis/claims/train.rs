//! Training: from sentences that fact-checkers chose, and those they did not, to the models beside this file.

use std::ops::Range;

use crate::analysis::linear::{self, Features};
use crate::analysis::sentences::sentences_of;
use crate::analysis::trees;
use crate::analysis::vectors::{self, Vectors};

use super::measure::{average_precision, ranked};
use super::tokens::{MOST, tokens};
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
/// Words that get vectors.
const WORDS: usize = 8000;
/// Parts of a cross-validation.
const PARTS: usize = 8;

const LINEAR: linear::Settings = linear::Settings { l2: 30.0, epochs: 40, at_least: 10 };
const TREES: trees::Settings = trees::Settings { trees: 300, rate: 0.05, l2: 20.0, share: 0.15, at_least: 30, seed: 7 };

/// Learns what words mean from texts of the kind.
pub fn meanings(texts: &[String]) -> Vectors {
    let sentences: Vec<Vec<String>> = texts.iter().flat_map(|text| words_of(text)).collect();
    // As they will be read: a file rounds.
    Vectors::read(&vectors::fit(&sentences, WORDS, features::DIRECTION_COUNT).write())
}

/// The words of each sentence of a text, as the features have them.
fn words_of(text: &str) -> Vec<Vec<String>> {
    let chars: Vec<char> = text.chars().collect();
    let words = |span: Range<usize>| {
        let sentence: String = chars.get(span).unwrap_or_default().iter().collect();
        let words = tokens(&sentence, MOST).into_iter().filter(super::tokens::Token::is_word);
        words.map(|token| features::plain(&token.text).to_owned()).collect()
    };
    sentences_of(&chars).into_iter().map(words).collect()
}

/// Trains on documents.
pub fn train(documents: &[&Document], vectors: &Vectors) -> Judge {
    let examples: Vec<(Features, f32, f32)> =
        documents.iter().flat_map(|document| examples(document, vectors)).collect();
    let sums = linear::fit(&examples, &LINEAR);
    let trees = trees::fit(&examples, |name| !name.starts_with("w:"), &TREES);
    Judge { sums, trees, vectors: vectors.clone() }
}

/// The lines of a model file that name the documents it has learnt from.
pub fn header(documents: &[&Document]) -> String {
    documents.iter().fold(String::new(), |lines, document| lines + LEARNT + &document.name + "\n")
}

/// The mean average precision of models that were each trained on the other documents.
pub fn cross_validate(documents: &[&Document], vectors: &Vectors) -> f64 {
    let mut sum = 0.0;
    let mut scored = 0.0;
    for part in 0..PARTS {
        let (unseen, seen): (Vec<_>, Vec<_>) = documents.iter().enumerate().partition(|(at, _)| at % PARTS == part);
        let seen: Vec<&Document> = seen.into_iter().map(|(_, document)| *document).collect();
        let judge = train(&seen, vectors);
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

fn examples(document: &Document, vectors: &Vectors) -> Vec<(Features, f32, f32)> {
    let mut context = Context::default();
    let seen = |(speaker, text, chosen): &(String, String, bool)| {
        let sentence = Sentence { speaker: Some(speaker), text };
        let weight = if *chosen { CHOSEN } else { 1.0 };
        (super::read(&mut context, &sentence, vectors).features, f32::from(u8::from(*chosen)), weight)
    };
    let mut examples: Vec<_> = document.sentences.iter().map(seen).collect();
    // Applause was chosen here and there; nothing is to be learnt from that.
    let mut said = document.sentences.iter().map(|(speaker, ..)| !super::context::is_nobody(speaker));
    examples.retain(|_| said.next().unwrap_or(true));
    examples
}
