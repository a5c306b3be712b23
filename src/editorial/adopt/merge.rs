//! What a newer version by its issuer makes of a transcript that editors have worked on: pure.
//!
//! Three texts are laid beside each other: the version that the issuer had before, the newer one, and what stands in the
//! archive. What the issuer left as it was stays as editors made it; what the issuer changed becomes the issuer's; notes
//! of ours stay in any case. Numbers stay with utterances that are clearly the same.

use std::collections::{HashMap, HashSet};

use crate::analysis::revisions::{Laid, lay};
use crate::domain::{MarkKind, UtteranceKind};
use crate::store::revisions::{Fresh, Placed};
use crate::store::utterances::Utterance;

/// The utterances afterwards.
#[derive(Debug, PartialEq)]
pub(super) struct Merged {
    pub placed: Vec<Placed>,
    /// The permanent number of each utterance of the newer version.
    pub numbers: Vec<i32>,
}

/// An utterance of the version before, with what editors made of it: the same, parts of it, joined with others, notes.
struct Cluster<'a> {
    /// Numbers, in the version before, of what is in it.
    holds: Vec<i32>,
    members: Vec<&'a Utterance>,
}

/// How utterances are laid beside others.
pub(in crate::editorial) fn laid(one: &Utterance) -> Laid<'_> {
    Laid { label: one.by.as_ref().map(|by| by.label.as_str()), text: &one.text }
}

/// Merges. `joined` leads from the numbers of utterances that were joined to others to these; `next` is the next number
/// to give.
pub(super) fn merge(
    before: &[(i32, Utterance)],
    newer: &[Utterance],
    present: &[Utterance],
    joined: &[(i32, i32)],
    next: i32,
) -> Merged {
    let olds: Vec<Laid<'_>> = before.iter().map(|(_, one)| laid(one)).collect();
    let news: Vec<Laid<'_>> = newer.iter().map(laid).collect();
    let places = lay(&olds, &news);
    let old_of = |place: &Option<usize>| place.and_then(|at| before.get(at));
    let mut free = next..;
    let numbers: Vec<i32> =
        places.iter().map(|place| old_of(place).map_or_else(|| free.next().unwrap_or(next), |old| old.0)).collect();
    let unchanged: HashSet<i32> = places
        .iter()
        .zip(newer)
        .filter_map(|(place, one)| old_of(place).filter(|(_, old)| laid(old) == laid(one) && old.marks == one.marks))
        .map(|(number, _)| *number)
        .collect();
    let known: HashSet<i32> = before.iter().map(|(number, _)| *number).collect();
    let clusters = clusters(&known, present, joined);
    let mut writing =
        Writing { clusters: &clusters, known: &known, told: vec![false; clusters.len()], placed: Vec::new() };
    let cluster_of: HashMap<i32, usize> = clusters
        .iter()
        .enumerate()
        .flat_map(|(at, cluster)| cluster.holds.iter().map(move |number| (*number, at)))
        .collect();
    for ((one, number), place) in newer.iter().zip(&numbers).zip(&places) {
        let at = old_of(place).and_then(|old| cluster_of.get(&old.0));
        let cluster = at.and_then(|at| Some((*at, clusters.get(*at)?)));
        match cluster {
            Some((at, cluster)) if cluster.holds.iter().all(|number| unchanged.contains(number)) => writing.keep(at),
            Some((at, cluster)) => {
                writing.notes_before(at);
                let same_label = old_of(place).is_some_and(|(_, old)| laid(old).label == laid(one).label);
                let ours = cluster.members.iter().find(|member| member.number == Some(*number)).filter(|_| same_label);
                writing.placed.push(Placed::Fresh(fresh(one, *number, ours.copied())));
                if cluster.holds.last() == Some(number) {
                    writing.notes(at);
                }
            }
            None => writing.placed.push(Placed::Fresh(fresh(one, *number, None))),
        }
    }
    writing.notes_before(clusters.len());
    Merged { placed: writing.placed, numbers }
}

/// The present text in clusters, in order.
fn clusters<'a>(known: &HashSet<i32>, present: &'a [Utterance], joined: &[(i32, i32)]) -> Vec<Cluster<'a>> {
    let mut clusters = vec![Cluster { holds: Vec::new(), members: Vec::new() }];
    for one in present {
        let number = one.number.unwrap_or_default();
        if known.contains(&number) {
            clusters.push(Cluster { holds: vec![number], members: Vec::new() });
        }
        if let Some(cluster) = clusters.last_mut() {
            let gone = joined.iter().filter(|(gone, to)| *to == number && known.contains(gone)).map(|(gone, _)| *gone);
            cluster.holds.extend(gone);
            cluster.holds.sort_unstable();
            cluster.members.push(one);
        }
    }
    clusters
}

/// The utterances afterwards, in the making.
struct Writing<'a> {
    clusters: &'a [Cluster<'a>],
    known: &'a HashSet<i32>,
    told: Vec<bool>,
    placed: Vec<Placed>,
}

impl Writing<'_> {
    /// Keeps a cluster as editors made it, once.
    fn keep(&mut self, at: usize) {
        self.notes_before(at);
        if let (Some(told), Some(cluster)) = (self.told.get_mut(at), self.clusters.get(at))
            && !std::mem::replace(told, true)
        {
            self.placed.extend(cluster.members.iter().map(|member| Placed::Kept(member.id)));
        }
    }

    /// Keeps the notes of a cluster whose words are the issuer's now, once.
    fn notes(&mut self, at: usize) {
        if let (Some(told), Some(cluster)) = (self.told.get_mut(at), self.clusters.get(at))
            && !std::mem::replace(told, true)
        {
            let ours = cluster.members.iter().filter(|member| is_our_note(member, self.known));
            self.placed.extend(ours.map(|member| Placed::Kept(member.id)));
        }
    }

    /// Keeps the notes of what the issuer took out, in their place.
    fn notes_before(&mut self, end: usize) {
        for at in 0..end {
            self.notes(at);
        }
    }
}

fn is_our_note(one: &Utterance, known: &HashSet<i32>) -> bool {
    one.kind == UtteranceKind::Note
        && one.number.is_some_and(|number| !known.contains(&number))
        && one.marks.iter().any(|mark| mark.kind == MarkKind::EditorNote)
}

/// An utterance of the newer version. Where the issuer left the label as it was, it stays as editors have put it.
fn fresh(one: &Utterance, number: i32, ours: Option<&Utterance>) -> Fresh {
    let voice = ours.unwrap_or(one);
    Fresh {
        from: Some(one.id),
        number,
        kind: voice.kind,
        label: voice.by.as_ref().map(|by| by.label.clone()),
        goes_on: voice.by.as_ref().is_some_and(|by| by.goes_on),
        text: one.text.clone(),
        marks: one.marks.clone(),
        topics: one.topics.clone(),
    }
}

/// An utterance of another transcript, under a permanent number of this briefing.
pub(in crate::editorial) fn numbered(one: &Utterance, number: i32) -> Placed {
    Placed::Fresh(fresh(one, number, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Mark, Origin, UtteranceId};
    use crate::store::utterances::By;

    fn turn(id: i64, number: i32, label: &str, text: &str) -> Utterance {
        let by = By {
            label: label.to_owned(),
            goes_on: false,
            role: None,
            speaker: None,
            office: None,
            origin: Origin::Machine,
            suggestion: None,
            attribution: crate::domain::Attribution::Named,
        };
        let words = text.to_owned();
        let kind = UtteranceKind::Turn;
        let (marks, topics) = (Vec::new(), Vec::new());
        let (id, number, by) = (UtteranceId(id), Some(number), Some(by));
        Utterance { id, position: 0, number, kind, text: words, marks, asked_by: None, topics, by, withheld: None }
    }

    fn note(id: i64, number: i32) -> Utterance {
        let marks = vec![Mark { kind: MarkKind::EditorNote, start: 0, end: 7 }];
        Utterance { kind: UtteranceKind::Note, by: None, marks, ..turn(id, number, "", "[Ours.]") }
    }

    fn before() -> Vec<(i32, Utterance)> {
        let texts = ["Good morning to all of you.", "Is the dam safe?", "The dam is safe.", "Thank you all."];
        (1..).zip(texts).map(|(number, text)| (number, turn(i64::from(number), number, "A", text))).collect()
    }

    fn newer(texts: &[&str]) -> Vec<Utterance> {
        (101..).zip(texts).map(|(id, text)| turn(id, 0, "A", text)).collect()
    }

    /// "kept 3", "7 The dam is new."
    fn told(merged: &Merged) -> Vec<String> {
        let one = |placed: &Placed| match placed {
            Placed::Kept(id) => format!("kept {}", id.0),
            Placed::Fresh(fresh) => {
                format!("{} {}: {}", fresh.number, fresh.label.as_deref().unwrap_or(""), fresh.text)
            }
        };
        merged.placed.iter().map(one).collect()
    }

    #[test]
    fn what_the_issuer_left_stays_as_it_is_and_what_changed_is_the_issuers() {
        let before = before();
        let mut present: Vec<Utterance> = before.iter().map(|(_, one)| one.clone()).collect();
        // Ours: a word, a voice, a note.
        present[0] = turn(11, 1, "A", "Good morning to both of you.");
        present[2] = turn(12, 3, "MS. LIND", "The dam is safe.");
        present.insert(3, note(13, 5));
        let after = newer(&[
            "Good morning to all of you.",
            "Is the dam safe?",
            "The dam is safe now.",
            "Really?",
            "Thank you all.",
        ]);
        let merged = merge(&before, &after, &present, &[], 6);
        assert_eq!(
            told(&merged),
            ["kept 11", "kept 2", "3 MS. LIND: The dam is safe now.", "kept 13", "6 A: Really?", "kept 4"]
        );
        assert_eq!(merged.numbers, [1, 2, 3, 6, 4]);
    }

    #[test]
    fn notes_outlive_what_they_stand_at_and_numbers_are_not_given_again() {
        let before = before();
        let mut present: Vec<Utterance> = before.iter().map(|(_, one)| one.clone()).collect();
        present.insert(2, note(13, 5));
        let after = newer(&["Good morning to all of you.", "Thank you all."]);
        let merged = merge(&before, &after, &present, &[], 6);
        assert_eq!(told(&merged), ["kept 1", "kept 13", "kept 4"]);
        let after = newer(&["Something else was said.", "Good morning to all of you."]);
        assert_eq!(merge(&before, &after, &present, &[], 6).numbers, [6, 1]);
    }

    #[test]
    fn splits_and_joins_stay_where_the_issuer_changed_nothing() {
        let before = before();
        let present = vec![
            turn(11, 1, "A", "Good morning"),
            turn(12, 5, "Q", "to all of you."),
            turn(13, 2, "A", "Is the dam safe?\n\nThe dam is safe."),
            turn(4, 4, "A", "Thank you all."),
        ];
        let same = newer(&before.iter().map(|(_, one)| one.text.as_str()).collect::<Vec<_>>());
        let merged = merge(&before, &same, &present, &[(3, 2)], 6);
        assert_eq!(told(&merged), ["kept 11", "kept 12", "kept 13", "kept 4"]);
        let after =
            newer(&["Good morning to all of us.", "Is the dam safe?", "The dam is safe now.", "Thank you all."]);
        let merged = merge(&before, &after, &present, &[(3, 2)], 6);
        assert_eq!(
            told(&merged),
            ["1 A: Good morning to all of us.", "2 A: Is the dam safe?", "3 A: The dam is safe now.", "kept 4"]
        );
    }
}
