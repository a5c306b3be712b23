//! Claims that may say the same as another: they share what is rare in it, or name the same figure. People judge.

use std::collections::{BTreeMap, HashSet};

use super::numbers::{CALENDAR_YEAR, Number, numbers};
use crate::analysis::rarity::Terms;

/// The share of what is rare in a claim that another must have to be offered.
const LEAST: f32 = 0.4;
/// The same, where both name the same figure.
const LEAST_WITH_FIGURE: f32 = 0.2;
/// Terms without a figure that must be shared.
const FEWEST: usize = 3;
/// What the same figure is worth beside shared terms.
const FIGURE: f32 = 0.5;
/// Smaller whole numbers stand everywhere: "two things".
const TELLING: f64 = 10.0;

/// A claim beside which others are laid.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// Its terms with a word as it stands there, and how rare it is.
    terms: BTreeMap<String, (String, f32)>,
    numbers: Vec<Number>,
}

/// What another claim has in common with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// How much that tells, from 0 to 1.5.
    pub score: f32,
    /// The figures that both name.
    pub figures: Vec<Number>,
    /// The words that both have, rarest first.
    pub words: Vec<String>,
}

impl Sought {
    /// Reads a claim; `rarity` says for words of it, by their characters, how rare they are in the archive.
    pub fn new(sentence: &str, rarity: &[(usize, usize, f32)]) -> Self {
        let chars: Vec<char> = sentence.chars().collect();
        let mut terms: BTreeMap<String, (String, f32)> = BTreeMap::new();
        for (start, end, weight) in rarity {
            let word: String = chars.get(*start..*end).unwrap_or_default().iter().collect();
            // Figures are compared as numbers: "1,200" and "twelve hundred" are the same.
            if word.starts_with(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            let Some(term) = Terms::of(&word).words().next().map(str::to_owned) else { continue };
            let known = terms.entry(term).or_insert((word, *weight));
            known.1 = known.1.max(*weight);
        }
        Self { terms, numbers: numbers(sentence) }
    }

    /// The figures by which others may be found, as they stand in the sentence that was read.
    pub fn figures(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().filter(|number| is_figure(number))
    }

    /// Lays another claim beside it; nothing if they have too little in common.
    pub fn beside(&self, other: &str) -> Option<Alike> {
        let theirs = Terms::of(other);
        let theirs: HashSet<&str> = theirs.words().collect();
        let all: f32 = self.terms.values().map(|(_, weight)| weight).sum();
        let mut shared: Vec<&(String, f32)> =
            self.terms.iter().filter(|(term, _)| theirs.contains(term.as_str())).map(|(_, word)| word).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let share = shared.iter().map(|(_, weight)| weight).sum::<f32>() / all.max(f32::MIN_POSITIVE);
        let named = numbers(other);
        let same = |number: &&Number| named.iter().any(|other| is_same(number, other));
        let figures: Vec<Number> = self.figures().filter(same).cloned().collect();
        let telling = figures.iter().any(|number| number.value >= TELLING || number.value.fract() != 0.0);
        let enough = if telling { share >= LEAST_WITH_FIGURE } else { share >= LEAST && shared.len() >= FEWEST };
        enough.then(|| Alike {
            score: share.min(1.0) + if telling { FIGURE } else { 0.0 },
            figures,
            words: shared.into_iter().map(|(word, _)| word.clone()).collect(),
        })
    }
}

/// Numbers of something; a year is the same in claims that have nothing else in common.
fn is_figure(number: &Number) -> bool {
    number.unit.as_deref().is_some_and(|unit| unit != CALENDAR_YEAR)
}

/// As much of the same: what is written out with fewer digits is the same number all the same.
fn is_same(one: &Number, other: &Number) -> bool {
    const HARDLY: f64 = 1e-9;
    one.unit == other.unit && (one.value - other.value).abs() <= HARDLY * one.value.abs().max(other.value.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "We moved 1,200 containers through Kallenport last week.";

    /// Every word as rare as it is long.
    fn sought(sentence: &str) -> Sought {
        let mut at = 0;
        let words = sentence.split_inclusive(' ').map(|word| {
            let (start, length) = (at, word.chars().count());
            at += length;
            (start, start + word.trim_end_matches([' ', '.']).chars().count(), length as f32)
        });
        Sought::new(sentence, &words.collect::<Vec<_>>())
    }

    #[test]
    fn the_same_figure_in_other_words_is_offered() {
        let alike = sought(CLAIM).beside("Kallenport has never seen twelve hundred containers in a week.");
        let alike = alike.expect("the same figure of the same harbour");
        assert_eq!(alike.figures.iter().map(|number| number.value).collect::<Vec<_>>(), [1200.0]);
        assert_eq!(alike.words, ["Kallenport", "containers"]);
    }

    #[test]
    fn another_figure_of_the_same_is_offered_behind_the_same_figure() {
        let sought = sought(CLAIM);
        let same = sought.beside("Last week 1,200 containers moved through Kallenport.").expect("the same");
        let other = sought.beside("Last week 900 containers moved through Kallenport.").expect("the same matter");
        assert!(same.score > other.score && other.figures.is_empty(), "{same:?} {other:?}");
    }

    #[test]
    fn a_number_alone_is_nothing_in_common() {
        assert_eq!(sought(CLAIM).beside("The choir has 1,200 members."), None);
        assert_eq!(sought("There are two ships.").beside("There are two reasons for our silence."), None);
        assert_eq!(Sought::default().beside(CLAIM), None);
    }
}
