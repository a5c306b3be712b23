//! Newer versions of transcripts, put before an editor.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::record::Origin;
use super::{Connection, Error};
use crate::domain::{AccountId, BriefingStatus, ProposalId, RevisionId, SourceId, TranscriptId};

/// A newer version of a transcript.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Its row.
    pub id: ProposalId,
    /// The newer version.
    pub transcript_id: TranscriptId,
    /// The revision that holds its words.
    pub revision_id: RevisionId,
    /// The bytes that it was read from.
    pub source_id: SourceId,
    /// The same as readers are told of them.
    pub source: Origin,
    /// What it is a newer version of.
    pub of_transcript_id: TranscriptId,
    /// The present revision of that.
    pub of_revision_id: RevisionId,
    /// The number of that.
    pub revision: i32,
    /// What that was read from.
    pub of_source: Origin,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The briefing.
    pub briefing: Named,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Who sees it.
    pub status: BriefingStatus,
    /// When it was put before editors.
    pub created_at: Timestamp,
    /// When an editor decided.
    pub decided_at: Option<Timestamp>,
    /// What became of it: proposed, adopted, declined.
    pub standing: String,
    /// Why it was declined.
    pub reason: Option<String>,
}

/// Puts a version before editors. One that waits already is declined: this one is newer.
pub async fn add(
    conn: &mut Connection,
    newer: TranscriptId,
    of: TranscriptId,
    now: Timestamp,
) -> Result<ProposalId, Error> {
    sqlx::query!(
        "with older as (update proposal set decided_at = $2, reason = 'A newer version came.'
                        where of_transcript_id = $1 and decided_at is null returning transcript_id)
         update transcript set standing = 'declined' where id in (select transcript_id from older)",
        of.0,
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!(
        r#"insert into proposal (transcript_id, of_transcript_id, created_at) values ($1, $2, $3)
           returning id as "id: ProposalId""#,
        newer.0,
        of.0,
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// Those that wait for an editor, oldest first.
pub async fn open(conn: &mut Connection) -> Result<Vec<Proposal>, Error> {
    read(conn, None).await
}

/// One of them, whatever became of it.
pub async fn find(conn: &mut Connection, id: ProposalId) -> Result<Option<Proposal>, Error> {
    Ok(read(conn, Some(id)).await?.pop())
}

async fn read(conn: &mut Connection, only: Option<ProposalId>) -> Result<Vec<Proposal>, Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: ProposalId", p.transcript_id as "transcript_id: TranscriptId",
                  n.revision_id as "revision_id!: RevisionId", n.source_id as "source_id: SourceId", s.sha256, s.url,
                  s.retrieved_at, p.of_transcript_id as "of_transcript_id: TranscriptId",
                  r.id as "of_revision_id: RevisionId", r.number, o.sha256 as of_sha256, o.url as of_url,
                  o.retrieved_at as of_retrieved_at, t.issuer, b.slug, b.title, b.language,
                  b.status as "status: BriefingStatus", p.created_at, p.decided_at, n.standing, p.reason
           from proposal p join transcript n on n.id = p.transcript_id join source s on s.id = n.source_id
             join transcript t on t.id = p.of_transcript_id join revision r on r.id = t.revision_id
             join source o on o.id = coalesce(
               (select e.source_id from revision e where e.transcript_id = t.id and e.source_id is not null
                order by e.number desc limit 1), t.source_id)
             join briefing b on b.id = t.briefing_id
           where case when $1::bigint is null then p.decided_at is null else p.id = $1 end
           order by p.created_at, p.id limit 500"#,
        only.map(|id| id.0)
    )
    .fetch_all(conn)
    .await?;
    let proposals = rows.into_iter().map(|r| Proposal {
        id: r.id,
        transcript_id: r.transcript_id,
        revision_id: r.revision_id,
        source_id: r.source_id,
        source: Origin { sha256: r.sha256, url: r.url, retrieved_at: r.retrieved_at.to_jiff() },
        of_transcript_id: r.of_transcript_id,
        of_revision_id: r.of_revision_id,
        revision: r.number,
        of_source: Origin { sha256: r.of_sha256, url: r.of_url, retrieved_at: r.of_retrieved_at.to_jiff() },
        issuer: r.issuer,
        briefing: Named { slug: r.slug, name: r.title },
        language: r.language,
        status: r.status,
        created_at: r.created_at.to_jiff(),
        decided_at: r.decided_at.map(jiff_sqlx::Timestamp::to_jiff),
        standing: r.standing,
        reason: r.reason,
    });
    Ok(proposals.collect())
}

/// How many wait for an editor.
pub async fn count_open(conn: &mut Connection) -> Result<i64, Error> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from proposal where decided_at is null"#).fetch_one(conn).await
}

/// What an editor decided of a version.
#[derive(Debug, Clone, Copy)]
pub enum Decided<'a> {
    /// It was adopted, and its utterances have these numbers.
    Adopted(&'a [i32]),
    /// It was declined, for this reason.
    Declined(&'a str),
}

/// Keeps what was decided of a version; says whether it waited.
pub async fn decide(
    conn: &mut Connection,
    id: ProposalId,
    decided: Decided<'_>,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let (standing, numbers, reason) = match decided {
        Decided::Adopted(numbers) => ("adopted", Some(numbers), None),
        Decided::Declined(reason) => ("declined", None, Some(reason)),
    };
    let decided = sqlx::query!(
        "with decided as (update proposal set decided_at = $2, account_id = $3, numbers = $4, reason = $5
                          where id = $1 and decided_at is null returning transcript_id)
         update transcript set standing = $6 where id in (select transcript_id from decided)",
        id.0,
        now.to_sqlx() as _,
        by.map(|id| id.0),
        numbers,
        reason,
        standing
    );
    Ok(decided.execute(conn).await?.rows_affected() > 0)
}

/// The version of a transcript that was adopted last.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// The revision that holds its words.
    pub revision_id: RevisionId,
    /// The permanent numbers of its utterances, in their order.
    pub numbers: Vec<i32>,
}

/// What was adopted last for a transcript, if anything.
pub async fn adopted(conn: &mut Connection, of: TranscriptId) -> Result<Option<Adopted>, Error> {
    sqlx::query_as!(
        Adopted,
        r#"select n.revision_id as "revision_id!: RevisionId", p.numbers as "numbers!"
           from proposal p join transcript n on n.id = p.transcript_id
           where p.of_transcript_id = $1 and p.numbers is not null
           order by p.decided_at desc, p.id desc limit 1"#,
        of.0
    )
    .fetch_optional(conn)
    .await
}
