//! Promises to come back: which later words seem to keep them.
//!
//! Only differences are written; what editors said of such words stays, and what they rejected is not suggested again.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::analysis::exchanges::Turn;
use crate::analysis::follow_ups::{self, Candidate, Owed, Reason};
use crate::domain::{BriefingId, BriefingKind, FollowUpId, Origin, ResolutionId, SpeakerId, UtteranceKind};
use crate::store::resolutions::{self as rows, Promise, Seeming, Spoken, Stretch};
use crate::store::{self, Connection, feed};

/// Days within which later words are looked for.
pub const REACH: i32 = 60;
/// Characters of the shortest words that keep a promise.
const SHORTEST: usize = 30;
/// Utterances before words among which their question is looked for.
const BEFORE: i32 = 3;
/// Scores nearer to each other than this are the same.
const SAME: f32 = 0.005;
/// Minutes of a day, and more: what has no time is before, and a statement without one after everything that has.
const LAST_SLOT: i64 = 2000;

/// The open promises of a stretch, and everything that was said within their reach.
#[derive(Debug)]
pub struct OpenPromises {
    promises: Vec<Promise>,
    spoken: Vec<Spoken>,
}

/// Reads the open promises of a stretch with what may keep them.
pub async fn open_promises(conn: &mut Connection, stretch: &Stretch) -> Result<OpenPromises, store::Error> {
    let end = stretch.first.saturating_add(3.months()).saturating_sub(1.day());
    let promises = rows::promises(conn, stretch, end).await?;
    if promises.is_empty() {
        return Ok(OpenPromises { promises, spoken: Vec::new() });
    }
    let speakers: HashSet<SpeakerId> = promises.iter().filter_map(|one| one.speaker).collect();
    let issuers: HashSet<String> = promises.iter().filter_map(|one| one.issuer.clone()).collect();
    let (speakers, issuers): (Vec<SpeakerId>, Vec<String>) =
        (speakers.into_iter().collect(), issuers.into_iter().collect());
    let last = end.saturating_add(REACH.days());
    let spoken = rows::spoken(conn, stretch, last, &issuers, &speakers).await?;
    Ok(OpenPromises { promises, spoken })
}

impl OpenPromises {
    /// What seems to keep them.
    pub fn resolutions(&self) -> Vec<Seeming> {
        let owners: HashSet<SpeakerId> = self.promises.iter().filter_map(|one| one.speaker).collect();
        let mut said: Vec<(&Spoken, Option<&Spoken>)> = with_questions(&self.spoken)
            .filter(|(one, _)| one.at_home || one.speaker.is_some_and(|speaker| owners.contains(&speaker)))
            .collect();
        said.sort_by_key(|(one, _)| moment(one.date, slot_of(one), one.position));
        let candidates = said.iter().map(|(one, question)| Candidate {
            text: &one.text,
            question: question.map(|question| question.text.as_str()),
            asked_by: question.and_then(|question| question.asked_by.as_deref()),
            at: moment(one.date, slot_of(one), one.position),
        });
        let owed = self.promises.iter().map(|one| Owed {
            question: &one.question,
            promise: &one.promise,
            asked_by: one.asked_by.as_deref(),
            at: moment(one.date, slot(one.starts.map(minutes)), one.position),
            until: moment(one.date.saturating_add(REACH.days()), LAST_SLOT, i32::MAX),
        });
        let (owed, candidates): (Vec<Owed<'_>>, Vec<Candidate<'_>>) = (owed.collect(), candidates.collect());
        let found = follow_ups::resolutions(&owed, &candidates);
        let seeming = found.into_iter().filter_map(|one| {
            let (promise, (words, _)) = (self.promises.get(one.owed)?, said.get(one.candidate)?);
            is_later(words, promise).then(|| Seeming {
                follow_up: promise.id,
                briefing: words.briefing,
                number: words.number,
                utterance: Some(words.id),
                score: Some(one.score),
                says_so: one.because.iter().any(|reason| matches!(reason, Reason::SaysSo(_))),
                same_asker: one.because.iter().any(|reason| matches!(reason, Reason::SameAsker(_))),
            })
        });
        seeming.collect()
    }
}

/// What people say, and statements, with the question before them; in order of time.
fn with_questions(spoken: &[Spoken]) -> impl Iterator<Item = (&Spoken, Option<&Spoken>)> {
    let mut asked: Option<&Spoken> = None;
    spoken.iter().filter_map(move |one| {
        let asks = Turn::asks_by(one.role);
        if one.kind == UtteranceKind::Heading {
            asked = None;
        } else if asks {
            asked = Some(one);
        }
        let question = asked.filter(|asked| asked.briefing == one.briefing && one.position - asked.position <= BEFORE);
        let says = matches!(one.kind, UtteranceKind::Turn | UtteranceKind::Paragraph) && !asks;
        (says && one.text.chars().nth(SHORTEST).is_some()).then_some((one, question))
    })
}

fn minutes(time: jiff::civil::Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn slot(minutes: Option<i64>) -> i64 {
    minutes.map_or(0, |minutes| minutes + 1)
}

fn slot_of(one: &Spoken) -> i64 {
    match one.starts {
        None if one.briefing_kind == BriefingKind::Statement => LAST_SLOT,
        starts => slot(starts.map(minutes)),
    }
}

/// Grows with time, and within a briefing with the place in the text.
fn moment(date: Date, slot: i64, position: i32) -> i64 {
    let days = date.duration_since(Date::constant(1, 1, 1)).as_hours() / 24;
    (days * (LAST_SLOT + 1) + slot) * 1_000_000 + i64::from(position.clamp(0, 999_999))
}

/// Of two transcripts of one day it must be known which was first.
fn is_later(words: &Spoken, promise: &Promise) -> bool {
    let first = slot(promise.starts.map(minutes));
    words.briefing == promise.briefing
        || words.date > promise.date
        || words.briefing_kind == BriefingKind::Statement
        || first > 0 && slot_of(words) > first
}

/// Writes what seems to keep promises, where that is different from before. Must be the last act of its transaction; says
/// whether it was.
pub async fn suggest_resolutions(
    conn: &mut Connection,
    open: &OpenPromises,
    found: &[Seeming],
) -> Result<bool, store::Error> {
    let ids: Vec<FollowUpId> = open.promises.iter().map(|one| one.id).collect();
    let utterances: HashMap<(BriefingId, i32), &Spoken> =
        open.spoken.iter().map(|one| ((one.briefing, one.number), one)).collect();
    let mut wanted: BTreeMap<(FollowUpId, BriefingId, i32), Seeming> =
        found.iter().map(|one| ((one.follow_up, one.briefing, one.number), *one)).collect();
    let mut gone: Vec<ResolutionId> = Vec::new();
    for (id, origin, before) in rows::known(conn, &ids).await? {
        let key = (before.follow_up, before.briefing, before.number);
        match (origin, wanted.get(&key)) {
            (Origin::Machine, None) => gone.push(id),
            (Origin::Machine, Some(now)) if is_same(&before, now) => drop(wanted.remove(&key)),
            (Origin::Machine, Some(_)) => {}
            // A correction writes an utterance anew; what an editor said of it is about the same words.
            (Origin::Editor, _) => {
                let stands = utterances.get(&(before.briefing, before.number)).map(|one| one.id);
                match stands.filter(|id| before.utterance != Some(*id)) {
                    Some(id) => drop(wanted.insert(key, Seeming { utterance: Some(id), ..before })),
                    None => drop(wanted.remove(&key)),
                }
            }
        }
    }
    if wanted.is_empty() && gone.is_empty() {
        return Ok(false);
    }
    rows::write(conn, &wanted.into_values().collect::<Vec<_>>(), &gone).await?;
    feed::advance_public(conn, &[]).await?;
    Ok(true)
}

fn is_same(before: &Seeming, now: &Seeming) -> bool {
    let score = |one: &Seeming| one.score.unwrap_or_default();
    let near = (score(before) - score(now)).abs() < SAME;
    near && Seeming { score: now.score, ..*before } == *now
}
