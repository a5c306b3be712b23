//! The transcripts in an order of their own, with their labels read.

use std::collections::HashSet;

use jiff::civil::Date;

use super::super::evidence::{Evidence, Place};
use super::super::label::{self, Label};
use super::super::name::Name;
use super::super::words::folded_words;
use super::{Known, TranscriptEvidence};

/// One transcript, ready to be worked on.
pub(super) struct Document<'a> {
    /// Where it stands in the caller's list.
    pub given_at: usize,
    pub key: i64,
    pub date: Option<Date>,
    /// Days since some day, for distances.
    pub day: Option<i32>,
    pub series: Option<&'a str>,
    pub issuer: Option<&'a str>,
    pub evidence: &'a Evidence,
    /// One for each label of the evidence.
    pub labels: Vec<Label>,
    /// Full names that matter, read.
    pub names: Vec<Seen<'a>>,
}

/// A full name in a document.
pub(super) struct Seen<'a> {
    pub name: Name,
    pub shown: String,
    pub place: Place,
    pub count: u32,
    /// Titles beside it.
    pub titles: Vec<(&'a str, Place)>,
}

/// Every transcript, oldest first.
pub(super) struct Archive<'a> {
    pub documents: Vec<Document<'a>>,
}

impl<'a> Archive<'a> {
    pub fn new(transcripts: &'a [TranscriptEvidence], known: &Known) -> Self {
        let mut documents: Vec<Document<'a>> =
            transcripts.iter().enumerate().map(|(at, transcript)| read(at, transcript)).collect();
        // Equal documents are interchangeable, so keys need not decide.
        documents.sort_by(|a, b| {
            (a.date.is_none(), a.date, a.series, a.evidence).cmp(&(b.date.is_none(), b.date, b.series, b.evidence))
        });
        let surnames = labelled_surnames(&documents, known);
        for document in &mut documents {
            document.names = names_that_matter(document, &surnames);
        }
        Self { documents }
    }
}

fn read(given_at: usize, transcript: &TranscriptEvidence) -> Document<'_> {
    Document {
        given_at,
        key: transcript.key,
        date: transcript.date,
        day: transcript.date.map(day_number),
        series: transcript.series.as_deref(),
        issuer: transcript.evidence.issuer.as_deref().or(transcript.series.as_deref()),
        evidence: &transcript.evidence,
        labels: transcript.evidence.labels.iter().map(|seen| label::read(&seen.label)).collect(),
        names: Vec::new(),
    }
}

fn day_number(date: Date) -> i32 {
    i32::from(date.year()) * 365 + i32::from(date.year()) / 4 + i32::from(date.day_of_year())
}

/// Words that stand in a surname of a label, or of a president whom a label may mean.
fn labelled_surnames(documents: &[Document<'_>], known: &Known) -> HashSet<String> {
    let mut surnames = HashSet::new();
    for document in documents {
        let mut office = false;
        for label in &document.labels {
            match label {
                Label::Person(person) => surnames.extend(person.words.iter().cloned()),
                Label::Office(_) => office = true,
                Label::Role(_) | Label::Nothing => {}
            }
        }
        if office {
            surnames.extend(document.evidence.titled.iter().flat_map(|titled| folded_words(&titled.surname)));
        }
    }
    for name in known.speakers.iter().flat_map(|speaker| &speaker.names) {
        surnames.extend(folded_words(name).into_iter().skip(1));
    }
    surnames
}

fn names_that_matter<'a>(document: &Document<'a>, surnames: &HashSet<String>) -> Vec<Seen<'a>> {
    let matters = |name: &Name| {
        surnames.contains(name.last())
            || (document.evidence.double_surnames && name.rest().iter().any(|word| surnames.contains(word)))
    };
    let mut names: Vec<Seen<'a>> = Vec::new();
    for (label, seen) in document.labels.iter().zip(&document.evidence.labels) {
        if let Label::Person(person) = label
            && person.full
            && let Some(name) = Name::new(&person.shown)
        {
            names.push(Seen {
                name,
                shown: person.shown.clone(),
                place: Place::Label,
                count: seen.turns,
                titles: title_of(&seen.label, person.title.as_deref()),
            });
        }
    }
    for mention in &document.evidence.mentions {
        let Some(name) = Name::new(&mention.name).filter(matters) else { continue };
        names.push(Seen {
            name,
            shown: super::super::name::display(&mention.name),
            place: mention.place,
            count: mention.count,
            titles: mention.offices.iter().map(|office| (office.title.as_str(), office.place)).collect(),
        });
    }
    names
}

/// The title within a label, as a part of the label's own text.
fn title_of<'a>(label: &'a str, title: Option<&str>) -> Vec<(&'a str, Place)> {
    let Some(title) = title else { return Vec::new() };
    label
        .find(title)
        .and_then(|at| label.get(at..at + title.len()))
        .map(|title| (title, Place::Label))
        .into_iter()
        .collect()
}
