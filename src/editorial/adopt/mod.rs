//! Adopting a newer version by its issuer: it is laid beside what stands there, and becomes the next revision.

mod merge;

pub(super) use merge::{laid, numbered};

use jiff::Timestamp;
use serde_json::json;

use super::correct::{Corrected, Refused, clean};
use super::people::settle;
use crate::domain::{Actor, Audience, BriefingId, BriefingStatus, ProposalId, RevisionKind, TranscriptId};
use crate::store::drafts::Written;
use crate::store::proposals::{self, Decided, Proposal};
use crate::store::revisions::{self, Locked, Placed, Why};
use crate::store::speaker_acts::Scope;
use crate::store::utterances::{self, By, Utterance};
use crate::store::{self, Connection, audit, feed, people, refetches, rights, transcripts};
use merge::{Merged, merge};

/// Puts a newer version of a transcript before editors. It was written as a draft, which is gone then.
pub async fn propose(
    conn: &mut Connection,
    newer: Written,
    of: TranscriptId,
    briefing: BriefingId,
    now: Timestamp,
) -> Result<ProposalId, store::Error> {
    transcripts::put_beside(conn, newer.transcript_id, briefing).await?;
    transcripts::remove_emptied(conn, newer.briefing_id, briefing).await?;
    let id = proposals::add(conn, newer.transcript_id, of, now).await?;
    let refs = json!({ "briefing": briefing, "proposal": id });
    audit::append(conn, &Actor::machine("fetching again"), "proposal.made", &refs, now).await?;
    Ok(id)
}

/// Has the source of a transcript fetched again as soon as may be; says whether it came from an address.
pub async fn fetch_again(
    conn: &mut Connection,
    briefing: BriefingId,
    transcript: TranscriptId,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    if !refetches::hasten(conn, transcript, now).await? {
        return Ok(false);
    }
    let refs = json!({ "briefing": briefing, "transcript": transcript });
    audit::append(conn, actor, "transcript.fetched-by-hand", &refs, now).await?;
    Ok(true)
}

/// Makes a proposed version the next revision of its transcript. Must be all of its transaction, which is rolled back when
/// it is refused.
pub async fn adopt(
    conn: &mut Connection,
    id: ProposalId,
    made_from: i32,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Corrected, Refused>, store::Error> {
    let Some(proposal) = proposals::find(conn, id).await? else { return Ok(Err(Refused::NoSuchBriefing)) };
    let Some(main) = revisions::lock(conn, &proposal.briefing.slug).await? else {
        return Ok(Err(Refused::NoSuchBriefing));
    };
    let Some(locked) = revisions::text(conn, &main, proposal.of_transcript_id).await? else {
        return Ok(Err(Refused::NoSuchBriefing));
    };
    let reason = clean(reason);
    if locked.number != made_from {
        return Ok(Err(Refused::Overtaken { present: locked.number }));
    }
    if reason.is_empty() {
        return Ok(Err(Refused::NoReason));
    }
    if locked.status == BriefingStatus::Withdrawn {
        return Ok(Err(Refused::IsWithdrawn));
    }
    let (present, merged) = merged(conn, &proposal, &locked).await?;
    if present.iter().any(|one| one.withheld.is_some()) {
        return Ok(Err(Refused::Redacted));
    }
    if !proposals::decide(conn, id, Decided::Adopted(&merged.numbers), actor.account, now).await? {
        return Ok(Err(Refused::Unchanged));
    }
    revisions::add_labels_of(conn, proposal.transcript_id, locked.transcript_id).await?;
    transcripts::take_over(conn, locked.transcript_id, proposal.transcript_id).await?;
    let why = Why { kind: RevisionKind::Issuer, reason: &reason, actor, now, source: Some(proposal.source_id) };
    let written = revisions::append(conn, &locked, &merged.placed, why).await?;
    revisions::count_turns(conn, locked.transcript_id).await?;
    settle(conn, Scope::Transcript(locked.transcript_id)).await?;
    rights::agree(conn, locked.briefing_id).await?;
    people::evidence_changed(conn).await?;
    let refs = json!({
        "briefing": locked.briefing_id,
        "revision": written.number,
        "hash": hex::encode(&written.hash),
        "proposal": id,
    });
    audit::append(conn, actor, "adopt", &refs, now).await?;
    let position = match locked.status {
        BriefingStatus::Draft => None,
        _ => Some(feed::advance(conn, &[locked.briefing_id]).await?),
    };
    Ok(Ok(Corrected { revision: written.number, position }))
}

/// Declines a proposed version; says whether it waited. Must be the last act of its transaction.
pub async fn decline(
    conn: &mut Connection,
    id: ProposalId,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(), Refused>, store::Error> {
    let reason = clean(reason);
    if reason.is_empty() {
        return Ok(Err(Refused::NoReason));
    }
    if !proposals::decide(conn, id, Decided::Declined(&reason), actor.account, now).await? {
        return Ok(Err(Refused::Unchanged));
    }
    audit::append(conn, actor, "proposal.declined", &json!({ "proposal": id }), now).await.map(Ok)
}

/// The utterances of a transcript as they are, and as they would be if a proposed version were adopted.
pub async fn preview(
    conn: &mut Connection,
    proposal: &Proposal,
) -> Result<Option<(Vec<Utterance>, Vec<Utterance>)>, store::Error> {
    let Some(main) = revisions::lock(conn, &proposal.briefing.slug).await? else { return Ok(None) };
    let Some(locked) = revisions::text(conn, &main, proposal.of_transcript_id).await? else { return Ok(None) };
    let (present, merged) = merged(conn, proposal, &locked).await?;
    let newer = utterances::of_revision(conn, proposal.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let after = merged.placed.iter().filter_map(|placed| shown(placed, &present, &newer)).collect();
    Ok(Some((present, after)))
}

/// An utterance as it would be.
fn shown(placed: &Placed, present: &[Utterance], newer: &[Utterance]) -> Option<Utterance> {
    match placed {
        Placed::Kept(id) => present.iter().find(|one| one.id == *id).cloned(),
        Placed::Fresh(fresh) => {
            let one = newer.iter().find(|one| Some(one.id) == fresh.from)?;
            let by = one.by.clone().zip(fresh.label.clone()).map(|(by, label)| By { label, ..by });
            Some(Utterance { number: Some(fresh.number), kind: fresh.kind, by, ..one.clone() })
        }
    }
}

/// What stands there, and what becomes of it.
async fn merged(
    conn: &mut Connection,
    proposal: &Proposal,
    locked: &Locked,
) -> Result<(Vec<Utterance>, Merged), store::Error> {
    let before = version_before(conn, locked.transcript_id).await?;
    let newer = utterances::of_revision(conn, proposal.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let present = utterances::of_revision(conn, locked.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let joined = revisions::redirects(conn, locked.briefing_id).await?;
    let merged = merge(&before, &newer, &present, &joined, locked.last_number + 1);
    Ok((present, merged))
}

/// The version that the issuer had before, with the numbers of its utterances.
async fn version_before(conn: &mut Connection, of: TranscriptId) -> Result<Vec<(i32, Utterance)>, store::Error> {
    if let Some(adopted) = proposals::adopted(conn, of).await? {
        let words = utterances::of_revision(conn, adopted.revision_id, Audience::Editors, 0, i32::MAX).await?;
        return Ok(adopted.numbers.into_iter().zip(words).collect());
    }
    let first = transcripts::first_revision(conn, of).await?;
    let words = utterances::of_revision(conn, first, Audience::Editors, 0, i32::MAX).await?;
    Ok(words.into_iter().filter_map(|one| Some((one.number?, one))).collect())
}
