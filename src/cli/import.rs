//! `onrecord import`: brings sources in, in parallel, again and again without duplicates, past bad files.

mod report;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use futures::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

pub(super) use report::Report;

use super::archive::Archive;
use crate::config;
use crate::domain::{BriefingId, BriefingStatus};
use crate::editorial;
use crate::ingest::apply::{Received, apply, sha256};
use crate::ingest::archive::is_archive;
use crate::ingest::child::{Pool as Readers, WorkerCommand};
use crate::ingest::fetch::Fetcher;
use crate::ingest::plan::{ImportPlan, Known, plan};
use crate::ingest::sidecar::Described;
use crate::ingest::walk::{Item, Walk, walk, walk_archive};
use crate::jobs::{follower, people};
use crate::store::{self, feed, sources};
use crate::transcript::model::Kind;

/// Briefings written in one transaction: the feed's one row is held for moments only, and a kill loses little.
const BATCH: usize = 24;

/// Megabytes of sources that are in memory at once. All but hostile or scanned ones have far less than one.
const ROOM: u32 = 64;

/// How long an import waits for a running server's index to show what was published.
const INDEX_PATIENCE: Duration = Duration::from_mins(2);

/// How sources become briefings in this run.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) overrides: Described,
    pub(super) given_date: Option<jiff::civil::Date>,
    pub(super) actor: String,
    pub(super) publish: bool,
    pub(super) fiction: bool,
    pub(super) dry_run: bool,
}

pub(super) async fn run(settings: &config::Archive, import: config::Import) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let manner = manner(&import)?;
    let walk = collect(&import.paths).await;
    let archive = Archive::open(settings).await?;
    let mut report = Report::default();
    for (path, diagnostic) in &walk.refused {
        report.fail(path, diagnostic.message.clone());
    }
    let bar = progress(walk.items.len(), import.json);
    bring_in(&archive, &walk.items, &manner, &bar, &mut report).await?;
    bar.finish_and_clear();
    if !manner.dry_run {
        settle(&archive).await?;
    }
    archive.close().await;
    report.seconds = began.elapsed().as_secs_f64();
    report.tell(&import)?;
    Ok(report.exit_code())
}

fn manner(import: &config::Import) -> anyhow::Result<Manner> {
    let kind = match import.kind.as_deref() {
        None => None,
        Some("transcript") => Some(Kind::Transcript),
        Some("statement") => Some(Kind::Statement),
        Some("report") => Some(Kind::Report),
        Some(other) => bail!("“{other}” is no kind of briefing: transcript, statement or report"),
    };
    let overrides = Described {
        title: import.title.clone(),
        series: import.series.clone(),
        publisher: import.publisher.clone(),
        language: import.language.clone(),
        url: import.url.clone(),
        kind,
        ..Described::default()
    };
    Ok(Manner {
        overrides,
        given_date: import.date,
        actor: import.editor.clone().unwrap_or_else(|| "command line".to_owned()),
        publish: import.publish,
        fiction: false,
        dry_run: import.dry_run,
    })
}

async fn collect(paths: &[String]) -> Walk {
    let (addresses, files): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| path.starts_with("http://") || path.starts_with("https://"));
    let mut found = walk(&files.into_iter().map(PathBuf::from).collect::<Vec<_>>());
    for address in addresses {
        let fetched = match Fetcher::new(false) {
            Ok(fetcher) => fetcher.fetch(address).await,
            Err(diagnostic) => Err(diagnostic),
        };
        match fetched {
            Ok(fetched) if is_archive(&fetched.bytes) => {
                let inside = walk_archive(address, fetched.bytes);
                found.items.extend(inside.items);
                found.refused.extend(inside.refused);
            }
            Ok(fetched) => {
                let described = Described { url: Some(fetched.url), ..Described::default() };
                found.items.push(Item::in_memory(address.trim_end_matches('/'), fetched.bytes, Some(described)));
            }
            Err(diagnostic) => found.refused.push((address.clone(), diagnostic)),
        }
    }
    found
}

/// Reads sources in the children, plans them in parallel, and writes them in order, a batch at a time.
pub(super) async fn bring_in(
    archive: &Archive,
    items: &[Item],
    manner: &Manner,
    bar: &ProgressBar,
    report: &mut Report,
) -> anyhow::Result<()> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let readers = Arc::new(Readers::new(threads, WorkerCommand::current()?));
    let topics = Arc::new(archive.topics.clone());
    let rooms = Arc::new(Semaphore::new(ROOM as usize));
    let planned = stream::iter(items)
        .map(|item| {
            let room = room_for(item, &rooms);
            prepare(archive, item.clone(), manner.clone(), Arc::clone(&readers), Arc::clone(&topics), room)
        })
        .buffered(4 * threads);
    // The sample archive comes as a whole: nobody would bring in the rest of it.
    let mut planned = if manner.fiction {
        planned.chunks(items.len().max(1)).left_stream()
    } else {
        planned.ready_chunks(BATCH).right_stream()
    };
    while let Some(batch) = planned.next().await {
        bar.inc(batch.len() as u64);
        write(archive, batch, manner, report).await?;
    }
    Ok(())
}

/// A source on its way in.
enum Prepared {
    Planned { path: String, bytes: Vec<u8>, plan: Box<ImportPlan>, room: OwnedSemaphorePermit },
    Known(sources::Known),
    Failed { path: String, reason: String },
}

/// Waits until a source's bytes have room beside those that are on their way.
fn room_for(item: &Item, rooms: &Arc<Semaphore>) -> impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>> {
    let mebibytes = u32::try_from(item.size() >> 20).unwrap_or(ROOM);
    Arc::clone(rooms).acquire_many_owned(mebibytes.clamp(1, ROOM))
}

async fn prepare(
    archive: &Archive,
    item: Item,
    manner: Manner,
    readers: Arc<Readers>,
    topics: Arc<std::collections::HashMap<String, crate::domain::TopicId>>,
    room: impl Future<Output = Result<OwnedSemaphorePermit, AcquireError>>,
) -> anyhow::Result<Prepared> {
    // First of all and in order, so that the source that is written next never waits for those behind it.
    let room = room.await?;
    let path = item.path.clone();
    let loaded = tokio::task::spawn_blocking({
        let item = item.clone();
        move || item.load()
    });
    let bytes = match loaded.await? {
        Ok(bytes) => bytes,
        Err(diagnostic) => return Ok(Prepared::Failed { path, reason: diagnostic.message }),
    };
    let known = sources::known(&mut *archive.pool.acquire().await?, &sha256(&bytes)).await?;
    if let Some(known) = known {
        return Ok(Prepared::Known(known));
    }
    let parsed = readers.parse(Some(item.name()), bytes.clone()).await;
    let described = manner.overrides.or(item.described.clone().unwrap_or_default());
    let planned = tokio::task::spawn_blocking(move || {
        let known =
            Known { described: &described, given_date: manner.given_date, name: Some(item.name()), topics: &topics };
        plan(parsed, known)
    });
    Ok(match planned.await? {
        Ok(plan) => Prepared::Planned { path, bytes, plan: Box::new(plan), room },
        Err(reason) => Prepared::Failed { path, reason },
    })
}

async fn write(
    archive: &Archive,
    batch: Vec<anyhow::Result<Prepared>>,
    manner: &Manner,
    report: &mut Report,
) -> anyhow::Result<()> {
    let now = super::now();
    let mut tx = archive.pool.begin().await?;
    let mut public = Vec::new();
    let mut first = true;
    for prepared in batch {
        match prepared? {
            Prepared::Failed { path, reason } => report.fail(&path, reason),
            Prepared::Known(known) => {
                report.unchanged += 1;
                public.extend(due(&known, manner, now));
            }
            Prepared::Planned { path, bytes, plan, room: _room } => {
                let name = path.rsplit('/').next();
                if manner.dry_run {
                    report.count_tried(&path, sha256(&bytes), &plan);
                    continue;
                }
                if std::mem::take(&mut first) && !manner.fiction {
                    editorial::remove_sample(&mut tx).await?;
                }
                let received = Received { bytes: &bytes, name, actor: &manner.actor, fiction: manner.fiction };
                let Some(briefing) = apply(&mut tx, &plan, received, now).await? else {
                    report.unchanged += 1;
                    continue;
                };
                report.count(&path, &plan);
                match plan.embargo_until.filter(|until| manner.publish && *until > now) {
                    Some(until) => report.hold_back(&path, &plan, until),
                    None => public.extend(manner.publish.then_some(briefing)),
                }
            }
        }
    }
    if manner.dry_run {
        return Ok(());
    }
    report.published += public.len();
    if !first {
        store::people::evidence_changed(&mut tx).await?;
    }
    if !public.is_empty() || !first {
        editorial::publish(&mut tx, &public, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A draft that came before and may be shown now.
fn due(known: &sources::Known, manner: &Manner, now: Timestamp) -> Option<BriefingId> {
    let held = known.embargo_until.is_some_and(|until| until > now);
    (manner.publish && known.status == BriefingStatus::Draft && !held).then_some(known.briefing_id)
}

/// Resolves people over the whole archive and brings the index up to date, so that what is reported can be found.
pub(super) async fn settle(archive: &Archive) -> anyhow::Result<()> {
    people::refresh(&archive.pool).await?;
    let (index, _) = archive.index()?;
    let target = feed::position(&mut *archive.pool.acquire().await?).await? as u64;
    let began = Instant::now();
    // Whoever writes the index follows the feed; when it ends before it is done, the work is ours.
    loop {
        if index.try_write().context("The search index cannot be written")? {
            follower::catch_up(&archive.pool, &index).await?;
            break;
        }
        if index.position() >= target {
            break;
        }
        if began.elapsed() > INDEX_PATIENCE {
            eprintln!("Everything is stored; the running server has not indexed all of it yet. It will, without help.");
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        index.refresh().context("The search index cannot be read")?;
    }
    Ok(())
}

fn progress(length: usize, quiet: bool) -> ProgressBar {
    // indicatif draws nothing where standard error is no terminal.
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(length as u64) };
    bar.with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}
