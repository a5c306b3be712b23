//! Sweeping: words that were redacted leave the files of the database, where a table keeps rows that nobody sees any more.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

use crate::store::{self, Pool, redactions};

/// How often somebody looks whether there is anything to sweep.
const PAUSE: Duration = Duration::from_secs(2);

/// Sweeps after every redaction, until `stop` is set. Several servers may do this at once: the tables are rewritten twice
/// then, and nothing worse.
pub async fn keep_sweeping(pool: Pool, clock: fn() -> Timestamp, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = sweep(&pool, clock()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "redacted words are still to be swept");
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Sweeps if there is anything to sweep; says whether there was.
pub async fn sweep(pool: &Pool, now: Timestamp) -> Result<bool, store::Error> {
    let mut conn = pool.acquire().await?;
    if !redactions::is_to_sweep(&mut conn).await? {
        return Ok(false);
    }
    redactions::sweep(&mut conn, now).await?;
    Ok(true)
}
