//! Resolving people over the whole archive, and writing what is different; what editors decide of people lies over that.

mod acts;
mod parted;
mod settle;
mod words;

pub use acts::{SpeakerRefused, Split, merge_speakers, split_speaker, undo_speaker_act};
pub use parted::{part_speakers, unpart_speakers};
pub use words::{SpeakerWord, say_of_speaker};

pub(super) use crate::store::speaker_acts::Scope;
pub(super) use settle::settle;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::decided;
use crate::analysis::people::{
    self as analysis, Decision, Evidence, Known, KnownSpeaker, Meaning, Person, Resolution, TranscriptEvidence,
};
use crate::domain::{BriefingId, Origin, SpeakerId, TranscriptId};
use crate::store::people::{self as rows, EvidenceRow, LabelRow, OfficeRow, SpeakerRow};
use crate::store::{self, Connection, feed};

/// What a resolution changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeopleChange {
    /// Labels that stand for somebody else than before.
    pub labels: usize,
    /// Briefings that they are in.
    pub briefings: usize,
    /// Speakers after it.
    pub speakers: usize,
}

/// Resolves people from the evidence up to `version` and writes what is different. Must be the last act of its
/// transaction, which must be the only one that does this.
pub async fn resolve_people(conn: &mut Connection, version: i64) -> Result<PeopleChange, store::Error> {
    // Read before the evidence, which then has all of them.
    let first = rows::unresolved(conn).await?;
    let (followed, named_for_series) = decided::of_series(conn).await?;
    let evidence = rows::evidence(conn).await?;
    let speakers = rows::speakers(conn).await?;
    let before = rows::labels(conn).await?;
    let briefings: HashMap<TranscriptId, BriefingId> =
        evidence.iter().map(|row| (row.transcript_id, row.briefing_id)).collect();
    let resolution = analysis::resolve(&transcripts(evidence, &before), &known(&speakers, &before));
    let ids = write_people(conn, &resolution.people, &speakers).await?;
    let changed = changed_labels(&resolution, &ids, &before);
    rows::link(conn, &changed).await?;
    let mut touched = settle(conn, Scope::All).await?;
    remove_unused(conn, &resolution, (&ids, &named_for_series), &speakers, &before).await?;
    rows::resolved(conn, version, &first).await?;
    touched.extend(changed.iter().filter_map(|label| briefings.get(&label.transcript_id).copied()));
    touched.extend(followed);
    let touched: Vec<BriefingId> = touched.into_iter().collect();
    if !touched.is_empty() {
        feed::touch(conn, &touched).await?;
    }
    Ok(PeopleChange { labels: changed.len(), briefings: touched.len(), speakers: resolution.people.len() })
}

fn transcripts(evidence: Vec<EvidenceRow>, labels: &[(LabelRow, Origin)]) -> Vec<TranscriptEvidence> {
    let nobody = decided::nobody(labels);
    let transcript = |row: EvidenceRow| {
        // Evidence of a form we no longer read counts as none, until the source is analysed again.
        let mut evidence: Evidence = serde_json::from_value(row.evidence).unwrap_or_default();
        if let Some(nobody) = nobody.get(&row.transcript_id) {
            evidence.labels.retain(|seen| !nobody.contains(&seen.label.as_str()));
        }
        TranscriptEvidence { key: row.transcript_id.0, date: row.date, series: row.series, evidence }
    };
    evidence.into_iter().map(transcript).collect()
}

fn known(speakers: &[SpeakerRow], labels: &[(LabelRow, Origin)]) -> Known {
    let speakers = speakers
        .iter()
        .map(|row| KnownSpeaker {
            id: row.id,
            slug: row.slug.clone(),
            names: std::iter::once(&row.name)
                .chain(row.names.iter().filter(|name| **name != row.name))
                .cloned()
                .collect(),
            held: row.held,
        })
        .collect();
    let decided = labels.iter().filter(|(_, origin)| *origin == Origin::Editor);
    let decisions = decided
        .filter_map(|(label, _)| {
            Some(Decision {
                key: label.transcript_id.0,
                label: label.label.clone(),
                speaker: label.speaker_id?,
                is: true,
            })
        })
        .collect();
    Known { speakers, decisions }
}

/// Adds, renames and describes people; returns the row of each, in order.
async fn write_people(
    conn: &mut Connection,
    people: &[Person],
    speakers: &[SpeakerRow],
) -> Result<Vec<SpeakerId>, store::Error> {
    let by_id: HashMap<SpeakerId, &SpeakerRow> = speakers.iter().map(|row| (row.id, row)).collect();
    let mut ids = Vec::with_capacity(people.len());
    for person in people {
        let id = match person.id {
            None => rows::add_speaker(conn, &person.slug, &person.name, &sort_name(&person.name)).await?,
            Some(id) => {
                if by_id.get(&id).is_none_or(|row| row.slug != person.slug || row.name != person.name) {
                    rows::rename_speaker(conn, id, &person.slug, &person.name, &sort_name(&person.name)).await?;
                }
                id
            }
        };
        ids.push(id);
    }
    let names: Vec<(SpeakerId, String)> =
        people.iter().zip(&ids).flat_map(|(person, id)| person.names.iter().map(|name| (*id, name.clone()))).collect();
    let offices: Vec<OfficeRow> = people
        .iter()
        .zip(&ids)
        .flat_map(|(person, id)| {
            person.offices.iter().map(|office| OfficeRow {
                speaker_id: *id,
                title: office.title.clone(),
                from: office.from,
                to: office.to,
            })
        })
        .collect();
    rows::describe(conn, &ids, &names, &offices).await?;
    Ok(ids)
}

fn changed_labels(resolution: &Resolution, ids: &[SpeakerId], before: &[(LabelRow, Origin)]) -> Vec<LabelRow> {
    // What an editor decided stays as it is.
    let before: HashMap<(TranscriptId, &str), &LabelRow> = before
        .iter()
        .filter(|(_, origin)| *origin == Origin::Machine)
        .map(|(row, _)| ((row.transcript_id, row.label.as_str()), row))
        .collect();
    let after = resolution.labels.iter().map(|label| {
        let mut row = LabelRow {
            transcript_id: TranscriptId(label.key),
            label: label.label.clone(),
            role: None,
            speaker_id: None,
            office: None,
            suggested: None,
            score: None,
            reason: None,
        };
        match &label.meaning {
            Meaning::Role(role) => row.role = Some(*role),
            Meaning::Person(link) => {
                let id = ids.get(link.person).copied();
                row.score = Some(link.score);
                row.reason = Some(link.reason.clone());
                row.office.clone_from(&link.office);
                if link.linked { row.speaker_id = id } else { row.suggested = id }
            }
            Meaning::Unknown => {}
        }
        row
    });
    after.filter(|row| before.get(&(row.transcript_id, row.label.as_str())).is_some_and(|old| *old != row)).collect()
}

/// Removes speakers that are somebody else now, with a redirect, and those that nobody is any more, not even on the word
/// of an editor. Last of all: labels must not stand for them any more.
async fn remove_unused(
    conn: &mut Connection,
    resolution: &Resolution,
    (ids, named_for_series): (&[SpeakerId], &[SpeakerId]),
    speakers: &[SpeakerRow],
    labels: &[(LabelRow, Origin)],
) -> Result<(), store::Error> {
    let absorbed: HashMap<SpeakerId, SpeakerId> = resolution
        .people
        .iter()
        .zip(ids)
        .flat_map(|(person, id)| person.absorbs.iter().map(|gone| (*gone, *id)))
        .collect();
    // A label of which the evidence knows nothing stays what it was, and so does whoever is named for it.
    let known: HashSet<(i64, &str)> = resolution.labels.iter().map(|label| (label.key, label.label.as_str())).collect();
    let kept = |(label, origin): &&(LabelRow, Origin)| {
        *origin == Origin::Editor || !known.contains(&(label.transcript_id.0, label.label.as_str()))
    };
    let decided = labels.iter().filter(kept).flat_map(|(label, _)| [label.speaker_id, label.suggested]).flatten();
    let held = speakers.iter().filter(|row| row.held).map(|row| row.id);
    let decided = decided.chain(named_for_series.iter().copied()).filter(|id| !absorbed.contains_key(id)).chain(held);
    let used: BTreeSet<SpeakerId> = ids.iter().copied().chain(decided).collect();
    let gone: Vec<(SpeakerId, Option<SpeakerId>)> = speakers
        .iter()
        .filter(|row| !used.contains(&row.id))
        .map(|row| (row.id, absorbed.get(&row.id).copied()))
        .collect();
    rows::remove_speakers(conn, &gone).await
}

/// "John Kirby" among the Ks. Particles stay with the family name that follows them.
pub(super) fn sort_name(name: &str) -> String {
    const PARTICLES: [&str; 8] = ["de", "del", "van", "von", "der", "den", "di", "la"];
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut family = words.len().saturating_sub(1);
    if words.get(family).is_some_and(|word| matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")) {
        family = family.saturating_sub(1);
    }
    while family > 1 && words.get(family - 1).is_some_and(|word| PARTICLES.contains(&word.to_lowercase().as_str())) {
        family -= 1;
    }
    let (given, family) = words.split_at(family);
    if given.is_empty() { family.join(" ") } else { format!("{}, {}", family.join(" "), given.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_by_family_name() {
        assert_eq!(sort_name("Nora Feldane"), "Feldane, Nora");
        assert_eq!(sort_name("Anna van der Berg"), "van der Berg, Anna");
        assert_eq!(sort_name("Sam Hill Jr."), "Hill Jr., Sam");
        assert_eq!(sort_name("Downing"), "Downing");
    }
}
