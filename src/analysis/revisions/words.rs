//! Two states of the same words: what was put in and what was taken out, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::domain::Mark;

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// In both.
    Same,
    /// Only before.
    Out,
    /// Only after.
    In,
}

/// A stretch of words with one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// What became of it.
    pub fate: Fate,
    /// The words, with the blanks around them.
    pub text: String,
}

/// The words of both states in one line: what was taken out stands before what came in its place.
pub fn words(before: &str, after: &str) -> Vec<Stretch> {
    let (old, new) = (tokens(before), tokens(after));
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut out, mut put_in) = (String::new(), String::new());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    for (at, op) in ops.iter().enumerate() {
        let (tag, was, is) = op.as_tag_tuple();
        let was = old.get(was).unwrap_or_default().concat();
        let is = new.get(is).unwrap_or_default().concat();
        let between = at > 0 && at + 1 < ops.len();
        if tag == similar::DiffTag::Equal && !(between && was.chars().all(char::is_whitespace)) {
            settle(&mut stretches, &mut out, &mut put_in);
            push(&mut stretches, Fate::Same, was);
        } else {
            // A blank between two changes belongs to both: they are one.
            out.push_str(&was);
            put_in.push_str(&is);
        }
    }
    settle(&mut stretches, &mut out, &mut put_in);
    stretches
}

fn settle(stretches: &mut Vec<Stretch>, out: &mut String, put_in: &mut String) {
    push(stretches, Fate::Out, std::mem::take(out));
    push(stretches, Fate::In, std::mem::take(put_in));
}

fn push(stretches: &mut Vec<Stretch>, fate: Fate, text: String) {
    if !text.is_empty() {
        stretches.push(Stretch { fate, text });
    }
}

/// Words, runs of blanks, and every other sign by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = first.is_whitespace();
        let belongs = |c: char| if blank { c.is_whitespace() } else { is_of_word(c) };
        let end = rest.char_indices().find(|(at, c)| *at > 0 && !(belongs(*c) && (blank || is_of_word(first))));
        let (token, behind) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        tokens.push(token);
        rest = behind;
    }
    tokens
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// The marks of words that were changed: they stay with the words that they stand on, and go where none of these is left.
pub fn carry(marks: &[Mark], before: &str, after: &str) -> Vec<Mark> {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &tokens(before), &tokens(after));
    let starts = |text: &str| -> Vec<usize> {
        let mut at = 0;
        let ends = tokens(text).into_iter().map(|token| {
            at += token.chars().count();
            at
        });
        std::iter::once(0).chain(ends.collect::<Vec<_>>()).collect()
    };
    let (olds, news) = (starts(before), starts(after));
    let place = |starts: &[usize], at: usize, end: usize| starts.get(at).copied().unwrap_or(end);
    // Where a character went, or `None` if it is gone.
    let mut went: Vec<Option<usize>> = vec![None; old.len()];
    for op in ops {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            let (from, to) = (place(&olds, old_index, old.len()), place(&olds, old_index + len, old.len()));
            let base = place(&news, new_index, new.len());
            went.iter_mut().enumerate().take(to).skip(from).for_each(|(at, went)| *went = Some(base + at - from));
        }
    }
    let moved = |mark: &Mark| {
        let mut left = went.get(mark.start..mark.end.min(old.len()))?.iter().flatten();
        let first = left.next()?;
        Some(Mark { kind: mark.kind, start: *first, end: left.next_back().unwrap_or(first) + 1 })
    };
    marks.iter().filter_map(moved).collect()
}
