//! Reading what editors upload: each source becomes a draft, is known already, or cannot be read and says why.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::domain::BatchId;
use crate::editorial;
use crate::ingest::apply::{Applied, Received, apply, sha256};
use crate::ingest::archive::is_archive;
use crate::ingest::child::Pool as Readers;
use crate::ingest::fetch::Fetcher;
use crate::ingest::plan::{Known, plan};
use crate::ingest::sidecar::Described;
use crate::ingest::walk::walk_archive;
use crate::store::batches::{self, Outcome, Upload};
use crate::store::{self, Connection, Pool, audit, people, redactions, sources};

/// What is said of entries without a byte, which nobody needs to look at.
const EMPTY: &str = "The file is empty. Check the download and import it again.";

/// How often somebody looks for what was uploaded: an editor waits for it.
const PAUSE: Duration = Duration::from_millis(400);

/// What reading needs.
#[derive(Debug)]
pub struct Desk {
    /// Connections.
    pub pool: Pool,
    /// Children that read.
    pub readers: Readers,
    /// Whoever fetches addresses.
    pub fetcher: Fetcher,
    /// The present moment.
    pub clock: fn() -> Timestamp,
}

/// Reads whatever is uploaded, until `stop` is set. Several may do this at once, here and in other servers.
pub async fn keep_reading(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let mut last = None;
    while !*stop.borrow() {
        match read_next(&desk, last).await {
            Ok(Some(batch)) => {
                last = Some(batch);
                continue;
            }
            // Editors wait to be told who speaks in what they uploaded.
            Ok(None) if last.take().is_some() => resolve(&desk.pool).await,
            Ok(None) => {}
            Err(error) if store::collided(&error) => continue,
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "an upload waits; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            _ = stop.changed() => {}
        }
    }
}

async fn resolve(pool: &Pool) {
    if let Err(error) = super::people::refresh(pool).await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "people could not be resolved; it is tried again soon"
        );
    }
}

/// Reads one source in a transaction of its own: of the batch after the last one, in turn. Says of which batch it was, if
/// there was one.
pub async fn read_next(desk: &Desk, last: Option<BatchId>) -> Result<Option<BatchId>, store::Error> {
    let mut tx = desk.pool.begin().await?;
    let Some(mut upload) = batches::next(&mut tx, last).await? else { return Ok(None) };
    let (id, batch) = (upload.id, upload.batch_id);
    let outcome = match bytes(desk, &mut upload).await {
        Err(reason) => Ok(Outcome::Failed(reason)),
        Ok((bytes, _)) if is_archive(&bytes) => unfold(&mut tx, &upload, bytes).await,
        Ok((bytes, url)) => read(desk, &mut tx, &upload, bytes, url).await,
    };
    let outcome = match outcome {
        // What the database will not take it will not take the next time either: those behind must not wait for it.
        Err(error) if error.as_database_error().is_some() && !store::collided(&error) => {
            tracing::error!(error = &error as &dyn std::error::Error, name = upload.name, "an upload was refused");
            tx.rollback().await?;
            tx = desk.pool.begin().await?;
            Outcome::Failed(
                "This could not be written down. It has been noted; please upload it again later.".to_owned(),
            )
        }
        outcome => outcome?,
    };
    batches::finish(&mut tx, id, &outcome).await?;
    tx.commit().await?;
    Ok(Some(batch))
}

/// The bytes, and the address that they were fetched from.
async fn bytes(desk: &Desk, upload: &mut Upload) -> Result<(Vec<u8>, Option<String>), String> {
    if let Some(bytes) = upload.bytes.take() {
        return Ok((bytes, None));
    }
    let fetched = desk.fetcher.fetch(&upload.name).await.map_err(|diagnostic| diagnostic.message)?;
    Ok((fetched.bytes, Some(fetched.url)))
}

/// Makes an upload of each entry of an archive. One entry at a time is in memory.
async fn unfold(conn: &mut Connection, upload: &Upload, bytes: Vec<u8>) -> Result<Outcome, store::Error> {
    let name = upload.name.clone();
    let Ok(inside) = spawn_blocking(move || walk_archive(&name, bytes)).await else {
        return Ok(Outcome::Failed("This archive could not be opened. Make it again, or upload its files.".to_owned()));
    };
    let mut redacted = false;
    for item in inside.items {
        let (path, described) = (item.path.clone(), item.described.clone().map(|described| json!(described)));
        match spawn_blocking(move || item.load()).await {
            Ok(Ok(bytes)) if bytes.is_empty() => batches::refuse(conn, upload.batch_id, &path, EMPTY).await?,
            Ok(Ok(bytes)) => {
                redacted |= batches::add(conn, upload.batch_id, &path, described.as_ref(), Some(&bytes)).await?;
            }
            Ok(Err(diagnostic)) => batches::refuse(conn, upload.batch_id, &path, &diagnostic.message).await?,
            Err(_) => batches::refuse(conn, upload.batch_id, &path, "This entry could not be unpacked.").await?,
        }
    }
    for (path, diagnostic) in inside.refused {
        batches::refuse(conn, upload.batch_id, &path, &diagnostic.message).await?;
    }
    if redacted {
        // The archive that held the bytes was kept until now.
        redactions::sweep_again(conn).await?;
    }
    Ok(Outcome::Unfolded)
}

/// Makes a draft of a source.
async fn read(
    desk: &Desk,
    conn: &mut Connection,
    upload: &Upload,
    bytes: Vec<u8>,
    url: Option<String>,
) -> Result<Outcome, store::Error> {
    let sha256 = sha256(&bytes);
    if let Some(known) = sources::known(conn, &sha256).await? {
        return Ok(match known.redacted {
            Some(_) => Outcome::Redacted(known.briefing_id),
            None => Outcome::Known(Some(known.briefing_id)),
        });
    }
    let name = upload.name.trim_end_matches('/').rsplit('/').next();
    let bytes = Arc::new(bytes);
    let parsed = desk.readers.parse(name, Arc::clone(&bytes)).await;
    let of_batch = described(Some(&upload.of_batch));
    // A day that the editor gives outranks what the text says; one from a sidecar does not.
    let given_date = of_batch.date;
    let described = Described { date: None, ..of_batch }
        .or(described(upload.described.as_ref()))
        .or(Described { url: url.clone(), ..Described::default() });
    let terms = editorial::terms(conn).await?;
    let known = Known { described: &described, given_date, name, terms: &terms };
    let plan = match plan(parsed, known) {
        Ok(plan) => plan,
        Err(reason) => return Ok(Outcome::Failed(reason)),
    };
    let now = (desk.clock)();
    let actor = upload.by.as_deref().unwrap_or("upload");
    let fetched = url.as_deref();
    let received = Received { bytes: &bytes, sha256, name, fetched, actor, fiction: false };
    let Some(Applied { briefing, .. }) = apply(conn, &plan, received, now).await? else {
        let known = sources::known(conn, &sha256).await?;
        return Ok(Outcome::Known(known.map(|known| known.briefing_id)));
    };
    people::evidence_changed(conn).await?;
    let actor = crate::domain::Actor { account: upload.account_id, name: actor.to_owned() };
    let refs = json!({ "briefings": [briefing], "batch": upload.batch_id });
    audit::append(conn, &actor, "briefing.drafted", &refs, now).await?;
    Ok(Outcome::Draft(briefing))
}

/// What was said of a source; what cannot be understood was never said.
fn described(value: Option<&Value>) -> Described {
    value.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}
