//! A query cut into words, phrases, operators and fields.

use super::{Field, MAX_SLOP};

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lexeme {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `OR`
    Or,
    /// `-` or `NOT` before something.
    Not,
    /// A run of characters without blanks.
    Word(String),
    /// Something between quotation marks, with the number behind `~`.
    Quoted(String, Option<u32>),
    /// A known field with its value.
    Field(Field, String),
}

/// Cuts a query; what nothing can be made of is left out with a sentence.
pub fn lex(query: &str, repairs: &mut Vec<String>) -> Vec<Lexeme> {
    let mut lexer = Lexer { chars: query.chars().map(plain).collect(), at: 0, found: Vec::new() };
    while lexer.at < lexer.chars.len() {
        lexer.step(repairs);
    }
    lexer.found
}

/// Typographic forms as their plain ones; quotation marks keep theirs.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '＇' => '\'',
        '‐' | '‑' | '−' | '﹣' | '－' => '-',
        '＂' => '"',
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '＊' => '*',
        c => c,
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    found: Vec<Lexeme>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self, repairs: &mut Vec<String>) {
        let Some(c) = self.peek(0) else { return };
        match c {
            '(' => self.push(Lexeme::Open, 1),
            ')' => self.push(Lexeme::Close, 1),
            c if c.is_whitespace() => self.at += 1,
            c if is_quote(c) => self.quoted(repairs),
            c if is_dash(c) => self.dashes(repairs),
            _ => self.word(repairs),
        }
    }

    fn push(&mut self, lexeme: Lexeme, length: usize) {
        self.found.push(lexeme);
        self.at += length;
    }

    /// One hyphen right before something excludes it; longer dashes are punctuation.
    fn dashes(&mut self, repairs: &mut Vec<String>) {
        let length = self.chars[self.at..].iter().take_while(|c| is_dash(**c)).count();
        let hyphen = length == 1 && matches!(self.chars[self.at], '-' | '–');
        let excludes = self.peek(length).is_some_and(|c| c.is_alphanumeric() || is_quote(c) || c == '(');
        self.at += length;
        if hyphen && excludes {
            self.found.push(Lexeme::Not);
        } else if hyphen {
            repairs.push("A hyphen with nothing behind it leaves nothing out and was passed over.".to_owned());
        }
    }

    fn quoted(&mut self, repairs: &mut Vec<String>) {
        let text = self.take_quoted(repairs);
        let slop = self.slop();
        self.found.push(Lexeme::Quoted(text, slop));
    }

    fn take_quoted(&mut self, repairs: &mut Vec<String>) -> String {
        let start = self.at + 1;
        let end = self.closing(self.at).unwrap_or_else(|| {
            repairs.push("A quotation mark was not closed; the phrase was read to the end.".to_owned());
            self.chars.len()
        });
        self.at = (end + 1).min(self.chars.len());
        self.chars[start..end].iter().collect()
    }

    /// The mark that closes the one at `open`; marks inside that open another quotation are passed over.
    fn closing(&self, open: usize) -> Option<usize> {
        let straight = self.chars[open] == '"';
        let marks = || (open + 1..self.chars.len()).filter(|at| is_quote(self.chars[*at]));
        let same = |at: &usize| (self.chars[*at] == '"') == straight;
        let mut depth = 1;
        for at in marks().filter(same) {
            if self.opens(at) {
                depth += 1;
            } else {
                depth -= 1;
            }
            if depth == 0 {
                return Some(at);
            }
        }
        let closes = |at: &usize| !self.opens(*at);
        marks().filter(same).find(closes).or_else(|| marks().find(closes))
    }

    fn opens(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.chars.get(before)).copied().unwrap_or(' ');
        let after = self.chars.get(at + 1).copied().unwrap_or(' ');
        after.is_alphanumeric() && (before.is_whitespace() || before == '(' || is_dash(before))
    }

    fn slop(&mut self) -> Option<u32> {
        if self.peek(0) != Some('~') {
            return None;
        }
        let digits: String = self.chars[self.at + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
        if digits.is_empty() {
            return None;
        }
        self.at += 1 + digits.len();
        Some(digits.parse().unwrap_or(MAX_SLOP).min(MAX_SLOP))
    }

    fn word(&mut self, repairs: &mut Vec<String>) {
        if self.field(repairs) {
            return;
        }
        let ends = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')');
        let text: String = self.chars[self.at..].iter().take_while(|c| !ends(**c)).collect();
        let length = text.chars().count();
        match text.as_str() {
            "OR" | "|" | "||" => self.push(Lexeme::Or, length),
            "NOT" => self.push(Lexeme::Not, length),
            "AND" | "&" | "&&" | "+" => self.at += length,
            // Punctuation in front of a word changes nothing about it.
            _ if !text.starts_with(char::is_alphanumeric) => {
                self.at += text.chars().take_while(|c| !c.is_alphanumeric()).count();
            }
            _ => self.push(Lexeme::Word(text), length),
        }
    }

    /// Reads `name:value`; a name that is no field is read as a word, and what follows by itself.
    fn field(&mut self, repairs: &mut Vec<String>) -> bool {
        let name: String = self.chars[self.at..].iter().take_while(|c| c.is_alphabetic() || **c == '_').collect();
        let length = name.chars().count();
        if length == 0 || self.peek(length) != Some(':') {
            return false;
        }
        let Some(field) = Field::parse(&name) else {
            if self.peek(length + 1).is_some_and(|c| !c.is_whitespace()) {
                repairs.push(format!("“{name}:” is not something to search by; it was read as a word."));
            }
            self.push(Lexeme::Word(name), length + 1);
            return true;
        };
        self.at += length + 1;
        let value = match self.peek(0) {
            Some(c) if is_quote(c) => self.take_quoted(repairs),
            _ => {
                let ends = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')');
                let value: String = self.chars[self.at..].iter().take_while(|c| !ends(**c)).collect();
                self.at += value.chars().count();
                value
            }
        };
        self.found.push(Lexeme::Field(field, value));
        true
    }
}
