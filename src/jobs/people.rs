//! Resolving people again, over the whole archive, when evidence has changed.

use std::time::Duration;

use tokio::sync::watch;

use super::quiet;
use crate::editorial;
use crate::store::{self, Pool, people};

/// How long evidence must have been quiet before the server resolves people: an import in progress does it at its end.
const QUIET: Duration = Duration::from_secs(3);

/// Resolves people if evidence has changed since the last time; says whether anything is different for readers.
pub async fn refresh(pool: &Pool) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    people::one_at_a_time(&mut tx).await?;
    let versions = people::versions(&mut tx).await?;
    if versions.resolved == versions.evidence {
        return Ok(false);
    }
    let change = editorial::resolve_people(&mut tx, versions.evidence).await?;
    tx.commit().await?;
    tracing::debug!(?change, "people resolved");
    Ok(change.briefings > 0)
}

/// Resolves people whenever evidence has changed and been quiet for a while, until `stop` is set.
pub async fn keep_fresh(pool: Pool, stop: watch::Receiver<bool>) {
    quiet::keep(pool, stop, QUIET, look, refresh, "people could not be resolved").await;
}

/// The version of the evidence, if people are behind it.
async fn look(pool: &Pool) -> Result<Option<i64>, store::Error> {
    let versions = people::versions(&mut *pool.acquire().await?).await?;
    Ok((versions.resolved != versions.evidence).then_some(versions.evidence))
}
