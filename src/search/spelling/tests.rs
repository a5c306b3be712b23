//! Stories about what may have been meant.

use std::collections::HashMap;

use super::*;

/// A small archive's words, with what follows what.
#[derive(Default)]
struct Known {
    words: HashMap<&'static str, u64>,
    pairs: HashMap<(&'static str, &'static str), u64>,
}

impl Known {
    fn harbour() -> Self {
        let words = [
            ("water", 900),
            ("waiter", 2),
            ("ada", 120),
            ("adah", 9),
            ("lind", 80),
            ("land", 400),
            ("white", 500),
            ("house", 700),
            ("breakwater", 50),
            ("munoz", 30),
            ("the", 9000),
        ];
        let pairs = [(("ada", "lind"), 50), (("white", "house"), 400), (("the", "land"), 90), (("the", "water"), 300)];
        Self { words: words.into(), pairs: pairs.into() }
    }

    fn meant(&self, query: &str) -> Option<String> {
        let expr = language::read(query).expr?;
        corrections(&expr, self).into_iter().next().map(|correction| correction.expr.to_string())
    }
}

impl Lexicon for Known {
    fn frequency(&self, word: &str) -> u64 {
        self.words.get(word).copied().unwrap_or(0)
    }

    fn together(&self, first: &str, second: &str) -> u64 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0)
    }

    fn near(&self, word: &str, edits: usize) -> Vec<(String, u64)> {
        let near = |(other, _): &(&&str, &u64)| cost(word, other) <= edits as f32 + 0.5;
        self.words.iter().filter(near).map(|(word, uses)| ((*word).to_owned(), *uses)).collect()
    }

    fn written(&self, word: &str) -> Option<String> {
        (word == "munoz").then(|| "Muñoz".to_owned())
    }
}

#[test]
fn a_word_that_nobody_uses_is_read_as_one_that_is_used() {
    let known = Known::harbour();
    assert_eq!(known.meant("wtaer").as_deref(), Some("water"));
    assert_eq!(known.meant("watre -the").as_deref(), Some("water -the"));
    assert_eq!(known.meant("(watre OR hause) the").as_deref(), Some("(water OR house) the"));
    assert_eq!(known.meant("water"), None);
    assert_eq!(known.meant("zzzzzz"), None);
}

#[test]
fn neighbours_decide_what_was_meant() {
    let known = Known::harbour();
    assert_eq!(known.meant("\"ada lnd\"").as_deref(), Some("\"ada lind\""));
    assert_eq!(known.meant("\"the lnd\"").as_deref(), Some("\"the land\""));
    // The first name is in use, but not before this one.
    assert_eq!(known.meant("adah lindd").as_deref(), Some("ada lind"));
}

#[test]
fn words_run_together_are_parted_and_parted_ones_joined() {
    let known = Known::harbour();
    assert_eq!(known.meant("whitehouse").as_deref(), Some("white house"));
    assert_eq!(known.meant("break water").as_deref(), Some("breakwater"));
}

#[test]
fn the_rest_stays_as_it_was_typed() {
    let known = Known::harbour();
    assert_eq!(known.meant("“The  WATRE”~3").as_deref(), Some("\"The WATER\"~3"));
    assert_eq!(known.meant("Munozz").as_deref(), Some("Muñoz"));
    assert_eq!(known.meant("white-huose").as_deref(), Some("white-house"));
}

#[test]
fn a_form_of_a_word_is_no_other_spelling_of_it() {
    assert!(another_spelling("presidant", "president") && another_spelling("occured", "occurred"));
    assert!(!another_spelling("negotiates", "negotiated") && !another_spelling("harbour", "harbours"));
    let known = Known::harbour();
    let expr = language::read("water watre -the").expr.expect("words");
    assert_eq!(unused(&expr, &known), ["watre"]);
}
