//! The transcripts in an order of their own, with their labels read.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::super::evidence::{Evidence, Place};
use super::super::label::{self, Label};
use super::super::name::Name;
use super::super::office::{self, OfficeName};
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
    pub titles: Vec<Title<'a>>,
}

/// A title beside a name.
pub(super) struct Title<'a> {
    pub printed: &'a str,
    pub place: Place,
    office: Option<usize>,
}

/// Every transcript, oldest first.
pub(super) struct Archive<'a> {
    pub documents: Vec<Document<'a>>,
    /// Titles read; the same ones stand in thousands of texts.
    offices: Vec<OfficeName>,
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
        let mut offices = Vec::new();
        let mut known: HashMap<(&str, Option<&str>), Option<usize>> = HashMap::new();
        for document in &mut documents {
            for title in document.names.iter_mut().flat_map(|seen| &mut seen.titles) {
                title.office = *known.entry((title.printed, document.issuer)).or_insert_with(|| {
                    offices.push(office::read(title.printed, document.issuer)?);
                    Some(offices.len() - 1)
                });
            }
        }
        Self { documents, offices }
    }

    /// The office that a title beside a name is.
    pub fn office(&self, title: &Title<'_>) -> Option<&OfficeName> {
        self.offices.get(title.office?)
    }
}

fn read(given_at: usize, transcript: &TranscriptEvidence) -> Document<'_> {
    Document {
        given_at,
        key: transcript.key,
        date: transcript.date,
        day: transcript.date.map(day_number),
        series: transcript.series.as_deref(),
        issuer: issuer(transcript),
        evidence: &transcript.evidence,
        labels: transcript.evidence.labels.iter().map(|seen| label::read(&seen.label)).collect(),
        names: Vec::new(),
    }
}

/// Whose text it is. Bodies that are known count as one, however issuer and series are worded.
fn issuer(transcript: &TranscriptEvidence) -> Option<&str> {
    const BODIES: &[(&str, &str)] = &[
        ("white house", "White House"),
        ("state department", "State Department"),
        ("department of state", "State Department"),
        ("pentagon", "Pentagon"),
        ("department of defense", "Pentagon"),
        ("federal reserve", "Federal Reserve"),
        ("united nations", "United Nations"),
        ("un noon", "United Nations"),
        ("nato", "NATO"),
        ("presidencia de la rep", "Presidencia de la República"),
        ("presidente de méxico", "Presidencia de la República"),
    ];
    let printed = [transcript.evidence.issuer.as_deref(), transcript.series.as_deref()];
    let known = printed
        .into_iter()
        .flatten()
        .map(str::to_lowercase)
        .find_map(|name| BODIES.iter().find(|(mark, _)| name.contains(mark)).map(|(_, body)| *body));
    known.or_else(|| printed.into_iter().flatten().next())
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
            titles: mention
                .offices
                .iter()
                .map(|office| Title { printed: &office.title, place: office.place, office: None })
                .collect(),
        });
    }
    names
}

/// The title within a label, as a part of the label's own text.
fn title_of<'a>(label: &'a str, title: Option<&str>) -> Vec<Title<'a>> {
    let Some(title) = title else { return Vec::new() };
    let printed = label.find(title).and_then(|at| label.get(at..at + title.len()));
    printed.map(|printed| Title { printed, place: Place::Label, office: None }).into_iter().collect()
}
