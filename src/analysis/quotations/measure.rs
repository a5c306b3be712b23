//! How well quotations are found in articles whose attributions are known.
//!
//! For each article and each of source, cue and content, what is found and what is right are sets: what stands in both is
//! found. Strictly, an entry of a set is all pieces of one attribution, each with its exact beginning and end; an attribution
//! in several pieces is found only if every piece is. By the piece, every piece is an entry of its own. By overlap, every
//! piece counts once as right if it shares a character with one of the other set.

use std::collections::BTreeSet;
use std::ops::{AddAssign, Range};

use serde::Serialize;

use super::labelled::{Labelled, Span};
use super::{Quotation, quotations};

/// How many were found, how many of them were right, how many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    found: usize,
    found_right: usize,
    there: usize,
    there_found: usize,
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// How much of what was found is right.
    pub precision: f64,
    /// How much of what is there was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// One of source, cue and content, read in three ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Row {
    /// All pieces of an attribution at once.
    pub strict: Tally,
    /// Each piece by itself.
    pub by_piece: Tally,
    /// Pieces that share a character.
    pub overlap: Tally,
}

/// All three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measure {
    /// Articles measured.
    pub articles: usize,
    /// Who says it.
    pub source: Row,
    /// The words that say so.
    pub cue: Row,
    /// What is said.
    pub content: Row,
}

impl Tally {
    /// The score of these counts; 0 where there is nothing to divide.
    pub fn score(&self) -> Score {
        let part = |some: usize, all: usize| if all == 0 { 0.0 } else { some as f64 / all as f64 };
        let (precision, recall) = (part(self.found_right, self.found), part(self.there_found, self.there));
        let sum = precision + recall;
        Score { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }

    fn of_sets<T: Ord>(found: &BTreeSet<T>, right: &BTreeSet<T>) -> Self {
        let both = found.intersection(right).count();
        Self { found: found.len(), found_right: both, there: right.len(), there_found: both }
    }

    fn of_overlaps(found: &BTreeSet<Span>, right: &BTreeSet<Span>) -> Self {
        let shared = |some: &BTreeSet<Span>, others: &BTreeSet<Span>| {
            some.iter().filter(|one| others.iter().any(|other| one.0 < other.1 && other.0 < one.1)).count()
        };
        Self {
            found: found.len(),
            found_right: shared(found, right),
            there: right.len(),
            there_found: shared(right, found),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.found_right += other.found_right;
        self.there += other.there;
        self.there_found += other.there_found;
    }
}

impl Row {
    fn new(found: Vec<Vec<Span>>, right: Vec<Vec<Span>>) -> Self {
        let whole = |spans: Vec<Vec<Span>>| -> BTreeSet<Vec<Span>> {
            spans
                .into_iter()
                .filter(|spans| !spans.is_empty())
                .map(|mut spans| {
                    spans.sort_unstable();
                    spans
                })
                .collect()
        };
        let pieces = |spans: &BTreeSet<Vec<Span>>| -> BTreeSet<Span> { spans.iter().flatten().copied().collect() };
        let (found, right) = (whole(found), whole(right));
        let (found_pieces, right_pieces) = (pieces(&found), pieces(&right));
        Self {
            strict: Tally::of_sets(&found, &right),
            by_piece: Tally::of_sets(&found_pieces, &right_pieces),
            overlap: Tally::of_overlaps(&found_pieces, &right_pieces),
        }
    }
}

impl AddAssign for Row {
    fn add_assign(&mut self, other: Self) {
        self.strict += other.strict;
        self.by_piece += other.by_piece;
        self.overlap += other.overlap;
    }
}

impl AddAssign for Measure {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.source += other.source;
        self.cue += other.cue;
        self.content += other.content;
    }
}

/// Measures what is found in an article.
pub fn measure(article: &Labelled) -> Measure {
    compare(&quotations(&article.text), article)
}

/// Measures quotations against what a reader has marked.
pub fn compare(found: &[Quotation], article: &Labelled) -> Measure {
    let one = |range: &Option<Range<usize>>| -> Vec<Span> {
        range.iter().map(|range| Span(range.start, range.end)).collect()
    };
    let many =
        |ranges: &[Range<usize>]| -> Vec<Span> { ranges.iter().map(|range| Span(range.start, range.end)).collect() };
    let right = |part: fn(&super::labelled::Attribution) -> &Vec<Span>| {
        article.attributions.iter().map(|one| part(one).clone()).collect()
    };
    Measure {
        articles: 1,
        source: Row::new(found.iter().map(|found| one(&found.source)).collect(), right(|one| &one.source)),
        cue: Row::new(found.iter().map(|found| one(&found.cue)).collect(), right(|one| &one.cue)),
        content: Row::new(found.iter().map(|found| many(&found.content)).collect(), right(|one| &one.content)),
    }
}
