//! An article taken apart: words and marks with what their form tells, sentences, and what stands in quotation marks.

use std::ops::Range;

use super::class::{Class, class_of};
use super::lexicon::{Meaning, meaning_of, stem};
use crate::analysis::sentences::sentences_of;

/// A word, a part of a word (“’s”, “n’t”) or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins, in Unicode scalar values.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// The word in small letters, hashed.
    pub word: u32,
    /// What is left of it without its ending, hashed.
    pub stem: u32,
    /// Its last three letters, hashed.
    pub suffix: u32,
    /// What part it can play in a sentence.
    pub class: Class,
    /// What it means, if it is a word of saying, thinking or wanting.
    pub meaning: Meaning,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it stands between quotation marks; the marks themselves do.
    pub quoted: bool,
    /// The number of its sentence.
    pub sentence: usize,
}

/// An article taken apart.
#[derive(Debug)]
pub(super) struct Text {
    /// Its characters.
    pub chars: Vec<char>,
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// Its sentences, as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
    /// Whether a new paragraph begins with a sentence, by its number.
    pub begins_paragraph: Vec<bool>,
    edge: Token,
}

/// A word longer than this is cut: nobody writes one, and looking at it again and again takes time.
const LONGEST: usize = 64;

impl Text {
    /// Takes an article apart.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut tokens = Vec::with_capacity(chars.len() / 5);
        let mut sentences = Vec::new();
        let mut begins_paragraph = Vec::new();
        let mut before = 0;
        for (number, range) in cut_at_lines(&chars, sentences_of(&chars)).into_iter().enumerate() {
            let first = tokens.len();
            let gap = chars.get(before..range.start).unwrap_or_default();
            begins_paragraph.push(number == 0 || gap.contains(&'\n'));
            before = range.end;
            cut(&chars, range, number, &mut tokens);
            sentences.push(first..tokens.len());
        }
        let mut text = Self { chars, tokens, sentences, begins_paragraph, edge: Token::edge() };
        text.pair_marks();
        text
    }

    /// The token at a place; beyond either end stands a mark of its own.
    pub fn at(&self, at: usize) -> &Token {
        self.tokens.get(at).unwrap_or(&self.edge)
    }

    /// The token so many places before or after another, within its sentence.
    pub fn near(&self, at: usize, step: isize) -> &Token {
        let Some(there) = at.checked_add_signed(step) else { return &self.edge };
        let sentence = self.at(at.min(self.tokens.len().saturating_sub(1))).sentence;
        match self.tokens.get(there) {
            Some(token) if token.sentence == sentence => token,
            _ => &self.edge,
        }
    }

    /// What stands from one token to before another.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        let from = self.at(tokens.start).start;
        let to = tokens.end.checked_sub(1).map_or(from, |last| self.at(last).end);
        self.chars.get(from..to).unwrap_or_default().iter().collect()
    }

    /// The tokens of the sentence with a number.
    pub fn sentence(&self, number: usize) -> Range<usize> {
        self.sentences.get(number).cloned().unwrap_or(0..0)
    }

    /// Decides which marks open and which close, and what stands between them. A quotation that is never closed ends with
    /// its paragraph.
    fn pair_marks(&mut self) {
        let mut open = false;
        let mut sentence = usize::MAX;
        for token in &mut self.tokens {
            if token.sentence != sentence {
                sentence = token.sentence;
                if self.begins_paragraph.get(sentence).copied().unwrap_or_default() {
                    open = false;
                }
            }
            if matches!(token.class, Class::StraightMark | Class::OpenMark | Class::CloseMark) {
                let blank = |at: Option<usize>| {
                    at.and_then(|at| self.chars.get(at))
                        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '—' | '–'))
                };
                let (left, right) = (blank(token.start.checked_sub(1)), blank(Some(token.end)));
                // A curly mark may be the wrong one, but not where it touches words on both sides, or on none.
                let opens = match token.class {
                    _ if left != right => left,
                    Class::StraightMark => !open,
                    class => class == Class::OpenMark,
                };
                token.class = if opens { Class::OpenMark } else { Class::CloseMark };
            }
            match token.class {
                Class::OpenMark => {
                    open = true;
                    token.quoted = true;
                }
                Class::CloseMark => {
                    token.quoted = true;
                    open = false;
                }
                _ => token.quoted = open,
            }
        }
    }
}

impl Token {
    fn edge() -> Self {
        Self {
            start: 0,
            end: 0,
            word: 1,
            stem: 1,
            suffix: 1,
            class: Class::Edge,
            meaning: Meaning::None,
            capital: false,
            quoted: false,
            sentence: usize::MAX,
        }
    }

    fn new(chars: &[char], range: Range<usize>, sentence: usize, begins: bool) -> Self {
        let written: String = chars.get(range.clone()).unwrap_or_default().iter().collect();
        let small = written.to_lowercase().replace('’', "'");
        let stem = stem(&small);
        let tail = small.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Self {
            start: range.start,
            end: range.end,
            word: hash(small.as_bytes()),
            stem: hash(stem.as_bytes()),
            suffix: hash(small.get(tail..).unwrap_or_default().as_bytes()),
            class: class_of(&written, &small, begins),
            meaning: meaning_of(&stem),
            capital: written.starts_with(char::is_uppercase),
            quoted: false,
            sentence,
        }
    }
}

/// A short hash of bytes (FNV-1a).
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// A line break ends a sentence as well, unless the text is wrapped by hand: then lines often begin with a small letter.
fn cut_at_lines(chars: &[char], sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let breaks = |range: &Range<usize>| {
        let inside = chars.get(range.clone()).unwrap_or_default();
        inside.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| range.start + at).collect::<Vec<_>>()
    };
    let all: Vec<usize> = sentences.iter().flat_map(breaks).collect();
    let small = |at: &&usize| chars.get(**at + 1).is_some_and(|c| c.is_lowercase());
    if all.iter().filter(small).count() * 4 > all.len() {
        return sentences;
    }
    let mut cut = Vec::with_capacity(sentences.len() + all.len());
    for sentence in sentences {
        let mut start = sentence.start;
        for end in breaks(&sentence).into_iter().chain([sentence.end]) {
            let blanks = chars.get(start..end).unwrap_or_default().iter().take_while(|c| c.is_whitespace()).count();
            if start + blanks < end {
                cut.push(start + blanks..end);
            }
            start = end;
        }
    }
    cut
}

fn cut(chars: &[char], sentence: Range<usize>, number: usize, tokens: &mut Vec<Token>) {
    let mut at = sentence.start;
    let mut begins = true;
    while at < sentence.end {
        let Some(&c) = chars.get(at) else { return };
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let end = token_end(chars, at, sentence.end);
        let parts = clitic(chars, at, end);
        let token = Token::new(chars, at..parts, number, begins);
        begins = begins && token.class.is_mark();
        tokens.push(token);
        if parts < end {
            tokens.push(Token::new(chars, parts..end, number, false));
        }
        at = end;
    }
}

fn get(chars: &[char], at: usize, end: usize) -> char {
    if at < end { chars.get(at).copied().unwrap_or(' ') } else { ' ' }
}

/// Where the word or mark that begins here ends.
fn token_end(chars: &[char], start: usize, end: usize) -> usize {
    let first = get(chars, start, end);
    let repeats = get(chars, start + 1, end) == first && get(chars, start + 2, end) == first;
    if matches!(first, '.' | '-' | '_' | '*') || repeats && !first.is_alphanumeric() {
        return start + chars.iter().skip(start).take(end - start).take_while(|&&c| c == first).count();
    }
    if first == '\'' && get(chars, start + 1, end) == '\'' || first == '`' && get(chars, start + 1, end) == '`' {
        return start + 2;
    }
    if matches!(first, '\'' | '’') {
        // "’16", "’em": the apostrophe is part of the word only after a blank, and then it may as well be a mark.
        return start + 1;
    }
    let begins_word = first.is_alphanumeric() || matches!(first, '@' | '#' | '$');
    if !begins_word {
        return start + 1;
    }
    let mut at = start + 1;
    while at < end && at - start < LONGEST {
        let (c, next) = (get(chars, at, end), get(chars, at + 1, end));
        let joins = matches!(c, '-' | '\'' | '’' | '&' | '/' | '_' | '@' | '‑') && next.is_alphanumeric()
            || matches!(c, '.' | ',' | ':') && next.is_ascii_digit() && get(chars, at - 1, end).is_ascii_digit()
            || c == '.' && next.is_alphanumeric();
        if !c.is_alphanumeric() && !joins && c != '%' {
            break;
        }
        at += 1;
    }
    if get(chars, at, end) == '.' && keeps_point(chars.get(start..at).unwrap_or_default(), at + 1 < end) {
        at + 1
    } else {
        at
    }
}

/// "Sen.", "U.S.", "J.": the point belongs to the word. One at the end of the sentence belongs to it after points alone.
fn keeps_point(word: &[char], inside: bool) -> bool {
    word.contains(&'.') && !word.iter().any(char::is_ascii_digit)
        || inside && word.first().is_some_and(char::is_ascii_uppercase) && word.len() <= 5
        || inside && matches!(word, ['v'] | ['v', 's'] | ['e', 't', 'c'])
}

/// Where "’s", "’ll", "n’t" begins in a word, or its end.
fn clitic(chars: &[char], start: usize, end: usize) -> usize {
    let word = chars.get(start..end).unwrap_or_default();
    let apostrophe = |c: &char| matches!(c, '\'' | '’');
    match word {
        [_, .., 'n', mark, 't'] if apostrophe(mark) => end - 3,
        [_, .., mark, 's' | 'd' | 'm' | 'S'] if apostrophe(mark) => end - 2,
        [_, .., mark, 'r' | 'v', 'e'] | [_, .., mark, 'l', 'l'] if apostrophe(mark) => end - 3,
        _ => end,
    }
}
