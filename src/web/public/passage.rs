//! The words that a problem is about, as they stood in one revision.

use super::turns::{self, Piece};
use crate::domain::{Audience, RevisionId};
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection};

/// Utterances shown at most; the page of the words shows all.
const SHOWN: usize = 8;

/// Words as shown.
pub struct Shown {
    /// The first of them.
    pub pieces: Vec<Piece>,
    /// Their numbers.
    pub numbers: Vec<i32>,
    /// How many follow that are not shown.
    pub left_out: usize,
}

impl Shown {
    /// Shows some utterances of the briefing with this slug.
    pub fn of<'a>(slug: &str, utterances: impl Iterator<Item = &'a Utterance>) -> Self {
        let all: Vec<&Utterance> = utterances.collect();
        let shown = &all[..all.len().min(SHOWN)];
        let pieces = shown.iter().map(|one| Piece { cited: true, ..turns::piece(slug, one, &[], true) });
        Self {
            pieces: pieces.collect(),
            numbers: shown.iter().filter_map(|one| one.number).collect(),
            left_out: all.len() - shown.len(),
        }
    }

    /// Takes the numbers away, where the same words are shown twice on a page.
    pub fn without_numbers(mut self) -> Self {
        self.pieces.iter_mut().for_each(|piece| piece.number.clear());
        self
    }
}

/// The words with these numbers; nothing where the revision has none of them.
pub async fn load(
    conn: &mut Connection,
    slug: &str,
    revision: RevisionId,
    (first, last): (i32, i32),
) -> Result<Option<Shown>, store::Error> {
    let Some((from, to)) = utterances::positions(conn, revision, first, last).await? else { return Ok(None) };
    let words = utterances::of_revision(conn, revision, Audience::Readers, from, to).await?;
    Ok(Some(Shown::of(slug, words.iter())))
}
