//! Where words that somebody has judged stand in another state of their text.
//!
//! Words are found again where they are the same, wherever a correction has moved them, and where most of them are the
//! same in the utterance they were in or beside it, where a cut puts them. Nothing else counts: a judgement never moves to
//! other words.

use std::collections::HashMap;
use std::ops::Range;

use super::sentences::sentences;
use crate::domain::Place;

/// Words with the number of the utterance in which they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor<'a> {
    /// The number.
    pub number: i32,
    /// The words.
    pub words: &'a str,
}

/// How much two stretches must have in common to be the same words, corrected.
const ALIKE: f32 = 0.6;

/// For each of the old words, which of the new ones they are; `order` has the numbers of the text as it stands now. None of
/// the new ones is two of the old.
pub fn pair(old: &[Anchor<'_>], new: &[Anchor<'_>], order: &[i32]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut free = vec![true; new.len()];
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut of_number: HashMap<i32, Vec<usize>> = HashMap::new();
    let places: HashMap<i32, usize> = order.iter().enumerate().map(|(at, number)| (*number, at)).collect();
    for (at, one) in new.iter().enumerate() {
        same.entry(one.words).or_default().push(at);
        of_number.entry(one.number).or_default().push(at);
    }
    let mut take = |at: usize, pick: &dyn Fn(&Anchor<'_>, &[bool]) -> Option<usize>| {
        let (Some(one), Some(slot)) = (old.get(at), found.get_mut(at)) else { return };
        if slot.is_none() {
            *slot = pick(one, &free);
            if let Some(free) = slot.and_then(|new| free.get_mut(new)) {
                *free = false;
            }
        }
    };
    let is_free = |free: &[bool], at: usize| free.get(at).copied().unwrap_or_default();
    let number = |at: usize| new.get(at).map_or(0, |one| one.number);
    let words = |at: usize| new.get(at).map_or("", |one| one.words);
    for at in 0..old.len() {
        take(at, &|one, free| {
            same.get(one.words)?.iter().copied().find(|new| is_free(free, *new) && number(*new) == one.number)
        });
    }
    for at in 0..old.len() {
        take(at, &|one, free| {
            let all = same.get(one.words)?.iter().copied().filter(|new| is_free(free, *new));
            all.min_by_key(|new| number(*new).abs_diff(one.number))
        });
    }
    for at in 0..old.len() {
        take(at, &|one, free| {
            let near = near(*places.get(&one.number)?);
            near.filter_map(|at| of_number.get(order.get(at)?)).find_map(|all| {
                let all = all.iter().copied().filter(|new| is_free(free, *new));
                best(one.words, all.map(|new| (new, words(new))))
            })
        });
    }
    found
}

/// Where the old words stand, if they still do; of several sentences that were torn apart, where the longest stands.
pub fn place(old: &Anchor<'_>, text: &[(i32, &str)]) -> Option<Place> {
    let whole = place_whole(old, text);
    whole.or_else(|| {
        let spans = sentences(old.words);
        let place = |span: &Range<usize>| Place { number: old.number, start: span.start, end: span.end };
        let mut parts: Vec<&str> = spans.iter().map(|span| place(span).words(old.words)).collect();
        parts.sort_by_key(|words| std::cmp::Reverse(words.len()));
        parts.into_iter().find_map(|words| place_whole(&Anchor { number: old.number, words }, text))
    })
}

fn place_whole(old: &Anchor<'_>, text: &[(i32, &str)]) -> Option<Place> {
    let at = |(number, text): &(i32, &str)| {
        let byte = text.find(old.words).filter(|_| !old.words.is_empty())?;
        let start = text.get(..byte)?.chars().count();
        Some(Place { number: *number, start, end: start + old.words.chars().count() })
    };
    let exact = text.iter().filter_map(at).min_by_key(|place| place.number.abs_diff(old.number));
    exact.or_else(|| {
        let own = text.iter().position(|(number, _)| *number == old.number)?;
        near(own).filter_map(|at| text.get(at)).find_map(|(number, text)| {
            let place = |span: Range<usize>| Place { number: *number, start: span.start, end: span.end };
            let places: Vec<Place> = sentences(text).into_iter().map(place).collect();
            best(old.words, places.iter().map(|place| (*place, place.words(text))))
        })
    })
}

/// An utterance, the one behind it, the one before it.
fn near(at: usize) -> impl Iterator<Item = usize> {
    [Some(at), Some(at + 1), at.checked_sub(1)].into_iter().flatten()
}

/// The one that is most like the words, if it is like them at all.
fn best<'a, T>(words: &str, all: impl Iterator<Item = (T, &'a str)>) -> Option<T> {
    let mine = counted(words);
    let scored = all.map(|(it, other)| (it, alike(&mine, &counted(other)))).filter(|(_, alike)| *alike >= ALIKE);
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(it, _)| it)
}

fn counted(words: &str) -> HashMap<String, usize> {
    let mut counted = HashMap::new();
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counted.entry(word.to_lowercase()).or_default() += 1;
    }
    counted
}

/// The share of words that both have (Dice's coefficient).
fn alike(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> f32 {
    let shared: usize = one.iter().map(|(word, count)| *count.min(other.get(word).unwrap_or(&0))).sum();
    let all: usize = one.values().chain(other.values()).sum();
    if all == 0 { 0.0 } else { 2.0 * shared as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors<'a>(all: &[(i32, &'a str)]) -> Vec<Anchor<'a>> {
        all.iter().map(|(number, words)| Anchor { number: *number, words }).collect()
    }

    #[test]
    fn words_that_a_split_moved_are_the_same_words() {
        let old = anchors(&[(4, "The lock holds."), (4, "Nobody was hurt.")]);
        let new = anchors(&[(4, "The lock holds."), (9, "Nobody was hurt.")]);
        assert_eq!(pair(&old, &new, &[4, 9]), [Some(0), Some(1)]);
    }

    #[test]
    fn a_cut_within_a_sentence_leaves_most_of_it_behind() {
        let old = anchors(&[(4, "Will the lock hold until the spring?")]);
        let new = anchors(&[(9, "the lock hold until the spring?")]);
        assert_eq!(pair(&old, &new, &[4, 9]), [Some(0)]);
        assert_eq!(pair(&old, &new, &[4, 5, 9]), [None], "too far away to be the same");
    }

    #[test]
    fn a_corrected_word_leaves_them_what_they_were_and_others_are_others() {
        let old = anchors(&[(2, "We moved 1,200 containers last week."), (3, "The lock holds.")]);
        let new = anchors(&[(2, "We moved 1,300 containers last week."), (3, "Ask the ministry of works.")]);
        assert_eq!(pair(&old, &new, &[2, 3]), [Some(0), None]);
    }

    #[test]
    fn of_words_that_are_said_twice_each_keeps_its_own() {
        let old = anchors(&[(2, "No."), (5, "No."), (7, "No.")]);
        let new = anchors(&[(5, "No."), (8, "No.")]);
        assert_eq!(
            pair(&old, &new, &[2, 5, 8]),
            [Some(1), Some(0), None],
            "its own number first, then the nearest, each once"
        );
    }

    #[test]
    fn a_place_is_found_by_its_words_then_by_most_of_them() {
        let text = [(1, "Está bien. The tide is out today."), (2, "The lock holds for now. Ask them.")];
        let find = |number, words| place(&Anchor { number, words }, &text);
        assert_eq!(find(2, "The tide is out today."), Some(Place { number: 1, start: 11, end: 33 }));
        assert_eq!(find(2, "The lock holds now."), Some(Place { number: 2, start: 0, end: 23 }));
        assert_eq!(find(2, "Trains run again."), None);
        let torn = "The lock holds for now. Nobody has asked them, nor will they.";
        assert_eq!(find(2, torn), Some(Place { number: 2, start: 0, end: 23 }));
    }
}
