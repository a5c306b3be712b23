//! Writing: drafts a batch at a time, then everything that may be shown, so that readers never see half of an import's
//! speakers and an index takes in each briefing once.

use jiff::Timestamp;
use serde_json::json;

use super::prepare::{HALF_OF_THE_ROOM, Planned, Prepared};
use super::{Manner, Report};
use crate::cli::archive::Archive;
use crate::domain::{Actor, BriefingId, BriefingStatus};
use crate::ingest::apply::{Applied, Received, apply};
use crate::jobs::people;
use crate::store::{self, Connection, audit, sources};
use crate::{cli, editorial};

/// Sources written in one transaction: a kill loses little.
const BATCH: usize = 48;

/// Briefings published in one transaction: the feed's one row is held for moments only.
const PUBLISHED_AT_ONCE: usize = 500;

/// Drafts after which a long import resolves people and publishes; then after as many again as it has published.
const WAVE: usize = 5_000;

/// How often a batch is tried that collides with another import.
const ATTEMPTS: u32 = 8;

/// Sources that are written together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    prepared: Vec<Prepared>,
    parts: u32,
}

impl Batch {
    /// Adds a source.
    pub(super) fn push(&mut self, prepared: Prepared) {
        if let Prepared::Planned(planned) = &prepared {
            self.parts += planned.room.num_permits() as u32;
        }
        self.prepared.push(prepared);
    }

    /// Whether it is to be written before another is added.
    pub(super) fn is_full(&self) -> bool {
        self.prepared.len() >= BATCH || self.parts >= HALF_OF_THE_ROOM
    }
}

/// What became of a source.
#[derive(Debug)]
enum Written {
    New(Applied),
    /// Its bytes came before, in this import or beside it.
    Known(Option<sources::Known>),
}

/// Writes what was prepared, and remembers what is to be shown.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    archive: &'a Archive,
    manner: &'a Manner,
    waiting: Vec<BriefingId>,
    published: usize,
    sample_is_there: bool,
}

impl<'a> Writer<'a> {
    /// Begins with nothing.
    pub(super) fn new(archive: &'a Archive, manner: &'a Manner) -> Self {
        let sample_is_there = !manner.fiction && !manner.dry_run;
        Self { archive, manner, waiting: Vec::new(), published: 0, sample_is_there }
    }

    /// Writes a batch whole or not at all, and tells the report what became of it.
    pub(super) async fn write(&mut self, batch: Batch, report: &mut Report) -> anyhow::Result<()> {
        let now = cli::now();
        let mut written = if self.manner.dry_run { Vec::new() } else { self.drafts(&batch, now).await? }.into_iter();
        self.sample_is_there &= self.manner.publish;
        for prepared in batch.prepared {
            match prepared {
                Prepared::Failed { path, reason } => report.fail(&path, reason),
                Prepared::Known { path, known } => self.came_before(&path, &known, report, now),
                Prepared::Planned(planned) if self.manner.dry_run => {
                    report.count_tried(&planned.path, planned.sha256, &planned.plan);
                }
                Prepared::Planned(planned) => match written.next() {
                    Some(Written::New(applied)) => self.came_in(applied, &planned, report, now),
                    Some(Written::Known(Some(known))) => self.came_before(&planned.path, &known, report, now),
                    Some(Written::Known(None)) => report.unchanged += 1,
                    None => {}
                },
            }
        }
        if !self.manner.fiction && self.waiting.len() >= WAVE.max(self.published) {
            self.publish(report).await?;
        }
        Ok(())
    }

    fn came_before(&mut self, path: &str, known: &sources::Known, report: &mut Report, now: Timestamp) {
        if let Some(redacted) = &known.redacted {
            return report.fail(path, redacted.to_string());
        }
        report.unchanged += 1;
        if known.unsettled && known.status == BriefingStatus::Draft {
            report.keep(path, known.briefing_id);
        } else {
            self.waiting.extend(due(known, self.manner, now));
        }
    }

    fn came_in(&mut self, applied: Applied, planned: &Planned, report: &mut Report, now: Timestamp) {
        report.count(&planned.path, &planned.plan);
        let briefing = applied.briefing;
        if applied.same_event {
            return report.keep(&planned.path, briefing);
        }
        match planned.plan.embargo_until.filter(|until| self.manner.publish && *until > now) {
            Some(until) => report.hold_back(&planned.path, &planned.plan, until),
            None => self.waiting.extend(self.manner.publish.then_some(briefing)),
        }
    }

    /// Writes the drafts of a batch; says of each that was planned what became of it.
    async fn drafts(&self, batch: &Batch, now: Timestamp) -> anyhow::Result<Vec<Written>> {
        let planned: Vec<&Planned> = batch
            .prepared
            .iter()
            .filter_map(|prepared| if let Prepared::Planned(planned) = prepared { Some(&**planned) } else { None })
            .collect();
        if planned.is_empty() {
            return Ok(Vec::new());
        }
        let mut attempt = 1;
        loop {
            match self.try_drafts(&planned, now).await {
                Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
                written => return Ok(written?),
            }
        }
    }

    async fn try_drafts(&self, planned: &[&Planned], now: Timestamp) -> Result<Vec<Written>, store::Error> {
        let mut tx = self.archive.pool.begin().await?;
        let fiction = self.manner.fiction;
        let mut written = Vec::with_capacity(planned.len());
        for planned in planned {
            let received = Received {
                bytes: &planned.bytes,
                sha256: planned.sha256,
                name: planned.path.rsplit('/').next(),
                fetched: planned.fetched.as_deref(),
                actor: &self.manner.actor.name,
                fiction,
            };
            written.push(match apply(&mut tx, &planned.plan, received, now).await? {
                Some(applied) => Written::New(applied),
                None => Written::Known(sources::known(&mut tx, &planned.sha256).await?),
            });
        }
        let new: Vec<BriefingId> = written
            .iter()
            .filter_map(|one| if let Written::New(new) = one { Some(new.briefing) } else { None })
            .collect();
        if !new.is_empty() {
            store::people::evidence_changed(&mut tx).await?;
            let refs = json!({ "briefings": new });
            audit::append(&mut tx, &self.manner.actor, "briefing.drafted", &refs, now).await?;
        }
        if fiction {
            editorial::publish(&mut tx, &new, &self.manner.actor, now).await?;
        } else if !self.manner.publish && self.sample_is_there {
            remove_sample(&mut tx, &self.manner.actor, now).await?;
        } else {
            // Publishing waits, and makes this durable too.
            store::commit_without_waiting(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(written)
    }

    /// Publishes what waits for it, with its speakers.
    pub(super) async fn publish(&mut self, report: &mut Report) -> anyhow::Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable();
        waiting.dedup();
        if waiting.is_empty() || self.manner.fiction || self.manner.dry_run {
            return Ok(());
        }
        let now = cli::now();
        let mut tx = self.archive.pool.begin().await?;
        if std::mem::take(&mut self.sample_is_there) && remove_sample(&mut tx, &self.manner.actor, now).await? {
            tx.commit().await?;
        }
        tracing::debug!(briefings = waiting.len(), "resolving people, then publishing");
        people::refresh(&self.archive.pool).await?;
        tracing::debug!("publishing");
        for briefings in waiting.chunks(PUBLISHED_AT_ONCE) {
            let mut tx = self.archive.pool.begin().await?;
            editorial::publish(&mut tx, briefings, &self.manner.actor, now).await?;
            tx.commit().await?;
        }
        self.published += waiting.len();
        report.published += waiting.len();
        Ok(())
    }
}

/// A draft that came before and may be shown now.
fn due(known: &sources::Known, manner: &Manner, now: Timestamp) -> Option<BriefingId> {
    let held = known.embargo_until.is_some_and(|until| until > now);
    (manner.publish && known.status == BriefingStatus::Draft && !held).then_some(known.briefing_id)
}

/// Makes room for the real archive; says whether there was a sample.
async fn remove_sample(conn: &mut Connection, actor: &Actor, now: Timestamp) -> Result<bool, store::Error> {
    let removed = editorial::remove_sample(conn).await?;
    if removed {
        store::people::evidence_changed(conn).await?;
        editorial::publish(conn, &[], actor, now).await?;
    }
    Ok(removed)
}
