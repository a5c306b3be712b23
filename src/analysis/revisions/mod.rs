//! What changed from one state of a text to another: which turns, and which words of them.

mod laid;
mod words;

pub use laid::{Laid, lay};
pub use words::{Fate, Stretch, carry, words};

use std::collections::HashMap;

use crate::domain::{Facts, UtteranceKind};

/// An utterance in one state of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stand<'a> {
    /// Its permanent number.
    pub number: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The label; only turns have one.
    pub label: Option<&'a str>,
    /// The words.
    pub text: &'a str,
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Words of an utterance.
    Words {
        /// Its number.
        number: i32,
        /// All its words, before and after.
        stretches: Vec<Stretch>,
    },
    /// The label of an utterance, or that it has one.
    Voice {
        /// Its number.
        number: i32,
        /// Before.
        was: Option<String>,
        /// After.
        is: Option<String>,
    },
    /// An utterance was cut in two.
    Split {
        /// The number that the first part keeps.
        number: i32,
        /// The number of the second part.
        into: i32,
        /// The words of the second part.
        text: String,
        /// Its label, if another.
        voice: Option<String>,
    },
    /// Two utterances became one.
    Joined {
        /// The number that stays.
        number: i32,
        /// The number that leads on to it.
        gone: i32,
    },
    /// An utterance is new.
    Added {
        /// Its number.
        number: i32,
        /// Its words.
        text: String,
    },
    /// An utterance is no longer there.
    Removed {
        /// Its number.
        number: i32,
        /// Its words.
        text: String,
    },
}

impl Change {
    /// The utterance it is about.
    pub const fn number(&self) -> i32 {
        match self {
            Self::Words { number, .. }
            | Self::Voice { number, .. }
            | Self::Split { number, .. }
            | Self::Joined { number, .. }
            | Self::Added { number, .. }
            | Self::Removed { number, .. } => *number,
        }
    }

    /// Whether it touches the utterance with this number.
    pub fn concerns(&self, wanted: i32) -> bool {
        match self {
            Self::Split { into, .. } => wanted == *into || wanted == self.number(),
            Self::Joined { gone, .. } => wanted == *gone || wanted == self.number(),
            _ => wanted == self.number(),
        }
    }
}

/// Everything that changed, in the order of the text as it is after; what was removed stands behind what it followed.
pub fn changes(before: &[Stand<'_>], after: &[Stand<'_>]) -> Vec<Change> {
    let old: HashMap<i32, &Stand<'_>> = before.iter().map(|stand| (stand.number, stand)).collect();
    let new: HashMap<i32, usize> = after.iter().enumerate().map(|(at, stand)| (stand.number, at)).collect();
    let mut follows: HashMap<Option<i32>, Vec<&Stand<'_>>> = HashMap::new();
    let mut last = None;
    for stand in before {
        if new.contains_key(&stand.number) {
            last = Some(stand.number);
        } else {
            follows.entry(last).or_default().push(stand);
        }
    }
    let mut found: Vec<Change> = follows.remove(&None).unwrap_or_default().into_iter().map(removed).collect();
    let mut told = None;
    for (at, stand) in after.iter().enumerate() {
        let gone = follows.remove(&Some(stand.number)).unwrap_or_default();
        let Some(was) = old.get(&stand.number) else {
            if told != Some(stand.number) {
                found.push(Change::Added { number: stand.number, text: stand.text.to_owned() });
            }
            continue;
        };
        if was.label != stand.label {
            let voice = |stand: &Stand<'_>| stand.label.map(str::to_owned);
            found.push(Change::Voice { number: stand.number, was: voice(was), is: voice(stand) });
        }
        let second = after.get(at + 1).filter(|next| !old.contains_key(&next.number) && next.kind == was.kind);
        let mut gone = gone.into_iter().peekable();
        if was.text == stand.text {
        } else if let Some(next) = second.filter(|next| same_words(was.text, &[stand.text, next.text])) {
            told = Some(next.number);
            found.push(Change::Split {
                number: stand.number,
                into: next.number,
                text: next.text.to_owned(),
                voice: next.label.filter(|_| next.label != stand.label).map(str::to_owned),
            });
        } else if let Some(other) = gone.next_if(|other| same_words(stand.text, &[was.text, other.text])) {
            found.push(Change::Joined { number: stand.number, gone: other.number });
        } else {
            found.push(Change::Words { number: stand.number, stretches: words(was.text, stand.text) });
        }
        found.extend(gone.map(removed));
    }
    found
}

fn removed(stand: &Stand<'_>) -> Change {
    Change::Removed { number: stand.number, text: stand.text.to_owned() }
}

/// Whether a text is others one after another, whatever the blanks between words.
fn same_words(whole: &str, parts: &[&str]) -> bool {
    whole.split_whitespace().eq(parts.iter().flat_map(|part| part.split_whitespace()))
}

/// A fact of a briefing that changed: what it is called, before, after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// "title", "date", "series", "place", "language", or a label.
    pub name: String,
    /// Whether the name is a label and the facts are who is behind it.
    pub is_label: bool,
    /// Before.
    pub was: Option<String>,
    /// After.
    pub is: Option<String>,
}

/// The facts that changed from one revision to another.
pub fn fact_changes(before: &Facts, after: &Facts) -> Vec<FactChange> {
    let plain = [
        ("title", Some(&before.title), Some(&after.title)),
        ("date", before.date.as_ref(), after.date.as_ref()),
        ("series", before.series.as_ref(), after.series.as_ref()),
        ("place", before.place.as_ref(), after.place.as_ref()),
        ("language", before.language.as_ref(), after.language.as_ref()),
    ];
    let change = |name: &str, is_label, was: Option<&String>, is: Option<&String>| FactChange {
        name: name.to_owned(),
        is_label,
        was: was.cloned(),
        is: is.cloned(),
    };
    let plain = plain.into_iter().filter(|(_, was, is)| was != is);
    let decided = after.speakers.iter().filter(|(label, speaker)| before.speakers.get(*label) != Some(speaker));
    let behind = |facts: &Facts, label: &str| facts.speakers.get(label).cloned().flatten();
    plain
        .map(|(name, was, is)| change(name, false, was, is))
        .chain(decided.map(|(label, speaker)| FactChange {
            name: label.clone(),
            is_label: true,
            was: behind(before, label),
            is: speaker.clone(),
        }))
        .collect()
}

#[cfg(test)]
mod tests;
