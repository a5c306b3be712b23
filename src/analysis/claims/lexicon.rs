//! Classes of words and phrases, and where a sentence has them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tokens::{MOST, Token, tokens};

/// A word or phrase of a class in a sentence: tokens from `start` up to `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) class: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The classes of `lexicon.txt`, which says of each what it is.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) classes: Vec<&'static str>,
    /// The same as features are called.
    pub(super) features: Vec<String>,
    /// Phrases by their first word.
    phrases: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// Beginnings of words.
    beginnings: FxHashMap<String, Vec<usize>>,
    longest_beginning: usize,
}

/// All classes.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("lexicon.txt")));

impl Lexicon {
    fn read(text: &'static str) -> Self {
        let mut lexicon = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((class, phrases)) = line.split_once(": ") else { continue };
            for phrase in phrases.split(", ") {
                lexicon.add(phrase, lexicon.classes.len());
            }
            lexicon.classes.push(class);
            lexicon.features.push(format!("c:{class}"));
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, class: usize) {
        if let Some(beginning) = phrase.strip_suffix('*')
            && !beginning.contains(' ')
        {
            self.longest_beginning = self.longest_beginning.max(beginning.len());
            self.beginnings.entry(beginning.to_owned()).or_default().push(class);
            return;
        }
        let mut words = tokens(phrase.trim_end_matches('*'), MOST).into_iter().map(|token| token.text);
        if let Some(first) = words.next() {
            self.phrases.entry(first).or_default().push((words.collect(), class));
        }
    }

    /// Everything that the sentence has of any class.
    pub(super) fn find(&self, tokens: &[Token]) -> Vec<Found> {
        let mut found = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let after = tokens.get(start + 1..).unwrap_or_default();
            for (rest, class) in self.phrases.get(&token.text).into_iter().flatten() {
                let matches =
                    rest.len() <= after.len() && rest.iter().zip(after).all(|(word, token)| *word == token.text);
                if matches {
                    found.push(Found { class: *class, start, end: start + 1 + rest.len() });
                }
            }
            let ends = token.text.char_indices().map(|(at, letter)| at + letter.len_utf8());
            for end in ends.take_while(|end| *end <= self.longest_beginning) {
                let beginning = token.text.get(..end).unwrap_or_default();
                for class in self.beginnings.get(beginning).into_iter().flatten() {
                    found.push(Found { class: *class, start, end: start + 1 });
                }
            }
        }
        found
    }
}
