//! What a source mentions: a name, an office, a pronoun, a body.

use std::ops::Range;

use super::super::class::Class;
use super::super::token::{Text, Token};

/// What a source mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mentioned {
    /// “he” (true), “she” (false).
    He(Option<bool>),
    /// “they”.
    They,
    /// “it”.
    It,
    /// “who”.
    Who,
    /// “I”, “we”.
    Own,
    /// A name, as a range of tokens.
    Named(Range<usize>),
    /// “the senator”: the noun, in small letters.
    The(String),
    /// A body or somebody unnamed, as shown.
    Other(String),
}

/// Words of names that are nobody's.
const BODIES: &str = "house department party post times journal committee university institute news court press association \
    foundation council agency bureau center centre group union congress senate states nations street tribune herald guardian \
    bank board commission ministry office service services force forces army navy corps club league society college school \
    republicans democrats americans conference convention campaign administration government pac network radio magazine \
    coalition alliance company inc corp llc project report poll survey research international county city valley island \
    republican democrat";

/// Papers that keep their article.
const PAPERS: &str = "guardian times post journal hill atlantic economist telegraph independent intercept nation";

/// How far behind an office its holder may be named.
const BEHIND: usize = 8;

/// Reads a source.
pub(super) fn mentioned(text: &Text, source: &Range<usize>) -> Mentioned {
    let source = trimmed(text, source);
    let first = text.at(source.start);
    if source.len() == 1
        && let Some(pronoun) = pronoun(text, first, &source)
    {
        return pronoun;
    }
    let head = head(text, &source);
    if let Some(name) = runs(text, &head).pop().filter(|name| name.end == head.end && !is_body(text, name)) {
        return Mentioned::Named(name);
    }
    // "the spokesman for the harbour, Joren Pell": the name stands in apposition.
    let comma = (head.end..source.end).take(BEHIND).find(|&at| text.at(at).class == Class::Comma);
    if let Some(comma) = comma
        && let Some(name) = runs(text, &(comma + 1..source.end)).into_iter().next()
        && name.start == comma + 1
        && name.len() >= 2
        && !is_body(text, &name)
    {
        return Mentioned::Named(name);
    }
    let last = text.at(head.end.saturating_sub(1));
    let definite = text.words(&(head.start..head.start + 1)).eq_ignore_ascii_case("the");
    let noun = text.words(&(head.end.saturating_sub(1)..head.end)).to_lowercase();
    let body = last.class == Class::Paper || BODIES.split_whitespace().any(|body| body == noun);
    if definite && !last.capital && head.len() >= 2 && head.end == source.end && !body {
        return Mentioned::The(noun);
    }
    Mentioned::Other(self::body(text, &source))
}

/// Without marks and “according to”-like words at its ends.
fn trimmed(text: &Text, source: &Range<usize>) -> Range<usize> {
    let mut range = source.clone();
    let mark = |at: usize| text.at(at).class.is_mark();
    while range.len() > 1 && (mark(range.start) || matches!(text.at(range.start).class, Class::By | Class::And)) {
        range.start += 1;
    }
    while range.len() > 1 && (mark(range.end - 1) || text.at(range.end - 1).class == Class::Clitic) {
        range.end -= 1;
    }
    range
}

fn pronoun(text: &Text, token: &Token, source: &Range<usize>) -> Option<Mentioned> {
    let word = text.words(source).to_lowercase();
    match word.as_str() {
        "he" | "him" | "his" | "himself" => Some(Mentioned::He(Some(true))),
        "she" | "her" | "hers" | "herself" => Some(Mentioned::He(Some(false))),
        "they" | "them" | "their" => Some(Mentioned::They),
        "it" | "its" => Some(Mentioned::It),
        "i" | "we" | "me" | "my" | "us" | "our" => Some(Mentioned::Own),
        _ if token.class == Class::Who => Some(Mentioned::Who),
        _ => None,
    }
}

/// The part of a source before what only adds to it: “a spokesman | for the mayor”, “Ada Vale | , the mayor,”.
fn head(text: &Text, source: &Range<usize>) -> Range<usize> {
    let adds = |token: &Token| {
        matches!(
            token.class,
            Class::Comma
                | Class::Of
                | Class::By
                | Class::Preposition
                | Class::Who
                | Class::OpenBracket
                | Class::Dash
                | Class::Ing
        ) || token.class.is_mark() && token.class != Class::Mark && token.class != Class::Stop
    };
    let length = source.clone().skip(1).take_while(|&at| !adds(text.at(at))).count();
    source.start..(source.start + 1 + length).min(source.end)
}

/// Whether a token can be a word of a name.
fn names(text: &Text, at: usize) -> bool {
    let token = text.at(at);
    let begins = text.sentence(token.sentence).start == at;
    token.capital
        && !token.class.is_mark()
        && match token.class {
            Class::Name | Class::Capitals | Class::First => true,
            Class::Office | Class::Time | Class::Article | Class::Possessive | Class::Subject | Class::Either => false,
            _ => !begins,
        }
}

/// The names in a stretch: words with capitals, particles between them.
pub(super) fn runs(text: &Text, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if !names(text, at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        while end < range.end {
            if names(text, end) {
                end += 1;
            } else if end + 1 < range.end && particle(text, end) && names(text, end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        at = end;
        found.push(start..end);
    }
    found
}

fn particle(text: &Text, at: usize) -> bool {
    matches!(
        text.words(&(at..at + 1)).as_str(),
        "de" | "del" | "la" | "da" | "di" | "van" | "von" | "der" | "bin" | "al" | "el" | "du"
    )
}

/// Whether a name is that of a body, by one of its words or by an article before it.
pub(super) fn is_body(text: &Text, name: &Range<usize>) -> bool {
    let small = |at: usize| text.words(&(at..at + 1)).to_lowercase();
    let article = name.start > 0
        && text.at(name.start - 1).sentence == text.at(name.start).sentence
        && small(name.start - 1) == "the";
    article && name.len() == 1 || name.clone().any(|at| BODIES.split_whitespace().any(|body| body == small(at)))
}

/// Whether it is one person without a name: “a foreign journalist”.
pub(super) fn is_somebody(name: &str) -> bool {
    let one = ["a ", "an ", "one ", "another "].iter().any(|article| name.starts_with(article));
    one && !name.split(' ').any(|word| BODIES.split_whitespace().any(|body| body == word))
}

/// A body, or somebody without a name, as shown: “Harbour administration”, “a foreign journalist”, “The Guardian”.
pub(super) fn body(text: &Text, source: &Range<usize>) -> String {
    let source = trimmed(text, source);
    let written = text.words(&source).split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((article, rest)) = written.split_once(' ').filter(|(first, _)| first.eq_ignore_ascii_case("the")) else {
        return written;
    };
    let last = rest.split(' ').next_back().unwrap_or_default().to_lowercase();
    let paper = rest.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && PAPERS.split_whitespace().any(|paper| paper == last);
    if paper {
        format!("The {rest}")
    } else if rest.contains(char::is_uppercase) {
        rest.to_owned()
    } else {
        format!("{} {rest}", article.to_lowercase())
    }
}
