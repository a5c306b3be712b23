//! `onrecord import`: brings sources in, in parallel, again and again without duplicates, past bad files.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use futures::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

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
use crate::transcript::Severity;
use crate::transcript::model::Kind;

/// Briefings written in one transaction: the feed's one row is held for moments only, and a kill loses little.
const BATCH: usize = 24;

/// Warnings that are told one by one; a large import has many small ones.
const MOST_WARNINGS: usize = 20;

/// How long an import waits for a running server's index to show what was published.
const INDEX_PATIENCE: Duration = Duration::from_mins(2);

/// What happened, as told at the end.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    imported: usize,
    unchanged: usize,
    failed: usize,
    utterances: usize,
    words: usize,
    seconds: f64,
    failures: Vec<Failure>,
    #[serde(skip)]
    published: usize,
    #[serde(skip)]
    held_back: Vec<(String, String)>,
    /// What a dry run would have written by now.
    #[serde(skip)]
    tried: HashSet<[u8; 32]>,
    /// What an editor should know of sources that came in.
    #[serde(skip)]
    warnings: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct Failure {
    file: String,
    reason: String,
}

impl Report {
    fn fail(&mut self, file: &str, reason: impl Into<String>) {
        self.failed += 1;
        self.failures.push(Failure { file: file.to_owned(), reason: reason.into() });
    }
}

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
    tell(&report, &import)?;
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
    let mut planned = stream::iter(items)
        .map(|item| prepare(archive, item.clone(), manner.clone(), Arc::clone(&readers), Arc::clone(&topics)))
        .buffered(4 * threads)
        .ready_chunks(BATCH);
    while let Some(batch) = planned.next().await {
        bar.inc(batch.len() as u64);
        write(archive, batch, manner, report).await?;
    }
    Ok(())
}

/// A source on its way in.
enum Prepared {
    Planned { path: String, bytes: Vec<u8>, plan: Box<ImportPlan> },
    Known(sources::Known),
    Failed { path: String, reason: String },
}

async fn prepare(
    archive: &Archive,
    item: Item,
    manner: Manner,
    readers: Arc<Readers>,
    topics: Arc<std::collections::HashMap<String, crate::domain::TopicId>>,
) -> anyhow::Result<Prepared> {
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
        Ok(plan) => Prepared::Planned { path, bytes, plan: Box::new(plan) },
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
            Prepared::Planned { path, bytes, plan } => {
                let name = path.rsplit('/').next();
                if manner.dry_run {
                    if report.tried.insert(sha256(&bytes)) {
                        report.count(&path, &plan);
                    } else {
                        report.unchanged += 1;
                    }
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
                public.extend(report.publishable(&path, briefing, &plan, manner, now));
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

impl Report {
    fn count(&mut self, path: &str, plan: &ImportPlan) {
        let warnings = plan.diagnostics.iter().filter(|found| found.severity == Severity::Warning);
        self.warnings.extend(warnings.map(|found| (path.to_owned(), found.message.clone())));
        self.imported += 1;
        self.utterances += plan.draft.utterances.len();
        self.words += plan.draft.utterances.iter().map(|u| u.text.split_whitespace().count()).sum::<usize>();
    }

    /// Each file that failed, with why.
    pub(super) fn failures(&self) -> impl Iterator<Item = String> {
        self.failures.iter().map(|failure| format!("{}: {}", failure.file, failure.reason))
    }

    fn publishable(
        &mut self,
        path: &str,
        briefing: BriefingId,
        plan: &ImportPlan,
        manner: &Manner,
        now: Timestamp,
    ) -> Option<BriefingId> {
        match plan.embargo_until {
            Some(until) if manner.publish && until > now => {
                self.held_back.push((
                    path.to_owned(),
                    format!("“{}” (until {until})", plan.embargo_text.as_deref().unwrap_or_default()),
                ));
                None
            }
            _ => manner.publish.then_some(briefing),
        }
    }
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

fn tell(report: &Report, import: &config::Import) -> anyhow::Result<()> {
    for failure in &report.failures {
        eprintln!("{}: {}", failure.file, failure.reason);
    }
    for (file, warning) in report.warnings.iter().take(MOST_WARNINGS) {
        eprintln!("{file}: warning: {warning}");
    }
    if let Some(more @ 1..) = report.warnings.len().checked_sub(MOST_WARNINGS) {
        eprintln!("{more} more warnings stand with the briefings.");
    }
    for (file, why) in &report.held_back {
        eprintln!("{file}: held back as a draft: {why}");
    }
    if import.json {
        println!("{}", serde_json::to_string(report)?);
        return Ok(());
    }
    let verb = if import.dry_run { "would be imported" } else { "imported" };
    println!(
        "{} {verb} ({} utterances, {} words), {} unchanged, {} failed, in {:.1} s",
        report.imported, report.utterances, report.words, report.unchanged, report.failed, report.seconds
    );
    if report.imported > 0 && report.published == 0 && !import.dry_run {
        println!("They are drafts: only editors see them. Import with --publish to show them to readers.");
    }
    Ok(())
}
