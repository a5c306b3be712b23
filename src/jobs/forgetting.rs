//! Forgetting: what is known of readers who reported a problem goes when it is no longer needed.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::domain::problem::{ADDRESS_KEPT, PLACE_KEPT};
use crate::store::{self, Pool, problems};

/// How often somebody looks.
const PAUSE: Duration = Duration::from_mins(10);

/// Forgets addresses whose time is over, until `stop` is set. Several servers may do this at once.
pub async fn keep_forgetting(pool: Pool, clock: fn() -> Timestamp, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = forget(&pool, clock()).await {
            tracing::debug!(error = &error as &dyn std::error::Error, "addresses are forgotten later");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Forgets mail addresses after 90 days, and within the hour from where problems came.
pub async fn forget(pool: &Pool, now: Timestamp) -> Result<(), store::Error> {
    let mut tx = pool.begin().await?;
    problems::forget_places(&mut tx, now - PLACE_KEPT).await?;
    problems::forget_addresses(&mut tx, now - ADDRESS_KEPT).await?;
    tx.commit().await
}
