//! The words of one turn, taken apart once: without stage directions, in sentences, folded.

use std::ops::Range;

use crate::analysis::sentences::sentences_of;

/// Longest text in brackets that is a stage direction: "(Laughter and crosstalk.)".
const LONGEST_DIRECTION: usize = 60;

/// A turn, taken apart.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Said {
    /// Its characters, with blanks in place of stage directions.
    pub chars: Vec<char>,
    /// Its words, in order.
    pub words: Vec<Word>,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Whether a stage direction says that words could not be heard.
    pub unheard: bool,
}

/// A word with its place.
#[derive(Debug)]
pub(in crate::analysis) struct Word {
    /// In small letters without accents, with straight apostrophes.
    pub folded: String,
    /// Its characters.
    pub span: Range<usize>,
    /// Whether it begins with a capital.
    pub capital: bool,
}

/// A sentence with its words.
#[derive(Debug, Clone)]
pub(in crate::analysis) struct Sentence {
    /// Its characters, without blanks around them.
    pub span: Range<usize>,
    /// Its words, as places in [`Said::words`].
    pub words: Range<usize>,
    /// How it ends.
    pub ending: Ending,
}

/// How words end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum Ending {
    /// With a question mark.
    Question,
    /// With a dash or dots: cut short.
    Open,
    /// In any other way.
    Stop,
}

impl Said {
    /// Takes a text apart.
    pub fn new(text: &str) -> Self {
        let mut chars: Vec<char> = text.chars().collect();
        let unheard = blank_directions(&mut chars);
        let words = words_of(&chars);
        let mut at = 0;
        let sentences = sentences_of(&chars).into_iter().map(|span| {
            let begin = at;
            while words.get(at).is_some_and(|word| word.span.start < span.end) {
                at += 1;
            }
            let inside = chars.get(span.clone()).unwrap_or_default();
            Sentence { ending: ending(inside), words: begin..at, span }
        });
        let sentences = sentences.filter(|sentence| !sentence.words.is_empty()).collect();
        Self { chars, words, sentences, unheard }
    }

    /// The words of a sentence, or of any range of words.
    pub fn words(&self, range: &Range<usize>) -> &[Word] {
        self.words.get(range.clone()).unwrap_or_default()
    }

    /// The folded words of a range, joined by blanks, no more than `most` of them.
    pub fn phrase(&self, range: &Range<usize>, most: usize) -> String {
        let mut phrase = String::with_capacity(most.min(range.len()) * 6);
        for word in self.words(range).iter().take(most) {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&word.folded);
        }
        phrase
    }

    /// Whether it goes on with words begun before: with a dash, with dots, in the middle of a sentence.
    pub fn opens_in_the_middle(&self) -> bool {
        let Some(first) = self.chars.iter().find(|c| !c.is_whitespace()) else { return false };
        is_dash(*first) || matches!(first, '…' | '.' | ',') || first.is_lowercase()
    }

    /// Whether it is cut short.
    pub fn is_cut_short(&self) -> bool {
        ending(&self.chars) == Ending::Open
    }

    /// Everything that is said, without blanks around it.
    pub fn span(&self) -> Range<usize> {
        match (self.sentences.first(), self.sentences.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }
}

/// Whether a character is some dash.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

fn ending(chars: &[char]) -> Ending {
    let closes = |c: &char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']');
    let mut back = chars.iter().rev().skip_while(|c| closes(c));
    match back.next() {
        Some('?') => Ending::Question,
        Some('!') if back.next() == Some(&'?') => Ending::Question,
        Some('…') => Ending::Open,
        Some('.') if back.next() == Some(&'.') => Ending::Open,
        Some(c) if is_dash(*c) => Ending::Open,
        _ => Ending::Stop,
    }
}

/// Puts blanks in place of stage directions; whether one of them says that words were not heard.
fn blank_directions(chars: &mut [char]) -> bool {
    let mut unheard = false;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let close = match c {
            '(' => ')',
            '[' => ']',
            _ => {
                at += 1;
                continue;
            }
        };
        let inside = chars.get(at + 1..).unwrap_or_default();
        let length = inside.iter().take(LONGEST_DIRECTION).position(|&c| c == close || c == '\n');
        let Some(length) = length.filter(|&length| inside.get(length) == Some(&close)) else {
            at += 1;
            continue;
        };
        let words: String = inside.iter().take(length).flat_map(|c| c.to_lowercase()).collect();
        // "[sic]" and "(the Senate)" belong to the words.
        if is_direction(&words) {
            unheard |=
                ["inaudible", "unintelligible", "audible", "off mic", "off-mic"].iter().any(|it| words.contains(it));
            chars.iter_mut().skip(at).take(length + 2).for_each(|c| *c = ' ');
        }
        at += length + 2;
    }
    unheard
}

/// Beginnings of words for what happens in a room.
const HAPPENING: &[&str] = &[
    "laugh",
    "inaudible",
    "inaudi",
    "unintelligible",
    "applau",
    "cross",
    "clears",
    "speak",
    "off mic",
    "off-mic",
    "paus",
    "no response",
    "no audible",
    "phone",
    "audio",
    "video",
    "music",
    "cough",
    "sneez",
    "chuckl",
    "risas",
    "aplausos",
    "points",
    "gestur",
    "referring",
    "indicat",
    "sighs",
    "as interpreted",
    "through",
    "in spanish",
    "in french",
    "ph",
    "sic",
    "holds",
    "shows",
    "makes",
    "raises",
    "turns",
    "begins",
    "ends",
    "technical",
    "interrupt",
    "overlapping",
    "multiple",
    "shout",
    "whisper",
    "inserted",
    "break",
    "mic",
    "se ",
    "habla",
    "interviene",
    "inicia",
];

fn is_direction(words: &str) -> bool {
    let words = words.trim();
    words.is_empty() || HAPPENING.iter().any(|it| words.starts_with(it))
}

fn words_of(chars: &[char]) -> Vec<Word> {
    let mut words = Vec::with_capacity(chars.len() / 6);
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        if !c.is_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        let mut folded = String::new();
        while let Some(&c) = chars.get(at) {
            let joins = matches!(c, '\'' | '’' | '-' | '.' | ',' | '\u{ad}')
                && chars.get(at + 1).is_some_and(|next| {
                    if matches!(c, '.' | ',') {
                        next.is_ascii_digit() && is_digit_at(chars, at)
                    } else {
                        next.is_alphanumeric()
                    }
                });
            if c.is_alphanumeric() {
                fold_into(&mut folded, c);
            } else if joins {
                folded.push(if c == '’' { '\'' } else { c });
            } else {
                break;
            }
            at += 1;
        }
        words.push(Word { folded, span: start..at, capital: chars.get(start).is_some_and(|c| c.is_uppercase()) });
    }
    words
}

fn is_digit_at(chars: &[char], point: usize) -> bool {
    point.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(char::is_ascii_digit)
}

fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for c in c.to_lowercase() {
        folded.push(match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            c => c,
        });
    }
}
