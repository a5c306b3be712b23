//! The follower: brings what changed for readers into the index, in the order of the feed.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::domain::BriefingId;
use crate::domain::indexed::Change;
use crate::search::{Index, IndexError};
use crate::store::{self, Pool, feed};

/// Briefings read from the database at a time: bounds memory, not the size of a commit.
const CHUNK: usize = 16;

/// How long news may be lost before it is noticed.
const SAFETY_NET: Duration = Duration::from_secs(1);

/// Why the index could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The database did not answer.
    #[error("reading the feed")]
    Store(#[from] store::Error),
    /// The index could not be written.
    #[error("writing the index")]
    Index(#[from] IndexError),
    /// The writing thread is gone.
    #[error("the indexing thread ended")]
    Ended(#[from] tokio::task::JoinError),
}

/// Brings the index up to the present position of the feed, once; returns that position.
pub async fn catch_up(pool: &Pool, index: &Arc<Index>) -> Result<u64, FollowError> {
    // One snapshot for the position and everything read up to it.
    let mut tx = store::snapshot(pool).await?;
    let target = feed::position(&mut tx).await?;
    let applied = index.position();
    if target as u64 == applied {
        return Ok(applied);
    }
    // An index from the future belongs to another database, or to one that was set back: begin anew.
    let from_nothing = applied > target as u64;
    let changed = feed::changed_after(&mut tx, if from_nothing { 0 } else { applied as i64 }).await?;
    let (sender, receiver) = mpsc::channel::<Change>(2 * CHUNK);
    let writer = tokio::task::spawn_blocking({
        let index = Arc::clone(index);
        move || {
            if from_nothing {
                index.clear()?;
            }
            let mut receiver = receiver;
            index.apply(target as u64, std::iter::from_fn(|| receiver.blocking_recv()))
        }
    });
    let read = read(&mut tx, &changed, sender).await;
    let written = writer.await?;
    read?;
    written?;
    Ok(target as u64)
}

async fn read(conn: &mut store::Connection, changed: &[BriefingId], to: mpsc::Sender<Change>) -> Result<(), store::Error> {
    for chunk in changed.chunks(CHUNK) {
        for change in feed::changes(conn, chunk).await? {
            // The writer failed and hung up; its error says why.
            if to.send(change).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Follows the feed until `stop` is set; `applied` tells the position that can be found.
pub async fn follow(pool: Pool, index: Arc<Index>, applied: watch::Sender<u64>, mut stop: watch::Receiver<bool>) {
    let mut listener = None;
    while !*stop.borrow() {
        match catch_up(&pool, &index).await {
            Ok(position) => {
                applied.send_replace(position);
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the index is not up to date; trying again");
            }
        }
        if listener.is_none() {
            listener = feed::Listener::connect(&pool).await.ok();
            // Something may have been published between the look and the listening.
            if listener.is_some() {
                continue;
            }
        }
        let news = async {
            match &mut listener {
                Some(listener) => listener.news(SAFETY_NET).await.is_ok(),
                None => {
                    tokio::time::sleep(SAFETY_NET).await;
                    true
                }
            }
        };
        let heard = tokio::select! {
            heard = news => heard,
            _ = stop.changed() => true,
        };
        if !heard {
            listener = None;
        }
    }
}
