//! What changed between two revisions, or differs between two transcripts, as readers and programs are told: sentences, and
//! the words themselves.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::words;
use crate::analysis::revisions::{self, Change, FactChange, Fate, Stretch};
use crate::domain::{Audience, Facts};
use crate::editorial::stands;
use crate::store::record::Entry;
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection};

/// Everything that changed from one revision to another.
pub struct Difference {
    /// Of the briefing, beside its words.
    pub facts: Vec<String>,
    /// Of its utterances, in order.
    pub turns: Vec<Told>,
    of: Of,
}

/// A change of an utterance.
pub struct Told {
    /// What changed.
    pub change: Change,
    /// The same in sentences, as HTML.
    pub sentences: Vec<String>,
    /// All its words with what was taken out and put in, as HTML, where words changed.
    pub words: Option<String>,
}

/// A piece of a change, for programs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Edit {
    /// What stood there.
    pub was: Option<String>,
    /// What stands there.
    pub is: Option<String>,
}

/// So many turns whose labels differ in the same way are told in one sentence.
const ALIKE: usize = 3;
/// Of so many of them the number is given.
const NUMBERED: usize = 4;

impl Difference {
    /// All of it in sentences, as HTML.
    pub fn list(&self) -> Vec<String> {
        let mut voices: BTreeMap<(&Option<String>, &Option<String>), Vec<i32>> = BTreeMap::new();
        for told in &self.turns {
            if let Change::Voice { was, is, .. } = &told.change {
                voices.entry((was, is)).or_default().push(told.change.number());
            }
        }
        voices.retain(|_, turns| turns.len() >= ALIKE);
        let mut sentences = self.facts.clone();
        for told in &self.turns {
            match &told.change {
                Change::Voice { was, is, .. } if let Some(turns) = voices.get(&(was, is)) => {
                    if turns.first() == Some(&told.change.number()) {
                        sentences.push(voice(&numbered(turns), was, is, self.of));
                    }
                }
                _ => sentences.extend(told.sentences.iter().cloned()),
            }
        }
        sentences
    }

    /// Whether nothing changed that readers see.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.turns.is_empty()
    }

    /// Whether words changed, and not only their cut or their voices.
    pub fn has_words(&self) -> bool {
        self.turns.iter().any(|told| told.words.is_some())
    }
}

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// One text, before and after.
    Revisions,
    /// Two texts of the same event.
    Transcripts,
}

/// Compares two states of a text, or two texts with numbers in common.
pub fn of(before: &[Utterance], after: &[Utterance], of: Of) -> Difference {
    let changes = revisions::changes(&stands(before), &stands(after));
    let turns = changes.into_iter().map(|change| told(change, of)).collect();
    Difference { facts: Vec::new(), turns, of }
}

/// Compares two revisions of a text.
pub async fn between(
    conn: &mut Connection,
    before: &Entry,
    after: &Entry,
    audience: Audience,
) -> Result<Difference, store::Error> {
    let old = utterances::of_revision(conn, before.id, audience, 0, i32::MAX).await?;
    let new = utterances::of_revision(conn, after.id, audience, 0, i32::MAX).await?;
    let gone = [before, after].iter().any(|entry| entry.facts == Facts::default());
    let facts = if gone { Vec::new() } else { revisions::fact_changes(&before.facts, &after.facts) };
    let facts = facts.iter().map(fact).collect();
    Ok(Difference { facts, ..of(&old, &new, Of::Revisions) })
}

fn fact(change: &FactChange) -> String {
    let shown = |value: &Option<String>| match value.as_deref().map(plain) {
        Some(value) => format!("<em>{value}</em>"),
        None if change.is_label => "nobody in particular".to_owned(),
        None => "none".to_owned(),
    };
    let name = if change.is_label {
        format!("Behind the label <em>{}</em>", plain(&change.name))
    } else {
        format!("The {}", plain(&change.name))
    };
    match (&change.was, change.is_label) {
        (None, true) => format!("{name} an editor put {}.", shown(&change.is)),
        _ => format!("{name}: {} became {}.", shown(&change.was), shown(&change.is)),
    }
}

fn told(change: Change, of: Of) -> Told {
    let whole = |fate, text: &String| Some(stretch(&Stretch { fate, text: text.clone() }));
    let words = match &change {
        Change::Words { stretches, .. } => Some(stretches.iter().map(stretch).collect()),
        Change::Added { text, .. } => whole(Fate::In, text),
        Change::Removed { text, .. } => whole(Fate::Out, text),
        _ => None,
    };
    let sentences = match of {
        Of::Revisions => became(&change),
        Of::Transcripts => differs(&change),
    };
    Told { change, sentences, words }
}

/// A change from one revision to another, in sentences.
fn became(change: &Change) -> Vec<String> {
    let turn = format!("Turn {}", change.number());
    match change {
        Change::Words { stretches, .. } => {
            edits(stretches).iter().map(|edit| format!("{turn}: {}", said(edit))).collect()
        }
        Change::Voice { was, is, .. } => vec![voice(&turn, was, is, Of::Revisions)],
        Change::Split { into, text, voice, .. } => {
            let by =
                voice.as_ref().map_or_else(String::new, |voice| format!(", under the label <em>{}</em>", plain(voice)));
            vec![format!("{turn} was cut in two: what begins with <em>{}</em> is turn {into} now{by}.", opening(text))]
        }
        Change::Joined { gone, .. } => vec![format!("{turn} was joined with turn {gone}, whose number leads to it.")],
        Change::Added { text, .. } => vec![format!("{turn} is new: <em>{}</em>", opening(text))],
        Change::Removed { text, .. } => vec![format!("{turn} is no longer there: <em>{}</em>", opening(text))],
    }
}

/// A difference between two transcripts, in sentences.
fn differs(change: &Change) -> Vec<String> {
    let turn = format!("Turn {}", change.number());
    let em = |text: &str| format!("<em>{}</em>", plain(text));
    match change {
        Change::Words { stretches, .. } => {
            let one = |edit: &Edit| match (&edit.was, &edit.is) {
                (Some(was), Some(is)) => format!("{turn}: {} in the first, {} in the second.", em(was), em(is)),
                (Some(was), None) => format!("{turn}: {} only in the first.", em(was)),
                (None, Some(is)) => format!("{turn}: {} only in the second.", em(is)),
                (None, None) => format!("{turn}: other blanks between words."),
            };
            edits(stretches).iter().map(one).collect()
        }
        Change::Voice { was, is, .. } => vec![voice(&turn, was, is, Of::Transcripts)],
        Change::Split { into, text, .. } => {
            vec![format!("{turn} is two in the second: turn {into} begins with <em>{}</em>", opening(text))]
        }
        Change::Joined { gone, .. } => vec![format!("{turn} is one with turn {gone} in the second.")],
        Change::Added { text, .. } => vec![format!("Only in the second: <em>{}</em>", opening(text))],
        Change::Removed { text, .. } => vec![format!("{turn} is only in the first: <em>{}</em>", opening(text))],
    }
}

/// Another label of one turn, or of several, in a sentence.
fn voice(turns: &str, was: &Option<String>, is: &Option<String>, of: Of) -> String {
    match of {
        Of::Revisions => format!("{turns}: the label {} became {}.", label(was), label(is)),
        Of::Transcripts => format!("{turns}: {} in the first, {} in the second.", label(was), label(is)),
    }
}

/// "Turns 8, 10, 12, 14 and 68 more".
fn numbered(turns: &[i32]) -> String {
    let (some, more) = turns.split_at(turns.len().min(NUMBERED));
    let some: Vec<String> = some.iter().map(i32::to_string).collect();
    match more.len() {
        0 => format!("Turns {}", some.join(", ")),
        more => format!("Turns {} and {more} more", some.join(", ")),
    }
}

fn label(label: &Option<String>) -> String {
    match label {
        Some(label) => format!("<em>{}</em>", plain(label)),
        None => "no label".to_owned(),
    }
}

fn said(edit: &Edit) -> String {
    let em = |text: &str| format!("<em>{}</em>", plain(text));
    match (&edit.was, &edit.is) {
        (Some(was), Some(is)) => format!("{} became {}.", em(was), em(is)),
        (Some(was), None) => format!("{} was taken out.", em(was)),
        (None, Some(is)) => format!("{} was put in.", em(is)),
        (None, None) => "blanks between words changed.".to_owned(),
    }
}

/// What was taken out and what came in its place.
pub fn edits(stretches: &[Stretch]) -> Vec<Edit> {
    let words = |stretch: &Stretch| Some(stretch.text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut edits: Vec<Edit> = Vec::new();
    let mut after_out = false;
    for stretch in stretches {
        match stretch.fate {
            Fate::Out => edits.push(Edit { was: words(stretch), is: None }),
            Fate::In => match edits.last_mut().filter(|_| after_out) {
                Some(edit) => edit.is = words(stretch),
                None => edits.push(Edit { was: None, is: words(stretch) }),
            },
            Fate::Same => {}
        }
        after_out = stretch.fate == Fate::Out;
    }
    edits
}

fn stretch(stretch: &Stretch) -> String {
    let text = plain(&stretch.text);
    match stretch.fate {
        Fate::Same => text,
        Fate::Out => {
            format!("<del><span class=\"unseen\">[taken out: </span>{text}<span class=\"unseen\">]</span></del>")
        }
        Fate::In => format!("<ins><span class=\"unseen\">[put in: </span>{text}<span class=\"unseen\">]</span></ins>"),
    }
}

/// Escaped for HTML.
fn plain(text: &str) -> String {
    words::line(text, &[], &[])
}

/// The first words of a text.
fn opening(text: &str) -> String {
    const WORDS: usize = 12;
    let mut some: Vec<&str> = text.split_whitespace().take(WORDS + 1).collect();
    let more = some.len() > WORDS;
    some.truncate(WORDS);
    plain(&format!("{}{}", some.join(" "), if more { " ..." } else { "" }))
}
