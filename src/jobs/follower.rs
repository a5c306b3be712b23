//! The follower: brings what changed for readers into the index, in the order of the feed.

use std::cmp::Ordering;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};

use crate::domain::BriefingId;
use crate::domain::indexed::Change;
use crate::search::{Index, IndexError};
use crate::store::{self, Pool, feed, redactions};

/// Briefings and bytes of their sources read from the database at a time, unless a single one has more: this bounds
/// memory, not the size of a commit.
const CHUNK: usize = 64;
const CHUNK_BYTES: u64 = 2_000_000;

/// Chunks that are on their way to the writer beside the one it has and the one that is being read.
const CHUNKS_ON_THEIR_WAY: usize = 1;

/// Changed briefings from which on the index is written with all processors.
const MANY: usize = 100;

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
    let target = feed::position(&mut tx).await? as u64;
    let applied = index.position();
    match applied.cmp(&target) {
        Ordering::Equal => return Ok(target),
        // An index from the future belongs to another database, or to one that was set back.
        Ordering::Greater => {
            drop(tx);
            return rebuild(pool, index).await;
        }
        Ordering::Less => {}
    }
    let changed = feed::changed_after(&mut tx, applied as i64).await?;
    let (sender, receiver) = mpsc::channel(CHUNKS_ON_THEIR_WAY);
    let writer = tokio::task::spawn_blocking({
        let index = Arc::clone(index);
        let much = changed.len() >= MANY;
        move || {
            let changes = until_complete(receiver);
            if much { index.apply_many(target, changes) } else { index.apply(target, changes) }
        }
    });
    read(&mut tx, &changed, sender).await?;
    writer.await??;
    Ok(target)
}

/// Builds the index anew beside the one in use and switches to it; returns the position it is complete up to.
pub async fn rebuild(pool: &Pool, index: &Arc<Index>) -> Result<u64, FollowError> {
    let mut tx = store::snapshot(pool).await?;
    let target = feed::position(&mut tx).await? as u64;
    let all = feed::changed_after(&mut tx, 0).await?;
    let (sender, receiver) = mpsc::channel(CHUNKS_ON_THEIR_WAY);
    let writer = tokio::task::spawn_blocking({
        let index = Arc::clone(index);
        move || {
            let mut rebuild = index.rebuild()?;
            for change in until_complete(receiver) {
                rebuild.add(change?)?;
            }
            rebuild.finish(target)
        }
    });
    read(&mut tx, &all, sender).await?;
    writer.await??;
    Ok(target)
}

/// Makes sure that nothing of a redacted text is left in the files of the index. `forgotten` is up to which position that
/// was done; returns up to which it is now.
pub async fn forget(pool: &Pool, index: &Arc<Index>, forgotten: u64) -> Result<u64, FollowError> {
    let last = redactions::last_position(&mut *pool.acquire().await?).await?.unwrap_or(0) as u64;
    if last <= forgotten || last > index.position() {
        return Ok(forgotten);
    }
    let index = Arc::clone(index);
    tokio::task::spawn_blocking(move || index.forget()).await??;
    Ok(last)
}

/// Hands over the changes of these briefings, and at the end that it is the end.
async fn read(
    conn: &mut store::Connection,
    changed: &[BriefingId],
    to: mpsc::Sender<Option<Vec<Change>>>,
) -> Result<(), store::Error> {
    for some in changed.chunks(100 * CHUNK) {
        let sizes = feed::sizes(conn, some).await?;
        for chunk in chunks(&sizes) {
            let changes = feed::changes(conn, &chunk).await?;
            // The writer failed and hung up; its error says why.
            if to.send(Some(changes)).await.is_err() {
                return Ok(());
            }
        }
    }
    let _ = to.send(None).await;
    Ok(())
}

/// Cuts briefings with the bytes of their sources into runs that may be in memory at once.
fn chunks(sizes: &[(BriefingId, u64)]) -> Vec<Vec<BriefingId>> {
    let mut chunks: Vec<Vec<BriefingId>> = Vec::new();
    let mut bytes = 0;
    for &(briefing, size) in sizes {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK && bytes + size <= CHUNK_BYTES => chunk.push(briefing),
            _ => {
                chunks.push(vec![briefing]);
                bytes = 0;
            }
        }
        bytes += size;
    }
    chunks
}

/// What comes in until the end is announced. A sender that is gone before has failed: nothing may be committed then.
fn until_complete(mut from: mpsc::Receiver<Option<Vec<Change>>>) -> impl Iterator<Item = Result<Change, IndexError>> {
    let mut at_hand = Vec::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(change) = at_hand.next() {
                return Some(Ok(change));
            }
            match from.blocking_recv() {
                Some(Some(chunk)) => at_hand = chunk.into_iter(),
                Some(None) => return None,
                None => return Some(Err(IndexError::Interrupted)),
            }
        }
    })
}

/// Keeps the index at the present until `stop` is set. While another process writes it, this one shows what that one
/// writes, and takes over when it is gone.
pub async fn follow(pool: Pool, index: Arc<Index>, mut stop: watch::Receiver<bool>) {
    let mut listener = None;
    let mut seen = Seen::default();
    while !*stop.borrow() {
        let writes = match look(&pool, &index, &mut seen).await {
            Ok(writes) => writes,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the index is not up to date; trying again");
                index.try_write().unwrap_or(false)
            }
        };
        if !writes {
            tokio::select! {
                () = tokio::time::sleep(SAFETY_NET / 4) => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        if listener.is_none() {
            listener = feed::Listener::connect(&pool).await.ok();
            // Something may have been published between the look and the listening.
            if listener.is_some() {
                continue;
            }
        }
        let news = async {
            if let Some(listener) = &mut listener {
                listener.news(SAFETY_NET).await.is_ok()
            } else {
                tokio::time::sleep(SAFETY_NET).await;
                true
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

/// What this process has done with the index so far.
#[derive(Debug, Default)]
struct Seen {
    /// Up to which position it was looked whether something must be forgotten.
    looked: Option<u64>,
    /// Up to which position that was done.
    forgotten: u64,
}

/// Brings the index up to date as far as it is ours to do; says whether this process writes it.
async fn look(pool: &Pool, index: &Arc<Index>, seen: &mut Seen) -> Result<bool, FollowError> {
    let writes = index.try_write()?;
    if writes {
        let position = catch_up(pool, index).await?;
        if seen.looked != Some(position) {
            seen.forgotten = forget(pool, index, seen.forgotten).await?;
            seen.looked = Some(position);
        }
    } else {
        index.refresh()?;
    }
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_memory_at_once_is_bounded_by_number_and_by_size() {
        let lengths = |sizes: &[u64]| {
            let sizes: Vec<_> = (1..).map(BriefingId).zip(sizes.iter().copied()).collect();
            let chunks = chunks(&sizes);
            assert_eq!(chunks.concat(), sizes.iter().map(|(id, _)| *id).collect::<Vec<_>>());
            chunks.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&[]), [] as [usize; 0]);
        assert_eq!(lengths(&[1; 2 * CHUNK + 1]), [CHUNK, CHUNK, 1]);
        let (small, large) = (CHUNK_BYTES / 4, 3 * CHUNK_BYTES);
        assert_eq!(lengths(&[large, large, small, small, large, small]), [1, 1, 2, 1, 1]);
    }
}
