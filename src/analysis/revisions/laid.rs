//! Two versions of a text laid beside each other: which utterance is which, in order.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Utterances more alike than this are the same.
const SAME: f32 = 0.6;
/// Pairs in one gap up to which all are tried; beyond, only those about as far into it.
const MOST_PAIRS: usize = 250_000;
/// Words of an utterance up to which their order is looked at.
const IN_ORDER: usize = 2_000;

/// An utterance of a version: how it is labelled, and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Laid<'a> {
    /// The label; only turns have one.
    pub label: Option<&'a str>,
    /// The words.
    pub text: &'a str,
}

/// For each utterance after, the one before that it is: what is the same to the letter first, then, between these, what
/// is clearly the same. Each is used once, and both stay in order.
pub fn lay(before: &[Laid<'_>], after: &[Laid<'_>]) -> Vec<Option<usize>> {
    let mut laid = vec![None; after.len()];
    let (mut old, mut new) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, before, after) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            between(before, after, (old, old_index), (new, new_index), &mut laid);
            laid.iter_mut().skip(new_index).take(len).enumerate().for_each(|(n, at)| *at = Some(old_index + n));
            (old, new) = (old_index + len, new_index + len);
        }
    }
    between(before, after, (old, before.len()), (new, after.len()), &mut laid);
    laid
}

/// Lays a gap: the pairs that are most alike altogether, in order.
fn between(
    before: &[Laid<'_>],
    after: &[Laid<'_>],
    (old, old_end): (usize, usize),
    (new, new_end): (usize, usize),
    laid: &mut [Option<usize>],
) {
    let bags = |some: &'_ [Laid<'_>], from: usize, to: usize| -> Vec<Vec<u64>> {
        some.get(from..to).unwrap_or_default().iter().map(|one| bag(one.text)).collect()
    };
    let (olds, news) = (bags(before, old, old_end), bags(after, new, new_end));
    let (rows, columns) = (olds.len(), news.len());
    if rows == 0 || columns == 0 {
        return;
    }
    let reach = if rows * columns > MOST_PAIRS { (MOST_PAIRS / columns).max(2) } else { rows };
    let mut alike: HashMap<(usize, usize), f32> = HashMap::new();
    for (column, words) in news.iter().enumerate() {
        let middle = column * rows / columns;
        for row in middle.saturating_sub(reach)..(middle + reach + 1).min(rows) {
            let Some(others) = olds.get(row) else { continue };
            let pair = before.get(old + row).zip(after.get(new + column));
            let score = pair.map_or(0.0, |(one, other)| likeness(one.text, other.text, others, words));
            if score > SAME {
                alike.insert((row, column), score);
            }
        }
    }
    for (row, column) in best_in_order(&alike, columns) {
        if let Some(at) = laid.get_mut(new + column) {
            *at = Some(old + row);
        }
    }
}

/// Of scored pairs, those that are in order and have the highest sum.
fn best_in_order(alike: &HashMap<(usize, usize), f32>, columns: usize) -> Vec<(usize, usize)> {
    let mut pairs: Vec<((usize, usize), f32)> = alike.iter().map(|(pair, score)| (*pair, *score)).collect();
    // Of one row from the right, so that none follows another of its row.
    pairs.sort_unstable_by_key(|((row, column), _)| (*row, std::cmp::Reverse(*column)));
    let mut best = Best(vec![None; columns + 1]);
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, ((_, column), score)) in pairs.iter().enumerate() {
        let so_far = best.up_to(*column);
        before.push(so_far.map(|(_, pair)| pair));
        best.enter(*column, (score + so_far.map_or(0.0, |(sum, _)| sum), at));
    }
    let mut row = Vec::new();
    let mut next = best.up_to(columns).map(|(_, pair)| pair);
    while let Some(at) = next {
        row.extend(pairs.get(at).map(|pair| pair.0));
        next = before.get(at).copied().flatten();
    }
    row
}

/// The best sum that ends in each column, with its last pair: a Fenwick tree of maxima.
struct Best(Vec<Option<(f32, usize)>>);

impl Best {
    /// The best that ends before a column.
    fn up_to(&self, column: usize) -> Option<(f32, usize)> {
        let mut best = None;
        let mut node = column;
        while node > 0 {
            best = better(best, self.0.get(node).copied().flatten());
            node &= node - 1;
        }
        best
    }

    fn enter(&mut self, column: usize, sum: (f32, usize)) {
        let mut node = column + 1;
        while let Some(best) = self.0.get_mut(node) {
            *best = better(*best, Some(sum));
            node += node & node.wrapping_neg();
        }
    }
}

fn better(one: Option<(f32, usize)>, other: Option<(f32, usize)>) -> Option<(f32, usize)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// How alike two texts are, from 0 to 1: twice the words that they share, by those that they have.
fn likeness(one: &str, other: &str, bag: &[u64], others: &[u64]) -> f32 {
    let all = (bag.len() + others.len()).max(1) as f32;
    let shared = 2.0 * shared(bag, others) as f32 / all;
    if shared <= SAME || bag.len().max(others.len()) > IN_ORDER {
        return shared;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split_whitespace().collect(), other.split_whitespace().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &one, &other);
    let same: usize = ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum();
    2.0 * same as f32 / all
}

/// The words of a text without their order.
fn bag(text: &str) -> Vec<u64> {
    let hash = |word: &str| {
        word.bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let mut words: Vec<u64> = text.split_whitespace().map(hash).collect();
    words.sort_unstable();
    words
}

/// How many words two sorted bags share.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let mut others = other.iter().peekable();
    let mut shared = 0;
    for word in one {
        while others.next_if(|other| *other < word).is_some() {}
        shared += usize::from(others.next_if(|other| *other == word).is_some());
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns<'a>(texts: &[&'a str]) -> Vec<Laid<'a>> {
        texts.iter().map(|text| Laid { label: Some("Q"), text }).collect()
    }

    #[test]
    fn what_is_clearly_the_same_is_found_between_what_is_the_same_to_the_letter() {
        let before = turns(&["Good morning.", "The tide is out and the lock is shut.", "Why?", "Because."]);
        let after = turns(&[
            "Good morning.",
            "Is it raining?",
            "The tide is in and the lock is shut.",
            "Why?",
            "No comment at all.",
        ]);
        assert_eq!(lay(&before, &after), [Some(0), None, Some(1), Some(2), None]);
    }

    #[test]
    fn a_label_that_changed_hinders_nothing_and_order_is_kept() {
        let before =
            [Laid { label: Some("Q"), text: "One two three four." }, Laid { label: None, text: "Five six seven." }];
        let after = [
            Laid { label: None, text: "Five six seven." },
            Laid { label: Some("MR. VESK"), text: "One two three four." },
        ];
        let laid = lay(&before, &after);
        assert_eq!(laid.iter().flatten().count(), 1, "they changed places: only one is where it was");
        assert_eq!(lay(&before[..1], &after[1..]), [Some(0)]);
        assert_eq!(lay(&[], &after), [None, None]);
        assert_eq!(lay(&before, &[]), [None; 0]);
    }

    #[test]
    fn twenty_thousand_words_that_were_gone_over_throughout_are_laid_in_a_moment() {
        let text = |n: usize, word: &str| {
            format!("Turn {n} of this text says {n} times that it is the {word} of them all, and so on to {n}.")
        };
        let (before, after): (Vec<String>, Vec<String>) =
            (0..1_000).map(|n| (text(n, "first"), text(n, "last"))).unzip();
        let olds: Vec<Laid<'_>> = before.iter().map(|text| Laid { label: Some("Q"), text }).collect();
        let news: Vec<Laid<'_>> = after.iter().map(|text| Laid { label: Some("Q"), text }).collect();
        assert_eq!(lay(&olds, &news).into_iter().flatten().count(), 1_000);
    }

    #[test]
    fn six_words_in_ten_are_not_enough_and_seven_are() {
        let before = turns(&["a b c d e f g h i j"]);
        assert_eq!(lay(&before, &turns(&["a b c d e f 7 8 9 0"])), [None]);
        assert_eq!(lay(&before, &turns(&["a b c d e f g 8 9 0"])), [Some(0)]);
    }
}
