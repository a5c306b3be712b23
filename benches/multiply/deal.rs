//! Deals the sentences of each label anew: every copy uses each of them exactly once.

use std::collections::BTreeMap;

use super::read::{Original, Turn};

/// All sentences, by label, in an order that each copy shuffles.
pub struct Dealer<'a> {
    piles: BTreeMap<&'a str, Pile<'a>>,
    random: Random,
}

struct Pile<'a> {
    sentences: Vec<&'a str>,
    next: usize,
}

/// A turn of a copy: its label and its paragraphs.
pub struct Dealt<'a> {
    /// The label as printed.
    pub label: &'a str,
    /// Its words.
    pub paragraphs: Vec<Vec<&'a str>>,
}

impl<'a> Dealer<'a> {
    /// Takes up the sentences of all transcripts.
    pub fn new(originals: &'a [Original], seed: u64) -> Self {
        let mut piles = BTreeMap::new();
        for turn in originals.iter().flat_map(|original| &original.turns) {
            let pile = piles.entry(turn.label.as_str()).or_insert(Pile { sentences: Vec::new(), next: 0 });
            pile.sentences.extend(turn.paragraphs.iter().flatten().map(String::as_str));
        }
        Self { piles, random: Random(seed) }
    }

    /// Begins a new copy.
    pub fn shuffle(&mut self) {
        for pile in self.piles.values_mut() {
            pile.next = 0;
            for last in (1..pile.sentences.len()).rev() {
                pile.sentences.swap(last, self.random.below(last + 1));
            }
        }
    }

    /// Fills the shape of one transcript.
    pub fn deal(&mut self, shape: &'a [Turn]) -> Vec<Dealt<'a>> {
        let mut dealt = Vec::with_capacity(shape.len());
        for turn in shape {
            let pile = self.piles.get_mut(turn.label.as_str()).expect("every label has a pile");
            let mut take = |count| {
                pile.next += count;
                pile.sentences[pile.next - count..pile.next].to_vec()
            };
            let paragraphs = turn.paragraphs.iter().map(|paragraph| take(paragraph.len())).collect();
            dealt.push(Dealt { label: &turn.label, paragraphs });
        }
        dealt
    }
}

/// `SplitMix64`: small, fast, the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * bound as u128) >> 64) as usize
    }
}
