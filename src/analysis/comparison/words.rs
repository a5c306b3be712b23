//! Words as they are compared: typography makes no difference, every letter, digit and sign that changes what was said does.
//!
//! Quotation marks, dashes, capitals, kinds of blanks and commas are no part of a word. Apostrophes inside words are
//! ("we're" is not "were"), and so are decimal points, signs of currency before and minus signs at a number. "%" is the
//! word "percent", and small numbers are the same in words and in digits.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::differences::is_negation;
use super::{numbers, stutter};
use crate::domain::Mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As compared: folded to lower case, with accents.
    pub form: String,
    /// The same without accents.
    pub plain: String,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Begins with a capital although no sentence does so here.
    pub capital: bool,
    /// May be missing on the other side: a stage direction, a correction, what somebody put in brackets.
    pub optional: bool,
    /// Words may have been left out before it: there is an ellipsis.
    pub after_gap: bool,
}

/// The words of a quotation: what stands in brackets is not what was said, an ellipsis stands for words left out.
pub fn of_quotation(text: &str) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = cut(&chars);
    for (start, end) in brackets(&chars) {
        let inside = |word: &Word| word.start >= start && word.end <= end;
        // "[W]e" is one word whose case was changed, and is cut as one.
        words.iter_mut().filter(|word| inside(word)).for_each(|word| word.optional = true);
    }
    for at in ellipses(&chars) {
        if let Some(word) = words.iter_mut().find(|word| word.start >= at) {
            word.after_gap = true;
        }
    }
    words
}

/// The words of a passage: what its marks say was not spoken or was put right may be missing.
pub fn of_passage(text: &str, marks: &[Mark]) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = cut(&chars);
    let in_brackets = brackets(&chars);
    for (start, end) in marks.iter().map(|mark| (mark.start, mark.end)).chain(in_brackets.iter().copied()) {
        let inside = |word: &Word| word.start < end && word.end > start;
        words.iter_mut().filter(|word| inside(word)).for_each(|word| word.optional = true);
    }
    for (start, end) in in_brackets {
        put_right(&mut words, start, end);
    }
    stutter::pass_over(&mut words, &chars);
    words
}

/// Most words in brackets that put something right; more are a remark.
const CORRECTION: usize = 3;

/// A "not" that was put right, as in "we will [not] sell", is part of what was said: who leaves it out turns it.
fn put_right(words: &mut [Word], start: usize, end: usize) {
    let inside = |word: &Word| word.start >= start && word.end <= end;
    if words.iter().filter(|word| inside(word)).count() <= CORRECTION {
        let denying = words.iter_mut().filter(|word| inside(word) && is_negation(word));
        denying.for_each(|word| word.optional = false);
    }
}

fn cut(chars: &[char]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut begins_sentence) = (0, true);
    while let Some(&c) = chars.get(at) {
        if matches!(c, '.' | '?' | '!' | ':' | '\n' | '“' | '"' | '«' | '¿' | '¡') {
            begins_sentence = true;
        }
        let Some(end) = word_end(chars, at) else {
            at += 1;
            continue;
        };
        let raw = chars.get(at..end).unwrap_or_default();
        let form = form(raw);
        let capital = raw.first().is_some_and(|c| c.is_uppercase()) && !begins_sentence && form != "i";
        let plain = without_accents(&form);
        words.push(Word { form, plain, start: at, end, capital, optional: false, after_gap: false });
        begins_sentence = false;
        at = end;
    }
    numbers::join(&mut words, chars);
    words
}

/// Abbreviations before names: their point ends no sentence.
const TITLES: [&str; 18] = [
    "mr", "mrs", "ms", "dr", "sr", "sra", "lic", "ing", "sen", "rep", "gov", "gen", "col", "capt", "lt", "prof", "st",
    "mt",
];

/// Whether a sentence ends between two places of a text.
pub fn sentence_ends(text: &[char], from: usize, to: usize) -> bool {
    let ends = |at: usize| match text.get(at) {
        Some('?' | '!' | '\n') => true,
        Some('.') if text.get(at + 1).is_none_or(|next| !next.is_alphanumeric()) => {
            let word = text.get(..at).unwrap_or_default().rsplit(|c| !c.is_alphabetic()).next().unwrap_or_default();
            let word = word.iter().collect::<String>().to_lowercase();
            word.chars().count() != 1 && !TITLES.contains(&word.as_str())
        }
        _ => false,
    };
    (from..to).any(ends)
}

/// Where the word that begins here ends; nothing if none does.
fn word_end(chars: &[char], at: usize) -> Option<usize> {
    let char_at = |n: usize| chars.get(n).copied().unwrap_or(' ');
    let first = char_at(at);
    if matches!(first, '%' | '&') {
        return Some(at + 1);
    }
    let mut end = at;
    if first == '[' && char_at(at + 1).is_alphabetic() && char_at(at + 2) == ']' && char_at(at + 3).is_alphabetic() {
        // A capital changed by whoever quotes: "[W]e".
        end = at + 3;
    } else if is_sign(chars, at) {
        end += 1;
        // "-$5"
        end += usize::from(is_currency(char_at(end)));
    } else if !first.is_alphanumeric() {
        return None;
    }
    loop {
        let c = char_at(end);
        let next = char_at(end + 1);
        let joins = match c {
            '\'' | '’' | 'ʼ' | '‘' => end > at && char_at(end - 1).is_alphanumeric() && next.is_alphabetic(),
            '.' => is_inner_point(chars, at, end),
            ',' => is_thousands(chars, end),
            '\u{ad}' | '\u{200d}' | '\u{2060}' => true,
            c => c.is_alphanumeric() || is_combining_mark(c),
        };
        if !joins {
            return Some(end);
        }
        end += 1;
    }
}

/// A minus or a currency sign that belongs to the number behind it.
fn is_sign(chars: &[char], at: usize) -> bool {
    let char_at = |n: usize| chars.get(n).copied().unwrap_or(' ');
    let number_follows = |n: usize| char_at(n).is_ascii_digit();
    match char_at(at) {
        '-' | '−' => {
            let apart = at == 0 || matches!(char_at(at - 1), ' ' | '(' | '\u{a0}' | '\n' | '"' | '“');
            apart && (number_follows(at + 1) || (is_currency(char_at(at + 1)) && number_follows(at + 2)))
        }
        c => is_currency(c) && number_follows(at + 1),
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺' | '₴')
}

/// The point of "2.5" and of "U.S.", not the one at the end of a sentence.
fn is_inner_point(chars: &[char], start: usize, at: usize) -> bool {
    let char_at = |n: usize| chars.get(n).copied().unwrap_or(' ');
    let (before, after) = (char_at(at.saturating_sub(1)), char_at(at + 1));
    if before.is_ascii_digit() && after.is_ascii_digit() {
        return true;
    }
    // Single letters, each followed by a point: the part since the last point is one letter.
    let single_before = before.is_alphabetic() && (at == start + 1 || char_at(at.saturating_sub(2)) == '.');
    single_before && after.is_alphabetic() && !char_at(at + 2).is_alphanumeric()
}

fn is_thousands(chars: &[char], at: usize) -> bool {
    let digit = |n: usize| chars.get(n).is_some_and(char::is_ascii_digit);
    at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4)
}

fn form(raw: &[char]) -> String {
    match raw {
        ['%'] => return "percent".to_owned(),
        ['&'] => return "and".to_owned(),
        _ => {}
    }
    let mut form = String::with_capacity(raw.len());
    let abbreviation = raw.iter().all(|c| c.is_alphabetic() || *c == '.') && raw.contains(&'.');
    for &c in raw {
        match c {
            ',' | '[' | ']' | '\u{ad}' | '\u{200d}' | '\u{2060}' => {}
            '.' if abbreviation => {}
            '’' | 'ʼ' | '‘' => form.push('\''),
            '−' => form.push('-'),
            c => form.extend(c.to_lowercase()),
        }
    }
    match numbers::digits(&form) {
        Some(digits) => digits.to_owned(),
        None if form.is_ascii() => form,
        None => form.nfkc().collect(),
    }
}

/// A folded word as somebody writes it who has no accents on the keyboard.
pub fn without_accents(form: &str) -> String {
    if form.is_ascii() { form.to_owned() } else { form.nfkd().filter(|c| !is_combining_mark(*c)).collect() }
}

/// Stretches in square brackets, the brackets included; letters in brackets inside a word are none.
fn brackets(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '[' => open = Some(at),
            ']' => {
                if let Some(start) = open.take()
                    && !chars.get(at + 1).is_some_and(|c| c.is_alphabetic())
                {
                    found.push((start, at + 1));
                }
            }
            _ => {}
        }
    }
    found
}

/// Where words may have been left out: behind "…", "...", ". . .".
fn ellipses(chars: &[char]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut points = 0;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '…' => found.push(at + 1),
            '.' => {
                points += 1;
                if points >= 3 {
                    found.push(at + 1);
                }
            }
            ' ' | '\u{a0}' if points > 0 => {}
            _ => points = 0,
        }
    }
    found
}
