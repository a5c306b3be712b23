//! Finds the terms of topics in a text.

use std::collections::HashSet;

use crate::domain::TopicKind;

use super::gazetteer::{ENGLISH, SPANISH, Vocabulary, all};
use super::traps;

/// What is known about where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context<'a> {
    /// Slug of the country whose government speaks: it is no topic of its own ([`home_of`]).
    pub home: Option<&'a str>,
}

/// A term in a text, `[start, end)` in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicSpan {
    /// Index into [`all`].
    pub topic: usize,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// The country whose government issues a series, as far as its name or issuer tell.
pub fn home_of(series: Option<&str>, issuer: Option<&str>) -> Option<&'static str> {
    const HOMES: &[(&str, &str)] = &[
        ("white house", "united-states"),
        ("state department", "united-states"),
        ("department of state", "united-states"),
        ("pentagon", "united-states"),
        ("department of defense", "united-states"),
        ("federal reserve", "united-states"),
        ("presidential debate", "united-states"),
        ("méxico", "mexico"),
        ("mexico", "mexico"),
        ("conferencia matutina", "mexico"),
        ("presidencia de la república", "mexico"),
        ("downing street", "united-kingdom"),
    ];
    [series, issuer]
        .into_iter()
        .flatten()
        .map(str::to_lowercase)
        .find_map(|name| HOMES.iter().find(|(mark, _)| name.contains(mark)).map(|(_, home)| *home))
}

/// A match in bytes, before it is known to count.
#[derive(Clone, Copy)]
struct Candidate {
    start: usize,
    end: usize,
    term: usize,
}

/// Every topic in a text, in order; where terms overlap, the one that begins first and is longest counts.
pub fn tag(text: &str, language: Option<&str>, context: &Context<'_>) -> Vec<TopicSpan> {
    let vocabulary: &Vocabulary = if language == Some("es") { &SPANISH } else { &ENGLISH };
    let mut candidates: Vec<Candidate> = vocabulary
        .automaton
        .find_overlapping_iter(text)
        .filter_map(|found| {
            let term = vocabulary.terms.get(found.pattern().as_usize())?;
            let end = whole_word(text, found.start(), found.end())?;
            same_capitals(&term.text, text.get(found.start()..found.end())?).then_some(Candidate {
                start: found.start(),
                end,
                term: found.pattern().as_usize(),
            })
        })
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    candidates.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.term.cmp(&b.term)));
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if chosen.last().is_none_or(|last| candidate.start >= last.end) {
            chosen.push(candidate);
        }
    }
    in_characters(text, &meant(text, vocabulary, &chosen, context))
}

/// The matches that mean a topic here, in bytes.
fn meant(
    text: &str,
    vocabulary: &Vocabulary,
    chosen: &[Candidate],
    context: &Context<'_>,
) -> Vec<(usize, usize, usize)> {
    let mut people: HashSet<usize> = HashSet::new();
    let mut found: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (at, candidate) in chosen.iter().enumerate() {
        let Some(term) = vocabulary.terms.get(candidate.term) else { continue };
        let Some((topic, subject)) = term.topic.and_then(|topic| Some((topic, all().get(topic)?))) else { continue };
        if subject.kind != TopicKind::Country {
            found.push((topic, candidate.start, candidate.end, candidate.term));
            continue;
        }
        if context.home == Some(subject.slug) {
            continue;
        }
        let follows = chosen.get(at + 1).is_some_and(|next| next.start <= candidate.end + 2);
        if traps::is_person(text, candidate.start, candidate.end, follows) {
            people.insert(candidate.term);
            continue;
        }
        let elsewhere =
            traps::in_american_state(text, candidate.end) || traps::is_origin_of_americans(text, candidate.end);
        if !elsewhere && traps::in_company(&term.text, text) {
            found.push((topic, candidate.start, candidate.end, candidate.term));
        }
    }
    found
        .into_iter()
        .filter(|(_, _, _, term)| !people.contains(term))
        .map(|(topic, start, end, _)| (topic, start, end))
        .collect()
}

/// Whether a match is a word of its own; a plural's "s" belongs to it. Returns where it ends.
fn whole_word(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = text.get(..start)?.chars().next_back();
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let after = text.get(end..)?;
    match after.chars().next() {
        Some(c) if c.is_alphanumeric() => {
            let rest = after.strip_prefix('s')?;
            let long = text.get(start..end)?.len() >= 4;
            (long && !rest.starts_with(char::is_alphanumeric)).then_some(end + 1)
        }
        _ => Some(end),
    }
}

/// Whether every capital of the term is a capital in the text.
fn same_capitals(term: &str, text: &str) -> bool {
    term.chars().zip(text.chars()).all(|(term, text)| !term.is_uppercase() || text.is_uppercase())
}

fn in_characters(text: &str, spans: &[(usize, usize, usize)]) -> Vec<TopicSpan> {
    let (mut bytes, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.get(bytes..to).map_or(0, |part| part.chars().count());
        bytes = to;
        characters
    };
    spans.iter().map(|&(topic, start, end)| TopicSpan { topic, start: count(start), end: count(end) }).collect()
}
