//! `onrecord import`: brings sources in, in parallel, again and again without duplicates, past bad files.

mod prepare;
mod report;
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};

pub(super) use report::Report;

use super::archive::Archive;
use super::editors;
use crate::config;
use crate::domain::Actor;
use crate::ingest::archive::is_archive;
use crate::ingest::fetch::Fetcher;
use crate::ingest::sidecar::Described;
use crate::ingest::walk::{Item, Walk, walk, walk_archive};
use crate::jobs::{analyses, fingerprints, follower, people};
use crate::store::{feed, schema};
use crate::transcript::model::Kind;
use crate::transcript::{Diagnostic, Severity};
use write::{Batch, Writer};

/// Briefings that change what the database knows of its tables.
const MUCH: usize = 100;

/// How long an import waits for a running server's index to make progress with what was published.
const INDEX_PATIENCE: Duration = Duration::from_mins(2);

/// How sources become briefings in this run.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) overrides: Described,
    pub(super) given_date: Option<jiff::civil::Date>,
    pub(super) actor: Actor,
    pub(super) publish: bool,
    pub(super) fiction: bool,
    pub(super) dry_run: bool,
}

pub(super) async fn run(settings: &config::Archive, import: config::Import) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    let mut manner = manner(&import)?;
    let walk = collect(&import.paths).await;
    let archive = Archive::open(settings).await?;
    if let Some(email) = &import.editor {
        manner.actor = editors::acting(&archive, email).await?;
    }
    let mut report = Report::default();
    for (path, diagnostic) in &walk.refused {
        report.fail(path, diagnostic.message.clone());
    }
    tracing::debug!(seconds = began.elapsed().as_secs_f64(), "the archive is open");
    if !manner.dry_run {
        fingerprints::take(&archive.pool).await?;
    }
    let bar = progress(walk.items.len(), import.json);
    bring_in(&archive, walk.items, &manner, &bar, &mut report).await?;
    bar.finish_and_clear();
    tracing::debug!(seconds = began.elapsed().as_secs_f64(), "everything is written");
    if !manner.dry_run {
        tokio::try_join!(settle(&archive), analyse(&archive), gather_statistics(&archive, &report))?;
        // What was read of the texts has taken positions of its own.
        settle(&archive).await?;
    }
    tracing::debug!(seconds = began.elapsed().as_secs_f64(), "everything is indexed");
    report.explain(&mut *archive.pool.acquire().await?).await?;
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
        actor: Actor::machine("command line"),
        publish: import.publish,
        fiction: false,
        dry_run: import.dry_run,
    })
}

async fn collect(paths: &[String]) -> Walk {
    let (addresses, files): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| path.starts_with("http://") || path.starts_with("https://"));
    let (foreign, files): (Vec<&String>, Vec<&String>) =
        files.into_iter().partition(|path| path.contains("://") && !Path::new(path).exists());
    let mut found = walk(&files.into_iter().map(PathBuf::from).collect::<Vec<_>>());
    for address in foreign {
        let message = "Only http:// and https:// addresses are fetched. Download the file and import it.";
        found.refused.push((address.clone(), Diagnostic::new(Severity::Error, "address", message)));
    }
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
                let described = Described { url: Some(fetched.url.clone()), ..Described::default() };
                let mut item = Item::in_memory(address.trim_end_matches('/'), fetched.bytes, Some(described));
                item.fetched = Some(fetched.url);
                found.items.push(item);
            }
            Err(diagnostic) => found.refused.push((address.clone(), diagnostic)),
        }
    }
    found
}

/// Reads and plans sources in parallel, writes them in order, a batch at a time, and publishes what may be shown.
pub(super) async fn bring_in(
    archive: &Archive,
    items: Vec<Item>,
    manner: &Manner,
    bar: &ProgressBar,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut coming = prepare::all(archive, items, manner)?;
    let mut writer = Writer::new(archive, manner);
    let mut batch = Batch::default();
    while let Some(prepared) = coming.next().await? {
        bar.inc(1);
        batch.push(prepared);
        // The sample archive comes as a whole: nobody would bring in the rest of it.
        if batch.is_full() && !manner.fiction {
            writer.write(std::mem::take(&mut batch), report).await?;
        }
    }
    writer.write(batch, report).await?;
    writer.publish(report).await
}

/// Resolves people over the whole archive and brings the index up to date, so that what is reported can be found.
async fn settle(archive: &Archive) -> anyhow::Result<()> {
    people::refresh(&archive.pool).await?;
    let (index, _) = archive.index()?;
    let target = feed::position(&mut *archive.pool.acquire().await?).await? as u64;
    let mut progress = (Instant::now(), index.position());
    // Whoever writes the index follows the feed; when it ends before it is done, the work is ours.
    loop {
        if index.try_write().context("The search index cannot be written")? {
            follower::catch_up(&archive.pool, &index).await?;
            break;
        }
        if index.position() >= target {
            break;
        }
        if index.position() > progress.1 {
            progress = (Instant::now(), index.position());
        }
        if progress.0.elapsed() > INDEX_PATIENCE {
            eprintln!("Everything is stored; the running server has not indexed all of it yet. It will, without help.");
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        index.refresh().context("The search index cannot be read")?;
    }
    Ok(())
}

/// Reads what was published. It needs nothing of the index, whose writer leaves processors idle.
async fn analyse(archive: &Archive) -> anyhow::Result<()> {
    Ok(analyses::read_all(&archive.pool).await?)
}

/// Tells the planner of the database how full the tables are now: pages take twice as long until it knows.
async fn gather_statistics(archive: &Archive, report: &Report) -> anyhow::Result<()> {
    if report.imported < MUCH {
        return Ok(());
    }
    Ok(schema::gather_statistics(&mut *archive.pool.acquire().await?).await?)
}

fn progress(length: usize, quiet: bool) -> ProgressBar {
    // indicatif draws nothing where standard error is no terminal.
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(length as u64) };
    bar.with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}
