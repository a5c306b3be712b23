//! Whether a question was dodged: who asked says so next, the plainest sign there is, and one that is no guess.

use std::sync::LazyLock;

use regex::Regex;

use super::folded::{Folded, words};
use super::reading::Reading;

/// "You didn't answer my question." "That's not what I asked."
static SAYS_SO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let even = "(?: still| really| actually| quite| exactly| directly| just| even| yet)*";
    let you = format!(
        r"\byou(?:'ve|'re| are| have| did)?{even} (?:not|didn't|haven't|aren't|never){even} (?:answer|address)(?:ed|ing)?\b.{{0,20}}\bquestion"
    );
    let that = format!(r"\bthat(?:'s| is| was| does| did)?{even} (?:not|isn't|wasn't|doesn't|didn't){even}");
    let asked = r"(?:what i(?:'m| am| was)? ask(?:ed|ing)|(?:my|the|her|his) question|an answer|answer(?:ing|ed)? (?:my|the|her|his|that) )";
    Regex::new(&format!("(?:{you}|{that} {asked})")).ok()
});

/// Characters of a question within which it says so: who says it later speaks of something else.
const BEGINNING: usize = 160;

/// Words below which a response goes around nothing: it was cut short, or is a remark.
const AROUND: usize = 20;

/// Whether a response went around its question, by what was asked next.
pub fn dodged(response: &str, next: &str) -> bool {
    contests(next) && goes_around(&Reading::of(response))
}

/// Whether it says something, and neither yes nor no.
fn goes_around(response: &Reading) -> bool {
    let polar = |sentence: &str| {
        let mut words = words(sentence);
        match (words.next(), words.next()) {
            (Some("yes" | "yeah" | "no" | "correct"), _) => true,
            (Some("that's" | "you're"), Some(second)) => matches!(second, "correct" | "right" | "true"),
            _ => false,
        }
    };
    response.length >= AROUND && !response.each().any(polar)
}

/// Whether a question that follows a response says that this was no answer.
fn contests(question: &str) -> bool {
    let beginning: Vec<char> = question.chars().take(BEGINNING).collect();
    let folded = Folded::of(&beginning);
    SAYS_SO.as_ref().is_some_and(|says_so| says_so.is_match(folded.slice(0..beginning.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_a_yes_and_a_no_go_around_nothing() {
        let around = "The government has always stood by its fishing towns, and it will stand by them next year, and the \
                      year after that, too.";
        let again = "You didn’t answer my question. Who ordered it?";
        assert!(dodged(around, again));
        assert!(!dodged(around, "And who ordered it?"));
        for plain in
            ["I literally just answered your question.", &format!("{around} No. They did not."), "That’s correct."]
        {
            assert!(!dodged(plain, again), "{plain}");
        }
    }

    #[test]
    fn who_asks_says_that_it_was_not_answered() {
        for said in [
            "You didn’t answer my question. Who pays?",
            "Right, but you still haven't really answered the question.",
            "But that didn’t quite answer the question, though.",
            "That’s not my question. Do you agree?",
            "That is not what I’m asking.",
            "With respect, you are not answering her question.",
        ] {
            assert!(contests(said), "{said}");
        }
        for said in [
            "You answered my question. Thank you.",
            "The minister was asked yesterday and did not answer this part of the question. Why?",
            "Is that an answer to the islands?",
            "That’s not the plan of the harbour board, is it?",
            "So is that a yes or no?",
        ] {
            assert!(!contests(said), "{said}");
        }
    }
}
