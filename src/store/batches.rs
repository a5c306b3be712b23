//! Batches: what editors upload at once, kept before it is read.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{AccountId, BatchId, BriefingId, BriefingStatus, RedactedSource, UploadId};

/// A batch with how far it has come.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its row.
    pub id: BatchId,
    /// Who uploaded it.
    pub by: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// Sources that wait to be read.
    pub waiting: i64,
    /// Sources that became drafts or published briefings.
    pub read: i64,
    /// Sources whose bytes came before.
    pub known: i64,
    /// Sources that could not be read.
    pub failed: i64,
}

impl Batch {
    /// Sources, without the archives that held them.
    pub fn all(&self) -> i64 {
        self.waiting + self.done()
    }

    /// Sources that were looked at.
    pub fn done(&self) -> i64 {
        self.read + self.known + self.failed
    }
}

/// A source that waits to be read.
#[derive(Debug)]
pub struct Upload {
    /// Its row.
    pub id: UploadId,
    /// Its batch.
    pub batch_id: BatchId,
    /// Who uploaded it.
    pub account_id: Option<AccountId>,
    /// The same, by the address of the account.
    pub by: Option<String>,
    /// The path of a file, or an address.
    pub name: String,
    /// What the form says of all of the batch.
    pub of_batch: Value,
    /// What a sidecar says of it.
    pub described: Option<Value>,
    /// The bytes; none of an address.
    pub bytes: Option<Vec<u8>>,
}

/// What became of a source.
#[derive(Debug)]
pub enum Outcome {
    /// A draft was made of it.
    Draft(BriefingId),
    /// Its bytes came before.
    Known(Option<BriefingId>),
    /// Its bytes came before, and were redacted since.
    Redacted(BriefingId),
    /// It could not be read, for this reason.
    Failed(String),
    /// Its entries are uploads of their own now.
    Unfolded,
}

/// A source that was no news or could not be read.
#[derive(Debug, Clone)]
pub struct Left {
    /// Its name.
    pub name: String,
    /// Why it could not be read.
    pub reason: Option<String>,
    /// The briefing that has its bytes already: the readable part of its address, and whether it is a draft.
    pub briefing: Option<(String, bool)>,
}

/// Begins a batch.
pub async fn create(conn: &mut Connection, account: Option<AccountId>, now: Timestamp) -> Result<BatchId, Error> {
    sqlx::query_scalar!(
        r#"insert into batch (account_id, created_at, described) values ($1, $2, '{}') returning id as "id: BatchId""#,
        account.map(|id| id.0),
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// The briefings that a batch became: the readable part of each address, and what it is now.
pub async fn briefings(conn: &mut Connection, batch: BatchId) -> Result<Vec<(String, BriefingStatus)>, Error> {
    let rows = sqlx::query!(
        r#"select b.slug, b.status as "status: BriefingStatus"
           from upload u join briefing b on b.id = u.briefing_id
           where u.batch_id = $1 and u.state <> 'failed'
           order by u.id"#,
        batch.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.status)).collect())
}

/// Keeps what the form says of everything in a batch.
pub async fn describe(conn: &mut Connection, batch: BatchId, described: &Value) -> Result<(), Error> {
    sqlx::query!("update batch set described = $2 where id = $1", batch.0, Json(described) as _).execute(conn).await?;
    Ok(())
}

/// Why bytes are not taken in that were redacted; with when and why they were, as long as that can be told.
const REDACTED: &str = "This source was redacted. It is not taken in again.";

/// Keeps a source that is to be read; of bytes that were redacted, only that they came. Says whether they were.
pub async fn add(
    conn: &mut Connection,
    batch: BatchId,
    name: &str,
    described: Option<&Value>,
    bytes: Option<&[u8]>,
) -> Result<bool, Error> {
    sqlx::query_scalar!(
        r#"insert into upload (batch_id, name, described, bytes, state, briefing_id, reason)
           select $1, case when r.hides then 'redacted' else $2 end, case when r.id is null then $3::json end,
                  case when r.id is null then $4::bytea end, case when r.id is null then 'waiting' else 'failed' end, r.id,
                  case when r.id is not null then $5 end
           from (select 1) as one left join lateral (
               -- Where the title went, a name may say it.
               select b.id, b.slug = 'redacted-' || s.redaction_id as hides
               from source s join transcript t on t.source_id = s.id join briefing b on b.id = t.briefing_id
               where s.sha256 = sha256($4) and s.redaction_id is not null limit 1) r on true
           returning state = 'failed' as "redacted!""#,
        batch.0,
        name,
        described.map(Json) as _,
        bytes,
        REDACTED
    )
    .fetch_one(conn)
    .await
}

/// Keeps that something could not even be taken in.
pub async fn refuse(conn: &mut Connection, batch: BatchId, name: &str, reason: &str) -> Result<(), Error> {
    sqlx::query!(
        "insert into upload (batch_id, name, state, reason) values ($1, $2, 'failed', $3)",
        batch.0,
        name,
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what a sidecar says of a file of the batch.
pub async fn describe_file(conn: &mut Connection, batch: BatchId, name: &str, described: &Value) -> Result<(), Error> {
    sqlx::query!(
        "update upload set described = $3 where batch_id = $1 and name = $2 and state = 'waiting'",
        batch.0,
        name,
        Json(described) as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The next source to be read: of the next batch that has one, so that a small batch does not wait for a large one that
/// came before it. It is locked until the end of the transaction, so that others take the ones behind it.
pub async fn next(conn: &mut Connection, after: Option<BatchId>) -> Result<Option<Upload>, Error> {
    if let Some(after) = after
        && let Some(upload) = behind(conn, after.0).await?
    {
        return Ok(Some(upload));
    }
    behind(conn, 0).await
}

async fn behind(conn: &mut Connection, batch: i64) -> Result<Option<Upload>, Error> {
    sqlx::query_as!(
        Upload,
        r#"select u.id as "id: UploadId", u.batch_id as "batch_id: BatchId", b.account_id as "account_id: AccountId",
                  a.email as "by?", u.name, b.described as "of_batch: Value", u.described as "described: Value", u.bytes
           from upload u join batch b on b.id = u.batch_id left join account a on a.id = b.account_id
           where u.state = 'waiting' and u.batch_id > $1
           order by u.batch_id, u.id
           limit 1
           for update of u skip locked"#,
        batch
    )
    .fetch_optional(conn)
    .await
}

/// Keeps what became of a source, and lets its bytes go: a draft has them as its source.
pub async fn finish(conn: &mut Connection, upload: UploadId, outcome: &Outcome) -> Result<(), Error> {
    let (state, briefing, reason) = match outcome {
        Outcome::Draft(briefing) => ("draft", Some(*briefing), None),
        Outcome::Known(briefing) => ("known", *briefing, None),
        Outcome::Redacted(briefing) => ("failed", Some(*briefing), Some(REDACTED)),
        Outcome::Failed(reason) => ("failed", None, Some(reason.as_str())),
        Outcome::Unfolded => ("unfolded", None, None),
    };
    sqlx::query!(
        "update upload set state = $2, briefing_id = $3, reason = $4, bytes = null where id = $1",
        upload.0,
        state,
        briefing.map(|id| id.0),
        reason
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest batches, or one of them.
pub async fn list(conn: &mut Connection, only: Option<BatchId>) -> Result<Vec<Batch>, Error> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BatchId", a.email as "by?", b.created_at,
                  count(*) filter (where u.state = 'waiting') as "waiting!",
                  count(*) filter (where u.state in ('draft', 'joined')) as "read!",
                  count(*) filter (where u.state = 'known') as "known!",
                  count(*) filter (where u.state = 'failed') as "failed!"
           from batch b left join account a on a.id = b.account_id left join upload u on u.batch_id = b.id
           where $1::bigint is null or b.id = $1
           group by b.id, a.email
           order by b.id desc
           limit 50"#,
        only.map(|id| id.0)
    )
    .fetch_all(conn)
    .await?;
    let batches = rows.into_iter().map(|row| Batch {
        id: row.id,
        by: row.by,
        created_at: row.created_at.to_jiff(),
        waiting: row.waiting,
        read: row.read,
        known: row.known,
        failed: row.failed,
    });
    Ok(batches.collect())
}

/// A briefing of a batch as it stands: the readable part of its address and the number of its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The readable part of its address.
    pub slug: String,
    /// The number of its present revision.
    pub revision: i32,
}

/// The briefings of a batch that readers see.
pub async fn published(conn: &mut Connection, batch: BatchId) -> Result<Vec<Standing>, Error> {
    sqlx::query_as!(
        Standing,
        r#"select b.slug, r.number as revision
           from upload u join briefing b on b.id = u.briefing_id join transcript t on t.briefing_id = b.id and t.is_main
             join revision r on r.id = t.revision_id
           where u.batch_id = $1 and u.state = 'draft' and b.status = 'published'
           order by b.id"#,
        batch.0
    )
    .fetch_all(conn)
    .await
}

/// The sources of a batch that became no draft.
pub async fn left(conn: &mut Connection, batch: BatchId) -> Result<Vec<Left>, Error> {
    let rows = sqlx::query!(
        r#"select u.name, u.reason, b.slug as "slug?", b.status = 'draft' as "draft?", r.created_at as "redacted_at?",
                  r.reason as "because?"
           from upload u left join briefing b on b.id = u.briefing_id
             left join lateral (
               select v.created_at, v.reason
               from transcript t join source s on s.id = t.source_id join redaction x on x.id = s.redaction_id
                 join revision v on v.id = x.revision_id
               where t.briefing_id = u.briefing_id and u.state = 'failed' order by x.id desc limit 1) r on true
           where u.batch_id = $1 and u.state in ('known', 'failed')
           order by u.state, u.id
           limit 5000"#,
        batch.0
    )
    .fetch_all(conn)
    .await?;
    let left = rows.into_iter().map(|row| {
        let redacted = row.redacted_at.zip(row.because);
        let redacted = redacted.map(|(at, reason)| RedactedSource { at: at.to_jiff(), reason }.to_string());
        Left { name: row.name, reason: redacted.or(row.reason), briefing: row.slug.zip(row.draft) }
    });
    Ok(left.collect())
}
