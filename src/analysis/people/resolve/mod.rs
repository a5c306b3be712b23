//! Who is meant by each label, over the whole archive at once.
//!
//! Invariant: the outcome depends on what the transcripts say and on what is known already, never on the order in which
//! they are given nor on their keys.

mod archive;
mod build;
mod cluster;
mod elsewhere;
mod held;
mod here;
mod link;
mod president;
mod speakers;
mod strangers;

pub(super) use build::is_surname_only;

use jiff::civil::Date;

use crate::domain::{Office, Role, Slug, SpeakerId};

use super::evidence::Evidence;

/// The evidence of one transcript, with what the archive knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TranscriptEvidence {
    /// What the caller calls it.
    pub key: i64,
    /// The date of the event.
    pub date: Option<Date>,
    /// The series of its briefing.
    pub series: Option<String>,
    /// What it tells.
    pub evidence: Evidence,
}

/// What the archive holds already.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// Speakers with a page.
    pub speakers: Vec<KnownSpeaker>,
    /// What editors have decided.
    pub decisions: Vec<Decision>,
}

/// A speaker who has a page.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownSpeaker {
    /// Its row.
    pub id: SpeakerId,
    /// Its address.
    pub slug: Slug,
    /// The name shown, then every other name.
    pub names: Vec<String>,
    /// Whether an editor has said something about them: of several rows for one person, this one stays.
    pub held: bool,
}

/// An editor's word about a label of a transcript.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The transcript.
    pub key: i64,
    /// Its label.
    pub label: String,
    /// The speaker.
    pub speaker: SpeakerId,
    /// Whether it is this speaker, or is not.
    pub is: bool,
}

/// Who is who.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resolution {
    /// Everybody whom a label is linked to, by name.
    pub people: Vec<Person>,
    /// Every label of every transcript, in the order in which these were given.
    pub labels: Vec<LabelMeaning>,
}

/// Somebody with a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The row, if there is one already.
    pub id: Option<SpeakerId>,
    /// The address.
    pub slug: Slug,
    /// The address it had until now, which redirects.
    pub renamed_from: Option<Slug>,
    /// Other rows that turned out to be the same person; their addresses redirect.
    pub absorbs: Vec<SpeakerId>,
    /// The name shown.
    pub name: String,
    /// Every form of the name in the archive, the one shown first.
    pub names: Vec<String>,
    /// Offices with first and last date on which the archive sees them held, oldest first.
    pub offices: Vec<Office>,
}

/// What a label of a transcript means.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelMeaning {
    /// The transcript.
    pub key: i64,
    /// The label as printed.
    pub label: String,
    /// Its meaning.
    pub meaning: Meaning,
}

/// A role, somebody, or nobody who is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Nobody in particular.
    Role(Role),
    /// Somebody.
    Person(PersonLink),
    /// Nothing can be said.
    Unknown,
}

/// Why a label is taken to be somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonLink {
    /// Index into [`Resolution::people`].
    pub person: usize,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// A sentence for an editor.
    pub reason: String,
    /// The office held at that date, as shown.
    pub office: Option<String>,
    /// Whether it is sure enough to be shown; else it is only suggested.
    pub linked: bool,
}

/// Works out who is who.
pub fn resolve(transcripts: &[TranscriptEvidence], known: &Known) -> Resolution {
    let archive = archive::Archive::new(transcripts, known);
    let mut clusters = cluster::Clusters::new(&archive, known);
    let links = link::all(&archive, &mut clusters, known);
    build::resolution(&archive, &clusters, &links, known)
}

#[cfg(test)]
mod tests;
