//! Fetching sources again that came from an address: an hour, a day, a week and a month after the first time. Words that
//! changed at the publisher's are put before an editor.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::uploads::Desk;
use crate::analysis::topics::Terms;
use crate::domain::SourceId;
use crate::editorial;
use crate::ingest::apply::{AGAIN, Received, apply_version, sha256};
use crate::ingest::archive::is_archive;
use crate::ingest::plan::{ImportPlan, Known, plan};
use crate::ingest::sidecar::Described;
use crate::store::refetches::{self, Next, Refetch, Retrieved};
use crate::store::{self, Connection, sources};

/// The rest between two fetches, so that nobody is overrun.
const PAUSE: Duration = Duration::from_secs(1);
/// How long after a first failure it is tried again; twice as long after each further one.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Failures in a row after which the next step is waited for.
const ATTEMPTS: i32 = 8;

/// Fetches whatever is due, until `stop` is set. Several servers may do this at once.
pub async fn keep_fetching(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match fetch_next(&desk, (desk.clock)()).await {
            Ok(_) => {}
            Err(error) if store::collided(&error) => {}
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a source waits to be fetched again");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Fetches one source that is due, in a transaction of its own; says whether there was one. From one host only one is
/// fetched at a time, by whichever server.
pub async fn fetch_next(desk: &Desk, now: Timestamp) -> Result<bool, store::Error> {
    let mut tx = desk.pool.begin().await?;
    let Some(it) = next(&mut tx, now).await? else { return Ok(false) };
    let found = look(desk, &mut tx, &it, now).await?;
    let failed = found.outcome == Retrieved::Failed;
    let next = after(it.began_at, if failed { it.failures + 1 } else { 0 }, now);
    let id = it.transcript_id;
    refetches::note(&mut tx, id, found.outcome, found.sha256.as_deref(), found.source, next, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// What is due, from a host that nobody fetches from at the moment.
async fn next(conn: &mut Connection, now: Timestamp) -> Result<Option<Refetch>, store::Error> {
    for host in refetches::hosts(conn, now).await? {
        if refetches::hold_host(conn, &host).await?
            && let Some(due) = refetches::due(conn, &host, now).await?
        {
            return Ok(Some(due));
        }
    }
    Ok(None)
}

/// When a source is looked at next: at the next step, or before that if it could not be reached.
fn after(began: Timestamp, failures: i32, now: Timestamp) -> Next {
    let step = AGAIN.iter().filter_map(|step| began.checked_add(*step).ok()).find(|step| *step > now);
    if failures == 0 || failures >= ATTEMPTS {
        return Next { due_at: step, failures: 0 };
    }
    let wait = PATIENCE.saturating_mul(1 << (failures - 1));
    let retry = now.checked_add(wait).ok();
    Next { due_at: step.into_iter().chain(retry).min(), failures }
}

/// What was found at an address.
struct Found {
    outcome: Retrieved,
    /// SHA-256 of the bytes that came.
    sha256: Option<Vec<u8>>,
    /// The same as they are kept, if their words are new.
    source: Option<SourceId>,
}

/// Fetches, and compares what the words say now and what they said the last time, both as they are read today.
async fn look(desk: &Desk, conn: &mut Connection, it: &Refetch, now: Timestamp) -> Result<Found, store::Error> {
    let nothing = |outcome| Ok(Found { outcome, sha256: None, source: None });
    let fetched = match desk.fetcher.fetch(&it.url).await {
        Ok(fetched) => fetched,
        Err(diagnostic) if diagnostic.code == "fetch-missing" => return nothing(Retrieved::Gone),
        Err(diagnostic) => {
            tracing::info!(url = it.url, why = diagnostic.message, "a source could not be fetched again");
            return nothing(Retrieved::Failed);
        }
    };
    let before = sources::bytes(conn, it.source_id).await?;
    let hash = sha256(&fetched.bytes);
    let found = |outcome| Ok(Found { outcome, sha256: Some(hash.to_vec()), source: None });
    if before.sha256 == hash {
        return found(Retrieved::Same);
    }
    if sources::known(conn, &hash).await?.is_some_and(|known| known.redacted.is_some()) {
        return found(Retrieved::Redacted);
    }
    if is_archive(&fetched.bytes) {
        return found(Retrieved::Failed);
    }
    let bytes = Arc::new(fetched.bytes);
    let name = before.file_name.as_deref();
    let terms = editorial::terms(conn).await?;
    let Some(newer) = read(desk, &terms, name, Arc::clone(&bytes), Some(&it.url)).await else {
        return found(Retrieved::Failed);
    };
    let older = read(desk, &terms, name, Arc::new(before.bytes), Some(&it.url)).await;
    if older.is_some_and(|older| older.draft.utterances == newer.draft.utterances) {
        return found(Retrieved::SameWords);
    }
    let actor = "fetching again";
    let received = Received { bytes: &bytes, sha256: hash, name, fetched: Some(&it.url), actor, fiction: false };
    let (written, source) = apply_version(conn, &newer, received, now).await?;
    editorial::propose(conn, written, it.transcript_id, it.briefing_id, now).await?;
    Ok(Found { outcome: Retrieved::Changed, sha256: Some(hash.to_vec()), source: Some(source) })
}

/// Reads bytes as an import does; `None` if there are no words in them.
async fn read(
    desk: &Desk,
    terms: &Terms,
    name: Option<&str>,
    bytes: Arc<Vec<u8>>,
    url: Option<&str>,
) -> Option<ImportPlan> {
    let parsed = desk.readers.parse(name, bytes).await;
    let described = Described { url: url.map(str::to_owned), ..Described::default() };
    plan(parsed, Known { described: &described, given_date: None, name, terms }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn an_hour_a_day_a_week_and_a_month_after_the_first_time() {
        let began = at("2026-03-01T12:00:00Z");
        let due = |now: &str| after(began, 0, at(now)).due_at.map(|at| at.to_string());
        assert_eq!(due("2026-03-01T13:00:05Z").as_deref(), Some("2026-03-02T12:00:00Z"));
        assert_eq!(due("2026-03-02T12:00:05Z").as_deref(), Some("2026-03-08T12:00:00Z"));
        assert_eq!(due("2026-03-08T12:00:05Z").as_deref(), Some("2026-03-31T12:00:00Z"));
        assert_eq!(due("2026-03-31T12:00:05Z"), None);
        assert_eq!(
            due("2026-03-05T00:00:00Z").as_deref(),
            Some("2026-03-08T12:00:00Z"),
            "what was slept through is one"
        );
    }

    #[test]
    fn who_cannot_be_reached_is_tried_again_with_longer_and_longer_waits() {
        let (began, now) = (at("2026-03-01T12:00:00Z"), at("2026-03-02T12:00:05Z"));
        let next = |failures: i32| after(began, failures, now);
        assert_eq!(next(1), Next { due_at: Some(at("2026-03-02T12:10:05Z")), failures: 1 });
        assert_eq!(next(3), Next { due_at: Some(at("2026-03-02T12:40:05Z")), failures: 3 });
        assert_eq!(next(8), Next { due_at: Some(at("2026-03-08T12:00:00Z")), failures: 0 });
        let late = at("2026-04-30T12:00:00Z");
        assert_eq!(after(began, 1, late).due_at, Some(at("2026-04-30T12:10:00Z")), "the last time too");
        assert_eq!(after(began, 8, late).due_at, None);
    }
}
