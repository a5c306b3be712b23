//! Quotations put together from several places.

#![expect(clippy::indexing_slicing, reason = "every index runs over the words of one of the two texts")]

use super::chain::Chain;
use super::laid::{FAR_SILENTLY, Quotation};
use super::reported::reported;
use super::stutter;
use super::verdict::{Finding, Place, Verdict};
use super::words::Word;

/// A stretch of the quotation that stands word for word in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The passage.
    pub passage: usize,
    /// First word of the quotation.
    pub quoted: usize,
    /// First word of the passage.
    pub said: usize,
    /// How many words.
    pub length: usize,
}

/// How many changed words a join weighs.
const JOIN: usize = 3;
/// Fewest words of a piece.
const SHORTEST: usize = 3;

/// A passage to be searched for pieces.
pub struct Searched<'a> {
    /// Numbers of its words.
    pub said: &'a [u32],
    /// How welcome it is where several hold the same piece; more is better.
    pub rank: u32,
}

/// The fewest pieces that account for as much of the quotation as can be, in its order.
pub fn pieces(quoted: &[u32], passages: &[Searched<'_>]) -> Vec<Piece> {
    let longest = longest_from_each(quoted, passages);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < quoted.len() {
        match longest[at] {
            Some(piece) if piece.length >= SHORTEST => {
                at += piece.length;
                found.push(piece);
            }
            _ => at += 1,
        }
    }
    // The first piece is as long as it can be and may have taken words that the second begins with: both have them.
    for n in 1..found.len() {
        let (before, piece) = (found[n - 1], &mut found[n]);
        let said = passages[piece.passage].said;
        while piece.quoted > before.quoted + SHORTEST
            && piece.said > 0
            && said[piece.said - 1] == quoted[piece.quoted - 1]
        {
            piece.quoted -= 1;
            piece.said -= 1;
            piece.length += 1;
        }
    }
    found
}

/// For each word of the quotation the longest piece that begins there.
fn longest_from_each(quoted: &[u32], passages: &[Searched<'_>]) -> Vec<Option<Piece>> {
    let mut longest: Vec<Option<Piece>> = vec![None; quoted.len()];
    let numbers = quoted.iter().max().map_or(0, |most| *most as usize + 1);
    for (passage, searched) in passages.iter().enumerate() {
        let said = searched.said;
        // Where each word of the quotation stands in the passage; words of it that the quotation has not stand nowhere.
        let mut stands: Vec<Vec<usize>> = vec![Vec::new(); numbers];
        for (p, number) in said.iter().enumerate() {
            if let Some(places) = stands.get_mut(*number as usize) {
                places.push(p);
            }
        }
        // Lengths of the runs that begin at each word of the passage, for this word of the quotation and the one behind.
        let (mut behind, mut here) = (vec![0usize; said.len() + 1], vec![0usize; said.len() + 1]);
        for q in (0..quoted.len()).rev() {
            for &p in stands[quoted[q] as usize].iter().rev() {
                here[p] = behind[p + 1] + 1;
                let better = longest[q]
                    .is_none_or(|known| (here[p], searched.rank) > (known.length, passages[known.passage].rank));
                if better {
                    longest[q] = Some(Piece { passage, quoted: q, said: p, length: here[p] });
                }
            }
            if let Some(next) = quoted.get(q + 1) {
                stands[*next as usize].iter().for_each(|p| behind[*p] = 0);
            }
            std::mem::swap(&mut behind, &mut here);
        }
    }
    longest
}

impl Quotation<'_> {
    /// The quotation as put together from several places, if that explains it better than so many changed words.
    pub fn spliced(&self, chains: &[Chain], errors: usize) -> Option<Finding> {
        // What may be missing on either side is left aside here, also what somebody began again and who quotes did too.
        let mut once = self.words.clone();
        stutter::pass_over(&mut once, &self.text.chars().collect::<Vec<_>>());
        let quoted: Vec<usize> = kept(&once);
        let numbers =
            |at: &[usize], all: &[u32]| -> Vec<u32> { at.iter().filter_map(|n| all.get(*n).copied()).collect() };
        let cores: Vec<(Vec<usize>, Vec<u32>)> = chains
            .iter()
            .map(|chain| {
                let core = kept(&chain.words);
                let said = numbers(&core, &self.numbered.said(&chain.words));
                (core, said)
            })
            .collect();
        let searched: Vec<Searched<'_>> = chains
            .iter()
            .zip(&cores)
            .enumerate()
            .map(|(n, (chain, (_, said)))| Searched { said, rank: chain.voice as u32 * 1000 + 999 - n.min(999) as u32 })
            .collect();
        let found = pieces(&numbers(&quoted, self.numbered.quoted()), &searched);
        let strong: Vec<Piece> = found.iter().filter(|piece| self.is_strong(piece, &quoted)).copied().collect();
        let covered = |pieces: &[Piece]| 1.0 - missing(pieces, quoted.len()) as f32 / quoted.len().max(1) as f32;
        let several = strong.len() >= 2 && found.len() <= strong.len() + 1;
        if !several
            || covered(&strong) < 0.75
            || covered(&found) < 0.85
            || together(&found)
            || (found.len() - 1) * JOIN + missing(&found, quoted.len()) >= errors
        {
            return None;
        }
        let places = found.iter().filter_map(|piece| {
            let (chain, (core, _)) = (chains.get(piece.passage)?, cores.get(piece.passage)?);
            let word = |at: usize| core.get(at).and_then(|n| chain.words.get(*n));
            let (start, end) = (word(piece.said)?.start, word(piece.said + piece.length - 1)?.end);
            let similarity = piece.length as f32 / quoted.len().max(1) as f32;
            let reported = reported(&chain.text, (start, end));
            let like = Place { passage: 0, spans: Vec::new(), differences: Vec::new(), reported, similarity };
            Some(chain.places(&[(start, end)], &like))
        });
        let places: Vec<Place> = places.flatten().collect();
        Some(Finding { verdict: Verdict::Spliced, warnings: Vec::new(), places })
    }

    /// Whether a piece cannot stand there by accident.
    fn is_strong(&self, piece: &Piece, quoted: &[usize]) -> bool {
        let words = quoted.iter().skip(piece.quoted).take(piece.length);
        let weight: f32 = words.filter_map(|at| self.weights.get(*at)).sum();
        let at_gap = self.words.iter().any(|word| word.after_gap);
        piece.length >= 6 || (piece.length >= 4 && weight >= 8.0) || (at_gap && weight >= 6.0)
    }
}

/// How many of so many words of the quotation are in none of the pieces.
fn missing(pieces: &[Piece], words: usize) -> usize {
    let has = |at: &usize| pieces.iter().any(|piece| (piece.quoted..piece.quoted + piece.length).contains(at));
    (0..words).filter(|at| !has(at)).count()
}

/// The words that must not be missing, by their places.
fn kept(words: &[Word]) -> Vec<usize> {
    words.iter().enumerate().filter(|(_, word)| !word.optional).map(|(at, _)| at).collect()
}

/// Whether all pieces stand in one passage, in order and near one another: that is one saying with changes.
fn together(pieces: &[Piece]) -> bool {
    pieces.windows(2).all(|pair| {
        let [before, after] = pair else { return true };
        let gap = after.said.checked_sub(before.said + before.length);
        before.passage == after.passage && gap.is_some_and(|gap| gap <= FAR_SILENTLY)
    })
}
