//! What a question or an answer says, without what a transcript prints around it: labels, headings, footnotes, the name of
//! whoever asks next.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::folded::{Folded, words};
use crate::analysis::sentences::sentences_of;

/// Sentences of an answer that are read; nobody takes as many to say that nothing will be said.
const READ: usize = 400;
/// Words up to which a line may be a heading.
const HEADING: usize = 12;

/// A text taken apart.
#[derive(Debug)]
pub(super) struct Reading {
    folded: Folded,
    /// Where its sentences stand.
    pub sentences: Vec<Range<usize>>,
    /// Turns in it that belong to others than the first who speaks.
    pub others: usize,
    /// Whether it breaks off.
    pub broken: bool,
    /// How many words are said.
    pub length: usize,
}

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let title = r"(?:THE |The )?(?:PRESIDENT|VICE PRESIDENT|President|Vice President|Prime Minister|Chancellor|King|Queen|Mayor|Judge|Justice|Speaker|Representative|Congressman|Congresswoman|Commissioner|Administrator|Premier|Attorney General|Press Secretary|Secretary(?: General)?|Senator|Governor|General|Ambassador|Minister|Chairman|Director|Moderator|Reporter|Interpreter|Mr\.|Mrs\.|Ms\.|Dr\.|MR\.|MRS\.|MS\.|DR\.|SECRETARY|CHAIRMAN|CHAIR|DIRECTOR|GENERAL|ADMIRAL|AMBASSADOR)";
    Regex::new(&format!(
        r"^\s*(?:{title}(?:[ -](?:\p{{Lu}}[\w’'-]+|\p{{Lu}}\.)){{0,4}}?|Q|A)(?:[.:]|\s{{3,}})[ \u{{a0}}]+"
    ))
    .ok()
});

/// "12 See Item 4." and "[14.]".
static NOTE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:\d{1,2} ?\p{Lu}[\p{Ll}. ]|\[\d{1,2}\.\]\s*$|\[[^\]]{20,}\]\s*$)").ok());

/// "Anna [Anna Roe, Harbour Post].", "Yes, go ahead, Tom [Tom Vale, Island Radio]."
static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[^\[]{0,40}\[[^\]]{3,80}\][^\[]{0,30}|\s*(?:Yes|Okay|Thank you|Go ahead|All right)[^.?!]{0,20}[.?!]?\s*)$")
        .ok()
});

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let folded = Folded::of(&chars);
        let mut said = said(&chars);
        let others = said.iter().filter(|line| line.labelled).skip(1).count();
        while said.len() > 1 && said.last().is_some_and(|line| line.is_apart) {
            said.pop();
        }
        let broken = said.last().is_some_and(|line| {
            let end = folded.slice(line.range.clone()).trim_end();
            end.ends_with('-')
        });
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for line in &said {
            let inside = chars.get(line.range.clone()).unwrap_or_default();
            let shifted = |range: Range<usize>| range.start + line.range.start..range.end + line.range.start;
            sentences.extend(sentences_of(inside).into_iter().map(shifted));
            if sentences.len() > READ {
                break;
            }
        }
        sentences.truncate(READ);
        sentences.retain(|range| words(folded.slice(range.clone())).next().is_some());
        let length = sentences.iter().map(|range| words(folded.slice(range.clone())).count()).sum();
        Self { folded, sentences, others, broken, length }
    }

    /// The words of a sentence, folded.
    pub(super) fn sentence(&self, at: usize) -> &str {
        self.sentences.get(at).map_or("", |range| self.folded.slice(range.clone()))
    }

    /// What stands at a place, folded.
    pub(super) fn at(&self, range: &Range<usize>) -> &str {
        self.folded.slice(range.clone())
    }

    /// All sentences, folded.
    pub(super) fn each(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.sentences.iter().map(|range| self.folded.slice(range.clone()))
    }
}

/// What somebody says in one line of a text.
struct Line {
    range: Range<usize>,
    /// Whether a label stands before it.
    labelled: bool,
    /// Whether it belongs to the apparatus, if it is the last.
    is_apart: bool,
}

fn said(chars: &[char]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in chars.split_inclusive(|&c| c == '\n') {
        let text: String = line.iter().collect();
        let label = LABEL.as_ref().and_then(|label| label.find(&text));
        let behind = label.map_or(0, |found| found.as_str().chars().count());
        let rest: String = line.iter().skip(behind).collect();
        let apart = is_heading(&rest) || label.is_none() && is(&CALL, &rest);
        if !is(&NOTE, &text) && !rest.trim().is_empty() {
            lines.push(Line {
                range: start + behind..start + line.len(),
                labelled: label.is_some(),
                is_apart: apart && (label.is_none() || !lines.is_empty()),
            });
        }
        start += line.len();
    }
    lines
}

/// "AMERICAN HOSTAGES IN IRAN", "2006 Midterm Elections/Democratic Party".
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let open = !line.ends_with(['.', '?', '!', '-', '—', '–', ',', '"', '”', ')', ']']);
    let mut capital = 0;
    let mut words = 0;
    for word in line.split([' ', '/', '-']).filter(|word| word.chars().any(char::is_alphabetic)).take(HEADING + 1) {
        words += 1;
        capital += usize::from(word.chars().next().is_some_and(|c| !c.is_lowercase()) || word.len() < 4);
    }
    open && words <= HEADING && capital == words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        Reading::of(text).each().map(str::to_owned).collect()
    }

    #[test]
    fn labels_headings_footnotes_and_calls_are_not_said() {
        let answer = "\nPresident Vale. I do. We met.\n3 John Roe of the Harbour Post.\nAnna [Anna Roe, Harbour Post].\nFishing Rights/Tariffs ";
        assert_eq!(sentences(answer), ["i do.", "we met."]);
        assert_eq!(sentences("THE PRESIDENT. No comment.\n[14.]"), ["no comment."]);
        assert_eq!(sentences("PRESIDENT: No. Nothing"), ["no.", "nothing"], "an answer may be short");
        assert_eq!(sentences("The President. No"), ["no"]);
        assert_eq!(sentences("President Vale. Oh. Well. "), ["oh.", "well."], "a name ends with its full stop");
    }

    #[test]
    fn others_who_speak_are_counted() {
        let reading = Reading::of("The President. Nice try.\nThe Prime Minister. I do not deal with that——");
        assert_eq!((reading.others, reading.broken), (1, true));
    }
}
