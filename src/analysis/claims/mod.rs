//! Claims: which sentences assert something that deserves a check, and of what kind they are.
//!
//! Sentences come in the order in which they were said. What came before counts, what comes after never does, so that every
//! sentence is judged as soon as it is there.

pub mod alike;
mod chosen;
mod context;
mod features;
mod kind;
mod lexicon;
pub mod measure;
pub mod numbers;
mod phrases;
mod reading;
#[cfg(test)]
mod tests;
mod tokens;
pub mod train;
mod units;

use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::ClaimKind;

use super::linear::{Features, Model, probability};
use super::sentences::sentences_of;
use super::trees::Forest;
use chosen::Chosen;
use numbers::Number;
use reading::Reading;

pub use context::Context;

const SUMS: &str = include_str!("sums.tsv");
/// What stands before the name of a document that the models have learnt from.
const LEARNT: &str = "# learnt from ";

/// Whether the models have learnt from a document: how they score on it says nothing about others.
pub fn has_learnt_from(document: &str) -> bool {
    SUMS.lines().take_while(|line| line.starts_with('#')).any(|line| line.strip_prefix(LEARNT) == Some(document))
}

/// See `model.md`.
static JUDGE: LazyLock<Judge> = LazyLock::new(|| Judge {
    sums: Model::read(SUMS),
    trees: Forest::read(include_str!("trees.tsv")),
    chosen: Chosen::read(include_str!("chosen.tsv")),
});

/// What judges sentences: what single features say, what their company says, and what was chosen before.
#[derive(Debug, Clone, PartialEq)]
pub struct Judge {
    /// Of all features, each for itself.
    pub sums: Model,
    /// Of all features but words, together.
    pub trees: Forest,
    /// What fact-checkers chose before.
    pub chosen: Chosen,
}

impl Judge {
    /// Judges the next sentence of a document.
    pub fn judge(&self, context: &mut Context, sentence: &Sentence<'_>) -> Judged {
        let read = read(context, sentence, &self.chosen);
        Judged { score: self.score(&read.features), kind: read.kind.map(|(kind, _)| kind) }
    }

    fn score(&self, features: &Features) -> f32 {
        probability(self.sums.score(features).midpoint(self.trees.score(features)))
    }

    /// What speaks most for or against a check, in words that people understand.
    fn because(&self, features: &Features) -> Vec<Reason> {
        let reason = |(name, weight): (&str, f32)| Reason { what: name.to_owned(), weight: Some(weight), span: None };
        self.sums.because(features).into_iter().take(REASONS).map(reason).collect()
    }
}

/// One sentence of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// Who says it, as the transcript has it.
    pub speaker: Option<&'a str>,
    /// What is said.
    pub text: &'a str,
}

/// What a sentence is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// How much it deserves a check, from 0 to 1.
    pub score: f32,
    /// What kind of claim it makes; nothing if none.
    pub kind: Option<ClaimKind>,
}

/// Something checkable that a text asserts.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its sentence, in characters of the text.
    pub span: Range<usize>,
    /// Of what kind it is.
    pub kind: ClaimKind,
    /// How much it deserves a check, from 0 to 1.
    pub score: f32,
    /// The numbers in it.
    pub numbers: Vec<Number>,
    /// The words that make it a claim of this kind, then what speaks most for or against a check.
    pub because: Vec<Reason>,
}

/// Why a claim is judged as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What was seen, as the model or the lexicon names it, or the words themselves.
    pub what: String,
    /// How much it adds to the score, in log odds; nothing for the words that make it of its kind.
    pub weight: Option<f32>,
    /// Where these words stand, in characters of the text, if they stand anywhere.
    pub span: Option<Range<usize>>,
}

/// Reasons of the model that are told.
const REASONS: usize = 3;

/// Judges the next sentence of a document.
pub fn judge(context: &mut Context, sentence: &Sentence<'_>) -> Judged {
    JUDGE.judge(context, sentence)
}

/// The claims of what one speaker says in one turn. Those who ask for a living claim less.
pub fn claims(text: &str, questioner: bool) -> Vec<Claim> {
    let chars: Vec<char> = text.chars().collect();
    let mut context = Context::default();
    let speaker = Some(if questioner { "Q" } else { "A" });
    let claim = |span: Range<usize>| {
        let sentence: String = chars.get(span.clone()).unwrap_or_default().iter().collect();
        let read = read(&mut context, &Sentence { speaker, text: &sentence }, &JUDGE.chosen);
        let (kind, shown) = read.kind?;
        let at = |range: &Range<usize>| span.start + range.start..span.start + range.end;
        let words: String = sentence.chars().skip(shown.start).take(shown.len()).collect();
        let mut because = vec![Reason { what: words, weight: None, span: Some(at(&shown)) }];
        because.extend(JUDGE.because(&read.features));
        let numbers = read.numbers.into_iter().map(|number| Number { span: at(&number.span), ..number }).collect();
        Some(Claim { score: JUDGE.score(&read.features), span, kind, numbers, because })
    };
    sentences_of(&chars).into_iter().filter_map(claim).collect()
}

/// A sentence, read once for everything that is asked of it.
struct Read {
    features: Features,
    /// Its kind, and the characters that show it.
    kind: Option<(ClaimKind, Range<usize>)>,
    numbers: Vec<Number>,
}

fn read(context: &mut Context, sentence: &Sentence<'_>, chosen: &Chosen) -> Read {
    let reading = Reading::of(sentence.text);
    let numbers = numbers::numbers(sentence.text);
    let kind = kind::kind(&reading, &numbers);
    let turn = context.next(sentence, &reading);
    let features = features::features(&reading, &turn, kind.as_ref().map(|(kind, _)| *kind), chosen);
    let kind = kind.and_then(|(kind, tokens)| {
        let tokens = reading.tokens.get(tokens)?;
        Some((kind, tokens.first()?.start..tokens.last()?.end))
    });
    Read { features, kind, numbers }
}
