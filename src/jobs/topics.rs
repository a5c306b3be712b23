//! Tagging the archive anew, a few briefings at a time, when editors have changed terms.

use std::time::Duration;

use tokio::sync::watch;

use crate::editorial;
use crate::store::{self, Pool};

/// How often somebody looks whether terms have changed: an editor waits for it.
const PAUSE: Duration = Duration::from_secs(1);

/// Tags some briefings anew in a transaction of its own; says whether there were any. What is not done stays marked as
/// behind, so that it goes on after any stop.
pub async fn tag_some(pool: &Pool) -> Result<bool, store::Error> {
    let mut tx = pool.begin().await?;
    let any = editorial::tag_anew(&mut tx).await?;
    tx.commit().await?;
    Ok(any)
}

/// Tags what is behind, until `stop` is set. Several servers may do this at once: one of them works.
pub async fn keep_tagged(pool: Pool, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match tag_some(&pool).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) if store::collided(&error) => continue,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "topics could not be tagged; trying again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}
