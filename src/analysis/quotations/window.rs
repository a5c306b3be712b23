//! Where the source and the content of a cue are looked for.

use std::ops::Range;

use super::class::Class;
use super::token::Text;

/// A cue and what stands around it.
pub(super) struct Window {
    /// The tokens of the cue.
    pub cue: Range<usize>,
    /// The tokens of its sentence, or as many of them as are near.
    pub sentence: Range<usize>,
    /// Where a part may begin or end, ascending: places between tokens, each named by the token behind it.
    pub bounds: Vec<usize>,
}

/// Most sentences before or after the one of the cue.
const REACH: usize = 12;
/// Most tokens on either side of a cue within its sentence.
const NEAR: usize = 120;

/// With more places than this in other sentences no further one is looked at.
const MANY: usize = 48;
/// A sentence with more tokens is a table or a trap: little of it is looked at.
const LONG: usize = 300;

impl Window {
    /// The window of a cue.
    pub fn new(text: &Text, cue: &Range<usize>) -> Self {
        let number = text.at(cue.start).sentence;
        let whole = text.sentence(number);
        let near = if whole.len() > LONG { NEAR / 2 } else { NEAR };
        let sentence = whole.start.max(cue.start.saturating_sub(near))..whole.end.min(cue.end + near);
        let mut bounds: Vec<usize> = Vec::new();
        if sentence.start == whole.start {
            let mut first = number;
            let mut marks = 0;
            while first > 0 && number - first < REACH && marks < MANY && leads(text, first) {
                first -= 1;
                marks += marks_in(text, first).len();
            }
            for before in first..number {
                bounds.extend(marks_in(text, before));
            }
        }
        bounds.extend((sentence.start..=sentence.end).filter(|&at| at <= cue.start || at >= cue.end));
        if sentence.end == whole.end {
            let colon = text.at(whole.end.saturating_sub(1)).class == Class::Colon
                || cue.end + 6 > whole.end && text.at(cue.end.saturating_sub(1)).class == Class::Colon;
            let mut last = number;
            let few = bounds.len() + MANY;
            while bounds.len() < few
                && last + 1 < text.sentences.len()
                && last - number < REACH
                && follows(text, last + 1, colon && last == number)
            {
                last += 1;
                bounds.extend(marks_in(text, last));
            }
        }
        bounds.dedup();
        Self { cue: cue.clone(), sentence, bounds }
    }
}

/// Whether what is quoted in a sentence can have begun in the one before: it begins within a quotation, or both are quoted.
fn leads(text: &Text, number: usize) -> bool {
    if text.sentence(number - 1).len() > LONG {
        return false;
    }
    let first = text.at(text.sentence(number).start);
    let before = text.sentence(number - 1);
    let last = text.at(before.end.saturating_sub(1));
    match first.class {
        Class::OpenMark => last.class == Class::CloseMark && text.at(before.start).quoted,
        _ => first.quoted,
    }
}

/// Whether a sentence can go on with what is quoted: it is quoted itself, or a colon stands before it.
fn follows(text: &Text, number: usize, colon: bool) -> bool {
    let first = text.sentence(number);
    first.len() <= LONG && (text.at(first.start).quoted || colon)
}

/// In a sentence other than the cue's, parts begin and end with it or with its quotation marks.
fn marks_in(text: &Text, number: usize) -> Vec<usize> {
    let sentence = text.sentence(number);
    let mut bounds = vec![sentence.start];
    for at in sentence.clone() {
        match text.at(at).class {
            Class::OpenMark => bounds.push(at),
            Class::CloseMark => bounds.extend([at, at + 1]),
            Class::Stop if at + 1 == sentence.end => bounds.push(at),
            _ => {}
        }
    }
    bounds.push(sentence.end);
    bounds.dedup();
    bounds
}
