//! Publishing at the time set: whatever the server did in between, a draft whose time has come is published.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::editorial;
use crate::store::{self, Pool, waiting};

/// How often somebody looks whether a time has come.
const PAUSE: Duration = Duration::from_secs(1);

/// Publishes drafts when their time comes, until `stop` is set. Several servers may do this at once.
pub async fn keep_publishing(pool: Pool, clock: fn() -> Timestamp, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match publish_due(&pool, clock()).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "what is due waits"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Publishes one draft whose time has come; says whether there was one.
pub async fn publish_due(pool: &Pool, now: Timestamp) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    let Some((briefing, actor)) = waiting::due(&mut tx, now).await? else { return Ok(false) };
    // The time was set on the page of the draft itself.
    editorial::publish_drafts(&mut tx, &[briefing], true, &actor, now).await?;
    tx.commit().await?;
    Ok(true)
}
