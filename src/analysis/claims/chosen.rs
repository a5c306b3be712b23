//! What fact-checkers chose before: who says much the same again says what deserves a check again.
//!
//! A file has a line a word, of its mark and how rare it is, and a line a chosen sentence, of the marks of its words in the
//! order of these: enough to tell what is alike. The sentences themselves are not in it, though who has a list of words can
//! find many of theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use rustc_hash::FxHashMap;

/// The line of a file that says how rare a word is that has no line.
const UNKNOWN: &str = "(unknown)";
/// What stands before the marks of a chosen sentence.
const SENTENCE: &str = "(chosen)";
/// How much the rarities of a sentence come to before it is taken for a whole one: "Yes." is like nothing.
const WHOLE: f32 = 13.5;
/// Words in fewer sentences are as good as unknown.
const AT_LEAST: usize = 3;

/// So many of the sentences that are most alike are averaged, each time for another feature.
pub(super) const NEAREST: [usize; 3] = [1, 3, 5];

/// Sentences that fact-checkers chose, as far as it takes to say what is like them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen {
    /// How rare words are, by their marks.
    rarities: FxHashMap<u32, f32>,
    unknown: f32,
    sentences: Vec<Vec<u32>>,
    /// In which sentences a word is, and how much it counts in them.
    places: FxHashMap<u32, Vec<(usize, f32)>>,
}

impl Chosen {
    /// Learns from sentences as sets of words: which were chosen, and which words are rare among all.
    pub(super) fn learn<'a>(sentences: impl Iterator<Item = (&'a BTreeSet<String>, bool)>) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut chosen = Vec::new();
        let mut all = 0_usize;
        for (words, is_chosen) in sentences {
            all += 1;
            for word in words {
                *counts.entry(word).or_default() += 1;
            }
            if is_chosen {
                let marks: BTreeSet<u32> = words.iter().map(|word| mark(word)).collect();
                chosen.push(marks.into_iter().collect());
            }
        }
        // As they will be read: a file rounds.
        let rarity = |count: usize| ((all as f32 / count as f32).ln() * 100.0).round() / 100.0;
        let rarities = counts.iter().filter(|(_, count)| **count >= AT_LEAST);
        let rarities = rarities.map(|(word, count)| (mark(word), rarity(*count))).collect();
        Self { rarities, unknown: rarity(1), sentences: chosen, places: FxHashMap::default() }.placed()
    }

    /// The same without some of the sentences, by their number: what is learnt from a document must not be seen in it.
    pub(super) fn without(&self, sentences: &std::ops::Range<usize>) -> Self {
        let kept = self.sentences.iter().enumerate().filter(|(number, _)| !sentences.contains(number));
        let kept = kept.map(|(_, sentence)| sentence.clone()).collect();
        Self { sentences: kept, places: FxHashMap::default(), ..self.clone() }.placed()
    }

    /// Reads a file. Lines that are neither a word nor a sentence are passed over.
    pub fn read(text: &str) -> Self {
        let mut chosen = Self::default();
        let lines = text.lines().filter(|line| !line.starts_with("# "));
        for (name, rest) in lines.filter_map(|line| line.split_once('\t')) {
            match (name, u32::from_str_radix(name, 16), rest.parse()) {
                (SENTENCE, ..) => {
                    let marks = rest.split(' ').filter_map(|mark| u32::from_str_radix(mark, 16).ok());
                    chosen.sentences.push(marks.collect());
                }
                (UNKNOWN, _, Ok(rarity)) => chosen.unknown = rarity,
                (_, Ok(mark), Ok(rarity)) => drop(chosen.rarities.insert(mark, rarity)),
                _ => {}
            }
        }
        chosen.placed()
    }

    /// The text of the file, without the lines that say where it comes from. Sentences stand in the order of their marks.
    pub fn write(&self) -> String {
        let mut text = format!("{UNKNOWN}\t{}\n", self.unknown);
        for (mark, rarity) in self.rarities.iter().collect::<BTreeMap<_, _>>() {
            let _ = writeln!(text, "{mark:x}\t{rarity}");
        }
        for sentence in self.sentences.iter().collect::<BTreeSet<_>>() {
            let marks: Vec<String> = sentence.iter().map(|mark| format!("{mark:x}")).collect();
            let _ = writeln!(text, "{SENTENCE}\t{}", marks.join(" "));
        }
        text
    }

    /// How much a sentence is like the [`NEAREST`] chosen ones, each from 0 to 1.
    pub(super) fn alike<'a>(&self, words: impl Iterator<Item = &'a str>) -> [f32; NEAREST.len()] {
        let marks: Vec<u32> = words.map(mark).collect();
        let whole = self.whole(&marks);
        let mut sums = vec![0.0; self.sentences.len()];
        for mark in &marks {
            let rarity = self.rarity(*mark) / whole;
            for (sentence, counts) in self.places.get(mark).into_iter().flatten() {
                if let Some(sum) = sums.get_mut(*sentence) {
                    *sum += rarity * counts;
                }
            }
        }
        let most = NEAREST.iter().copied().max().unwrap_or_default().min(sums.len());
        if most < sums.len() {
            sums.select_nth_unstable_by(most, |a, b| b.total_cmp(a));
            sums.truncate(most);
        }
        sums.sort_unstable_by(|a, b| b.total_cmp(a));
        NEAREST.map(|nearest| sums.iter().take(nearest).sum::<f32>() / nearest as f32)
    }

    /// With the places of all words.
    fn placed(mut self) -> Self {
        let mut places: FxHashMap<u32, Vec<(usize, f32)>> = FxHashMap::default();
        for (number, sentence) in self.sentences.iter().enumerate() {
            let whole = self.whole(sentence);
            for mark in sentence {
                places.entry(*mark).or_default().push((number, self.rarity(*mark) / whole));
            }
        }
        self.places = places;
        self
    }

    fn rarity(&self, mark: u32) -> f32 {
        self.rarities.get(&mark).copied().unwrap_or(self.unknown)
    }

    fn whole(&self, marks: &[u32]) -> f32 {
        marks.iter().map(|mark| self.rarity(*mark).powi(2)).sum::<f32>().sqrt().max(WHOLE)
    }
}

/// A word, as a number (FNV-1a).
fn mark(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |mark: u32, byte| (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
