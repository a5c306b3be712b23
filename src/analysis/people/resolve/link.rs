//! Which person each label of each document means, and why.

use std::collections::{BTreeSet, HashMap};

use super::super::label::{Label, Person};
use super::super::name::Name;
use super::super::office::{self, OfficeName};
use super::super::words::Gender;
use super::Known;
use super::archive::{Archive, Document};
use super::cluster::Clusters;
use super::president::Holders;
use super::speakers::Speakers;
use super::strangers::{drop_the_silent, surname_only};

/// From this score on a link is shown, below it is only suggested.
pub(super) const LINKED: f32 = 0.7;

/// A label and the person it means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub cluster: usize,
    pub score: f32,
    pub reason: String,
}

/// For each document, for each label of its evidence.
pub(super) type Links = Vec<Vec<Option<Link>>>;

/// Links every label that can be.
pub(super) fn all(archive: &Archive<'_>, clusters: &mut Clusters, known: &Known) -> Links {
    let holders = Holders::new(archive);
    let readings: Vec<Vec<Option<Person>>> = archive
        .documents
        .iter()
        .map(|document| {
            document
                .labels
                .iter()
                .zip(&document.evidence.labels)
                .map(|(label, seen)| reading(document, label, &seen.label, &holders))
                .collect()
        })
        .collect();
    let mut linker = Linker {
        archive,
        clusters,
        readings: &readings,
        links: readings.iter().map(|labels| vec![None; labels.len()]).collect(),
        denied: denied(archive, clusters, known),
        offices: offices(archive, clusters),
    };
    linker.editors(known);
    linker.pass(Linker::in_document);
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::slip);
    let seen = Speakers::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::spoken_of);
    linker.pass(Linker::same_surname_here);
    let seen = Speakers::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
    linker.pass(|linker, at, label| linker.alone_in_archive(at, label, &seen));
    linker.pass(Linker::slip);
    let mut links = linker.links;
    drop_the_silent(&mut links);
    surname_only(archive, clusters, &readings, links)
}

/// A label as somebody's name: an office without a name gets the surname of whoever holds it.
fn reading(document: &Document<'_>, label: &Label, printed: &str, holders: &Holders<'_>) -> Option<Person> {
    match label {
        Label::Person(person) => Some(person.clone()),
        Label::Office(title) => holders.surname(document, printed).map(|words| Person {
            title: Some(title.clone()),
            shown: words.join(" "),
            words,
            full: false,
            addressed: true,
            office_only: true,
            gender: None,
        }),
        Label::Role(_) | Label::Nothing => None,
    }
}

fn offices<'b>(archive: &'b Archive<'_>, clusters: &Clusters) -> HashMap<usize, BTreeSet<&'b OfficeName>> {
    let mut offices: HashMap<usize, BTreeSet<&OfficeName>> = HashMap::new();
    for document in &archive.documents {
        for seen in &document.names {
            let Some(cluster) = clusters.of_name(&seen.name) else { continue };
            offices.entry(cluster).or_default().extend(seen.titles.iter().filter_map(|title| archive.office(title)));
        }
    }
    offices
}

/// Persons whom an editor has excluded for a label.
fn denied(archive: &Archive<'_>, clusters: &Clusters, known: &Known) -> HashMap<(usize, usize), Vec<usize>> {
    let mut denied: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for decision in known.decisions.iter().filter(|decision| !decision.is) {
        let Some(cluster) = known_cluster(clusters, known, decision.speaker) else { continue };
        for (at, label) in places_of(archive, decision.key, &decision.label) {
            denied.entry((at, label)).or_default().push(cluster);
        }
    }
    denied
}

fn places_of(archive: &Archive<'_>, key: i64, label: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for (at, document) in archive.documents.iter().enumerate().filter(|(_, document)| document.key == key) {
        places.extend(
            document.evidence.labels.iter().position(|seen| seen.label == label).map(|position| (at, position)),
        );
    }
    places
}

pub(super) fn known_cluster(clusters: &Clusters, known: &Known, id: crate::domain::SpeakerId) -> Option<usize> {
    let speaker = known.speakers.iter().find(|speaker| speaker.id == id)?;
    speaker.names.iter().filter_map(|name| Name::new(name)).find_map(|name| clusters.of_name(&name))
}

pub(super) struct Linker<'a, 'b> {
    pub archive: &'b Archive<'a>,
    pub clusters: &'b Clusters,
    pub readings: &'b [Vec<Option<Person>>],
    links: Links,
    denied: HashMap<(usize, usize), Vec<usize>>,
    /// Offices that stand beside somebody's full name anywhere.
    offices: HashMap<usize, BTreeSet<&'b OfficeName>>,
}

impl Linker<'_, '_> {
    fn editors(&mut self, known: &Known) {
        for decision in known.decisions.iter().filter(|decision| decision.is) {
            let Some(cluster) = known_cluster(self.clusters, known, decision.speaker) else { continue };
            for (at, label) in places_of(self.archive, decision.key, &decision.label) {
                self.set(at, label, Link { cluster, score: 1.0, reason: "An editor says so.".to_owned() });
            }
        }
    }

    /// Runs a rule over every label that is not linked yet; what it finds counts only once the pass is over.
    fn pass(&mut self, rule: impl Fn(&Self, usize, usize) -> Option<Link>) {
        let mut found = Vec::new();
        for (at, labels) in self.links.iter().enumerate() {
            for (label, link) in labels.iter().enumerate() {
                if link.as_ref().is_none_or(|link| link.score < LINKED)
                    && let Some(new) = rule(self, at, label)
                    && link.as_ref().is_none_or(|old| new.score > old.score)
                {
                    found.push((at, label, new));
                }
            }
        }
        for (at, label, link) in found {
            if !self.denied.get(&(at, label)).is_some_and(|denied| denied.contains(&link.cluster)) {
                self.set(at, label, link);
            }
        }
    }

    fn set(&mut self, at: usize, label: usize, link: Link) {
        if let Some(slot) = self.links.get_mut(at).and_then(|labels| labels.get_mut(label)) {
            *slot = Some(link);
        }
    }

    pub fn person(&self, at: usize, label: usize) -> Option<&Person> {
        self.readings.get(at)?.get(label)?.as_ref()
    }

    pub fn link(&self, at: usize, label: usize) -> Option<&Link> {
        self.links.get(at)?.get(label)?.as_ref()
    }

    pub fn printed(&self, at: usize, label: usize) -> (&str, u32) {
        self.archive
            .documents
            .get(at)
            .and_then(|document| document.evidence.labels.get(label))
            .map_or(("", 0), |seen| (seen.label.as_str(), seen.turns))
    }

    pub fn fits(&self, person: &Person, cluster: usize) -> bool {
        let named = |at: usize| {
            self.clusters
                .get(at)
                .is_some_and(|found| found.has_surname(&person.words) && gender_fits(person.gender, found.gender()))
        };
        // `THE PRESIDENT` is not the President's daughter: if anybody of the surname is known to hold it, only they fit.
        let holder_needed = person.office_only
            && self.clusters.with_surname(&person.words).iter().any(|&other| self.holds(other, person));
        named(cluster) && (!holder_needed || self.holds(cluster, person))
    }

    /// Whether an office of the kind that the label has stands beside somebody's full name anywhere.
    pub fn holds(&self, cluster: usize, person: &Person) -> bool {
        let own = person.title.as_deref().and_then(|title| office::read(title, None));
        own.is_some_and(|own| {
            let held = self.offices.get(&cluster).into_iter().flatten();
            held.into_iter().any(|office| agrees(&own, office))
        })
    }

    pub fn is(&self, at: usize, label: usize, cluster: usize, because: &str) -> String {
        format!("“{}” is {}: {because}", self.printed(at, label).0, self.clusters.shown(cluster))
    }
}

/// Whether an office is of the kind that a label names: the same, or the label says less.
pub(super) fn agrees(own: &OfficeName, office: &OfficeName) -> bool {
    own.key == office.key
        || own.is_part_of(office)
        || own.key.len() == office.key.len() && own.in_english() == office.in_english()
}

pub(super) fn gender_fits(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}
