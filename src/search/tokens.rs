//! The one tokenizer: indexing, queries, highlights, snippets and recounts all cut words here.
//!
//! A token is an unbroken run of letters and digits; everything else separates. So "don't" is `don` `t`, "U.S." is
//! `u` `s`, "1,204" is `1` `204`, "9/11" is `9` `11`, "COVID-19" is `covid` `19`, "$3.5" is `3` `5`, "Jean-Pierre" is
//! `jean` `pierre`: whatever somebody copies out of a text is found again, however they treat its punctuation.
//! What is written without a break and joined by an apostrophe, a hyphen, the points of an abbreviation or the commas
//! of a number is also found in one piece when words are looked for: `dont`, `us`, `1204`, `covid19`, `jeanpierre`.
//! Chinese, Japanese and South-East Asian scripts, which have no blanks, give one token for each character.
//!
//! A token is folded: compatibility forms resolved (NFKD), accents dropped, lower case.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest folded token, in bytes; what follows in the same word is not told apart.
pub const MAX_TOKEN: usize = 128;

/// Most parts that are joined into one word.
const MAX_JOINED: usize = 5;

/// A word of a text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The folded word.
    pub text: String,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Several tokens written without a break, in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The parts without what joins them.
    pub text: String,
    /// The first of its tokens.
    pub first: usize,
    /// One past the last of its tokens.
    pub last: usize,
}

/// Cuts a text into its words.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter::new(text);
    let mut found = Vec::new();
    let mut word = String::new();
    while let Some(span) = cutter.next_into(&mut word) {
        found.push(Token { text: std::mem::take(&mut word), start: span.start, end: span.end });
    }
    found
}

/// Folds a word as the tokenizer does, without cutting it.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Where a token stands, in characters and in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// First byte.
    pub from_byte: usize,
    /// One past the last byte.
    pub to_byte: usize,
}

/// Walks through a text word by word without allocating for each.
pub struct Cutter<'a> {
    text: &'a str,
    byte: usize,
    char: usize,
}

impl<'a> Cutter<'a> {
    /// Starts at the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, char: 0 }
    }

    /// Puts the next word, folded, in place of what `word` holds, and says where it stands.
    pub fn next_into(&mut self, word: &mut String) -> Option<Span> {
        loop {
            let span = self.next_span()?;
            word.clear();
            fold_into(&self.text[span.from_byte..span.to_byte], word);
            if !word.is_empty() {
                return Some(span);
            }
        }
    }

    fn next_span(&mut self) -> Option<Span> {
        let rest = &self.text[self.byte..];
        let (mut skipped_chars, mut skipped_bytes) = (0, 0);
        let first = loop {
            let c = rest[skipped_bytes..].chars().next()?;
            if c.is_alphanumeric() {
                break c;
            }
            skipped_bytes += c.len_utf8();
            skipped_chars += 1;
        };
        let (start, from_byte) = (self.char + skipped_chars, self.byte + skipped_bytes);
        let (mut end, mut to_byte) = (start + 1, from_byte + first.len_utf8());
        let alone = stands_alone(first);
        for c in self.text[to_byte..].chars() {
            let goes_on = if c.is_ascii() {
                c.is_ascii_alphanumeric() && !alone
            } else {
                continues(c) || (c.is_alphanumeric() && !alone && !stands_alone(c))
            };
            if !goes_on {
                break;
            }
            end += 1;
            to_byte += c.len_utf8();
        }
        (self.char, self.byte) = (end, to_byte);
        Some(Span { start, end, from_byte, to_byte })
    }
}

/// Marks on the letter before, and characters that are not seen: they break no word.
fn continues(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}') || is_combining_mark(c)
}

/// Scripts written without blanks between the words.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        folded.push_str(text);
        folded.make_ascii_lowercase();
    } else {
        fold_unicode(text, folded);
    }
    if folded.len() > MAX_TOKEN {
        let cut = (0..=MAX_TOKEN).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
        folded.truncate(cut);
    }
}

fn fold_unicode(text: &str, folded: &mut String) {
    let mut letters = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.nfkd() {
        // Cyrillic short i is a letter of its own; every other accent of an alphabet goes.
        let short_i = c == '\u{306}' && matches!(before, 'и' | 'И');
        if !short_i && (is_accent(c) || !(c.is_alphanumeric() || is_combining_mark(c))) {
            continue;
        }
        // A mark whose letter was dropped belongs to nothing; vowel signs that count as letters stay.
        if letters.is_empty() && !c.is_alphanumeric() {
            continue;
        }
        before = c;
        match c {
            '\u{306}' => letters.push(c),
            'ß' | 'ẞ' => letters.push_str("ss"),
            'æ' | 'Æ' => letters.push_str("ae"),
            'œ' | 'Œ' => letters.push_str("oe"),
            'ø' | 'Ø' => letters.push('o'),
            'ł' | 'Ł' => letters.push('l'),
            'đ' | 'Đ' => letters.push('d'),
            'ı' => letters.push('i'),
            'ς' => letters.push('σ'),
            _ => letters.extend(c.to_lowercase().filter(|c| !is_accent(*c))),
        }
    }
    if letters.chars().any(char::is_alphanumeric) {
        folded.extend(letters.nfc());
    }
}

/// Accents, points and vowel signs that people leave out; not the vowels of Indian scripts, which are letters.
fn is_accent(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0591..=0x05c7 | 0x0610..=0x061a | 0x0640 | 0x064b..=0x065f | 0x0670 | 0x06d6..=0x06ed
        | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f)
}

/// Watches tokens go by and says when some that were written without a break make one word.
#[derive(Debug, Default)]
pub struct Joiner {
    text: String,
    first: usize,
    parts: usize,
    seen: usize,
    end_byte: usize,
    by: Option<char>,
    letters: bool,
    broken: bool,
}

impl Joiner {
    /// Takes the next token of the text; gives what the tokens before it made, if that ended.
    pub fn push(&mut self, source: &str, word: &str, span: Span) -> Option<Joined> {
        let between = source.get(self.end_byte..span.from_byte).unwrap_or_default();
        let by = self.joins(between, word, source, span);
        let done = if by.is_none() { self.finish() } else { None };
        if by.is_some() {
            self.by = by;
            self.parts += 1;
            // Beyond the limit it is no word but a chain: nothing is joined.
            self.broken |= self.parts > MAX_JOINED;
            if !self.broken {
                self.text.push_str(word);
            }
        } else {
            self.text.clear();
            self.text.push_str(word);
            (self.first, self.parts, self.by, self.broken) = (self.seen, 1, None, false);
        }
        self.letters = is_single_letter(source, span);
        self.end_byte = span.to_byte;
        self.seen += 1;
        done
    }

    /// What the tokens so far made, at the end of the text.
    pub fn finish(&mut self) -> Option<Joined> {
        let whole = self.parts > 1 && !self.broken && self.text.len() <= MAX_TOKEN;
        let joined = whole.then(|| Joined {
            text: std::mem::take(&mut self.text),
            first: self.first,
            last: self.first + self.parts,
        });
        self.parts = 0;
        joined
    }

    fn joins(&self, between: &str, word: &str, source: &str, span: Span) -> Option<char> {
        if self.parts == 0 {
            return None;
        }
        let mut chars = between.chars();
        let (joiner, None) = (chars.next()?, chars.next()) else { return None };
        let joiner = match joiner {
            '\'' | '’' | '‘' | 'ʼ' | '＇' | '`' => '\'',
            '-' | '‐' | '‑' => '-',
            '.' if self.letters && is_single_letter(source, span) => '.',
            ',' if digits_before(&self.text) && word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()) => ',',
            _ => return None,
        };
        match self.by {
            Some(by) if by != joiner && (by == ',' || by == '.' || joiner == ',' || joiner == '.') => None,
            _ => Some(joiner),
        }
    }
}

fn digits_before(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_single_letter(source: &str, span: Span) -> bool {
    span.end - span.start == 1 && source[span.from_byte..].starts_with(char::is_alphabetic)
}

/// The words of a text together with what is written in one piece.
pub fn tokens_and_joined(text: &str) -> (Vec<Token>, Vec<Joined>) {
    let mut cutter = Cutter::new(text);
    let (mut found, mut pieces) = (Vec::new(), Vec::new());
    let mut joiner = Joiner::default();
    let mut word = String::new();
    while let Some(span) = cutter.next_into(&mut word) {
        pieces.extend(joiner.push(text, &word, span));
        found.push(Token { text: word.clone(), start: span.start, end: span.end });
    }
    pieces.extend(joiner.finish());
    (found, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|t| t.text).collect()
    }

    fn pieces(text: &str) -> Vec<String> {
        tokens_and_joined(text).1.into_iter().map(|j| j.text).collect()
    }

    #[test]
    fn everything_but_letters_and_digits_separates() {
        assert_eq!(words("I don’t — U.S., 9/11: $3.5!"), ["i", "don", "t", "u", "s", "9", "11", "3", "5"]);
        assert_eq!(words("… ** -- “ ”"), Vec::<String>::new());
    }

    #[test]
    fn accents_case_and_ligatures_make_no_difference() {
        assert_eq!(
            words("José MUÑOZ Straße ﬁnal e\u{301}te\u{301} Æther"),
            ["jose", "munoz", "strasse", "final", "ete", "aether"]
        );
        assert_eq!(words("Чёрный й"), ["черный", "й"]);
        assert_eq!(words("co\u{ad}operate"), ["cooperate"]);
    }

    #[test]
    fn offsets_are_characters() {
        let found = tokens("«Él dijo»: sí");
        let text: Vec<char> = "«Él dijo»: sí".chars().collect();
        let cut: Vec<String> = found.iter().map(|t| text[t.start..t.end].iter().collect()).collect();
        assert_eq!(cut, ["Él", "dijo", "sí"]);
    }

    #[test]
    fn what_is_written_in_one_piece_is_found_in_one_piece() {
        assert_eq!(
            pieces("I don't, the U.S. and Jean-Pierre; 1,204,000 COVID-19"),
            ["dont", "us", "jeanpierre", "1204000", "covid19"]
        );
        assert_eq!(pieces("3.5 and 9/11, 12,34 end.Start a — b"), Vec::<String>::new());
        assert_eq!(pieces("a-b-c-d-e-f-g-h"), Vec::<String>::new());
    }

    #[test]
    fn a_mark_left_without_its_letter_is_dropped() {
        assert_eq!(words("\u{6e1}\u{1d242}\u{116d0}"), ["\u{116d0}"]);
    }

    #[test]
    fn scripts_without_blanks_give_a_token_for_each_character() {
        assert_eq!(words("中国 is"), ["中", "国", "is"]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in "\\PC*") {
            let length = text.chars().count();
            let (found, joined) = tokens_and_joined(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for token in &found {
                prop_assert!(token.start < token.end && token.end <= length && !token.text.is_empty());
            }
            for one in &joined {
                prop_assert!(one.first + 1 < one.last && one.last <= found.len());
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[\\PC&&[\\p{L}\\p{N}\\p{M}]]{1,12}") {
            for token in tokens(&text) {
                let again = words(&token.text).concat();
                prop_assert_eq!(again, token.text);
            }
        }
    }
}
