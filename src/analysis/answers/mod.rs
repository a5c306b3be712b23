//! Whether a question was answered: each response gets a label, the words that gave it away, and how sure that is.
//!
//! Phrases by which people refuse, do not know, refer, defer, ask back, agree and deny come from a lexicon (`phrases.txt`);
//! how much each counts where it stands, beside what question and answer have in common, comes from a small model
//! (`model.tsv`). The lexicon alone decides how a question was not answered.

mod contested;
mod cues;
mod features;
mod folded;
mod judge;
pub mod measure;
pub mod measured;
mod question;
mod reading;
#[cfg(test)]
mod tests;
pub mod train;

use std::ops::Range;

pub use contested::dodged;

use crate::domain::{AnswerLabel, Clarity};

/// The version of phrases and model together; goes up when either changes what it says.
pub const VERSION: &str = "answers-3";

/// What became of a question.
///
/// Labels map to the classes of the CLARITY taxonomy as [`AnswerLabel::clarity`] says: `answered` is a clear reply;
/// `partly`, `dodged` and `deflected` are ambivalent; `declined`, `no-information`, `referred-elsewhere`, `deferred` and
/// `clarification-asked` are clear non-replies. One of the last five may be ambivalent here: they refused, and then said
/// enough that something can be read out of it. `dodged` takes more than one answer to see: who asked has to say so
/// ([`dodged`]), which only a transcript shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The class.
    pub clarity: Clarity,
    /// The label.
    pub label: AnswerLabel,
    /// How probable the class is, from 0 to 1.
    pub score: f32,
    /// How probable each class is, in the order of [`Clarity::ALL`].
    pub probabilities: [f32; 3],
    /// The words of the answer that gave it away, in characters.
    pub because: Option<Range<usize>>,
    /// What counted most for the class, the strongest first: names of features and what they add.
    pub reasons: Vec<(String, f32)>,
}

/// Labels the answer to a question. `asked` is which of several questions in `question` is meant; empty: the only one.
pub fn label(question: &str, answer: &str, asked: &str) -> Answer {
    judge::judge(&features::Exchange::of(question, answer, asked))
}
