//! Sources that came from an address: when they are fetched again, and what came of it.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{BriefingId, SourceId, TranscriptId};

/// What came of fetching a source again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Retrieved {
    /// The very bytes.
    Same,
    /// Other bytes that read the same.
    SameWords,
    /// Other words: they were put before an editor.
    Changed,
    /// There is nothing at the address any more.
    Gone,
    /// The publisher was not reached, or what came cannot be read.
    Failed,
    /// Bytes that were redacted here, and do not come back.
    Redacted,
}

impl Retrieved {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::SameWords => "same-words",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Failed => "failed",
            Self::Redacted => "redacted",
        }
    }
}

/// A source that is to be fetched again.
#[derive(Debug, Clone)]
pub struct Refetch {
    /// The transcript that was read from it.
    pub transcript_id: TranscriptId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// The address.
    pub url: String,
    /// When it was fetched first.
    pub began_at: Timestamp,
    /// Times in a row that the publisher could not be reached.
    pub failures: i32,
    /// The bytes that were there last.
    pub source_id: SourceId,
}

/// When a source is looked at next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// When; never again, if none.
    pub due_at: Option<Timestamp>,
    /// Times in a row that the publisher could not be reached.
    pub failures: i32,
}

/// Begins to watch the address from which a transcript came.
pub async fn begin(
    conn: &mut Connection,
    id: TranscriptId,
    url: &str,
    host: &str,
    began_at: Timestamp,
    due_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into refetch (transcript_id, url, host, began_at, due_at, source_id)
         select id, $2, $3, $4, $5, source_id from transcript where id = $1",
        id.0,
        url,
        host,
        began_at.to_sqlx() as _,
        due_at.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The hosts from which something is due, the one that waits longest first.
pub async fn hosts(conn: &mut Connection, now: Timestamp) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!(
        "select host from refetch where due_at <= $1 group by host order by min(due_at) limit 100",
        now.to_sqlx() as _
    )
    .fetch_all(conn)
    .await
}

/// Keeps everybody else from fetching from a host until the end of the transaction; says whether it was free.
pub async fn hold_host(conn: &mut Connection, host: &str) -> Result<bool, Error> {
    sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(hashtext('onrecord: fetch'), hashtext($1)) as "held!""#,
        host
    )
    .fetch_one(conn)
    .await
}

/// What is due from a host, held until the end of the transaction. What is withdrawn is left alone.
pub async fn due(conn: &mut Connection, host: &str, now: Timestamp) -> Result<Option<Refetch>, Error> {
    let row = sqlx::query!(
        r#"select f.transcript_id as "transcript_id: TranscriptId", t.briefing_id as "briefing_id: BriefingId", f.url,
                  f.began_at, f.failures, f.source_id as "source_id: SourceId"
           from refetch f join transcript t on t.id = f.transcript_id join briefing b on b.id = t.briefing_id
           where f.host = $1 and f.due_at <= $2 and b.status <> 'withdrawn'
           order by f.due_at limit 1 for update of f skip locked"#,
        host,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| Refetch {
        transcript_id: r.transcript_id,
        briefing_id: r.briefing_id,
        url: r.url,
        began_at: r.began_at.to_jiff(),
        failures: r.failures,
        source_id: r.source_id,
    }))
}

/// Keeps what came of fetching a source, the bytes that are there now, and when it is looked at next.
pub async fn note(
    conn: &mut Connection,
    id: TranscriptId,
    outcome: Retrieved,
    sha256: Option<&[u8]>,
    source: Option<SourceId>,
    next: Next,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "with noted as (insert into retrieval (transcript_id, at, outcome, sha256) values ($1, $2, $3, $4))
         update refetch
         set due_at = $5, failures = $6, source_id = coalesce($7, source_id),
             gone_since = case $3 when 'gone' then coalesce(gone_since, $2) when 'failed' then gone_since end
         where transcript_id = $1",
        id.0,
        now.to_sqlx() as _,
        outcome.as_str(),
        sha256,
        next.due_at.map(ToSqlx::to_sqlx) as _,
        next.failures,
        source.map(|id| id.0)
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Has a source fetched as soon as may be; says whether it came from an address.
pub async fn hasten(conn: &mut Connection, id: TranscriptId, now: Timestamp) -> Result<bool, Error> {
    let due = sqlx::query!("update refetch set due_at = $2 where transcript_id = $1", id.0, now.to_sqlx() as _);
    Ok(due.execute(conn).await?.rows_affected() > 0)
}

/// Watches the address of a newer version instead of that of the transcript it belongs to.
pub async fn hand_over(conn: &mut Connection, from: TranscriptId, to: TranscriptId) -> Result<(), Error> {
    sqlx::query!(
        "delete from refetch where transcript_id = $2 and exists (select from refetch where transcript_id = $1)",
        from.0,
        to.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("update refetch set transcript_id = $2 where transcript_id = $1", from.0, to.0)
        .execute(conn)
        .await
        .map(drop)
}

/// A watched address as editors see it.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The transcript that came from it.
    pub transcript_id: TranscriptId,
    /// The address.
    pub url: String,
    /// When it is looked at next.
    pub due_at: Option<Timestamp>,
    /// Since when there is nothing any more.
    pub gone_since: Option<Timestamp>,
}

/// The watched addresses of a briefing.
pub async fn of_briefing(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Watched>, Error> {
    let rows = sqlx::query!(
        r#"select f.transcript_id as "transcript_id: TranscriptId", f.url, f.due_at, f.gone_since
           from refetch f join transcript t on t.id = f.transcript_id
           where t.briefing_id = $1 and t.standing = 'shown' order by t.number"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    let watched = rows.into_iter().map(|r| Watched {
        transcript_id: r.transcript_id,
        url: r.url,
        due_at: r.due_at.map(jiff_sqlx::Timestamp::to_jiff),
        gone_since: r.gone_since.map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(watched.collect())
}

/// One time that a source was fetched again.
#[derive(Debug, Clone)]
pub struct Retrieval {
    /// The transcript that was read from it.
    pub transcript_id: TranscriptId,
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Retrieved,
    /// SHA-256 of the bytes that came.
    pub sha256: Option<Vec<u8>>,
}

/// What came of fetching the sources of a briefing again, newest first.
pub async fn retrievals(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Retrieval>, Error> {
    let rows = sqlx::query!(
        r#"select r.transcript_id as "transcript_id: TranscriptId", r.at, r.outcome as "outcome: Retrieved", r.sha256
           from retrieval r join transcript t on t.id = r.transcript_id
           where t.briefing_id = $1 order by r.id desc limit 100"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    let retrievals = rows.into_iter().map(|r| Retrieval {
        transcript_id: r.transcript_id,
        at: r.at.to_jiff(),
        outcome: r.outcome,
        sha256: r.sha256,
    });
    Ok(retrievals.collect())
}
