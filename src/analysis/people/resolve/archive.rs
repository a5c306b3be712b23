//! The transcripts in an order of their own, with their labels read.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::super::evidence::{Evidence, Place};
use super::super::label::{self, Label};
use super::super::name::Name;
use super::super::office::{self, OfficeName};
use super::super::words::{fold, folded_words};
use super::{Known, TranscriptEvidence, president};

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
    /// Offices that stand before a surname alone, read: the office and the words of the surname.
    pub titled: Vec<(OfficeName, Vec<String>)>,
    /// Offices in title and head before the surname of a label, read in the same way.
    pub surnames: Vec<(OfficeName, Vec<String>)>,
    /// Full names that matter, read.
    pub names: Vec<Seen<'a>>,
}

/// A full name in a document.
pub(super) struct Seen<'a> {
    pub name: Name,
    pub shown: String,
    pub place: Place,
    pub count: u32,
    /// The form of address printed before it, folded.
    pub address: Option<&'a str>,
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
        // The same labels stand in thousands of texts.
        let mut read_before: HashMap<&str, Label> = HashMap::new();
        let mut documents: Vec<Document<'a>> =
            transcripts.iter().enumerate().map(|(at, transcript)| read(at, transcript, &mut read_before)).collect();
        // Equal documents are interchangeable, so keys need not decide.
        documents.sort_by(|a, b| {
            (a.date.is_none(), a.date, a.series, a.evidence).cmp(&(b.date.is_none(), b.date, b.series, b.evidence))
        });
        let surnames = labelled_surnames(&documents, known);
        for document in &mut documents {
            document.names = names_that_matter(document, &surnames);
        }
        let mut offices = Vec::new();
        let mut known: HashMap<(&str, Option<&str>, bool), Option<usize>> = HashMap::new();
        for document in &mut documents {
            let issuer = document.issuer;
            for seen in &mut document.names {
                let speaks = speaks(&document.labels, &seen.name);
                for title in &mut seen.titles {
                    // A spokesman who is only spoken of speaks for somebody else than the issuer.
                    let own = speaks || title.place < Place::Speech;
                    title.office = *known.entry((title.printed, issuer, own)).or_insert_with(|| {
                        let office = office::read(title.printed, issuer.filter(|_| own))?;
                        offices.push(Some(office).filter(|office| own || !office.speaks_for_nobody())?);
                        Some(offices.len() - 1)
                    });
                }
            }
        }
        Self { documents, offices }
    }

    /// The office that a title beside a name is.
    pub fn office(&self, title: &Title<'_>) -> Option<&OfficeName> {
        self.offices.get(title.office?)
    }
}

/// Whether some label has the surname.
fn speaks(labels: &[Label], name: &Name) -> bool {
    labels.iter().any(
        |label| matches!(label, Label::Person(person) if person.words.last().is_some_and(|last| last == name.last())),
    )
}

fn read<'a>(given_at: usize, transcript: &'a TranscriptEvidence, known: &mut HashMap<&'a str, Label>) -> Document<'a> {
    Document {
        given_at,
        key: transcript.key,
        date: transcript.date,
        day: transcript.date.map(day_number),
        series: transcript.series.as_deref(),
        issuer: issuer(transcript),
        evidence: &transcript.evidence,
        labels: transcript
            .evidence
            .labels
            .iter()
            .map(|seen| known.entry(seen.label.as_str()).or_insert_with(|| label::read(&seen.label)).clone())
            .collect(),
        titled: transcript
            .evidence
            .titled
            .iter()
            .filter_map(|titled| Some((office::read(&titled.office, None)?, folded_words(&titled.surname))))
            .collect(),
        surnames: transcript
            .evidence
            .surnames
            .iter()
            .filter_map(|seen| Some((office::read(&seen.office, issuer(transcript))?, folded_words(&seen.surname))))
            .collect(),
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
            surnames.extend(president::in_full(document.evidence).filter_map(|(_, name)| name.words.last().cloned()));
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
                address: None,
                titles: title_of(&seen.label, person.title.as_deref()),
            });
        }
    }
    for mention in &document.evidence.mentions {
        // Most names are nobody's who speaks: the cheap look first.
        if !may_matter(&mention.name, document.evidence.double_surnames, surnames) {
            continue;
        }
        let Some(name) = Name::new(&mention.name).filter(matters) else { continue };
        names.push(Seen {
            name,
            shown: super::super::name::display(&mention.name),
            place: mention.place,
            count: mention.count,
            address: mention.address.as_deref(),
            titles: mention
                .offices
                .iter()
                .map(|office| Title { printed: &office.title, place: office.place, office: None })
                .collect(),
        });
    }
    names
}

/// Whether some word after the first is a labelled surname (the last, unless there are two; "Jr." does not count).
fn may_matter(name: &str, double_surnames: bool, surnames: &HashSet<String>) -> bool {
    let mut words = name.rsplit(|c: char| c.is_whitespace() || c == '-');
    let known = |word: &str| surnames.contains(fold(word).as_ref());
    if double_surnames { words.any(known) } else { words.take(2).any(known) }
}

/// The title within a label, as a part of the label's own text.
fn title_of<'a>(label: &'a str, title: Option<&str>) -> Vec<Title<'a>> {
    let Some(title) = title else { return Vec::new() };
    let printed = label.find(title).and_then(|at| label.get(at..at + title.len()));
    printed.map(|printed| Title { printed, place: Place::Label, office: None }).into_iter().collect()
}
