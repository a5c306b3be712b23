//! Who holds an office that a label names without a name: `THE PRESIDENT`.

use std::collections::BTreeMap;

use super::super::evidence::Evidence;
use super::super::name::Name;
use super::super::words::{fold, folded_words};
use super::archive::{Archive, Document};

/// Days around a document in which others tell who holds the office.
const NEAR: i32 = 120;

/// When a surname stood beside an office, and how often.
type Seen = (Option<i32>, Vec<String>, u32);

/// Surnames that go with an office, by issuer.
pub(super) struct Holders<'a> {
    /// (issuer, office) to (day, surname words, times), in date order.
    seen: BTreeMap<(&'a str, &'a str), Vec<Seen>>,
}

impl<'a> Holders<'a> {
    pub fn new(archive: &Archive<'a>) -> Self {
        let mut seen: BTreeMap<(&str, &str), Vec<_>> = BTreeMap::new();
        for document in &archive.documents {
            for (office, name) in in_full(document.evidence) {
                let surname = name.words.last().cloned().into_iter().collect();
                seen.entry((document.issuer.unwrap_or_default(), office)).or_default().push((document.day, surname, 3));
            }
            for titled in &document.evidence.titled {
                let times = titled.count.min(20) + if titled.head { 30 } else { 0 };
                seen.entry((document.issuer.unwrap_or_default(), titled.office.as_str())).or_default().push((
                    document.day,
                    folded_words(&titled.surname),
                    times,
                ));
            }
        }
        Self { seen }
    }

    /// The surname of whoever holds the office in a document.
    pub fn surname(&self, document: &Document<'_>, label: &str) -> Option<Vec<String>> {
        let offices = offices_of(label);
        let mut votes: BTreeMap<Vec<String>, u32> = BTreeMap::new();
        for office in &offices {
            for (_, name) in in_full(document.evidence).filter(|(held, _)| held == office) {
                *votes.entry(name.words.last().cloned().into_iter().collect()).or_default() += 9;
            }
            for titled in document.evidence.titled.iter().filter(|titled| titled.office == *office) {
                let times = titled.count + if titled.head { 1_000 } else { 0 };
                *votes.entry(folded_words(&titled.surname)).or_default() += times * 3;
            }
            let around = self.seen.get(&(document.issuer.unwrap_or_default(), office.as_str()));
            for (day, surname, times) in around.into_iter().flatten() {
                if let (Some(day), Some(here)) = (*day, document.day)
                    && day.abs_diff(here) <= NEAR as u32
                {
                    *votes.entry(surname.clone()).or_default() += times;
                }
            }
        }
        let mut ranked: Vec<(u32, Vec<String>)> = votes.into_iter().map(|(surname, times)| (times, surname)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        match ranked.as_slice() {
            [(best, surname), rest @ ..]
                if *best >= 2 && rest.first().is_none_or(|(second, _)| best * 2 > second * 3) =>
            {
                Some(surname.clone())
            }
            _ => None,
        }
    }
}

/// The offices, as they stand before a surname, that a label may mean.
fn offices_of(label: &str) -> Vec<String> {
    let words: Vec<String> = label.split_whitespace().map(|word| fold(word).into_owned()).collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let one = |office: &str| vec![office.to_owned()];
    if has("vice") {
        one("vice president")
    } else if has("lady") {
        one("first lady")
    } else if has("presidente") || has("presidenta") {
        vec!["presidente".to_owned(), "presidenta".to_owned()]
    } else if has("prime") {
        one("prime minister")
    } else if has("chairman") || has("chair") {
        vec!["chairman".to_owned(), "chair".to_owned()]
    } else if has("president") {
        one("president")
    } else if has("secretary") && !has("press") {
        one("secretary")
    } else {
        Vec::new()
    }
}

/// Full names with one of these offices beside them: "President Rosa Vale".
pub(super) fn in_full(evidence: &Evidence) -> impl Iterator<Item = (&'static str, Name)> {
    const OFFICES: &[&str] = &[
        "vice president",
        "first lady",
        "prime minister",
        "presidente",
        "presidenta",
        "president",
        "chairman",
        "chair",
    ];
    evidence.mentions.iter().filter_map(|mention| {
        let held = |title: &str| {
            let words: Vec<String> = title.split_whitespace().map(|word| fold(word).into_owned()).collect();
            let (first, second) = (words.first()?, words.get(1));
            OFFICES.iter().copied().find(|office| match office.split_once(' ') {
                Some((a, b)) => first == a && second.is_some_and(|word| word == b),
                None => first == office && second.is_none_or(|word| matches!(word.as_str(), "of" | "de")),
            })
        };
        let office = mention.offices.iter().find_map(|office| held(&office.title))?;
        Some((office, Name::new(&mention.name)?))
    })
}
