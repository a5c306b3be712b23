//! What became of questions, said quietly beside the words on the pages of briefings.

use std::collections::HashMap;

use super::turns::{Noted, Piece};
use crate::store::exchanges;
use crate::web::{answers, urls};

/// The notes of a briefing, by the number of the utterance beside which they stand.
pub struct Notes(HashMap<String, Vec<Noted>>);

impl Notes {
    /// Puts together what is said of the exchanges of a briefing, of which `place` says where an utterance stands.
    pub fn of(exchanges: &[exchanges::Noted], place: impl Fn(i32) -> String) -> Self {
        let mut notes: HashMap<String, Vec<Noted>> = HashMap::new();
        let mut say = |number: i32, noted: Noted| {
            let said = notes.entry(number.to_string()).or_default();
            if !said.contains(&noted) {
                said.push(noted);
            }
        };
        for one in exchanges {
            if let Some(number) = one.follows {
                say(one.question, Noted::Follows(number, place(number)));
            }
            if let Some(thread) = &one.thread {
                say(one.question, Noted::AskedAgain(urls::thread(thread)));
            }
            if let Some((number, label)) = one.response.zip(one.label) {
                say(number, Noted::Label(answers::label(label), answers::origin(one.origin)));
            }
        }
        Self(notes)
    }

    /// Puts them beside pieces.
    pub fn put<'a>(&mut self, pieces: impl Iterator<Item = &'a mut Piece>) {
        for piece in pieces {
            piece.noted = self.0.remove(&piece.number).unwrap_or_default();
        }
    }
}
