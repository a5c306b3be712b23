//! Which later words seem to keep a promise.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::analysis::rarity::{Rarity, Terms};

/// A promise that is open, with what it owes.
#[derive(Debug, Clone, Copy)]
pub struct Owed<'a> {
    /// What was asked.
    pub question: &'a str,
    /// What was promised.
    pub promise: &'a str,
    /// The reporter who asked, if the text names them.
    pub asked_by: Option<&'a str>,
    /// When it was promised: anything that grows with time.
    pub at: i64,
    /// The last moment at which words are looked for that keep it.
    pub until: i64,
}

/// Words that may keep a promise: an utterance with the question before it, or a statement.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The words.
    pub text: &'a str,
    /// What they respond to, if anything.
    pub question: Option<&'a str>,
    /// Who asked that.
    pub asked_by: Option<&'a str>,
    /// When they were said, on the scale of [`Owed::at`].
    pub at: i64,
}

/// Why words seem to keep a promise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Rare words of the question stand there too.
    SharedWords(Vec<String>),
    /// They say that they come back to something: "yesterday you asked", "as promised".
    SaysSo(String),
    /// The same reporter asked before them.
    SameAsker(String),
}

/// Words that seem to keep a promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// Which promise of those given.
    pub owed: usize,
    /// Which candidate of those given.
    pub candidate: usize,
    /// From 0 to 1.
    pub score: f32,
    /// What that rests on, the strongest first.
    pub because: Vec<Reason>,
}

/// Words that say that somebody comes back to a question, folded.
const SAYING_SO: &[&str] = &[
    "yesterday you asked",
    "you asked yesterday",
    "you asked me yesterday",
    "you had asked",
    "you asked earlier",
    "you asked last week",
    "you asked me",
    "you asked about",
    "was asked yesterday",
    "was asked about",
    "were asked about",
    "were asked yesterday",
    "to follow up on",
    "following up on",
    "follow up from",
    "follow-up on",
    "follow-up from",
    "on your question about",
    "on your question from",
    "on the question about",
    "your question from",
    "as promised",
    "i promised",
    "we promised",
    "i owe you",
    "i owed you",
    "i said i would",
    "i said i'd",
    "we said we would",
    "we said we'd",
    "told you i would",
    "told you i'd",
    "told you we would",
    "told you we'd",
    "got an answer",
    "get back to you on",
    "getting back to",
    "circle back on",
    "circling back",
    "taken question",
    "question taken",
    "question that was taken",
    "i checked",
    "we checked",
    "i looked into",
    "we looked into",
    "i did check",
    "i was able to find",
    "i have an update on",
    "an update on the question",
    "came up yesterday",
    "came up in the briefing",
    "ayer preguntaron",
    "ayer me preguntaron",
    "quedamos",
    "me preguntaste",
    "como lo ofreci",
    "como prometi",
];

/// The share of the weight of what was asked that must be there for a suggestion without any other reason.
const ENOUGH: f32 = 0.34;
/// The least share with other reasons.
const LEAST: f32 = 0.12;
/// What saying so adds.
const SAYS_SO: f32 = 0.3;
/// What the same reporter adds.
const SAME_ASKER: f32 = 0.15;
/// Shared words that a reason names.
const NAMED: usize = 5;
/// Suggestions for one promise.
const MOST: usize = 5;
/// Candidates that share a word which is no longer rare.
const COMMON: usize = 400;

/// The candidates that seem to keep each promise, best first; at most five for one, all of them later than it and within
/// its reach. Candidates are given in order of time.
pub fn resolutions(owed: &[Owed<'_>], candidates: &[Candidate<'_>]) -> Vec<Resolution> {
    let texts = |candidate: &Candidate<'_>| [candidate.question.unwrap_or_default(), candidate.text].join("\n");
    let terms: Vec<Terms> = candidates.iter().map(|candidate| Terms::of(&texts(candidate))).collect();
    let asked: Vec<Terms> = owed.iter().map(|one| Terms::of(&[one.question, one.promise].join("\n"))).collect();
    let rarity = Rarity::of(terms.iter().chain(&asked));
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, terms) in terms.iter().enumerate() {
        for word in terms.words() {
            holders.entry(word).or_default().push(at);
        }
    }
    // Few share enough with a promise that it matters whether they say so.
    let sayings: Vec<OnceCell<Option<&str>>> = candidates.iter().map(|_| OnceCell::new()).collect();
    let saying = |candidate: usize| {
        let of = |cell: &OnceCell<_>, it: &Candidate<'_>| *cell.get_or_init(|| says_so(it.text));
        sayings.get(candidate).zip(candidates.get(candidate)).and_then(|(cell, it)| of(cell, it))
    };
    let mut found = Vec::new();
    for (at, (one, asked)) in owed.iter().zip(&asked).enumerate() {
        let total: f32 = asked.words().map(|word| rarity.weight(word)).sum();
        let mut shared: HashMap<usize, Vec<(&str, f32)>> = HashMap::new();
        for word in asked.words() {
            let weight = rarity.weight(word);
            let holders = holders.get(word).map(|all| within(all, candidates, one)).unwrap_or_default();
            if holders.len() > COMMON {
                continue;
            }
            for holder in holders {
                shared.entry(*holder).or_default().push((word, weight));
            }
        }
        let judged = |(candidate, words): (usize, Vec<(&str, f32)>)| {
            let (score, because) = judged(one, candidates.get(candidate)?, words, total, || saying(candidate))?;
            Some(Resolution { owed: at, candidate, score, because })
        };
        let mut best: Vec<Resolution> = shared.into_iter().filter_map(judged).collect();
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.candidate.cmp(&b.candidate)));
        best.truncate(MOST);
        found.extend(best);
    }
    found
}

/// Those that are later than a promise and within its reach, of candidates in order.
fn within<'a>(all: &'a [usize], candidates: &[Candidate<'_>], owed: &Owed<'_>) -> &'a [usize] {
    let at = |candidate: &usize| candidates.get(*candidate).map_or(i64::MAX, |candidate| candidate.at);
    let first = all.partition_point(|candidate| at(candidate) <= owed.at);
    let last = all.partition_point(|candidate| at(candidate) <= owed.until);
    all.get(first..last).unwrap_or_default()
}

fn judged<'a>(
    owed: &Owed<'_>,
    candidate: &Candidate<'_>,
    mut words: Vec<(&str, f32)>,
    total: f32,
    saying: impl FnOnce() -> Option<&'a str>,
) -> Option<(f32, Vec<Reason>)> {
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let share = words.iter().map(|(_, weight)| weight).sum::<f32>() / total.max(f32::EPSILON);
    if share < LEAST || words.len() < 2 {
        return None;
    }
    let asker = owed.asked_by.filter(|asker| Some(*asker) == candidate.asked_by);
    let saying = saying();
    if share < ENOUGH && saying.is_none() && asker.is_none() {
        return None;
    }
    let mut because = vec![Reason::SharedWords(words.iter().take(NAMED).map(|(word, _)| (*word).to_owned()).collect())];
    because.extend(saying.map(|saying| Reason::SaysSo(saying.to_owned())));
    because.extend(asker.map(|asker| Reason::SameAsker(asker.to_owned())));
    let added = if saying.is_some() { SAYS_SO } else { 0.0 } + if asker.is_some() { SAME_ASKER } else { 0.0 };
    Some(((share + added).min(1.0), because))
}

/// The words by which somebody says that they come back to a question.
fn says_so(text: &str) -> Option<&'static str> {
    let said = super::Said::new(text);
    let phrase = said.phrase(&(0..said.words.len()), 200);
    SAYING_SO.iter().copied().find(|it| phrase.contains(it))
}
