//! A sentence, read: its tokens, and the classes of words in it.

use super::lexicon::{Found, LEXICON};
use super::tokens::{MOST, Token, tokens};

/// A sentence, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Token>,
    found: Vec<Found>,
    /// Whether it begins like a sentence, and not in the middle of one.
    begins: bool,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let tokens = tokens(text, MOST);
        let found = LEXICON.find(&tokens);
        let begins = text
            .trim_start()
            .starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit() || "\"$".contains(first));
        Self { tokens, found, begins }
    }

    /// The classes of words that it has, each once, as features are called.
    pub(super) fn classes(&self) -> Vec<&'static str> {
        let mut numbers: Vec<usize> = self.found.iter().map(|found| found.class).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let known = numbers.into_iter().filter_map(|class| LEXICON.features.get(class).map(String::as_str));
        let others = [("c:number", self.numbers() > 0), ("c:name", self.names() > 0), ("c:past", self.past())];
        known.chain(others.into_iter().filter_map(|(name, there)| there.then_some(name))).collect()
    }

    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        self.tokens.iter().filter(|token| token.is_word()).count()
    }

    /// Whether all of it stands in brackets: nobody says that.
    pub(super) fn is_note(&self) -> bool {
        self.tokens.first().is_some_and(|token| matches!(token.text.as_str(), "[" | "("))
            && self.tokens.last().is_some_and(|token| matches!(token.text.as_str(), "]" | ")"))
    }

    /// Whether it is a question.
    pub(super) fn asks(&self) -> bool {
        self.tokens.iter().rev().take(2).any(|token| token.text == "?")
    }

    /// How many numbers are written in figures.
    pub(super) fn numbers(&self) -> usize {
        self.tokens.iter().filter(|token| token.text.starts_with(|c: char| c.is_ascii_digit())).count()
    }

    /// How many words are written like names.
    pub(super) fn names(&self) -> usize {
        (0..self.tokens.len()).filter(|at| self.is_name(*at)).count()
    }

    /// Whether a word is written like a name: with a capital letter that no beginning of a sentence gives it.
    pub(super) fn is_name(&self, at: usize) -> bool {
        at > 0
            && self
                .tokens
                .get(at)
                .is_some_and(|token| token.capital && token.text != "i" && !token.text.starts_with("i'"))
    }

    /// Whether it has a word of a class.
    pub(super) fn has(&self, class: &str) -> bool {
        self.found.iter().any(|found| LEXICON.classes.get(found.class).is_some_and(|name| *name == class))
    }

    /// Whether a word has the ending of the past.
    pub(super) fn past(&self) -> bool {
        self.tokens.iter().any(|token| token.text.len() > 4 && token.text.ends_with("ed"))
    }

    /// How it begins and ends.
    pub(super) fn marks(&self) -> Vec<&'static str> {
        let mut marks = Vec::new();
        if self.asks() {
            marks.push("?");
        }
        let ends = |mark: &str| self.tokens.iter().rev().take(2).any(|token| token.text == mark);
        if ends("!") {
            marks.push("!");
        }
        if self.tokens.iter().rev().take(3).filter(|token| token.text == ".").count() == 3 {
            marks.push("...");
        }
        if ends("-") {
            marks.push("-");
        }
        if !self.begins {
            marks.push("goes on");
        }
        if self.tokens.iter().any(|token| token.text == "\"") {
            marks.push("quotes");
        }
        marks.extend(self.beginning());
        marks
    }

    fn beginning(&self) -> Option<&'static str> {
        let first = self.tokens.iter().find(|token| token.is_word())?;
        Some(match first.text.as_str() {
            "he" | "she" | "he's" | "she's" => "begins he",
            "they" | "they're" => "begins they",
            "we" | "we've" | "we're" => "begins we",
            "i" | "i'm" | "i've" | "i'll" | "i'd" => "begins i",
            "you" => "begins you",
            "and" | "but" | "so" | "because" | "or" => "begins and",
            "who" | "what" | "why" | "how" | "when" | "where" => "begins wh",
            "the" => "begins the",
            "it" | "it's" | "that" | "that's" | "this" => "begins it",
            _ => return None,
        })
    }
}
