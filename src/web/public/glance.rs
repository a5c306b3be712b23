//! A briefing at a glance: who speaks how much, and what is mentioned.

use std::collections::HashMap;

use crate::domain::{Role, TopicId};
use crate::store::directory::Named;
use crate::store::utterances::Utterance;
use crate::web::urls;

/// Voices with a stretch of their own in the bar.
const VOICES: usize = 3;
/// Topics named.
const TOPICS: usize = 8;
/// Width of the bar.
const WIDTH: usize = 1000;

/// How much one voice says in a briefing.
pub struct Share {
    /// The person, or the label.
    pub name: String,
    /// The page of the person.
    pub url: Option<String>,
    /// The readable part of its address.
    pub slug: Option<String>,
    /// How often they speak.
    pub turns: usize,
    /// How many words.
    pub words: usize,
    /// Length of the bar, of 200.
    pub bar: usize,
}

/// Who speaks how much, most words first; all reporters are one voice.
pub fn shares(utterances: &[Utterance]) -> Vec<Share> {
    let mut by_name: HashMap<&str, Share> = HashMap::new();
    for (by, text) in utterances.iter().filter_map(|u| Some((u.by.as_ref()?, &u.text))) {
        let name = match (&by.speaker, by.role) {
            (Some(speaker), _) => speaker.name.as_str(),
            (None, Some(Role::Questioner)) => "Reporters",
            (None, _) => by.label.as_str(),
        };
        let share = by_name.entry(name).or_insert_with(|| Share {
            name: name.to_owned(),
            url: by.speaker.as_ref().map(|speaker| urls::speaker(&speaker.slug)),
            slug: by.speaker.as_ref().map(|speaker| speaker.slug.clone()),
            turns: 0,
            words: 0,
            bar: 0,
        });
        share.turns += 1;
        share.words += text.split_whitespace().count();
    }
    let mut shares: Vec<Share> = by_name.into_values().collect();
    shares.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| a.name.cmp(&b.name)));
    let most = shares.first().map_or(1, |share| share.words.max(1));
    for share in &mut shares {
        share.bar = (share.words * 200 / most).max(1);
    }
    shares
}

/// A stretch of the bar that shows who spoke how much.
pub struct Stretch {
    /// The voice, or how many others.
    pub name: String,
    /// The page of the person.
    pub url: Option<String>,
    /// Part of all words.
    pub percent: usize,
    /// Where it begins, of 1000.
    pub x: usize,
    /// How wide it is, of 1000.
    pub width: usize,
}

/// The bar: the voices that say most, and all others together; nothing where one voice says everything.
pub fn bar(shares: &[Share]) -> Vec<Stretch> {
    let all: usize = shares.iter().map(|share| share.words).sum();
    if shares.len() < 2 || all == 0 {
        return Vec::new();
    }
    // One voice beyond the named ones is named as well: "1 other" would take the same room.
    let named = if shares.len() == VOICES + 1 { VOICES + 1 } else { VOICES };
    let (named, others) = shares.split_at(named.min(shares.len()));
    let mut before = 0;
    let mut stretch = |name: String, url: Option<String>, words: usize| {
        let (x, end) = (before * WIDTH / all, (before + words) * WIDTH / all);
        before += words;
        Stretch { name, url, percent: (words * 100 + all / 2) / all, x, width: end - x }
    };
    let mut bar: Vec<Stretch> =
        named.iter().map(|share| stretch(share.name.clone(), share.url.clone(), share.words)).collect();
    if !others.is_empty() {
        bar.push(stretch(format!("{} others", others.len()), None, others.iter().map(|share| share.words).sum()));
    }
    bar
}

/// What is mentioned in most utterances, with their number.
pub fn topics(names: &HashMap<TopicId, Named>, utterances: &[Utterance]) -> Vec<(Named, usize)> {
    let mut counts: HashMap<TopicId, usize> = HashMap::new();
    for topic in utterances.iter().flat_map(|utterance| &utterance.topics) {
        *counts.entry(*topic).or_default() += 1;
    }
    let mut counts: Vec<(TopicId, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    counts.truncate(TOPICS);
    counts.into_iter().filter_map(|(id, count)| Some((names.get(&id)?.clone(), count))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(name: &str, words: usize) -> Share {
        Share { name: name.to_owned(), url: None, slug: None, turns: 1, words, bar: 0 }
    }

    #[test]
    fn the_bar_is_full_and_names_the_loudest() {
        let shares: Vec<Share> = (0..6).map(|n| share(&format!("V{n}"), 60 - n * 10)).collect();
        let bar = bar(&shares);
        assert_eq!(bar.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["V0", "V1", "V2", "3 others"]);
        assert_eq!(bar.iter().map(|s| s.width).sum::<usize>(), WIDTH);
        assert_eq!(bar[0].percent, 29);
        assert!(super::bar(&[share("Alone", 10)]).is_empty());
        assert_eq!(super::bar(&[share("A", 5), share("B", 3), share("C", 1), share("D", 1)]).len(), 4);
    }
}
