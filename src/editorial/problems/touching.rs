//! Which revisions since touched a passage: only these can have put it right.

use crate::analysis::revisions::{Change, Stand, changes, fact_changes};
use crate::domain::{Audience, BriefingId, RevisionKind, UtteranceKind};
use crate::store::problems::Passage;
use crate::store::record::{self, Entry};
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection};

/// The revisions after the one of a passage that changed its words, its voices, what stands right behind it, or the facts
/// that stand above it, in order.
pub async fn touching(
    conn: &mut Connection,
    briefing: BriefingId,
    passage: &Passage,
) -> Result<Vec<Entry>, store::Error> {
    let history = record::history(conn, briefing).await?;
    let since = history.iter().position(|entry| entry.id == passage.revision).map_or(history.len(), |at| at + 1);
    let mut before = utterances::of_revision(conn, passage.revision, Audience::Editors, 0, i32::MAX).await?;
    let mut followed = Followed::of(&before, passage);
    let mut touched = Vec::new();
    for (at, entry) in history.iter().enumerate().skip(since) {
        let after = utterances::of_revision(conn, entry.id, Audience::Editors, 0, i32::MAX).await?;
        let facts = fact_changes(&history[at - 1].facts, &entry.facts);
        let told = facts.iter().any(|fact| !fact.is_label || followed.labels.contains(&fact.name));
        // Both are looked at: what is followed goes on from each revision.
        let changed = followed.are_changed(&before, &after);
        if told || changed || entry.kind == RevisionKind::Withdrawn {
            touched.push(entry.clone());
        }
        before = after;
    }
    Ok(touched)
}

/// A passage as it is followed from revision to revision.
struct Followed {
    numbers: Vec<i32>,
    labels: Vec<String>,
}

impl Followed {
    fn of(utterances: &[Utterance], passage: &Passage) -> Self {
        let within = utterances
            .iter()
            .skip_while(|one| one.number != Some(passage.first))
            .scan(false, |over, one| {
                let within = !*over;
                *over |= one.number == Some(passage.last);
                within.then_some(one)
            })
            .collect::<Vec<_>>();
        Self {
            numbers: within.iter().filter_map(|one| one.number).collect(),
            labels: within.iter().filter_map(|one| Some(one.by.as_ref()?.label.clone())).collect(),
        }
    }

    /// Whether a revision changed any of it. What it was joined to, and the other half of what was cut, belong to it from
    /// then on.
    fn are_changed(&mut self, before: &[Utterance], after: &[Utterance]) -> bool {
        let mut changed = false;
        for change in changes(&stands(before), &stands(after)) {
            let touches = match &change {
                Change::Added { number, .. } => self.is_behind(after, *number),
                change => self.numbers.iter().any(|number| change.concerns(*number)),
            };
            match change {
                Change::Split { into, .. } if touches => self.numbers.push(into),
                Change::Joined { number, .. } if touches => self.numbers.push(number),
                _ => {}
            }
            changed |= touches;
        }
        changed
    }

    /// Whether a new utterance is a note that stands right behind the passage, or behind another note there.
    fn is_behind(&self, after: &[Utterance], number: i32) -> bool {
        let mut before = after.iter().rev().skip_while(|one| one.number != Some(number));
        if before.next().is_none_or(|one| one.kind != UtteranceKind::Note) {
            return false;
        }
        let about = before.find(|one| {
            one.kind != UtteranceKind::Note || one.number.is_some_and(|number| self.numbers.contains(&number))
        });
        about.and_then(|one| one.number).is_some_and(|number| self.numbers.contains(&number))
    }
}

/// Utterances as they are compared.
pub fn stands(utterances: &[Utterance]) -> Vec<Stand<'_>> {
    let stand = |one: &'_ Utterance| one.number.map(|number| (number, one.kind));
    utterances
        .iter()
        .filter_map(|one| {
            let (number, kind) = stand(one)?;
            Some(Stand { number, kind, label: one.by.as_ref().map(|by| by.label.as_str()), text: &one.text })
        })
        .collect()
}
