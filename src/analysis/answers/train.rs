//! Training: from exchanges that people labelled to the model beside this file.

use sha2::{Digest, Sha256};

use super::features::{Exchange, features};
use super::judge::{decide, probabilities};
use super::measure::Case;
use crate::analysis::linear::{Classes, Features, Settings, fit_classes};
use crate::domain::Clarity;

/// A question and its answer, with what people found.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The whole turn of whoever asks.
    pub question: String,
    /// The response.
    pub answer: String,
    /// Which question is meant.
    pub asked: String,
    /// How many people said of which class, in the order of [`Clarity::ALL`]; together 1.
    pub votes: [f32; 3],
}

impl Pair {
    /// The class that most people said.
    pub fn clarity(&self) -> Clarity {
        let [reply, ambivalent, non_reply] = self.votes;
        if non_reply > reply.max(ambivalent) {
            Clarity::ClearNonReply
        } else if reply > ambivalent {
            Clarity::ClearReply
        } else {
            Clarity::Ambivalent
        }
    }
}

/// How much an exchange of a hearing counts beside one of a news conference, by its class: witnesses under oath answer more
/// often than presidents do.
const HEARING: [f32; 3] = [0.2, 0.3, 0.3];
/// Chosen by cross-validation.
const SETTINGS: Settings = Settings { l2: 1.0, epochs: 200, at_least: 3 };
/// Parts of a cross-validation.
const FOLDS: u64 = 5;

/// Whether an exchange is kept aside: about a quarter, by a hash of the answer, so that questions that share an answer stay
/// together.
pub fn held_aside(answer: &str) -> bool {
    hash(answer, 0).is_multiple_of(4)
}

fn hash(answer: &str, round: u64) -> u64 {
    let mut digest = Sha256::new();
    if round > 0 {
        digest.update(round.to_be_bytes());
    }
    digest.update(answer.as_bytes());
    digest.finalize().iter().take(4).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Trains on news conferences, without those held aside, and on hearings.
pub fn train(conferences: &[Pair], hearings: &[Pair]) -> Classes {
    let conferences: Vec<Read<'_>> = learned(conferences).map(Read::of).collect();
    let hearings: Vec<Read<'_>> = hearings.iter().map(Read::of).collect();
    fit(conferences.iter(), &hearings)
}

fn learned(pairs: &[Pair]) -> impl Iterator<Item = &Pair> {
    pairs.iter().filter(|pair| !held_aside(&pair.answer))
}

/// A pair that was read.
struct Read<'a> {
    pair: &'a Pair,
    exchange: Exchange,
    features: Features,
}

impl<'a> Read<'a> {
    fn of(pair: &'a Pair) -> Self {
        let exchange = Exchange::of(&pair.question, &pair.answer, &pair.asked);
        Self { pair, features: features(&exchange), exchange }
    }

    /// One example for each class that somebody said.
    fn examples(&self, weights: [f32; 3]) -> impl Iterator<Item = (Features, usize, f32)> {
        let weights = self.pair.votes.into_iter().zip(weights).map(|(share, weight)| share * weight);
        let said = weights.enumerate().filter(|(_, weight)| *weight > 0.0);
        said.map(|(class, weight)| (self.features.clone(), class, weight))
    }
}

fn fit<'a>(conferences: impl Iterator<Item = &'a Read<'a>>, hearings: &[Read<'_>]) -> Classes {
    let mut examples: Vec<(Features, usize, f32)> = conferences.flat_map(|read| read.examples([1.0; 3])).collect();
    examples.extend(hearings.iter().flat_map(|read| read.examples(HEARING)));
    fit_classes(&examples, &Clarity::ALL.map(Clarity::as_str), &SETTINGS)
}

/// Judges each exchange of a news conference that is not held aside by a model that did not see it, as often as asked, with
/// other parts each time.
pub fn cross_validate(conferences: &[Pair], hearings: &[Pair], rounds: u64) -> Vec<Vec<Case>> {
    let conferences: Vec<Read<'_>> = learned(conferences).map(Read::of).collect();
    let hearings: Vec<Read<'_>> = hearings.iter().map(Read::of).collect();
    let round = |round: u64| {
        let part = |read: &Read<'_>| hash(&read.pair.answer, round) % FOLDS;
        let mut cases = Vec::with_capacity(conferences.len());
        for fold in 0..FOLDS {
            let model = fit(conferences.iter().filter(|read| part(read) != fold), &hearings);
            for read in conferences.iter().filter(|read| part(read) == fold) {
                let found = probabilities(&model, &read.exchange, &read.features);
                let judged = decide(&read.exchange, found);
                cases.push(Case { clarity: read.pair.clarity(), judged, non_reply: found[2] });
            }
        }
        cases
    };
    (1..=rounds).map(round).collect()
}
