//! Rules that need one document only: full names in labels, titles, heads and introductions; slips of the typist.

use std::collections::BTreeMap;

use super::super::evidence::Place;
use super::super::label::Person;
use super::super::name::Name;
use super::super::words::{distance, fold};
use super::archive::Seen;
use super::link::{LINKED, Link, Linker, gender_fits};

impl Linker<'_, '_> {
    /// A full name in the label, or one that the document gives for the surname.
    pub(super) fn in_document(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        let document = self.archive.documents.get(at)?;
        if person.full
            && let Some(cluster) = Name::new(&person.shown).and_then(|name| self.clusters.of_name(&name))
        {
            return Some(Link {
                cluster,
                score: 0.99,
                reason: self.is(at, label, cluster, "the label gives the full name."),
            });
        }
        let called: Vec<usize> = document
            .names
            .iter()
            .filter(|seen| seen.address.is_some_and(|address| is_called(person, address)))
            .filter_map(|seen| self.clusters.of_name(&seen.name).filter(|cluster| self.fits(person, *cluster)))
            .collect();
        let mut best: BTreeMap<usize, (Place, String)> = BTreeMap::new();
        for seen in &document.names {
            let Some(cluster) = self.clusters.of_name(&seen.name) else { continue };
            if !called.is_empty() && !called.contains(&cluster) {
                continue;
            }
            let place = if seen.place == Place::Speech && self.titles_agree(person, seen) {
                Place::Introduction
            } else {
                seen.place
            };
            if place == Place::Speech || !self.fits(person, cluster) || self.is_addressed_as_another(at, label, seen) {
                continue;
            }
            let title = seen.titles.iter().min_by_key(|title| title.place).map(|title| title.printed);
            let named = title.map_or_else(|| seen.shown.clone(), |title| format!("{title} {}", seen.shown));
            let entry = best.entry(cluster).or_insert_with(|| (place, named.clone()));
            if place < entry.0 {
                *entry = (place, named);
            }
        }
        let (cluster, place, named) = only_best(&best)?;
        let (score, because) = match place {
            Place::Label => (0.97, format!("another label here is “{named}”.")),
            Place::Title => (0.98, format!("the title names “{named}”.")),
            Place::Head => (0.97, format!("the head names “{named}”.")),
            Place::Introduction | Place::Speech => (0.93, format!("“{named}” is introduced in the text.")),
        };
        Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) })
    }

    /// Whether a name is printed with the form of address of another label of that surname: where `MR. PELL` and
    /// `DR. PELL` speak, "Dr. Ada Pell" is the second.
    fn is_addressed_as_another(&self, at: usize, label: usize, seen: &Seen<'_>) -> bool {
        let Some(address) = seen.address else { return false };
        let carries = |person: &Person| is_called(person, address);
        let (Some(me), Some(all)) = (self.person(at, label), self.readings.get(at)) else { return false };
        !carries(me) && all.iter().flatten().any(|other| other.words == me.words && carries(other))
    }

    /// Two labels with one surname in one document are one person: `MS. VALE` and `DIRECTOR VALE`.
    pub(super) fn same_surname_here(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        if person.full {
            return None;
        }
        let others = self.readings.get(at)?;
        for (other, reading) in others.iter().enumerate().filter(|(other, _)| *other != label) {
            let (Some(reading), Some(link)) = (reading, self.link(at, other)) else { continue };
            if link.score >= LINKED
                && reading.words.ends_with(&person.words)
                && gender_fits(person.gender, reading.gender)
                && self.fits(person, link.cluster)
            {
                let because = format!("“{}” is labelled in the same text.", self.printed(at, other).0);
                return Some(Link {
                    cluster: link.cluster,
                    score: link.score.min(0.95),
                    reason: self.is(at, label, link.cluster, &because),
                });
            }
        }
        None
    }

    /// A rare label that is nearly a frequent one of the same document: a letter off, or the wrong form of address.
    pub(super) fn slip(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        let (printed, turns) = self.printed(at, label);
        let mut found: Option<(usize, usize)> = None;
        for (other, reading) in self.readings.get(at)?.iter().enumerate().filter(|(other, _)| *other != label) {
            let (Some(reading), Some(link)) = (reading, self.link(at, other)) else { continue };
            let (_, others_turns) = self.printed(at, other);
            if link.score < LINKED || turns > 3 || turns * 2 > others_turns || !nearly(person, reading) {
                continue;
            }
            match found {
                Some((_, cluster)) if cluster != link.cluster => return None,
                _ => found = Some((other, link.cluster)),
            }
        }
        let (other, cluster) = found?;
        let because =
            format!("“{printed}” is taken for a slip of “{}”, which is frequent here.", self.printed(at, other).0);
        Some(Link { cluster, score: 0.85, reason: self.is(at, label, cluster, &because) })
    }
}

/// Whether a label has this form of address, folded: `DR. VALE` and "Dr. Rosa Vale".
fn is_called(person: &Person, address: &str) -> bool {
    person.title.as_deref().is_some_and(|title| fold(title).trim_end_matches('.') == address)
}

/// The one person in the best place, if there is only one.
fn only_best(best: &BTreeMap<usize, (Place, String)>) -> Option<(usize, Place, String)> {
    let place = best.values().map(|(place, _)| *place).min()?;
    let mut there = best.iter().filter(|(_, (other, _))| *other == place);
    let (cluster, (_, named)) = there.next()?;
    there.next().is_none().then(|| (*cluster, place, named.clone()))
}

/// Whether a label is another one with a slip.
pub(super) fn nearly(slip: &Person, right: &Person) -> bool {
    let (a, b) = (slip.words.join(" "), right.words.join(" "));
    let letters = a.chars().count();
    let initial = slip.words.len() == 2
        && slip.words.first().is_some_and(|word| word.chars().count() == 1)
        && slip.words.last() == right.words.last();
    if a == b || initial {
        return true;
    }
    let off = distance(&a, &b);
    let opening = a.chars().next() == b.chars().next();
    letters >= 4 && off <= if letters >= 6 && opening { 2 } else { 1 }
}
