//! The dictionary of the index: how often words occur, which follow one another, and which are nearly the same.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::Term;
use tantivy_fst::Automaton;

use super::schema::{Fields, pair_term};
use super::snapshot::Snapshot;
use super::{Index, IndexError};
use crate::search::spelling::Lexicon;

/// Longest word whose likenesses are looked for, in bytes.
const LONGEST: usize = 40;

/// The words of one state of the index. Words of texts that were replaced since may be among them until segments are
/// merged: whoever offers one to readers asks first whether it finds anything.
pub struct Words {
    snapshot: Arc<Snapshot>,
    fields: Fields,
}

impl Index {
    /// The words that the index holds at present.
    pub fn words(&self) -> Result<Words, IndexError> {
        let (snapshot, fields) = self.fresh()?;
        Ok(Words { snapshot, fields })
    }
}

impl Words {
    /// In how many utterances a term occurs; a segment that cannot be read has none.
    fn occurs(&self, term: &Term) -> u64 {
        self.snapshot.searcher.doc_freq(term).unwrap_or(0)
    }
}

impl Lexicon for Words {
    fn frequency(&self, word: &str) -> u64 {
        self.occurs(&Term::from_field_text(self.fields.exact, word))
    }

    fn together(&self, first: &str, second: &str) -> u64 {
        self.occurs(&Term::from_field_text(self.fields.pairs, &pair_term(first, second)))
    }

    fn near(&self, word: &str, edits: usize) -> Vec<(String, u64)> {
        // An edit of a letter outside ASCII is one of each of its bytes.
        let bytes_each = word.len().div_ceil(word.chars().count().max(1));
        let Some(alike) = Alike::new(word, edits * bytes_each) else { return Vec::new() };
        let mut found: HashMap<String, u64> = HashMap::new();
        for reader in self.snapshot.searcher.segment_readers() {
            let Ok(inverted) = reader.inverted_index(self.fields.exact) else { continue };
            let Ok(mut terms) = inverted.terms().search(&alike).into_stream() else { continue };
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        found.into_iter().collect()
    }
}

/// Accepts whatever is at most so many edits away from a word: a letter put in, left out, changed, or two swapped.
struct Alike {
    word: Vec<u8>,
    edits: u8,
}

/// A row of the table of edits between the word and what was read so far.
#[derive(Clone)]
struct Row {
    now: [u8; LONGEST + 1],
    /// The row before, for letters that were swapped.
    before: [u8; LONGEST + 1],
    last: u8,
    read: u8,
}

impl Alike {
    fn new(word: &str, edits: usize) -> Option<Self> {
        let fits = !word.is_empty() && word.len() <= LONGEST;
        fits.then(|| Self { word: word.as_bytes().to_vec(), edits: edits.min(LONGEST) as u8 })
    }
}

impl Automaton for Alike {
    type State = Row;

    fn start(&self) -> Row {
        Row { now: std::array::from_fn(|at| at as u8), before: [u8::MAX; LONGEST + 1], last: 0, read: 0 }
    }

    fn is_match(&self, row: &Row) -> bool {
        row.now[self.word.len()] <= self.edits
    }

    fn can_match(&self, row: &Row) -> bool {
        row.now[..=self.word.len()].iter().any(|edits| *edits <= self.edits)
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        let mut next =
            Row { now: [u8::MAX; LONGEST + 1], before: row.now, last: byte, read: row.read.saturating_add(1) };
        next.now[0] = next.read;
        for (at, letter) in self.word.iter().enumerate() {
            let changed = row.now[at].saturating_add(u8::from(*letter != byte));
            let mut least = changed.min(row.now[at + 1].saturating_add(1)).min(next.now[at].saturating_add(1));
            if at > 0 && row.read > 0 && *letter == row.last && self.word[at - 1] == byte {
                least = least.min(row.before[at - 1].saturating_add(1));
            }
            next.now[at + 1] = least;
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(word: &str, edits: usize, other: &str) -> bool {
        let alike = Alike::new(word, edits).expect("a word");
        let end = other.bytes().fold(alike.start(), |row, byte| alike.accept(&row, byte));
        alike.is_match(&end)
    }

    #[test]
    fn letters_are_put_in_left_out_changed_and_swapped() {
        for other in ["kirby", "kirbey", "krby", "kerby", "kriby"] {
            assert!(accepted("kirby", 1, other), "{other}");
        }
        assert!(!accepted("kirby", 1, "kribey") && accepted("kirby", 2, "kribey"));
        assert!(!accepted("kirby", 1, "kirbyyy") && Alike::new("", 1).is_none());
    }
}
