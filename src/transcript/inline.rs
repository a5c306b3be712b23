//! Finds labels that a careless layout left in the middle of a paragraph, where only a strong shape counts.

use std::collections::HashSet;

use super::blocks::Role;
use super::document::{Document, cut};
use super::evidence::{Start, key};
use super::labels::{self, Form, Shape};

/// Labels inside lines: in capitals, known or with a title, after the end of a sentence; `Q` only with wide blanks.
pub fn starts(document: &Document, known: &HashSet<String>, wide_letters: bool) -> Vec<Start> {
    let mut starts = Vec::new();
    for (block, placed) in document.blocks.iter().enumerate().filter(|(_, placed)| placed.role != Role::Rule) {
        let text = document.get(placed.range.clone());
        let base = placed.range.start;
        for (colon, _) in text.match_indices(':') {
            if let Some((start, end)) = before_colon(text, colon, known) {
                let rest = cut(text, colon + 1..text.len());
                let words = colon + 1 + rest.len() - rest.trim_start().len();
                starts.push(Start { block, label: base + start..base + end, words: base + words });
            }
        }
        if wide_letters {
            starts.extend(letters(text).into_iter().map(|(at, words)| Start {
                block,
                label: base + at..base + at + 1,
                words: base + words,
            }));
        }
    }
    starts
}

/// The longest run of words before the colon that is a label and follows the end of a sentence.
fn before_colon(text: &str, colon: usize, known: &HashSet<String>) -> Option<(usize, usize)> {
    let mut from = colon.saturating_sub(60);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = cut(text, from..colon);
    let mut best = None;
    for (at, c) in before.char_indices() {
        let begins = c.is_uppercase() && cut(before, 0..at).chars().next_back().is_none_or(char::is_whitespace);
        if !begins || !follows_sentence(cut(text, 0..from + at)) {
            continue;
        }
        let rest = cut(text, from + at..text.len());
        let Some(candidate) = labels::candidate(rest) else { continue };
        if candidate.form != Form::Colon || candidate.shape != Shape::Capitals {
            continue;
        }
        let label = cut(rest, candidate.label.clone());
        let ends = from + at + candidate.label.end;
        let strong = candidate.title && (2..=5).contains(&candidate.length) || known.contains(&key(label));
        if strong && ends <= colon && cut(text, ends..colon).trim().is_empty() {
            best = Some((from + at, ends));
            break;
        }
    }
    best
}

/// Whether what stands before could be the end of somebody's words.
fn follows_sentence(before: &str) -> bool {
    let blanks = before.chars().rev().take_while(|c| c.is_whitespace()).count();
    let last = before.trim_end().chars().next_back();
    blanks >= 1 && last.is_some_and(|c| ".?!)]”\"’—–-…:*".contains(c)) && !ends_in_title(before) || blanks >= 3
}

/// `MR. KIRBY` is not a sentence `MR.` and a name.
fn ends_in_title(before: &str) -> bool {
    let word = before.split_whitespace().next_back().unwrap_or_default();
    word.strip_suffix('.').is_some_and(|word| super::label_words::is_abbreviation(&word.to_uppercase()))
}

/// `Q` amid a line, between the end of a sentence and three or more blanks.
fn letters(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices('Q') {
        let rest = cut(text, at + 1..text.len());
        let blanks = rest.chars().take_while(|c| c.is_whitespace() && *c != '\n').count();
        let before = cut(text, 0..at);
        let inside_line = !before.is_empty() && !before.trim_end_matches([' ', '\u{A0}', '\t']).ends_with('\n');
        if blanks >= 3 && inside_line && follows_sentence(before) {
            all.push((at, at + 1 + rest.len() - rest.trim_start().len()));
        }
    }
    all
}
