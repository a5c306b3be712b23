//! Taking the fingerprints of transcripts that came in before there were any.

use crate::ingest::same_event;
use crate::store::{self, Pool};

/// Takes all that are missing. Several may do this at once.
pub async fn take(pool: &Pool) -> Result<(), store::Error> {
    loop {
        let mut tx = pool.begin().await?;
        let taken = same_event::take_fingerprints(&mut tx).await?;
        tx.commit().await?;
        if taken == 0 {
            return Ok(());
        }
    }
}

/// Does so beside a server, which does not need them to serve.
pub async fn take_beside(pool: Pool) {
    if let Err(error) = take(&pool).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "fingerprints are missing; the next start takes them");
    }
}
