//! Finds the terms of topics in a text.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;

use crate::domain::{TopicId, TopicKind};

use super::gazetteer::{ENGLISH, SPANISH, Vocabulary, all};
use super::terms::Added;
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
    /// It is a term of an editor's.
    added: bool,
}

/// What a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// A topic of the gazetteer, as an index into [`all`].
    Listed(usize),
    /// A topic that an editor points to.
    Added(TopicId),
}

/// Every topic of the gazetteer in a text, in order; where terms overlap, the one that begins first and is longest counts.
pub fn tag(text: &str, language: Option<&str>, context: &Context<'_>) -> Vec<TopicSpan> {
    let found = find(text, language, context, &Added::default());
    let listed = found.into_iter().filter_map(|(subject, start, end)| match subject {
        Subject::Listed(topic) => Some(TopicSpan { topic, start, end }),
        Subject::Added(_) => None,
    });
    listed.collect()
}

/// The same with what editors have added and switched off.
pub(super) fn find(
    text: &str,
    language: Option<&str>,
    context: &Context<'_>,
    added: &Added,
) -> Vec<(Subject, usize, usize)> {
    let vocabulary: &Vocabulary = if language == Some("es") { &SPANISH } else { &ENGLISH };
    let mut candidates: Vec<Candidate> = Vec::new();
    look(text, &vocabulary.automaton, false, &mut candidates, |at| {
        let term = vocabulary.terms.get(at)?;
        (!term.topic.is_some_and(|topic| added.is_off(topic, &term.text))).then_some(term.text.as_str())
    });
    if let Some(automaton) = &added.automaton {
        look(text, automaton, true, &mut candidates, |at| added.terms.get(at).map(|term| term.text.as_str()));
    }
    if candidates.is_empty() {
        return Vec::new();
    }
    // Between equals an editor's word counts.
    candidates.sort_by_key(|one| (one.start, std::cmp::Reverse(one.end), !one.added, one.term));
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        // The same words may point to several topics of editors.
        let again = |last: &Candidate| {
            candidate.added && last.added && (candidate.start, candidate.end) == (last.start, last.end)
        };
        if chosen.last().is_none_or(|last| candidate.start >= last.end || again(last)) {
            chosen.push(candidate);
        }
    }
    in_characters(text, &meant(text, vocabulary, added, &chosen, context))
}

/// Whole words of a text that an automaton knows.
fn look<'t>(
    text: &str,
    automaton: &AhoCorasick,
    added: bool,
    candidates: &mut Vec<Candidate>,
    term: impl Fn(usize) -> Option<&'t str>,
) {
    for found in automaton.find_overlapping_iter(text) {
        let at = found.pattern().as_usize();
        let (Some(words), Some(printed)) = (term(at), text.get(found.start()..found.end())) else { continue };
        if let Some(end) = whole_word(text, found.start(), found.end()).filter(|_| same_capitals(words, printed)) {
            candidates.push(Candidate { start: found.start(), end, term: at, added });
        }
    }
}

/// The matches that mean a topic here, in bytes.
fn meant(
    text: &str,
    vocabulary: &Vocabulary,
    added: &Added,
    chosen: &[Candidate],
    context: &Context<'_>,
) -> Vec<(Subject, usize, usize)> {
    let mut people: HashSet<usize> = HashSet::new();
    let mut found: Vec<(Subject, usize, usize, Option<usize>)> = Vec::new();
    for (at, candidate) in chosen.iter().enumerate() {
        if candidate.added {
            let Some(term) = added.terms.get(candidate.term) else { continue };
            let own =
                term.listed.and_then(|topic| all().get(topic)).is_some_and(|topic| context.home == Some(topic.slug));
            if !own && !term.unless.iter().any(|word| text.contains(word.as_str())) {
                found.push((Subject::Added(term.topic), candidate.start, candidate.end, None));
            }
            continue;
        }
        let Some(term) = vocabulary.terms.get(candidate.term) else { continue };
        let Some((topic, subject)) = term.topic.and_then(|topic| Some((topic, all().get(topic)?))) else { continue };
        if !traps::in_company(&term.text, text) {
            continue;
        }
        if subject.kind != TopicKind::Country {
            found.push((Subject::Listed(topic), candidate.start, candidate.end, Some(candidate.term)));
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
        if !elsewhere {
            found.push((Subject::Listed(topic), candidate.start, candidate.end, Some(candidate.term)));
        }
    }
    found
        .into_iter()
        .filter(|(_, _, _, term)| !term.is_some_and(|term| people.contains(&term)))
        .map(|(subject, start, end, _)| (subject, start, end))
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

fn in_characters(text: &str, spans: &[(Subject, usize, usize)]) -> Vec<(Subject, usize, usize)> {
    let (mut bytes, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.get(bytes..to).map_or(0, |part| part.chars().count());
        bytes = to;
        characters
    };
    spans.iter().map(|&(subject, start, end)| (subject, count(start), count(end))).collect()
}
