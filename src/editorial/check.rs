//! Saying that an editor has checked what readers see.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::{Actor, BriefingStatus};
use crate::store::{self, Connection, audit, editing, feed};

/// Says of a published briefing that an editor has checked it, or takes that back. Must be the last act of its
/// transaction; returns its position in the feed, or `None` if no such briefing is published.
pub async fn check(
    conn: &mut Connection,
    slug: &str,
    checked: bool,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<i64>, store::Error> {
    let found = editing::checked(conn, slug).await?;
    let Some(found) = found.filter(|found| found.status == BriefingStatus::Published) else { return Ok(None) };
    editing::check(conn, &[found.id], checked.then_some((now, actor.account))).await?;
    let act = if checked { "briefing.checked" } else { "briefing.unchecked" };
    audit::append(conn, actor, act, &json!({ "briefing": found.id }), now).await?;
    feed::advance(conn, &[found.id]).await.map(Some)
}
