//! Publishing.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::{Actor, BriefingId};
use crate::store::waiting::{self, Waiting};
use crate::store::{self, Connection, audit, drafts, editing, feed, people};

/// Makes drafts public, but none that seems to be of an event that is here already. Must be the last act of its
/// transaction; returns its position in the feed.
pub async fn publish(
    conn: &mut Connection,
    briefings: &[BriefingId],
    actor: &Actor,
    now: Timestamp,
) -> Result<i64, store::Error> {
    let ready = drafts::ready(conn, briefings).await?;
    super::draft::take_up(conn, &ready, actor, now).await?;
    let published = drafts::publish(conn, &ready, now).await?;
    if !published.is_empty() {
        audit::append(conn, actor, "briefing.published", &json!({ "briefings": published }), now).await?;
    }
    feed::advance(conn, &published).await
}

/// Makes drafts public in the name of an editor: the sample archive goes when the first real briefing comes. An editor
/// who had the draft itself before them has checked it; whoever publishes many at once has not. Must be the last act of
/// its transaction; returns its position in the feed.
pub async fn publish_drafts(
    conn: &mut Connection,
    briefings: &[BriefingId],
    checked: bool,
    actor: &Actor,
    now: Timestamp,
) -> Result<i64, store::Error> {
    let ready = drafts::ready(conn, briefings).await?;
    if checked {
        editing::check(conn, &ready, Some((now, actor.account))).await?;
    }
    if drafts::is_any_real(conn, &ready).await? && remove_sample(conn).await? {
        people::evidence_changed(conn).await?;
    }
    publish(conn, &ready, actor, now).await
}

/// Why a draft cannot be published at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleRefused {
    /// It has passed.
    Past,
    /// The draft is held back longer.
    Held(Timestamp),
    /// It seems to be of an event that is here already.
    SameEvent,
}

/// Sets when a draft is published by itself, or takes that back. Must be the last act of its transaction.
pub async fn schedule(
    conn: &mut Connection,
    draft: &Waiting,
    at: Option<Timestamp>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(), ScheduleRefused>, store::Error> {
    if let Some(at) = at {
        if at <= now {
            return Ok(Err(ScheduleRefused::Past));
        }
        if draft.same_event {
            return Ok(Err(ScheduleRefused::SameEvent));
        }
        if let Some(until) = draft.embargo_until.filter(|until| *until > at) {
            return Ok(Err(ScheduleRefused::Held(until)));
        }
    }
    waiting::schedule(conn, draft.id, at, actor.account).await?;
    let refs = json!({ "briefing": draft.id, "at": at });
    audit::append(conn, actor, "briefing.scheduled", &refs, now).await.map(Ok)
}

/// Removes the sample archive. The position that makes indexes forget it is that of the transaction's last act.
pub async fn remove_sample(conn: &mut Connection) -> Result<bool, store::Error> {
    Ok(drafts::remove_fiction(conn).await? > 0)
}
