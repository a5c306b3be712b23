//! What an editor says of a draft that seems to be of an event that is here already; and which transcript is the main one.

use jiff::Timestamp;
use serde_json::json;

use super::adopt::{adopt, laid, numbered};
use super::correct::{Refused, clean};
use super::people::settle;
use crate::analysis::revisions::{Laid, lay};
use crate::domain::{Actor, Audience, BriefingId, BriefingStatus, RevisionKind, TranscriptStatus};
use crate::store::revisions::{self, Locked, Placed, Why, Written};
use crate::store::speaker_acts::Scope;
use crate::store::transcripts::{self, Draft};
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection, audit, feed, people, proposals, refetches, rights, same_event};

/// What a draft is.
#[derive(Debug, Clone, Copy)]
pub enum Choice<'a> {
    /// Another transcript of a briefing.
    Second {
        /// The address of the briefing.
        of: &'a str,
        /// Who issued it.
        issuer: &'a str,
        /// What they say of it.
        status: TranscriptStatus,
    },
    /// A newer version of the main transcript of a briefing, from the same issuer.
    Newer {
        /// The address of the briefing.
        of: &'a str,
        /// Why it is adopted; readers see it.
        reason: &'a str,
    },
    /// A briefing of its own.
    Own,
}

/// Why a choice cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceRefused {
    /// There is no such draft.
    NoSuchDraft,
    /// There is no such briefing, or it is the draft itself.
    NoSuchBriefing,
    /// The briefing is withdrawn.
    IsWithdrawn,
    /// The draft has other transcripts itself.
    HasOthers,
    /// Nothing like it is known, or it was said already.
    NothingOpen,
    /// Readers must be told whose text it is.
    NoIssuer,
    /// The newer version cannot be adopted.
    NotAdopted(Refused),
}

/// Does what an editor says a draft is; returns the position in the feed, if readers see a difference. Must be all of its
/// transaction, which is rolled back when it is refused.
pub async fn choose(
    conn: &mut Connection,
    slug: &str,
    choice: Choice<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Option<i64>, ChoiceRefused>, store::Error> {
    let Some(draft) = transcripts::hold_draft(conn, slug).await? else { return Ok(Err(ChoiceRefused::NoSuchDraft)) };
    let of = match choice {
        Choice::Own => return own(conn, draft.briefing_id, actor, now).await,
        Choice::Second { of, .. } | Choice::Newer { of, .. } => of,
    };
    let Some(locked) = revisions::lock(conn, of).await?.filter(|locked| locked.briefing_id != draft.briefing_id) else {
        return Ok(Err(ChoiceRefused::NoSuchBriefing));
    };
    if locked.status == BriefingStatus::Withdrawn {
        return Ok(Err(ChoiceRefused::IsWithdrawn));
    }
    if draft.texts > 1 {
        return Ok(Err(ChoiceRefused::HasOthers));
    }
    rights::carry_over(conn, draft.briefing_id, locked.briefing_id).await?;
    if let Choice::Newer { reason, .. } = choice {
        let proposal = beside(conn, &draft, &locked, now).await?;
        let adopted = adopt(conn, proposal, locked.number, reason, actor, now).await?;
        return Ok(adopted.map(|corrected| corrected.position).map_err(ChoiceRefused::NotAdopted));
    }
    let Choice::Second { issuer, status, .. } = choice else { return Ok(Err(ChoiceRefused::NothingOpen)) };
    let issuer = clean(issuer);
    if issuer.is_empty() {
        return Ok(Err(ChoiceRefused::NoIssuer));
    }
    second(conn, &draft, &locked, (&issuer, status), actor, now).await.map(Ok)
}

async fn own(
    conn: &mut Connection,
    draft: BriefingId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Option<i64>, ChoiceRefused>, store::Error> {
    if !same_event::settle(conn, draft, actor.account, now).await? {
        return Ok(Err(ChoiceRefused::NothingOpen));
    }
    audit::append(conn, actor, "briefing.own", &json!({ "briefing": draft }), now).await?;
    Ok(Ok(None))
}

/// Puts the text of a draft beside the main transcript of a briefing, as a newer version of it.
async fn beside(
    conn: &mut Connection,
    draft: &Draft,
    locked: &Locked,
    now: Timestamp,
) -> Result<crate::domain::ProposalId, store::Error> {
    refetches::hand_over(conn, draft.transcript_id, locked.transcript_id).await?;
    transcripts::put_beside(conn, draft.transcript_id, locked.briefing_id).await?;
    transcripts::remove_emptied(conn, draft.briefing_id, locked.briefing_id).await?;
    proposals::add(conn, draft.transcript_id, locked.transcript_id, now).await
}

/// Makes the text of a draft another transcript of a briefing. What is clearly the same as in the main one has its number.
async fn second(
    conn: &mut Connection,
    draft: &Draft,
    locked: &Locked,
    (issuer, status): (&str, TranscriptStatus),
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<i64>, store::Error> {
    let main = utterances::of_revision(conn, locked.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let words = utterances::of_revision(conn, draft.revision_id, Audience::Editors, 0, i32::MAX).await?;
    transcripts::join(conn, draft.transcript_id, locked.briefing_id).await?;
    transcripts::describe(conn, draft.transcript_id, Some(issuer), status).await?;
    transcripts::remove_emptied(conn, draft.briefing_id, locked.briefing_id).await?;
    let text = revisions::text(conn, locked, draft.transcript_id).await?.ok_or(store::Error::RowNotFound)?;
    settle(conn, Scope::Transcript(draft.transcript_id)).await?;
    rights::agree(conn, locked.briefing_id).await?;
    let reason = "It became another transcript of this briefing.";
    let why = Why { kind: RevisionKind::Metadata, reason, actor, now, source: None };
    let written = revisions::append(conn, &text, &under_numbers_of(&main, &words, locked.last_number + 1), why).await?;
    people::evidence_changed(conn).await?;
    let refs = refs(locked, &written, &json!({ "draft": draft.briefing_id, "transcript": draft.transcript_id }));
    audit::append(conn, actor, "transcript.joined", &refs, now).await?;
    told(conn, locked).await
}

/// The utterances of another transcript, under the numbers of those of the main one that they clearly are.
fn under_numbers_of(main: &[Utterance], words: &[Utterance], next: i32) -> Vec<Placed> {
    let olds: Vec<Laid<'_>> = main.iter().map(laid).collect();
    let news: Vec<Laid<'_>> = words.iter().map(laid).collect();
    let mut free = next..;
    let number = |place: Option<usize>| place.and_then(|at| main.get(at)?.number);
    let places = lay(&olds, &news).into_iter().zip(words);
    places.map(|(place, one)| numbered(one, number(place).or_else(|| free.next()).unwrap_or(next))).collect()
}

/// Makes another transcript the main one: that is shown, searched and cited from then on. Must be all of its transaction,
/// which is rolled back when it is refused.
pub async fn make_main(
    conn: &mut Connection,
    slug: &str,
    number: i32,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Option<i64>, Refused>, store::Error> {
    let Some(locked) = revisions::lock(conn, slug).await? else { return Ok(Err(Refused::NoSuchBriefing)) };
    let reason = clean(reason);
    if reason.is_empty() {
        return Ok(Err(Refused::NoReason));
    }
    if locked.status == BriefingStatus::Withdrawn {
        return Ok(Err(Refused::IsWithdrawn));
    }
    let texts = transcripts::texts(conn, locked.briefing_id).await?;
    let Some(chosen) = texts.iter().find(|text| text.number == number) else { return Ok(Err(Refused::NoSuchBriefing)) };
    if chosen.is_main {
        return Ok(Err(Refused::Unchanged));
    }
    transcripts::make_main(conn, locked.briefing_id, chosen.id).await?;
    let text = revisions::text(conn, &locked, chosen.id).await?.ok_or(store::Error::RowNotFound)?;
    let words = utterances::of_revision(conn, text.revision_id, Audience::Editors, 0, i32::MAX).await?;
    let kept: Vec<Placed> = words.iter().map(|one| Placed::Kept(one.id)).collect();
    let why = Why { kind: RevisionKind::Metadata, reason: &reason, actor, now, source: None };
    let written = revisions::append(conn, &text, &kept, why).await?;
    people::evidence_changed(conn).await?;
    let refs = refs(&locked, &written, &json!({ "transcript": chosen.id }));
    audit::append(conn, actor, "transcript.main", &refs, now).await?;
    told(conn, &locked).await.map(Ok)
}

/// What the audit log says of a revision, and more.
fn refs(locked: &Locked, written: &Written, more: &serde_json::Value) -> serde_json::Value {
    let mut refs = json!({
        "briefing": locked.briefing_id,
        "revision": written.number,
        "hash": hex::encode(&written.hash),
    });
    if let (Some(refs), Some(more)) = (refs.as_object_mut(), more.as_object()) {
        refs.extend(more.clone());
    }
    refs
}

/// Tells whoever follows the feed, if readers see the briefing.
async fn told(conn: &mut Connection, locked: &Locked) -> Result<Option<i64>, store::Error> {
    match locked.status {
        BriefingStatus::Draft => Ok(None),
        _ => feed::advance(conn, &[locked.briefing_id]).await.map(Some),
    }
}
