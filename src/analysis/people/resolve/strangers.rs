//! People of whom nothing but a surname is known.

use std::collections::{BTreeMap, BTreeSet};

use super::super::label::{Label, Person};
use super::super::name::display;
use super::super::office;
use super::super::words::Gender;
use super::archive::Archive;
use super::cluster::Clusters;
use super::here::nearly;
use super::link::{LINKED, Link, Links, gender_fits};

/// Who never speaks has no page, so cannot be suggested.
pub(super) fn drop_the_silent(links: &mut Links) {
    let speaking: BTreeSet<usize> =
        links.iter().flatten().flatten().filter(|link| link.score >= LINKED).map(|link| link.cluster).collect();
    for slot in links.iter_mut().flatten() {
        if slot.as_ref().is_some_and(|link| !speaking.contains(&link.cluster)) {
            *slot = None;
        }
    }
}

/// Whoever is left with a form of address and a surname is somebody of whom no more is known.
pub(super) fn surname_only(
    archive: &Archive<'_>,
    clusters: &mut Clusters,
    readings: &[Vec<Option<Person>>],
    mut links: Links,
) -> Links {
    /// Somebody known by a surname, until when and for whom seen.
    struct Stranger<'a> {
        cluster: usize,
        gender: Option<Gender>,
        issuer: Option<&'a str>,
        last: Option<i32>,
    }
    let mut strangers: BTreeMap<Vec<String>, Vec<Stranger<'_>>> = BTreeMap::new();
    for ((document, labels), people) in archive.documents.iter().zip(&mut links).zip(readings) {
        let mut order: Vec<usize> = (0..people.len()).collect();
        // The frequent labels first: a rare one may be a slip of them.
        order.sort_by_key(|&at| std::cmp::Reverse(document.evidence.labels.get(at).map_or(0, |seen| seen.turns)));
        let mut here: Vec<(usize, u32, &Person)> = Vec::new();
        for at in order {
            let (Some(slot), Some(person), Some(label), Some(seen)) =
                (labels.get_mut(at), people.get(at), document.labels.get(at), document.evidence.labels.get(at))
            else {
                continue;
            };
            let Some(person) = person.as_ref().filter(|person| person.addressed && !person.full) else { continue };
            if slot.is_some()
                || !matches!(label, Label::Person(_))
                || person.words.iter().all(|word| word.chars().count() < 2)
            {
                continue;
            }
            let slip = here
                .iter()
                .find(|(_, turns, right)| seen.turns <= 3 && seen.turns * 2 <= *turns && nearly(person, right));
            if let Some((cluster, _, _)) = slip {
                let reason = format!("“{}” is taken for a slip of {}.", seen.label, clusters.shown(*cluster));
                *slot = Some(Link { cluster: *cluster, score: 0.75, reason });
                continue;
            }
            let known = strangers.entry(person.words.clone()).or_default();
            let same = known.iter_mut().find(|stranger| {
                let near = match (stranger.last, document.day) {
                    (Some(a), Some(b)) => a.abs_diff(b) <= 3 * 365,
                    _ => true,
                };
                near && stranger.issuer == document.issuer && gender_fits(stranger.gender, person.gender)
            });
            let cluster = if let Some(stranger) = same {
                stranger.last = document.day.or(stranger.last);
                stranger.gender = stranger.gender.or(person.gender);
                stranger.cluster
            } else {
                // An office is no part of a name, a form of address is what a newspaper would print.
                let shown = person
                    .title
                    .as_deref()
                    .filter(|title| office::read(title, None).is_none())
                    .map_or_else(|| person.shown.clone(), |title| format!("{} {}", address(title), person.shown));
                let cluster = clusters.add_surname_only(person.words.clone(), shown);
                known.push(Stranger { cluster, gender: person.gender, issuer: document.issuer, last: document.day });
                cluster
            };
            here.push((cluster, seen.turns, person));
            *slot = Some(Link {
                cluster,
                score: 0.75,
                reason: format!("Nothing but the surname is known of {}.", clusters.shown(cluster)),
            });
        }
    }
    links
}

/// A form of address as it stands before a name.
fn address(title: &str) -> String {
    title
        .split_whitespace()
        .map(|word| display(&word.to_uppercase()))
        .map(|word| if word == "MR" || word == "MR." { "Mr.".to_owned() } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}
