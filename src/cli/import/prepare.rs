//! From items to plans: loaded, read in the children and planned side by side, handed over in their order.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::{JoinHandle, spawn_blocking};

use super::Manner;
use crate::analysis::topics::Terms;
use crate::cli::archive::Archive;
use crate::ingest::apply::sha256;
use crate::ingest::child::{Pool as Readers, WorkerCommand};
use crate::ingest::plan::{ImportPlan, Known, plan};
use crate::ingest::walk::Item;
use crate::store::{Pool, sources};

/// Room for the sources that are in memory at once, in parts of [`PART`]. A plan takes several times its source.
const ROOM: u32 = 384;

/// Bytes of a part of the room; most briefings need one.
const PART: u64 = 64 * 1024;

/// The most room that one source, or the batch it is written in, takes. So the next source always finds room while a
/// batch waits for it.
pub(super) const HALF_OF_THE_ROOM: u32 = ROOM / 2;

/// A source on its way in.
#[derive(Debug)]
pub(super) enum Prepared {
    Planned(Box<Planned>),
    Known { path: String, known: sources::Known },
    Failed { path: String, reason: String },
}

/// A source that was read.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) path: String,
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) sha256: [u8; 32],
    /// The address that it was fetched from.
    pub(super) fetched: Option<String>,
    pub(super) plan: ImportPlan,
    /// Given back when the source is written.
    pub(super) room: OwnedSemaphorePermit,
}

/// The sources of an import as they become ready, in order.
#[derive(Debug)]
pub(super) struct Coming(mpsc::Receiver<JoinHandle<anyhow::Result<Prepared>>>);

impl Coming {
    /// The next source; `None` after the last.
    pub(super) async fn next(&mut self) -> anyhow::Result<Option<Prepared>> {
        match self.0.recv().await {
            Some(prepared) => Ok(Some(prepared.await??)),
            None => Ok(None),
        }
    }
}

/// What preparing needs.
struct Workshop {
    pool: Pool,
    readers: Readers,
    terms: Arc<Terms>,
    manner: Manner,
}

/// Begins to prepare these items. They go on while others are being written.
pub(super) fn all(archive: &Archive, items: Vec<Item>, manner: &Manner) -> anyhow::Result<Coming> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let workshop = Arc::new(Workshop {
        pool: archive.pool.clone(),
        readers: Readers::new(threads, WorkerCommand::current()?),
        terms: Arc::clone(&archive.terms),
        manner: manner.clone(),
    });
    let rooms = Arc::new(Semaphore::new(ROOM as usize));
    let (ready, coming) = mpsc::channel(4 * threads);
    tokio::spawn(async move {
        for item in items {
            // In order, so that the source that is written next never waits for those behind it.
            let Ok(room) = Arc::clone(&rooms).acquire_many_owned(parts(&item)).await else { break };
            let prepared = tokio::spawn(prepare(Arc::clone(&workshop), item, room));
            // Whoever writes has given up.
            if ready.send(prepared).await.is_err() {
                break;
            }
        }
    });
    Ok(Coming(coming))
}

fn parts(item: &Item) -> u32 {
    u32::try_from(item.size() / PART).unwrap_or(u32::MAX).clamp(1, HALF_OF_THE_ROOM)
}

async fn prepare(workshop: Arc<Workshop>, item: Item, room: OwnedSemaphorePermit) -> anyhow::Result<Prepared> {
    let path = item.path.clone();
    let (item, loaded) = spawn_blocking(move || {
        let loaded = item.load().map(|bytes| (sha256(&bytes), Arc::new(bytes)));
        (item, loaded)
    })
    .await?;
    let (sha256, bytes) = match loaded {
        Ok(loaded) => loaded,
        Err(diagnostic) => return Ok(Prepared::Failed { path, reason: diagnostic.message }),
    };
    if let Some(known) = sources::known(&mut *workshop.pool.acquire().await?, &sha256).await? {
        return Ok(Prepared::Known { path, known });
    }
    let fetched = item.fetched.clone();
    let parsed = workshop.readers.parse(Some(item.name()), Arc::clone(&bytes)).await;
    let planned = spawn_blocking(move || {
        let manner = &workshop.manner;
        let described = manner.overrides.clone().or(item.described.clone().unwrap_or_default());
        let known = Known {
            described: &described,
            given_date: manner.given_date,
            name: Some(item.name()),
            terms: &workshop.terms,
        };
        plan(parsed, known)
    });
    Ok(match planned.await? {
        Ok(plan) => Prepared::Planned(Box::new(Planned { path, bytes, sha256, fetched, plan, room })),
        Err(reason) => Prepared::Failed { path, reason },
    })
}
