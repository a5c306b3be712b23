//! What shows where a source or a content begins and ends, seen from its cue.

use std::ops::Range;

use super::class::Class;
use super::lexicon::Meaning;
use super::token::{Text, Token};
use super::weights::{both, feature};
use super::window::Window;

/// What a stretch can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Who says it.
    Source = 0,
    /// What is said.
    Content = 1,
}

/// A cue seen from its parts.
pub(super) struct View<'a> {
    text: &'a Text,
    window: &'a Window,
    head: u32,
    kind: u32,
    form: u32,
    last: u32,
}

/// Templates: each family has its own hundred.
const BEGINS: u32 = 2000;
const ENDS: u32 = 3000;
const INSIDE: u32 = 4000;
const WHOLE: u32 = 5000;
const ORDER: u32 = 6000;
const OVER: u32 = 7000;

impl<'a> View<'a> {
    /// Looks from a cue.
    pub fn new(text: &'a Text, window: &'a Window) -> Self {
        let tokens = window.cue.clone();
        let counts = |token: &Token| {
            token.meaning != Meaning::None && !matches!(token.class, Class::Be | Class::Have | Class::Do | Class::Modal)
        };
        let open = |token: &Token| {
            matches!(
                token.class,
                Class::Past | Class::Ing | Class::S | Class::Word | Class::Noun | Class::Adjective | Class::Paper
            )
        };
        let head = tokens
            .clone()
            .find(|&at| counts(text.at(at)))
            .or_else(|| tokens.clone().find(|&at| open(text.at(at))))
            .unwrap_or(tokens.start);
        let token = text.at(head);
        let passive = tokens.clone().any(|at| text.at(at).class == Class::Be);
        let form = both(token.class as u32, u32::from(passive));
        let last = text.at(tokens.end.saturating_sub(1));
        let last = if tokens.len() > 1 { last.word } else { 0 };
        Self { text, window, head: token.stem, kind: both(token.meaning as u32, form), form, last }
    }

    fn right(&self, at: usize) -> bool {
        at >= self.window.cue.end
    }

    /// How far a place is from the cue, and on which side.
    fn distance(&self, at: usize) -> u32 {
        let cue = &self.window.cue;
        if at >= cue.end { 16 + bucket(at - cue.end) } else { bucket(cue.start.saturating_sub(at)) }
    }

    /// The classes of the tokens between a place and the cue, if they are few.
    fn gap(&self, at: usize) -> u32 {
        let cue = &self.window.cue;
        let between = if at >= cue.end { cue.end..at } else { at..cue.start };
        if between.len() > 4 {
            return 7;
        }
        between.fold(1, |sum, at| both(sum, self.text.at(at).class as u32))
    }

    /// Where in its sentence a place is: at its beginning, at its end, before its last mark.
    fn place(&self, at: usize) -> u32 {
        let sentence = self.text.sentence(self.text.at(at.min(self.text.tokens.len().saturating_sub(1))).sentence);
        let ends = self.text.at(at.wrapping_sub(1)).sentence != self.text.at(at).sentence;
        let near_end = at + 1 == sentence.end && self.text.at(at).class.is_mark();
        u32::from(at == sentence.start || ends) | u32::from(near_end) << 1 | u32::from(self.text.at(at).quoted) << 2
    }

    /// What shows that a part begins at a place.
    pub fn begins(&self, part: Part, at: usize, mut see: impl FnMut(u32)) {
        let first = self.text.at(at);
        let next = self.text.near(at, 1);
        let third = self.text.near(at, 2);
        let before = if at == 0 { self.text.at(usize::MAX) } else { self.text.near(at, -1) };
        let side = part as u32 | u32::from(self.right(at)) << 1;
        let (class, was) = (first.class as u32, before.class as u32);
        let (far, gap, place) = (self.distance(at), self.gap(at), self.place(at));
        let mut template = BEGINS;
        let mut add = |a: u32, b: u32| {
            see(feature(template, both(side, a), b));
            template += 1;
        };
        add(first.word, 0);
        add(class, was);
        add(before.word, class);
        add(first.word, was);
        add(far, class);
        add(far, was);
        add(far, both(self.head, class));
        add(far, both(self.kind, class));
        add(far, both(self.kind, was));
        add(gap, class);
        add(gap, both(self.head, class));
        add(gap, both(self.kind, first.word));
        add(place, both(class, was));
        add(place, far);
        add(place, self.kind);
        add(class, both(next.class as u32, was));
        add(class, both(next.class as u32, third.class as u32));
        add(self.head, both(first.word, far));
        add(self.last, both(class, far));
        add(first.meaning as u32, both(class, far));
        add(before.meaning as u32, both(was, class));
        add(next.word, class);
        if part == Part::Content {
            add(self.form, both(gap, class));
            add(self.head, both(place, far));
        }
    }

    /// What shows that a part ends before a place.
    pub fn ends(&self, part: Part, at: usize, mut see: impl FnMut(u32)) {
        let last = self.text.at(at.wrapping_sub(1));
        let next = if self.text.at(at).sentence == last.sentence { self.text.at(at) } else { self.text.at(usize::MAX) };
        let second = if next.class == Class::Edge { next } else { self.text.near(at, 1) };
        let third = if next.class == Class::Edge { next } else { self.text.near(at, 2) };
        let before = self.text.near(at.saturating_sub(1), -1);
        let side = part as u32 | u32::from(at > self.window.cue.start) << 1;
        let (class, then) = (last.class as u32, next.class as u32);
        let (far, gap, place) = (self.distance(at), self.gap(at), self.place(at));
        let mut template = ENDS;
        let mut add = |a: u32, b: u32| {
            see(feature(template, both(side, a), b));
            template += 1;
        };
        add(last.word, then);
        add(class, then);
        add(class, next.word);
        add(far, then);
        add(far, class);
        add(far, both(class, then));
        add(far, both(self.kind, then));
        add(far, both(self.head, then));
        add(gap, both(class, then));
        add(gap, both(self.kind, then));
        add(gap, both(self.head, class));
        add(place, both(class, then));
        add(place, far);
        add(place, self.head);
        add(place, both(self.kind, last.quoted.into()));
        add(class, both(then, second.class as u32));
        add(then, both(second.class as u32, third.class as u32));
        add(next.word, second.word);
        add(next.word, second.class as u32);
        add(next.meaning as u32, both(class, then));
        add(second.meaning as u32, both(then, second.class as u32));
        add(before.class as u32, both(class, then));
        add(self.head, both(next.word, class));
        add(last.quoted.into(), both(next.quoted.into(), both(class, then)));
    }

    /// What shows that a token belongs to a part.
    pub fn inside(&self, part: Part, at: usize, mut see: impl FnMut(u32)) {
        let token = self.text.at(at);
        let side = part as u32 | u32::from(self.right(at)) << 1;
        let other = u32::from(token.sentence != self.text.at(self.window.cue.start).sentence);
        see(feature(INSIDE, side, token.class as u32));
        see(feature(INSIDE + 1, side, both(token.class as u32, self.text.near(at, 1).class as u32)));
        see(feature(INSIDE + 2, side | other << 4, u32::from(token.quoted)));
        if part == Part::Source {
            see(feature(INSIDE + 3, side, token.word));
        } else {
            see(feature(INSIDE + 4, side, both(self.kind, token.quoted.into())));
        }
    }

    /// What shows that a stretch is a part.
    pub fn whole(&self, part: Part, range: &Range<usize>, counts: &Counts, mut see: impl FnMut(u32)) {
        let side = part as u32 | u32::from(self.right(range.start)) << 1;
        let length = bucket(range.len());
        let shape = self.shape(part, range);
        let marks = counts.marks(range);
        let commas = counts.commas(range);
        see(feature(WHOLE, both(side, length), shape));
        see(feature(WHOLE + 1, both(side, marks), shape));
        see(feature(WHOLE + 2, both(side, commas), both(shape, marks)));
        see(feature(WHOLE + 3, both(side, self.kind), both(shape, u32::from(range.len() > 1))));
        see(feature(WHOLE + 4, both(side, counts.verbs(range)), both(length, shape)));
        let (first, last) = (self.text.at(range.start), self.text.at(range.end.saturating_sub(1)));
        if part == Part::Source {
            see(feature(WHOLE + 5, both(side, first.class as u32), both(last.class as u32, length)));
            let next = self.text.near(range.end.saturating_sub(1), 1).class as u32;
            let edges = both(last.class as u32, next);
            see(feature(WHOLE + 6, both(side, commas), both(edges, self.distance(range.end))));
            if range.len() <= 3 {
                let classes = range.clone().fold(3, |sum, at| both(sum, self.text.at(at).class as u32));
                see(feature(WHOLE + 7, both(side, classes), next));
            }
        } else {
            see(feature(WHOLE + 8, both(side, self.head), shape));
            see(feature(WHOLE + 9, both(side, first.class as u32), both(last.class as u32, marks)));
        }
    }

    /// How a stretch begins and ends, roughly.
    fn shape(&self, part: Part, range: &Range<usize>) -> u32 {
        let cue = &self.window.cue;
        let first = self.text.at(range.start);
        let begin = if range.start == cue.end {
            1
        } else if range.start == self.text.sentence(first.sentence).start {
            2
        } else {
            0
        };
        let mark = match first.class {
            Class::OpenMark => 1,
            Class::That => 2,
            Class::To => 3,
            _ => 0,
        };
        let last = self.text.at(range.end.saturating_sub(1));
        let sentence = self.text.sentence(last.sentence);
        let end = if range.end == sentence.end {
            1
        } else if range.end + 1 == sentence.end {
            2
        } else if range.end == cue.start {
            3
        } else if self.text.at(range.end).class == Class::Comma {
            4
        } else {
            0
        };
        let tail = match last.class {
            Class::CloseMark => 1,
            Class::Comma => 2,
            class if class.is_mark() => 3,
            _ => 0,
        };
        let sentences = (last.sentence - first.sentence).min(2) as u32;
        part as u32 | begin << 1 | mark << 3 | end << 5 | tail << 8 | sentences << 10
    }

    /// What shows that parts stand in this order: what has been found before a part, and on which side it is.
    pub fn order(&self, part: Part, right: bool, state: u32, mut see: impl FnMut(u32)) {
        let order = part as u32 | u32::from(right) << 1 | state << 2;
        see(feature(ORDER, order, 0));
        see(feature(ORDER + 1, order, self.head));
        see(feature(ORDER + 2, order, self.kind));
    }

    /// What shows that nothing more is found before the cue, or in all.
    pub fn over(&self, at_end: bool, state: u32, mut see: impl FnMut(u32)) {
        let state = state | u32::from(at_end) << 8;
        let (before, after) = (self.text.near(self.window.cue.start, -1), self.text.near(self.window.cue.end - 1, 1));
        see(feature(OVER, state, 0));
        see(feature(OVER + 1, state, self.head));
        see(feature(OVER + 2, state, self.kind));
        see(feature(OVER + 3, state, both(before.class as u32, self.form)));
        see(feature(OVER + 4, state, both(after.class as u32, self.form)));
        see(feature(OVER + 5, state, both(before.class as u32, after.class as u32)));
        see(feature(OVER + 6, state, both(self.head, after.class as u32)));
    }
}

/// Distances and lengths that are told apart.
fn bucket(length: usize) -> u32 {
    match length {
        0..=5 => length as u32,
        6..=7 => 6,
        8..=10 => 7,
        11..=15 => 8,
        16..=25 => 9,
        26..=50 => 10,
        _ => 11,
    }
}

/// How many marks and words of a kind stand before each token of a window.
pub(super) struct Counts {
    from: usize,
    sums: Vec<[u16; 4]>,
}

impl Counts {
    /// Counts once what every stretch will ask.
    pub fn new(text: &Text, window: &Window) -> Self {
        let from = window.bounds.first().copied().unwrap_or_default();
        let to = window.bounds.last().copied().unwrap_or_default();
        let mut sum = [0_u16; 4];
        let mut sums = vec![sum];
        for at in from..to {
            let kind = match text.at(at).class {
                Class::OpenMark => Some(0),
                Class::CloseMark => Some(1),
                Class::Comma => Some(2),
                Class::Past | Class::Be | Class::Have | Class::Modal | Class::Do => Some(3),
                _ => None,
            };
            if let Some(count) = kind.and_then(|kind| sum.get_mut(kind)) {
                *count = count.saturating_add(1);
            }
            sums.push(sum);
        }
        Self { from, sums }
    }

    fn count(&self, kind: usize, range: &Range<usize>) -> i32 {
        let get = |at: usize| self.sums.get(at - self.from).and_then(|sum| sum.get(kind)).copied().unwrap_or_default();
        i32::from(get(range.end)) - i32::from(get(range.start))
    }

    fn marks(&self, range: &Range<usize>) -> u32 {
        let (open, close) = (self.count(0, range), self.count(1, range));
        ((open - close).clamp(-1, 1) + 1) as u32 | (open.min(2) as u32) << 2
    }

    fn commas(&self, range: &Range<usize>) -> u32 {
        self.count(2, range).min(3) as u32
    }

    fn verbs(&self, range: &Range<usize>) -> u32 {
        self.count(3, range).min(3) as u32
    }
}
