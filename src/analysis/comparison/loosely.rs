//! Passages that say much of the same in other words.

use super::chain::Chain;
use super::laid::Quotation;
use super::reported::reported;
use super::verdict::{Finding, Place, Verdict};
use super::words::Word;

/// A word rarer than one in so many utterances (as a natural logarithm) carries the sense.
const TELLING: f32 = 2.3;
/// How much of the sense must be shared.
const SHARED: f32 = 0.75;
/// Fewest telling words shared.
const FEWEST: usize = 5;

/// Where in a passage much of what the quotation says is said: how much of it, and from which word to which.
pub fn said_loosely(quotation: &[Word], rarity: &[f32], passage: &[Word]) -> Option<(f32, usize, usize)> {
    let telling: Vec<(&Word, f32)> =
        quotation.iter().zip(rarity.iter().copied()).filter(|(_, rarity)| *rarity >= TELLING).collect();
    let whole: f32 = telling.iter().map(|(_, rarity)| rarity).sum();
    if telling.len() < FEWEST {
        return None;
    }
    // Which telling word each word of the passage stands for.
    let stands: Vec<(usize, usize)> = passage
        .iter()
        .enumerate()
        .filter_map(|(at, word)| Some((at, telling.iter().position(|(other, _)| akin(&word.plain, &other.plain))?)))
        .collect();
    let width = quotation.len() * 2 + 10;
    let mut best: Option<(f32, usize, usize)> = None;
    for (n, (first, _)) in stands.iter().enumerate() {
        let mut seen = vec![false; telling.len()];
        let (mut shared, mut count, mut last) = (0.0, 0, *first);
        for (at, which) in stands.iter().skip(n).take_while(|(at, _)| at - first < width) {
            if let (Some(seen), Some((_, rarity))) = (seen.get_mut(*which), telling.get(*which))
                && !*seen
            {
                *seen = true;
                shared += rarity;
                count += 1;
                last = *at;
            }
        }
        let part = shared / whole;
        if count >= FEWEST && part >= SHARED && best.is_none_or(|(known, ..)| part > known) {
            best = Some((part, *first, last + 1));
        }
    }
    best
}

/// Whether two folded words are likely forms of one word.
fn akin(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.chars().count(), other.chars().count());
    shared >= 4 && a.max(b) - shared <= 3
}

impl Quotation<'_> {
    /// Passages that say much of it in other words, or nothing.
    pub fn paraphrase(&self, chains: &[Chain]) -> Finding {
        let mut found: Vec<(f32, Vec<Place>)> = chains
            .iter()
            .filter_map(|chain| {
                let (part, first, last) = said_loosely(&self.words, &self.weights, &chain.words)?;
                let span = (chain.words.get(first)?.start, chain.words.get(last - 1)?.end);
                let (passage, begins) = chain.passage_at(span.0);
                let spans = vec![(span.0 - begins, span.1 - begins)];
                let reported = reported(&chain.text, span);
                Some((part, vec![Place { passage, spans, differences: Vec::new(), reported, similarity: part }]))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let places: Vec<Place> = found.into_iter().flat_map(|(_, places)| places).take(5).collect();
        let verdict = if places.is_empty() { Verdict::NotFound } else { Verdict::Paraphrase };
        Finding { verdict, warnings: Vec::new(), places }
    }
}
