//! Matching without an index: the same rules over one text, for recounts and highlights.

use super::index::near_window;
use super::language::Expr;
use super::stem::Language;
use super::tokens::{Joined, Token, tokens_and_joined};

/// Whether a text in a language matches, by the same rules as the index.
pub fn matches(text: &str, language: Option<&str>, expr: &Expr) -> bool {
    Passage::new(text, language).holds(expr)
}

/// Most places of words near each other that are marked in one text.
const MAX_WINDOWS: usize = 1_000;

/// Words of a text that take part in a match: from the first to before the last, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taking {
    /// Which word or phrase of the query, by its place in it.
    pub part: usize,
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub last: usize,
}

/// A text cut into words, ready to be compared with a query.
pub struct Passage {
    language: Language,
    /// Its words.
    pub tokens: Vec<Token>,
    joined: Vec<Joined>,
}

impl Passage {
    /// Cuts a text.
    pub fn new(text: &str, language: Option<&str>) -> Self {
        let (tokens, joined) = tokens_and_joined(text);
        Self { language: Language::of(language), tokens, joined }
    }

    /// Whether it matches.
    pub fn holds(&self, expr: &Expr) -> bool {
        match expr {
            Expr::And(parts) => parts.iter().all(|part| self.holds(part)),
            Expr::Or(parts) => parts.iter().any(|part| self.holds(part)),
            Expr::Not(inner) => !self.holds(inner),
            leaf => {
                let mut found = Vec::new();
                self.leaf(leaf, 0, &mut found);
                !found.is_empty()
            }
        }
    }

    /// All words that take part in a match; never those of negated parts.
    pub fn taking_part(&self, expr: &Expr) -> Vec<Taking> {
        let (mut found, mut part) = (Vec::new(), 0);
        self.collect(expr, &mut part, &mut found);
        found.sort_unstable_by_key(|taking| (taking.first, taking.last));
        found
    }

    fn collect(&self, expr: &Expr, part: &mut usize, found: &mut Vec<Taking>) {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => {
                for one in parts {
                    self.collect(one, part, found);
                }
            }
            Expr::Not(_) => {}
            leaf => {
                self.leaf(leaf, *part, found);
                *part += 1;
            }
        }
    }

    fn leaf(&self, leaf: &Expr, part: usize, found: &mut Vec<Taking>) {
        match leaf {
            Expr::Word { word, .. } => self.word(word, part, found),
            Expr::Phrase { words, .. } => self.phrase(words, part, found),
            Expr::Compound { parts, joined, .. } => {
                self.phrase(parts, part, found);
                if !joined.is_empty() {
                    self.word(joined, part, found);
                }
            }
            Expr::Near { words, slop, .. } => self.near(words, *slop, part, found),
            Expr::Prefix { start, .. } => {
                let begins = |token: &Token| token.text.starts_with(start.as_str());
                found.extend(self.places(begins).map(|at| Taking { part, first: at, last: at + 1 }));
            }
            Expr::And(_) | Expr::Or(_) | Expr::Not(_) => {}
        }
    }

    fn places(&self, wanted: impl Fn(&Token) -> bool) -> impl Iterator<Item = usize> {
        self.tokens.iter().enumerate().filter(move |(_, token)| wanted(token)).map(|(at, _)| at)
    }

    fn word(&self, word: &str, part: usize, found: &mut Vec<Taking>) {
        let mut wanted = String::new();
        self.language.stem_into(word, &mut wanted);
        let mut stem = String::new();
        let mut agrees = |other: &str| {
            if other == word {
                return true;
            }
            if !self.language.may_agree(other, word) {
                return false;
            }
            stem.clear();
            self.language.stem_into(other, &mut stem);
            stem == wanted
        };
        for (at, token) in self.tokens.iter().enumerate() {
            if agrees(&token.text) {
                found.push(Taking { part, first: at, last: at + 1 });
            }
        }
        for joined in &self.joined {
            if agrees(&joined.text) {
                found.push(Taking { part, first: joined.first, last: joined.last });
            }
        }
    }

    fn phrase(&self, words: &[String], part: usize, found: &mut Vec<Taking>) {
        let length = words.len();
        for (at, window) in self.tokens.windows(length.max(1)).enumerate() {
            if window.iter().zip(words).all(|(token, word)| token.text == *word) {
                found.push(Taking { part, first: at, last: at + length });
            }
        }
    }

    fn near(&self, words: &[String], slop: u32, part: usize, found: &mut Vec<Taking>) {
        let places: Vec<Vec<u32>> =
            words.iter().map(|word| self.places(|token| token.text == *word).map(|at| at as u32).collect()).collect();
        let mut after = None;
        for _ in 0..MAX_WINDOWS {
            let Some(chosen) = near_window(&places, slop, after) else { break };
            after = chosen.iter().min().map(|first| first + 1);
            found.extend(chosen.into_iter().map(|at| Taking { part, first: at as usize, last: at as usize + 1 }));
        }
    }
}
