//! Which words ask and which respond: the turns of a transcript become questions with their responses.
//!
//! - Who asks is known by role, or seen from how they speak ([`sides`]): reporters under their own names, the moderator of a
//!   debate, an interviewer.
//! - What a turn does is read from its words alone ([`asking`], [`responding`]): it asks, begs for the floor, thanks, takes
//!   note; it responds, asks back, gives the floor, is cut short.
//! - One walk through the turns puts the pieces together ([`pairing`]). Pieces of a question that was interrupted are one
//!   question; who keeps the floor follows up.
//! - [`threads`] finds a question that is asked again on later days.
//!
//! Invariants: parts are in order and within their turn; a question is never without words; every exchange has a question,
//! and may be without response.

mod asking;
mod lexicon;
mod pairing;
mod responding;
pub(super) mod said;
mod sides;
#[cfg(test)]
mod tests;
pub mod threads;

use std::collections::HashMap;
use std::ops::Range;

use crate::domain::{Draft, Role, UtteranceKind};

use super::people::role_of;

pub use pairing::exchanges;

/// A turn, or what stands between turns, as far as exchanges depend on it.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// What it is; only turns are asked and responded in.
    pub kind: UtteranceKind,
    /// Whether its speaker is known to ask: by role, or because an editor says so.
    pub asker: bool,
    /// The same for all turns of a label or speaker, if they stand for one.
    pub speaker: Option<u64>,
    /// What the label stands for when it names nobody in particular.
    pub role: Option<Role>,
    /// The words.
    pub text: &'a str,
    /// The reporter whom the text names.
    pub asked_by: Option<&'a str>,
}

impl Turn<'_> {
    /// Whether those of a role are known to ask.
    pub const fn asks_by(role: Option<Role>) -> bool {
        matches!(role, Some(Role::Questioner | Role::Audience))
    }
}

/// The turns of a draft.
pub fn turns_of(draft: &Draft) -> Vec<Turn<'_>> {
    let mut speakers: HashMap<&str, u64> = HashMap::new();
    let turns = draft.utterances.iter().map(|utterance| {
        let label = utterance.label.as_deref();
        let role = label.and_then(role_of);
        let next = speakers.len() as u64;
        Turn {
            kind: utterance.kind,
            asker: Turn::asks_by(role),
            speaker: label.map(|label| *speakers.entry(label).or_insert(next)),
            role,
            text: &utterance.text,
            asked_by: utterance.asked_by.as_ref().map(|by| by.name.as_str()),
        }
    });
    turns.collect()
}

/// Words of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which of the turns given.
    pub turn: usize,
    /// Which of its characters, in Unicode scalar values.
    pub span: Range<usize>,
}

/// A question and the response to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The question, in as many parts as interruptions made of it; without greetings and thanks.
    pub question: Vec<Part>,
    /// The response, without words that give the floor to the next; empty where nobody responded.
    pub response: Vec<Part>,
    /// The exchange that began the chain of follow-ups to which this one belongs; none for the first of a chain.
    pub follows: Option<usize>,
    /// Each thing that is asked, within the parts of the question. Of a question without a sentence that asks ("You said
    /// yesterday that it is over."), the parts themselves.
    pub asked: Vec<Part>,
}
