//! Looking for later words that seem to keep promises, when what readers see has changed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::quiet;
use crate::analysis::suggestions::VERSION;
use crate::editorial::{self, RESOLUTIONS_REACH};
use crate::store::resolutions::{self, Progress};
use crate::store::{self, Pool};

/// How long the archive must have been quiet before the server looks: an import in progress ends first.
const QUIET: Duration = Duration::from_secs(3);

/// Looks through what has changed since the last time, if every text is read for its promises by then; says whether
/// anything is different for readers. Each stretch is a transaction of its own, so that it goes on after any stop.
pub async fn refresh(pool: &Pool) -> Result<bool, store::Error> {
    let mut conn = pool.acquire().await?;
    let progress = resolutions::progress(&mut conn, VERSION).await?;
    if !is_due(progress) {
        return Ok(false);
    }
    // Another version finds other promises in the same words.
    let after = if progress.version == VERSION { progress.done } else { -1 };
    let stretches = resolutions::stretches(&mut conn, after, RESOLUTIONS_REACH).await?;
    drop(conn);
    let mut different = false;
    for stretch in &stretches {
        let mut tx = pool.begin().await?;
        if !resolutions::alone(&mut tx).await? {
            return Ok(different);
        }
        let open = Arc::new(editorial::open_promises(&mut tx, stretch).await?);
        let read = Arc::clone(&open);
        // Words by the million: beside the requests, not among them.
        let found = tokio::task::spawn_blocking(move || read.resolutions()).await;
        let found = found.map_err(|error| store::Error::Io(std::io::Error::other(error)))?;
        different |= editorial::suggest_resolutions(&mut tx, &open, &found).await?;
        tx.commit().await?;
    }
    resolutions::done(&mut *pool.acquire().await?, progress.position, VERSION).await?;
    tracing::debug!(stretches = stretches.len(), different, "looked for later words that keep promises");
    Ok(different)
}

/// Looks whenever something has changed and it has been quiet for a while, until `stop` is set.
pub async fn keep_looking(pool: Pool, stop: watch::Receiver<bool>) {
    quiet::keep(pool, stop, QUIET, look, refresh, "it could not be seen which promises were kept").await;
}

/// The position of the feed, if there is something to look through.
async fn look(pool: &Pool) -> Result<Option<i64>, store::Error> {
    let progress = resolutions::progress(&mut *pool.acquire().await?, VERSION).await?;
    Ok(is_due(progress).then_some(progress.position))
}

const fn is_due(progress: Progress) -> bool {
    (progress.done != progress.position || progress.version != VERSION) && !progress.waits
}
