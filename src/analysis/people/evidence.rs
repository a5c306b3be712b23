//! What one transcript tells about who speaks in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Draft, Role, UtteranceKind};

use super::label::{self, Label};
use super::mention::{self, Found};
use super::name::Name;
use super::role::role_of;
use super::words::{fold, folded_words};

/// Labels and names of one transcript: small enough to be kept with it, and all that [`super::resolve`] needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// Labels as printed, in order of appearance.
    pub labels: Vec<LabelSeen>,
    /// Full names, in order of appearance.
    pub mentions: Vec<Mention>,
    /// Offices with a surname only ("President Vale"), most frequent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titled: Vec<TitledSeen>,
    /// Offices in title and head beside the surname of a label ("Energy Secretary Vale").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surnames: Vec<SurnameSeen>,
    /// Who issued the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whether people have two surnames here, the second of which may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub double_surnames: bool,
}

/// A label with the number of its turns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LabelSeen {
    /// As printed.
    pub label: String,
    /// How many turns carry it.
    pub turns: u32,
}

/// A full name, with the best place where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// As printed.
    pub name: String,
    /// Offices printed beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<OfficeSeen>,
    /// The form of address printed before it, folded: "dr".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The best place.
    pub place: Place,
    /// How often.
    pub count: u32,
}

/// An office beside a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OfficeSeen {
    /// As printed.
    pub title: String,
    /// The best place.
    pub place: Place,
}

/// Where a name stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// In a label.
    Label,
    /// In the title.
    Title,
    /// In the head of the text, a list of participants.
    Head,
    /// In the words right before the first turn of a label with that surname, or in that turn.
    Introduction,
    /// Anywhere else.
    Speech,
}

/// An office with a surname only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TitledSeen {
    /// Folded: "president".
    pub office: String,
    /// As printed: "Vale".
    pub surname: String,
    /// How often.
    pub count: u32,
    /// Whether in title or head.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub head: bool,
}

/// An office beside a labelled surname.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SurnameSeen {
    /// As printed.
    pub office: String,
    /// As printed.
    pub surname: String,
}

/// How many utterances before somebody's first turn their introduction may stand.
const INTRODUCED_WITHIN: usize = 5;
/// More names than this in one transcript are a list, not people who speak.
const MOST_MENTIONS: usize = 400;

/// Gathers the evidence of a transcript.
pub fn evidence(draft: &Draft) -> Evidence {
    let mut gathering = Gathering { first_turns: first_turns(draft), ..Gathering::default() };
    gathering.text(&draft.title, Place::Title);
    gathering.head(draft);
    for (at, utterance) in draft.utterances.iter().enumerate() {
        let listed = utterance.label.as_deref().is_some_and(|label| {
            matches!(
                fold(label).as_ref(),
                "participants" | "presenter" | "presenters" | "moderator" | "moderators" | "speakers" | "briefers"
            )
        }) && at < 4;
        if utterance.kind == UtteranceKind::Turn && !listed {
            let questioner = utterance.label.as_deref().is_some_and(|label| role_of(label) == Some(Role::Questioner));
            gathering.turn(&utterance.text, at, questioner);
        } else {
            let place = if at < HEAD_UTTERANCES { Place::Head } else { Place::Speech };
            gathering.text(&utterance.text, place);
        }
    }
    gathering.finish(draft)
}

/// Headings and notes this far into a transcript still are its head.
const HEAD_UTTERANCES: usize = 40;

#[derive(Default)]
struct Gathering {
    /// Last word of each labelled surname, with the utterance in which its label speaks first.
    first_turns: BTreeMap<String, usize>,
    mentions: Vec<Mention>,
    by_name: BTreeMap<String, usize>,
    titled: BTreeMap<(String, String), (u32, bool)>,
    surnames: std::collections::BTreeSet<SurnameSeen>,
}

fn first_turns(draft: &Draft) -> BTreeMap<String, usize> {
    let mut first = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for (at, utterance) in draft.utterances.iter().enumerate() {
        let Some(label) = utterance.label.as_deref() else { continue };
        if !seen.insert(label) {
            continue;
        }
        if let Label::Person(person) = label::read(label)
            && let Some(last) = person.words.last()
        {
            first.entry(last.clone()).or_insert(at);
        }
    }
    first
}

impl Gathering {
    fn text(&mut self, text: &str, place: Place) {
        let (found, titled) = mention::find(text, place != Place::Speech, &|word| self.first_turns.contains_key(word));
        for found in found {
            self.add(found, place);
        }
        for titled in titled {
            let entry = self.titled.entry((titled.office, titled.surname)).or_default();
            entry.0 += 1;
            entry.1 |= matches!(place, Place::Title | Place::Head);
        }
        if place != Place::Speech {
            let seen = mention::offices_of_surnames(text, &|word| self.first_turns.contains_key(word));
            self.surnames.extend(seen.into_iter().map(|(office, surname)| SurnameSeen { office, surname }));
        }
    }

    fn turn(&mut self, text: &str, at: usize, questioner: bool) {
        let (found, titled) = mention::find(text, false, &|word| self.first_turns.contains_key(word));
        for found in found {
            let last = folded_words(&found.name).pop().unwrap_or_default();
            let introduces = !questioner
                && self.first_turns.get(&last).is_some_and(|&first| at <= first && first - at <= INTRODUCED_WITHIN);
            self.add(found, if introduces { Place::Introduction } else { Place::Speech });
        }
        for titled in titled {
            self.titled.entry((titled.office, titled.surname)).or_default().0 += 1;
        }
    }

    fn add(&mut self, found: Found, place: Place) {
        let Some(name) = Name::new(&found.name) else { return };
        let key = name.words.join(" ");
        let at = *self.by_name.entry(key).or_insert(self.mentions.len());
        if at == self.mentions.len() {
            self.mentions.push(Mention { name: found.name, offices: Vec::new(), address: None, place, count: 0 });
        }
        let Some(mention) = self.mentions.get_mut(at) else { return };
        mention.count += 1;
        mention.place = mention.place.min(place);
        mention.address = mention.address.take().or(found.address);
        if let Some(title) = found.office {
            match mention.offices.iter_mut().find(|office| office.title == title) {
                Some(office) => office.place = office.place.min(place),
                None => mention.offices.push(OfficeSeen { title, place }),
            }
        }
    }

    /// Heads that give a name on a line and the office on the next, and "Presenter: …" lines.
    fn head(&mut self, draft: &Draft) {
        let lines: Vec<&str> = draft
            .utterances
            .iter()
            .take(HEAD_UTTERANCES)
            .take_while(|utterance| utterance.kind != UtteranceKind::Turn)
            .flat_map(|utterance| utterance.text.lines())
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = mention::name_alone(line, &|word| self.first_turns.contains_key(word)) else { continue };
            let below = lines.get(at + 1).filter(|next| {
                let name = mention::name_alone(next, &|word| self.first_turns.contains_key(word));
                mention::office_alone(next) || name.is_none() && mention::office_below_name(next)
            });
            let office = below.map(|next| (*next).to_owned());
            self.add(Found { name, office, address: None }, Place::Head);
        }
    }

    fn finish(mut self, draft: &Draft) -> Evidence {
        let mut labels: Vec<LabelSeen> = Vec::new();
        let mut at_label: BTreeMap<&str, usize> = BTreeMap::new();
        for label in draft.utterances.iter().filter_map(|utterance| utterance.label.as_deref()) {
            let at = *at_label.entry(label).or_insert(labels.len());
            if at == labels.len() {
                labels.push(LabelSeen { label: label.to_owned(), turns: 0 });
            }
            if let Some(seen) = labels.get_mut(at) {
                seen.turns += 1;
            }
        }
        let mut titled: Vec<TitledSeen> = self
            .titled
            .into_iter()
            .map(|((office, surname), (count, head))| TitledSeen { office, surname, count, head })
            .collect();
        titled.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.cmp(b)));
        titled.truncate(20);
        if self.mentions.len() > MOST_MENTIONS {
            self.mentions.sort_by(|a, b| a.place.cmp(&b.place).then(b.count.cmp(&a.count)).then_with(|| a.cmp(b)));
            self.mentions.truncate(MOST_MENTIONS);
        }
        Evidence {
            labels,
            mentions: self.mentions,
            titled,
            surnames: self.surnames.into_iter().collect(),
            issuer: draft.issuer.clone(),
            double_surnames: matches!(draft.language.as_deref(), Some("es" | "pt")),
        }
    }
}
