//! What a token shows about whether it belongs to a cue.

use super::class::Class;
use super::lexicon::Meaning;
use super::token::{Text, Token};
use super::weights::{both, feature};

/// How far ahead “that” or a mark is looked for.
const AHEAD: isize = 5;

/// Everything that the token at a place shows.
pub(super) fn features(text: &Text, at: usize, found: &mut Vec<u32>) {
    found.clear();
    let near = |step: isize| text.near(at, step);
    let class = |step: isize| near(step).class as u32;
    let here = near(0);
    let mut number = 0;
    let mut add = |a: u32, b: u32| {
        found.push(feature(number, a, b));
        number += 1;
    };
    for step in -2..=2 {
        add(near(step).word, 0);
    }
    for step in -3..=3 {
        add(class(step), 0);
    }
    for step in -2..=2 {
        add(near(step).stem, 1);
    }
    add(here.suffix, 0);
    add(here.suffix, class(-1));
    add(here.meaning as u32, here.class as u32);
    for step in -2..=2 {
        add(near(step).meaning as u32, near(step).class as u32);
    }
    add(near(-1).word, here.word);
    add(here.word, near(1).word);
    add(near(-1).word, here.stem);
    add(here.stem, near(1).word);
    add(here.stem, class(1));
    add(here.stem, class(-1));
    add(here.stem, here.class as u32);
    add(here.stem, both(class(1), class(2)));
    add(here.stem, both(class(-1), class(-2)));
    add(here.stem, both(class(-1), class(1)));
    add(class(-1), here.class as u32);
    add(here.class as u32, class(1));
    add(both(class(-1), class(1)), here.class as u32);
    add(both(class(-2), class(-1)), here.class as u32);
    add(both(class(1), class(2)), here.class as u32);
    let kind = both(here.meaning as u32, here.class as u32);
    add(kind, both(class(-1), class(1)));
    add(kind, both(class(1), class(2)));
    add(kind, both(class(-1), class(-2)));
    add(kind, near(1).word);
    add(kind, near(-1).word);
    add(near(1).word, near(2).word);
    add(near(-2).word, near(-1).word);
    add(near(1).stem, both(near(1).meaning as u32, class(2)));
    add(near(2).stem, near(1).stem);
    let place = place(text, at);
    add(place, 0);
    add(place, here.stem);
    add(place, kind);
    let ahead = ahead(text, at);
    add(ahead, here.stem);
    add(ahead, kind);
    let subject = subject(text, at);
    add(subject, here.stem);
    add(subject, kind);
    add(subject, both(class(1), here.stem));
    let marks = marks(text, at);
    add(marks, here.stem);
    add(marks, kind);
    add(marks, both(kind, class(-1)));
}

/// Where in its sentence and among marks a token stands.
fn place(text: &Text, at: usize) -> u32 {
    let token = text.at(at);
    let sentence = text.sentence(token.sentence);
    let first = (at - sentence.start).min(3) as u32;
    let last = (sentence.end - at).min(3) as u32;
    let headline = u32::from(token.sentence == 0);
    first | last << 2 | headline << 4 | u32::from(token.quoted) << 5
}

/// What comes first after a token: “that”, a mark of quotation, “to”, an end.
fn ahead(text: &Text, at: usize) -> u32 {
    (1..=AHEAD)
        .find_map(|step| match text.near(at, step).class {
            class @ (Class::That
            | Class::OpenMark
            | Class::CloseMark
            | Class::To
            | Class::What
            | Class::Edge
            | Class::Colon) => Some(class as u32 | (step.min(2) as u32) << 8),
            _ => None,
        })
        .unwrap_or(0)
}

/// What may be the subject: the first token on the left that is no adverb, help verb or “not”.
fn subject(text: &Text, at: usize) -> u32 {
    let skipped = |token: &Token| {
        matches!(token.class, Class::Adverb | Class::Be | Class::Have | Class::Do | Class::Modal | Class::Not)
    };
    let mut step = -1;
    while step > -5 && skipped(text.near(at, step)) {
        step -= 1;
    }
    let token = text.near(at, step);
    both(token.class as u32, u32::from(step == -1) | u32::from(text.near(at, step - 1).class == Class::Comma) << 1)
}

/// How the token stands to marks of quotation: its own sentence may have some before or after.
fn marks(text: &Text, at: usize) -> u32 {
    let token = text.at(at);
    let sentence = text.sentence(token.sentence);
    let reach = 40;
    let has = |range: std::ops::Range<usize>, class: Class| range.take(reach).any(|at| text.at(at).class == class);
    let before = has(sentence.start.max(at.saturating_sub(reach))..at, Class::CloseMark);
    let after = has(at + 1..sentence.end, Class::OpenMark);
    let verb = has_verb_before(text, at);
    u32::from(before) | u32::from(after) << 1 | u32::from(token.quoted) << 2 | u32::from(verb) << 3
}

/// Whether a word of saying has stood in the sentence already.
fn has_verb_before(text: &Text, at: usize) -> bool {
    let sentence = text.sentence(text.at(at).sentence);
    (sentence.start.max(at.saturating_sub(12))..at)
        .any(|at| matches!(text.at(at).meaning, Meaning::Say | Meaning::Think))
}
