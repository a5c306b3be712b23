//! Redacting: destroying words of a briefing by order of law, wherever the archive holds them, and putting that on record.
//!
//! Invariant: numbers, hashes and the fact of it stay; words, salts, sources and what was said about the words go.

mod plan;

pub use plan::{Plan, Stretch};

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::json;

use super::correct::clean;
use crate::analysis::people::Evidence;
use crate::domain::{Actor, BriefingId, BriefingStatus, RedactionId, RevisionKind, UtteranceId, chain};
use crate::store::quotations;
use crate::store::redactions::{self, Remarks};
use crate::store::revisions::{self, Locked, Placed, Why};
use crate::store::{self, Connection, audit, feed, people};

/// The label of a redacted turn whose own label goes too.
const LABEL: &str = "REDACTED";
/// The title of a redacted briefing whose own title goes too.
const TITLE: &str = "Redacted briefing";
/// What stands for a remark that repeated redacted words.
const REMARK: &str = "Redacted.";

/// What an admin asks for.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The address of the briefing.
    pub slug: &'a str,
    /// The revision that the admin was looking at.
    pub made_from: i32,
    /// The numbers of its utterances; none: all of it.
    pub numbers: Option<&'a BTreeSet<i32>>,
    /// Their labels go too.
    pub labels: bool,
    /// Title, address and place of the briefing go too.
    pub title: bool,
    /// Why; readers see it.
    pub reason: &'a str,
    /// The order or law that it follows; readers see it too.
    pub reference: &'a str,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The revision that it made.
    pub revision: i32,
    /// The address of the briefing now.
    pub slug: String,
    /// Its position in the feed; a draft has none.
    pub position: Option<i64>,
}

/// Why nothing was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedactionRefused {
    /// There is no such briefing.
    NoSuchBriefing,
    /// Another revision came between.
    Overtaken {
        /// The present one.
        present: i32,
    },
    /// Readers must be told why.
    NoReason,
    /// Nothing with these numbers has words.
    NothingThere,
    /// The reason that readers will see repeats what is destroyed.
    Repeats,
}

/// What an order would destroy, without doing it. Holds the briefing until the end of the transaction.
pub async fn plan(conn: &mut Connection, order: &Order<'_>) -> Result<Result<Plan, RedactionRefused>, store::Error> {
    Ok(prepare(conn, order).await?.map(|(_, plan)| plan))
}

async fn prepare(
    conn: &mut Connection,
    order: &Order<'_>,
) -> Result<Result<(Locked, Plan), RedactionRefused>, store::Error> {
    let Some(locked) = revisions::lock(conn, order.slug).await? else {
        return Ok(Err(RedactionRefused::NoSuchBriefing));
    };
    if locked.number != order.made_from {
        return Ok(Err(RedactionRefused::Overtaken { present: locked.number }));
    }
    let held = redactions::held(conn, locked.briefing_id).await?;
    let plan = Plan::of(&held, order.numbers);
    if plan.utterances.is_empty() {
        return Ok(Err(RedactionRefused::NothingThere));
    }
    if plan.repeats(&told(order)) {
        return Ok(Err(RedactionRefused::Repeats));
    }
    Ok(Ok((locked, plan)))
}

/// Redacts. Must be all of its transaction, which is rolled back when it is refused.
pub async fn redact(
    conn: &mut Connection,
    order: &Order<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Redacted, RedactionRefused>, store::Error> {
    if clean(order.reason).is_empty() {
        return Ok(Err(RedactionRefused::NoReason));
    }
    let (locked, plan) = match prepare(conn, order).await? {
        Ok(prepared) => prepared,
        Err(refused) => return Ok(Err(refused)),
    };
    let redaction = redactions::begin(conn, locked.briefing_id).await?;
    let slug = destroy(conn, redaction, &locked, order, &plan, now).await?;
    let shown = store::utterances::ids_of_revision(conn, locked.revision_id).await?;
    let placed: Vec<Placed> = shown.into_iter().map(Placed::Kept).collect();
    let reason = told(order);
    let why = Why { kind: RevisionKind::Redacted, reason: &reason, actor, now, source: None };
    let written = revisions::append(conn, &locked, &placed, why).await?;
    revisions::count_turns(conn, locked.transcript_id).await?;
    // Who spoke was worked out from words that are gone.
    people::evidence_changed(conn).await?;
    let refs = json!({
        "briefing": locked.briefing_id.0,
        "revision": written.number,
        "hash": hex::encode(&written.hash),
        "redaction": redaction.0,
        "covers": hex::encode(chain::covered(&redactions::covered(conn, redaction).await?)),
    });
    audit::append(conn, actor, "redact", &refs, now).await?;
    let advances = locked.status != BriefingStatus::Draft;
    redactions::end(conn, redaction, written.id, advances).await?;
    let position = match locked.status {
        BriefingStatus::Draft => None,
        _ => Some(feed::advance(conn, &[locked.briefing_id]).await?),
    };
    Ok(Ok(Redacted { revision: written.number, slug: slug.unwrap_or_else(|| order.slug.to_owned()), position }))
}

/// The reason as readers see it.
fn told(order: &Order<'_>) -> String {
    let (reason, reference) = (clean(order.reason), clean(order.reference));
    if reference.is_empty() { reason } else { format!("{reason} ({reference})") }
}

/// Destroys everything that an order covers; returns the new address, if the old one goes.
async fn destroy(
    conn: &mut Connection,
    redaction: RedactionId,
    locked: &Locked,
    order: &Order<'_>,
    plan: &Plan,
    now: Timestamp,
) -> Result<Option<String>, store::Error> {
    let briefing = locked.briefing_id;
    let ids: Vec<UtteranceId> = plan.utterances.iter().copied().collect();
    redactions::destroy(conn, redaction, &ids).await?;
    if order.labels {
        redactions::unlabel(conn, redaction, LABEL).await?;
    }
    redactions::withhold_sources(conn, redaction, order.title).await?;
    set_aside(conn, briefing, plan, now).await?;
    redactions::silence_problems(conn, redaction, REMARK).await?;
    silence(conn, redaction, briefing, order, plan).await?;
    let remarks = redactions::remarks(conn, briefing).await?;
    let left = |remark: Option<String>| remark.map(|text| if plan.repeats(&text) { REMARK.to_owned() } else { text });
    let left = Remarks { embargo_text: left(remarks.embargo_text), withdrawn_reason: left(remarks.withdrawn_reason) };
    redactions::remark(conn, briefing, &left).await?;
    for (transcript, evidence) in redactions::noted(conn, briefing).await? {
        let evidence: Evidence = serde_json::from_value(evidence).unwrap_or_default();
        let labels = redactions::labels(conn, transcript).await?;
        let left = json!(plan.evidence_left(evidence, &labels));
        redactions::forget_notes(conn, transcript, &left).await?;
    }
    Ok(if order.title { Some(redactions::rename(conn, redaction, TITLE).await?) } else { None })
}

/// Declines what waits to be adopted, whose words may be those that go; fetches nothing again, since they may still stand
/// at the publisher's; forgets what was made of the words to find others like them.
async fn set_aside(
    conn: &mut Connection,
    briefing: BriefingId,
    plan: &Plan,
    now: Timestamp,
) -> Result<(), store::Error> {
    for (proposal, reason) in redactions::proposals(conn, briefing).await? {
        let reason = reason.filter(|reason| !plan.repeats(reason)).unwrap_or_else(|| REMARK.to_owned());
        redactions::decline(conn, proposal, &reason, now).await?;
    }
    quotations::forget(conn, briefing).await?;
    redactions::forget_likeness(conn, briefing).await
}

/// Destroys reasons and facts of earlier revisions that repeat the words, or the title and the labels that go.
async fn silence(
    conn: &mut Connection,
    redaction: RedactionId,
    briefing: BriefingId,
    order: &Order<'_>,
    plan: &Plan,
) -> Result<(), store::Error> {
    let said = redactions::said(conn, briefing).await?;
    let repeats = said.into_iter().filter(|said| {
        let place = said.facts.place.as_deref().unwrap_or_default();
        let labels = order.labels && !said.facts.speakers.is_empty();
        let reason = said.kind != RevisionKind::Imported && plan.repeats(&said.reason);
        order.title || labels || reason || plan.repeats(place)
    });
    let repeats: Vec<_> = repeats.map(|said| said.id).collect();
    redactions::silence(conn, redaction, &repeats).await
}
