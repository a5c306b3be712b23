//! Promises to come back to a question, and what seems to keep them.
//!
//! A promise counts only in a response: what an opening statement announces is owed to nobody. [`promises`] reads it from
//! the words; [`resolutions`] compares what was asked and promised with what is said later.
//!
//! Invariant: nothing here decides; each finding names the words that it rests on.

mod patterns;
mod resolve;
#[cfg(test)]
mod tests;

use super::exchanges::said::{Ending, Said};
use super::exchanges::{Exchange, Part, Turn};
use crate::domain::PromiseKind;

pub use resolve::{Candidate, Owed, Reason, Resolution, resolutions};

/// A promise to come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// The sentences that promise.
    pub promise: Part,
    /// What they promise.
    pub kind: PromiseKind,
    /// The exchange in whose response they stand: its question is what is owed.
    pub exchange: usize,
}

/// Sentences without a promise between two that belong together.
const BETWEEN: usize = 1;

/// The promises in the responses of a transcript, in order. Sentences that promise side by side are one promise.
pub fn promises(turns: &[Turn<'_>], exchanges: &[Exchange]) -> Vec<FollowUp> {
    let mut found = Vec::new();
    for (exchange, parts) in exchanges.iter().enumerate().map(|(at, exchange)| (at, &exchange.response)) {
        for part in parts {
            let Some(turn) = turns.get(part.turn) else { continue };
            in_turn(turn.text, part, exchange, &mut found);
        }
    }
    found
}

fn in_turn(text: &str, part: &Part, exchange: usize, found: &mut Vec<FollowUp>) {
    let said = Said::new(text);
    let mut last: Option<usize> = None;
    for (at, sentence) in said.sentences.iter().enumerate() {
        if sentence.span.start < part.span.start || sentence.span.end > part.span.end {
            continue;
        }
        let asks = sentence.ending == Ending::Question;
        let Some(kind) = patterns::promised(&said.phrase(&sentence.words, usize::MAX), asks) else { continue };
        match (last, found.last_mut()) {
            (Some(before), Some(promise)) if at - before <= 1 + BETWEEN => {
                promise.promise.span.end = sentence.span.end;
                promise.kind = promise.kind.min(kind);
            }
            _ => {
                let promise = Part { turn: part.turn, span: sentence.span.clone() };
                found.push(FollowUp { promise, kind, exchange });
            }
        }
        last = Some(at);
    }
}
