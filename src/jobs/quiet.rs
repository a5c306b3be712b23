//! Work on the whole archive that waits until nothing changes for a while: a long import is worked through once, at its end.

use std::time::Duration;

use tokio::sync::watch;

use crate::store::{self, Pool};

/// Does `work` whenever `behind` names a state of the archive that it has not seen yet, and has named the same one a `pause`
/// before; until `stop` is set. `trouble` says what did not come about, should it fail.
pub async fn keep(
    pool: Pool,
    mut stop: watch::Receiver<bool>,
    pause: Duration,
    behind: impl AsyncFn(&Pool) -> Result<Option<i64>, store::Error>,
    work: impl AsyncFn(&Pool) -> Result<bool, store::Error>,
    trouble: &'static str,
) {
    let mut seen = None;
    while !*stop.borrow() {
        match behind(&pool).await {
            Ok(Some(state)) if seen == Some(state) => {
                if let Err(error) = work(&pool).await {
                    tracing::warn!(error = &error as &dyn std::error::Error, "{trouble}; trying again");
                }
            }
            Ok(state) => seen = state,
            Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "the database is away"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}
