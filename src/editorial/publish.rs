//! Publishing.

use jiff::Timestamp;

use crate::domain::BriefingId;
use crate::store::{self, Connection, drafts, feed};

/// Makes drafts public. Must be the last act of its transaction; returns its position in the feed.
pub async fn publish(conn: &mut Connection, briefings: &[BriefingId], now: Timestamp) -> Result<i64, store::Error> {
    drafts::publish(conn, briefings, now).await?;
    feed::advance(conn, briefings).await
}

/// Removes the sample archive. The position that makes indexes forget it is that of the transaction's last act.
pub async fn remove_sample(conn: &mut Connection) -> Result<bool, store::Error> {
    Ok(drafts::remove_fiction(conn).await? > 0)
}
