//! Chooses what to search for from what the archive says: common words, rare ones, phrases, one speaker's words.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use serde_json::Value;

use super::http::{Client, encoded};

/// A kind of query, by name, with different queries of it.
pub type Kind = (&'static str, Vec<Query>);

/// One query, and the speaker it is limited to.
pub struct Query {
    words: String,
    speaker: Option<String>,
}

impl Query {
    fn words(words: &str) -> Self {
        Self { words: words.to_owned(), speaker: None }
    }

    /// The search page of Onrecord for it.
    pub fn onrecord(&self) -> String {
        let speaker = self.speaker.as_ref().map(|speaker| format!("&speaker={}", encoded(speaker))).unwrap_or_default();
        format!("/search?q={}{speaker}", encoded(&self.words))
    }

    /// The search page of Datasette for it, with the one facet that every other page of such a kind has.
    pub fn datasette(&self, database: &str) -> String {
        let speaker = self.speaker.as_ref().map(|speaker| format!("&speaker={}", encoded(speaker))).unwrap_or_default();
        let words = encoded(&self.words);
        format!("/{database}/utterance?_search={words}&_searchmode=raw&_size=20&_facet=speaker{speaker}")
    }
}

/// So many different queries of each kind.
pub fn choose(client: &mut Client, wanted: usize) -> Result<Vec<Kind>, Box<dyn Error>> {
    let mut texts = BTreeSet::new();
    let mut speakers = Vec::new();
    for seed in ["president", "people", "question", "year", "last", "never", "report", "week", "country", "because"] {
        for page in 1..=3 {
            let answer = client.ask(&format!("/api/v1/search?q={seed}&sort=newest&per_page=100&page={page}"), None)?;
            let found: Value = serde_json::from_slice(&answer.body)?;
            for result in found["results"].as_array().into_iter().flatten() {
                texts.insert(result["text"].as_str().unwrap_or_default().to_owned());
            }
            if speakers.is_empty() {
                let facet = found["facets"]["speaker"].as_array().into_iter().flatten();
                speakers = facet.filter_map(|speaker| speaker["slug"].as_str().map(str::to_owned)).take(10).collect();
            }
        }
    }

    let mut frequency: BTreeMap<String, usize> = BTreeMap::new();
    let mut phrases = Vec::new();
    for text in &texts {
        let words: Vec<String> = text.split_whitespace().map(plain).collect();
        for word in words.iter().filter(|word| word.len() > 3) {
            *frequency.entry(word.to_lowercase()).or_default() += 1;
        }
        if let Some(six) = words.windows(6).find(|six| !six.iter().any(String::is_empty)) {
            phrases.push(format!("\"{}\"", six.join(" ")));
        }
    }
    let mut words: Vec<(usize, String)> = frequency.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_by(|a, b| b.cmp(a));
    let common: Vec<&str> = words.iter().take(wanted).map(|(_, word)| word.as_str()).collect();
    let rare = words.iter().rev().filter(|(count, word)| *count == 1 && word.len() > 6).map(|(_, word)| word);
    let pairs = common.iter().enumerate().map(|(at, word)| Query {
        words: (*word).to_owned(),
        speaker: speakers.get(at % speakers.len().max(1)).cloned(),
    });

    let kinds = vec![
        ("common", common.iter().map(|word| Query::words(word)).collect::<Vec<_>>()),
        ("rare", rare.take(wanted).map(|word| Query::words(word)).collect()),
        ("phrase", phrases.iter().take(wanted).map(|phrase| Query::words(phrase)).collect()),
        ("speaker", pairs.collect()),
    ];
    if let Some((kind, _)) = kinds.iter().find(|(_, queries)| queries.is_empty()) {
        return Err(format!("the archive is too small to choose {kind} queries from").into());
    }
    Ok(kinds)
}

/// A word without the signs around it; nothing if there is one inside that a query language might read.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.chars().all(char::is_alphanumeric) { word.to_owned() } else { String::new() }
}
