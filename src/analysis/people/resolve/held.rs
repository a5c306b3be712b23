//! Offices with the dates between which they were held, as far as the archive shows it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::Office;

use super::super::evidence::Place;
use super::super::office::OfficeName;
use super::build::{HELD_DAYS, Sighting, apart, in_full};

/// What others say may move the ends of an office by so many days.
const STRETCH: u32 = 120;

/// Days between two sure sightings of an office that is taken to be held all the while.
const SURE_GAP: u32 = 3 * 365;

/// An office seen again and again without a long gap.
struct Run<'s> {
    office: &'s OfficeName,
    from: Option<Date>,
    to: Option<Date>,
    first: Option<i32>,
    last: Option<i32>,
    documents: BTreeSet<usize>,
    /// Places in the list of sightings.
    sightings: Vec<usize>,
    /// Seen where the person speaks, in a title or in a head, not only in what others say.
    sure: bool,
    /// Introduced or named in a label, title or head.
    named: bool,
}

impl<'s> Run<'s> {
    fn new(office: &'s OfficeName, seen: &[(usize, &Sighting)]) -> Self {
        let sightings: Vec<&Sighting> = seen.iter().map(|(_, sighting)| *sighting).collect();
        let sure: Vec<Option<i32>> = sightings.iter().filter(|one| one.sure).map(|one| one.day).collect();
        let close = |day: Option<i32>| sure.is_empty() || sure.iter().any(|sure| apart(*sure, day) <= STRETCH);
        let counted = || sightings.iter().filter(|one| one.sure || close(one.day));
        Self {
            office,
            from: counted().filter_map(|one| one.date).min(),
            to: counted().filter_map(|one| one.date).max(),
            first: counted().filter_map(|one| one.day).min(),
            last: counted().filter_map(|one| one.day).max(),
            documents: sightings.iter().map(|one| one.document).collect(),
            sightings: seen.iter().map(|(at, _)| *at).collect(),
            sure: !sure.is_empty(),
            named: sightings.iter().any(|one| one.place != Place::Speech),
        }
    }

    fn gap(&self, other: &Self) -> u32 {
        match (self.first, self.last, other.first, other.last) {
            (Some(first), Some(last), Some(from), Some(to)) => {
                u32::try_from(from.saturating_sub(last).max(first.saturating_sub(to)).max(0)).unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Whether somebody speaks around the days of a run.
    fn near(&self, days: &[i32]) -> bool {
        let (Some(first), Some(last)) = (self.first, self.last) else { return true };
        days.iter()
            .any(|day| first.saturating_sub(*day) <= HELD_DAYS as i32 && day.saturating_sub(last) <= HELD_DAYS as i32)
    }
}

/// The offices that somebody held. `days` are those on which the person speaks.
fn kept<'s>(sightings: &'s [Sighting], days: &[i32]) -> Vec<Run<'s>> {
    let mut runs = runs(sightings);
    runs.retain(|run| !run.office.is_incomplete() && (run.sure || run.near(days)));
    runs.retain(|run| run.named || run.documents.len() >= 2);
    let stays: Vec<bool> = runs.iter().map(|run| !runs.iter().any(|other| outdone(run, other))).collect();
    runs.into_iter().zip(stays).filter_map(|(run, stays)| stays.then_some(run)).collect()
}

/// Leaves only sightings of offices that somebody held then.
pub(super) fn retain(sightings: &mut Vec<Sighting>, days: &[i32]) {
    let held: BTreeSet<usize> = kept(sightings, days).into_iter().flat_map(|run| run.sightings).collect();
    let mut at = 0..;
    sightings.retain(|_| at.next().is_some_and(|at| held.contains(&at)));
}

/// Somebody's offices, oldest first.
pub(super) fn offices(sightings: &[Sighting], spellings: &BTreeMap<Vec<String>, String>, days: &[i32]) -> Vec<Office> {
    let mut offices: Vec<Office> = kept(sightings, days)
        .into_iter()
        .map(|run| Office {
            title: spellings.get(&run.office.key).cloned().unwrap_or_else(|| run.office.shown.clone()),
            from: run.from,
            to: run.to,
        })
        .collect();
    offices.sort_by(|a, b| (a.from, a.to, &a.title).cmp(&(b.from, b.to, &b.title)));
    offices
}

fn runs(sightings: &[Sighting]) -> Vec<Run<'_>> {
    let mut by_key: BTreeMap<&Vec<String>, Vec<(usize, &Sighting, &OfficeName)>> = BTreeMap::new();
    for (at, sighting) in sightings.iter().enumerate() {
        let full = in_full(sighting, sightings);
        by_key.entry(&full.key).or_default().push((at, sighting, full));
    }
    let mut runs = Vec::new();
    for mut seen in by_key.into_values() {
        seen.sort_by_key(|(_, sighting, office)| (sighting.day, sighting.document, *office));
        let mut last: Option<i32> = None;
        let mut run: Vec<(usize, &Sighting)> = Vec::new();
        let Some(office) = seen.iter().map(|(_, _, office)| *office).min() else { continue };
        for (at, sighting, _) in seen {
            // Where somebody speaks rarely, what is sure bridges longer gaps.
            let gap = if sighting.sure && run.iter().any(|(_, one)| one.sure) { SURE_GAP } else { HELD_DAYS };
            if let (Some(before), Some(day)) = (last, sighting.day)
                && before.abs_diff(day) > gap
            {
                runs.push(Run::new(office, &run));
                run.clear();
            }
            last = sighting.day.or(last);
            run.push((at, sighting));
        }
        runs.push(Run::new(office, &run));
    }
    runs
}

/// Whether another office seen at the same time says that this one is a slip, a variant or a form of address.
fn outdone(run: &Run<'_>, other: &Run<'_>) -> bool {
    const SAME_TIME: u32 = 31;
    if run.office.key == other.office.key {
        return !run.sure && other.sure;
    }
    // What others say of somebody who holds another office is of the past.
    if !run.sure && other.sure && !other.office.is_courtesy() && run.gap(other) <= HELD_DAYS {
        return true;
    }
    if run.office.is_courtesy() && !other.office.is_courtesy() && run.gap(other) <= HELD_DAYS {
        return true;
    }
    let weight = |run: &Run<'_>| (run.documents.len(), run.office.key.len());
    run.gap(other) <= SAME_TIME
        && run.office.kind() == other.office.kind()
        && (run.documents.len() == 1 || run.documents.len() * 3 <= other.documents.len())
        && (weight(run), &other.office) < (weight(other), &run.office)
}
