//! One act for many briefings of an upload: all of them or none.

use jiff::Timestamp;

use super::correct::{Act, Correction, Refused, correct};
use crate::domain::{Actor, BatchId};
use crate::store::batches::{self, Standing};
use crate::store::{self, Connection};

/// What was done to a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Briefings that it was done to.
    pub briefings: usize,
    /// The last position in the feed; none where readers see no difference.
    pub position: Option<i64>,
}

/// Withdraws every published briefing of a batch. Must be all of its transaction, which is rolled back when it is refused.
pub async fn withdraw_batch(
    conn: &mut Connection,
    batch: BatchId,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Done, Refused>, store::Error> {
    let published = batches::published(conn, batch).await?;
    all(conn, &published, &Act::Withdraw, reason, actor, now).await
}

async fn all(
    conn: &mut Connection,
    briefings: &[Standing],
    act: &Act,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Done, Refused>, store::Error> {
    let mut done = Done::default();
    for Standing { slug, revision } in briefings {
        match correct(conn, &Correction { slug, made_from: *revision, act, reason }, actor, now).await? {
            Ok(corrected) => done = Done { briefings: done.briefings + 1, position: corrected.position },
            Err(refused) => return Ok(Err(refused)),
        }
    }
    Ok(Ok(done))
}
