//! People and meanings made of links: names, addresses, the office held then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::{Office, Slug};

use super::super::evidence::Place;
use super::super::label::{self, Label};
use super::super::name::Name;
use super::super::office::{self, OfficeName};
use super::super::words::folded_words;
use super::archive::{Archive, Document};
use super::cluster::Clusters;
use super::held;
use super::link::{LINKED, Links};
use super::{Known, KnownSpeaker, LabelMeaning, Meaning, Person, PersonLink, Resolution};

/// Days around which an office is still taken to be held.
pub(super) const HELD_DAYS: u32 = 400;

/// An office seen beside somebody's name.
pub(super) struct Sighting {
    pub document: usize,
    pub date: Option<Date>,
    pub day: Option<i32>,
    pub office: OfficeName,
    pub place: Place,
    /// Whether it stands in title or head, or the person speaks in that document.
    pub sure: bool,
}

pub(super) fn resolution(archive: &Archive<'_>, clusters: &Clusters, links: &Links, known: &Known) -> Resolution {
    let speaking: BTreeSet<usize> =
        links.iter().flatten().flatten().filter(|link| link.score >= LINKED).map(|link| link.cluster).collect();
    let spoken = spoken(links);
    let mut sightings = sightings(archive, clusters, links, &spoken);
    for (cluster, seen) in &mut sightings {
        held::retain(seen, &days_of(archive, &spoken, *cluster));
    }
    let spellings = spellings(&sightings);
    let mut order: Vec<(usize, Vec<String>)> =
        speaking.iter().map(|&cluster| (cluster, clusters.names(cluster))).collect();
    let first_seen = first_seen(archive, links);
    order.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| first_seen.get(&a.0).cmp(&first_seen.get(&b.0))));
    let mut bound = bind(clusters, &speaking, known);
    let people: Vec<Person> = order
        .iter()
        .map(|(cluster, names)| {
            person(
                names,
                held::offices(
                    sightings.get(cluster).map_or(&[], Vec::as_slice),
                    &spellings,
                    &days_of(archive, &spoken, *cluster),
                ),
                &bound.remove(cluster).unwrap_or_default(),
            )
        })
        .collect();
    let index: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, (cluster, _))| (*cluster, at)).collect();
    let people = with_addresses(people);
    let mut labels: Vec<(usize, Vec<LabelMeaning>)> = archive
        .documents
        .iter()
        .zip(links)
        .enumerate()
        .map(|(at, (document, links))| {
            let meanings =
                document.labels.iter().zip(&document.evidence.labels).zip(links).map(|((label, seen), link)| {
                    let link = link.as_ref().and_then(|link| index.get(&link.cluster).map(|&person| (link, person)));
                    let meaning = match (label, link) {
                        (_, Some((link, person))) => Meaning::Person(PersonLink {
                            person,
                            score: link.score,
                            reason: link.reason.clone(),
                            office: office_then(
                                at,
                                document,
                                label,
                                sightings.get(&link.cluster).map_or(&[], Vec::as_slice),
                                &spellings,
                            ),
                            linked: link.score >= LINKED,
                        }),
                        (Label::Role(role), None) => Meaning::Role(*role),
                        _ => Meaning::Unknown,
                    };
                    LabelMeaning { key: document.key, label: seen.label.clone(), meaning }
                });
            (document.given_at, meanings.collect())
        })
        .collect();
    labels.sort_by_key(|(given_at, _)| *given_at);
    Resolution { people, labels: labels.into_iter().flat_map(|(_, labels)| labels).collect() }
}

/// The first document in which somebody speaks: tells apart two people of one name.
fn first_seen(archive: &Archive<'_>, links: &Links) -> BTreeMap<usize, usize> {
    let mut first = BTreeMap::new();
    for (at, _) in archive.documents.iter().enumerate() {
        for link in links.get(at).into_iter().flatten().flatten() {
            first.entry(link.cluster).or_insert(at);
        }
    }
    first
}

/// In which documents somebody speaks.
fn spoken(links: &Links) -> BTreeSet<(usize, usize)> {
    let mut spoken = BTreeSet::new();
    for (at, labels) in links.iter().enumerate() {
        let sure = labels.iter().flatten().filter(|link| link.score >= LINKED);
        spoken.extend(sure.map(|link| (link.cluster, at)));
    }
    spoken
}

fn days_of(archive: &Archive<'_>, spoken: &BTreeSet<(usize, usize)>, cluster: usize) -> Vec<i32> {
    let documents = spoken.range((cluster, 0)..=(cluster, usize::MAX));
    documents.filter_map(|(_, at)| archive.documents.get(*at)?.day).collect()
}

fn sightings(
    archive: &Archive<'_>,
    clusters: &Clusters,
    links: &Links,
    spoken: &BTreeSet<(usize, usize)>,
) -> BTreeMap<usize, Vec<Sighting>> {
    let mut all: BTreeMap<usize, Vec<Sighting>> = BTreeMap::new();
    let speaking: BTreeSet<usize> = spoken.iter().map(|(cluster, _)| *cluster).collect();
    for (at, document) in archive.documents.iter().enumerate() {
        let mut add = |cluster: usize, office: OfficeName, place: Place| {
            let sure = place < Place::Introduction || spoken.contains(&(cluster, at));
            let sighting = Sighting { document: at, date: document.date, day: document.day, office, place, sure };
            all.entry(cluster).or_default().push(sighting);
        };
        for seen in &document.names {
            let Some(cluster) = clusters.of_name(&seen.name).filter(|cluster| speaking.contains(cluster)) else {
                continue;
            };
            for title in &seen.titles {
                if let Some(office) = archive.office(title) {
                    add(cluster, office.clone(), title.place);
                }
            }
        }
        for (label, link) in document.labels.iter().zip(links.get(at).into_iter().flatten()) {
            let sure = link.as_ref().filter(|link| link.score >= LINKED);
            if let (Some(link), Some(office)) = (sure, own_office(label, document)) {
                add(link.cluster, office, Place::Label);
            }
        }
        for (office, surname) in &document.surnames {
            let mut bearers: Vec<usize> = document
                .labels
                .iter()
                .zip(links.get(at).into_iter().flatten())
                .filter(|(label, _)| matches!(label, Label::Person(person) if person.words.ends_with(surname)))
                .filter_map(|(_, link)| link.as_ref().filter(|link| link.score >= LINKED).map(|link| link.cluster))
                .collect();
            bearers.sort_unstable();
            bearers.dedup();
            if let [bearer] = bearers.as_slice() {
                add(*bearer, office.clone(), Place::Title);
            }
        }
    }
    all
}

/// The office that a label itself names.
fn own_office(label: &Label, document: &Document<'_>) -> Option<OfficeName> {
    match label {
        Label::Person(person) => office::read(person.title.as_deref()?, document.issuer),
        Label::Office(title) => office::read(title, document.issuer),
        Label::Role(_) | Label::Nothing => None,
    }
}

/// How an office is written: as it is most often.
fn spellings(sightings: &BTreeMap<usize, Vec<Sighting>>) -> BTreeMap<Vec<String>, String> {
    let mut counts: BTreeMap<&Vec<String>, BTreeMap<&str, u32>> = BTreeMap::new();
    for sighting in sightings.values().flatten() {
        *counts.entry(&sighting.office.key).or_default().entry(&sighting.office.shown).or_default() +=
            if sighting.place == Place::Speech { 1 } else { 3 };
    }
    counts
        .into_iter()
        .filter_map(|(key, shown)| {
            let best = shown.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
            Some((key.clone(), best.0.to_owned()))
        })
        .collect()
}

/// The office in full, where a sighting only gives a part of it ("Secretary") and a fuller one is near in time.
pub(super) fn in_full<'s>(sighting: &'s Sighting, all: &'s [Sighting]) -> &'s OfficeName {
    let fuller = |other: &&Sighting| {
        sighting.office.is_part_of(&other.office)
            || other.document == sighting.document && sighting.office.acting(&other.office)
    };
    all.iter()
        .filter(|other| fuller(other) && apart(sighting.day, other.day) <= HELD_DAYS)
        .min_by_key(|other| (apart(sighting.day, other.day), std::cmp::Reverse(other.office.key.len()), &other.office))
        .map_or(&sighting.office, |other| &other.office)
}

pub(super) fn apart(a: Option<i32>, b: Option<i32>) -> u32 {
    match (a, b) {
        (Some(a), Some(b)) => a.abs_diff(b),
        _ => HELD_DAYS,
    }
}

/// The office held at the date of a document.
fn office_then(
    at: usize,
    document: &Document<'_>,
    label: &Label,
    sightings: &[Sighting],
    spellings: &BTreeMap<Vec<String>, String>,
) -> Option<String> {
    let own = own_office(label, document);
    let complete = |office: &OfficeName| !office.is_incomplete();
    let shown = |office: &OfficeName| spellings.get(&office.key).cloned().unwrap_or_else(|| office.shown.clone());
    if let Some(own) = own.as_ref().filter(|own| !own.is_vague() && complete(own)) {
        let whole = sightings
            .iter()
            .filter(|sighting| own.is_part_of(&sighting.office) && apart(document.day, sighting.day) <= HELD_DAYS)
            .min_by_key(|sighting| (apart(document.day, sighting.day), &sighting.office));
        return Some(shown(whole.map_or(own, |sighting| &sighting.office)));
    }
    let agrees = |office: &OfficeName| own.as_ref().is_none_or(|own| own.key == office.key || own.is_part_of(office));
    let best = sightings
        .iter()
        .filter(|sighting| {
            sighting.place != Place::Speech || sighting.document == at || agrees(&sighting.office) && own.is_some()
        })
        .filter(|sighting| sighting.document == at || apart(document.day, sighting.day) <= HELD_DAYS)
        .filter(|sighting| !sighting.office.is_vague())
        .min_by_key(|sighting| {
            (
                !agrees(&sighting.office),
                sighting.document != at,
                sighting.document == at && sighting.place == Place::Speech,
                apart(document.day, sighting.day),
                sighting.place,
                &sighting.office,
            )
        });
    match (best, own) {
        (Some(best), Some(own))
            if !(own.key == best.office.key || own.is_part_of(&best.office)) && best.document != at =>
        {
            complete(&own).then(|| shown(&own))
        }
        (Some(best), _) => Some(in_full(best, sightings)).filter(|office| complete(office)).map(shown),
        (None, Some(own)) if complete(&own) => Some(shown(&own)),
        (None, own) => spoken_of_as(document, own.as_ref(), sightings).filter(|office| complete(office)).map(shown),
    }
}

/// The office that others give somebody before and after that day, or within a month of it.
fn spoken_of_as<'s>(
    document: &Document<'_>,
    own: Option<&OfficeName>,
    sightings: &'s [Sighting],
) -> Option<&'s OfficeName> {
    const MONTH: u32 = 31;
    let day = document.day?;
    let near: Vec<(i32, &OfficeName)> = sightings
        .iter()
        .filter(|sighting| apart(document.day, sighting.day) <= HELD_DAYS && !sighting.office.is_vague())
        .filter_map(|sighting| Some((sighting.day?, in_full(sighting, sightings))))
        .filter(|(_, office)| own.is_none_or(|own| own.is_part_of(office)))
        .collect();
    let around = |at: i32, office: &OfficeName| {
        let beyond = |other: i32| (at <= day) == (other >= day) || other == day;
        at.abs_diff(day) <= MONTH || near.iter().any(|(other, same)| same.key == office.key && beyond(*other))
    };
    let held = near.iter().filter(|(at, office)| around(*at, office));
    held.min_by_key(|(at, office)| (at.abs_diff(day), *office)).map(|(_, office)| *office)
}

/// Which known speakers are which persons.
fn bind<'k>(
    clusters: &Clusters,
    speaking: &BTreeSet<usize>,
    known: &'k Known,
) -> BTreeMap<usize, Vec<&'k KnownSpeaker>> {
    let mut bound: BTreeMap<usize, Vec<&KnownSpeaker>> = BTreeMap::new();
    let mut speakers: Vec<&KnownSpeaker> = known.speakers.iter().collect();
    speakers.sort_by_key(|speaker| speaker.id);
    let mut by_surname = Vec::new();
    for speaker in speakers {
        let cluster = speaker
            .names
            .iter()
            .filter_map(|name| Name::new(name))
            .filter_map(|name| clusters.of_name(&name))
            .find(|cluster| speaking.contains(cluster));
        match cluster {
            Some(cluster) => bound.entry(cluster).or_default().push(speaker),
            // A full name that nobody bears any more is not somebody else's for its surname.
            None if speaker.names.iter().all(|name| is_surname_only(name)) => by_surname.push(speaker),
            None => {}
        }
    }
    for speaker in by_surname {
        let fits = |cluster: &usize| {
            speaker.names.iter().any(|name| {
                let words = folded_words(name);
                clusters.get(*cluster).is_some_and(|found| match &found.surname_only {
                    Some((_, shown)) => shown == name,
                    None => (usize::from(words.len() > 1)..words.len())
                        .any(|at| words.get(at..).is_some_and(|surname| found.has_surname(surname))),
                })
            })
        };
        let candidates: Vec<usize> = speaking.iter().copied().filter(fits).collect();
        // The same stranger as before, or the one person whose given name has become known.
        let same = candidates.iter().find(|cluster| {
            clusters.get(**cluster).is_some_and(|found| found.surname_only.is_some()) && !bound.contains_key(*cluster)
        });
        let only = if let [only] = candidates.as_slice() { Some(only) } else { None };
        if let Some(cluster) = same.or(only) {
            bound.entry(*cluster).or_default().push(speaker);
        }
    }
    bound
}

/// "Mr. Vale": a form of address and a surname.
pub(in crate::analysis::people) fn is_surname_only(name: &str) -> bool {
    !name.contains(' ') || matches!(label::read(name), Label::Person(person) if person.addressed && !person.full)
}

fn person(names: &[String], offices: Vec<Office>, known: &[&KnownSpeaker]) -> Person {
    let name = names.first().cloned().unwrap_or_default();
    let chosen = known.iter().find(|speaker| speaker.held).or(known.first());
    let mut all = vec![name.clone()];
    for other in names.iter().chain(known.iter().flat_map(|speaker| &speaker.names)) {
        if !all.contains(other) {
            all.push(other.clone());
        }
    }
    let slug = Slug::from_text(&name).or_else(|| Slug::parse("speaker"));
    let former = chosen.map(|speaker| speaker.slug.clone());
    Person {
        id: chosen.map(|speaker| speaker.id),
        absorbs: known
            .iter()
            .map(|speaker| speaker.id)
            .filter(|id| Some(*id) != chosen.map(|speaker| speaker.id))
            .collect(),
        renamed_from: former,
        slug: slug.unwrap_or_else(unnamed),
        name,
        names: all,
        offices,
    }
}

/// Two people of one name get numbers, in the order in which they first speak.
fn with_addresses(mut people: Vec<Person>) -> Vec<Person> {
    let mut taken: BTreeSet<Slug> = BTreeSet::new();
    for person in &mut people {
        let base = person.slug.clone();
        let mut number = 2;
        while taken.contains(&person.slug) {
            person.slug = Slug::from_text(&format!("{} {number}", base.as_str())).unwrap_or_else(unnamed);
            number += 1;
        }
        taken.insert(person.slug.clone());
        if person.renamed_from.as_ref() == Some(&person.slug) {
            person.renamed_from = None;
        }
    }
    people
}

/// A name without a letter of the Latin alphabet still needs an address.
fn unnamed() -> Slug {
    // The word is a slug by its letters; `from_text` says so for every word in small letters.
    Slug::from_text("speaker").unwrap_or_else(|| unreachable!("a word in small letters is a slug"))
}
