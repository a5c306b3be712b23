//! Reading the record: every revision of a briefing, and the corrections of the whole archive.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::types::Json;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{BriefingId, BriefingStatus, Facts, RevisionId, RevisionKind, TranscriptId};

/// One revision, as its history tells it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its row.
    pub id: RevisionId,
    /// Its number, from 1.
    pub number: i32,
    /// The number of the one before; none of the first.
    pub before: Option<i32>,
    /// Why it was made.
    pub kind: RevisionKind,
    /// The same in the words of whoever made it.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
    /// Whether an editor made it.
    pub by_editor: bool,
    /// What it says of the briefing beside the words.
    pub facts: Facts,
    /// Its hash.
    pub hash: Vec<u8>,
    /// The bytes that its words were read from.
    pub source: Origin,
}

/// Bytes from which words were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Their SHA-256.
    pub sha256: Vec<u8>,
    /// Their address.
    pub url: Option<String>,
    /// When they came.
    pub retrieved_at: Timestamp,
}

/// Every revision of what was the main text of a briefing when it was written, oldest first. Who stands behind a label
/// whose speaker is not named to readers is left out.
pub async fn history(conn: &mut Connection, id: BriefingId) -> Result<Vec<Entry>, Error> {
    entries(conn, id, None).await
}

/// Every revision of one transcript, oldest first; with the same left out.
pub async fn of_transcript(conn: &mut Connection, briefing: BriefingId, id: TranscriptId) -> Result<Vec<Entry>, Error> {
    entries(conn, briefing, Some(id)).await
}

async fn entries(conn: &mut Connection, id: BriefingId, only: Option<TranscriptId>) -> Result<Vec<Entry>, Error> {
    // Texts of one event have labels in common: whoever is unnamed in one is named in the facts of none.
    let unnamed: Vec<String> = sqlx::query_scalar!(
        "select distinct l.label from transcript t join transcript_label l on l.transcript_id = t.id
           join reader_label r on r.id = l.id and r.attribution <> 'named'
         where t.briefing_id = $1",
        id.0
    )
    .fetch_all(&mut *conn)
    .await?;
    let rows = sqlx::query!(
        r#"select r.id as "id: RevisionId", r.number, r.kind as "kind: RevisionKind", r.reason, r.created_at,
                  r.account_id is not null as "by_editor!", r.facts as "facts: Json<Facts>", r.hash,
                  lag(r.number) over (order by r.number) as before, s.sha256, s.url, s.retrieved_at
           from transcript t join revision r on r.transcript_id = t.id
             join source s on s.id = coalesce(
               (select o.source_id from revision o where o.transcript_id = t.id and o.source_id is not null
                  and o.number <= r.number order by o.number desc limit 1), t.source_id)
           where t.briefing_id = $1 and t.standing = 'shown'
             and case when $2::bigint is null then r.of_main else t.id = $2 end
           order by r.number"#,
        id.0,
        only.map(|id| id.0)
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Entry {
            id: r.id,
            number: r.number,
            before: r.before,
            kind: r.kind,
            reason: r.reason,
            created_at: r.created_at.to_jiff(),
            by_editor: r.by_editor,
            facts: without(r.facts.0, &unnamed),
            hash: r.hash,
            source: Origin { sha256: r.sha256, url: r.url, retrieved_at: r.retrieved_at.to_jiff() },
        })
        .collect())
}

fn without(mut facts: Facts, labels: &[String]) -> Facts {
    facts.speakers.retain(|label, _| !labels.contains(label));
    facts
}

/// A correction of something published.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Its revision, for the order and the next page.
    pub id: RevisionId,
    /// The briefing.
    pub briefing: Named,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// The number of the revision.
    pub number: i32,
    /// The number of the one before.
    pub before: i32,
    /// Why it was made.
    pub kind: RevisionKind,
    /// The same in the words of whoever made it.
    pub reason: String,
    /// When.
    pub created_at: Timestamp,
}

/// Corrections made since publication of what is published now, newest first; after one, if given.
pub async fn corrections(
    conn: &mut Connection,
    after: Option<(Timestamp, RevisionId)>,
    limit: i64,
) -> Result<Vec<Correction>, Error> {
    let rows = sqlx::query!(
        r#"select r.id as "id: RevisionId", b.slug, b.title, coalesce(b.language, e.language) as language, r.number,
                  r.kind as "kind: RevisionKind", r.reason, r.created_at,
                  (select coalesce(max(p.number), 0) from transcript o join revision p on p.transcript_id = o.id
                   where o.briefing_id = b.id and o.standing = 'shown' and p.of_main and p.number < r.number) as "before!"
           from revision r join transcript t on t.id = r.transcript_id and t.standing = 'shown'
             join briefing b on b.id = t.briefing_id left join series e on e.id = b.series_id
           where b.status = 'published' and r.of_main and r.kind <> 'imported' and r.created_at > b.published_at
             and ($1::timestamptz is null or (r.created_at, r.id) < ($1, $2))
           order by r.created_at desc, r.id desc limit $3"#,
        after.map(|after| after.0.to_sqlx()) as _,
        after.map(|after| after.1.0),
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Correction {
            id: r.id,
            briefing: Named { slug: r.slug, name: r.title },
            language: r.language,
            number: r.number,
            before: r.before,
            kind: r.kind,
            reason: r.reason,
            created_at: r.created_at.to_jiff(),
        })
        .collect())
}

/// The number to which the address of a turn that was joined to another leads.
pub async fn leads_to(conn: &mut Connection, slug: &str, number: i32) -> Result<Option<i32>, Error> {
    sqlx::query_scalar!(
        "select n.leads_to from number_redirect n join briefing b on b.id = n.briefing_id
         where b.slug = $1 and n.number = $2 and b.status = 'published'",
        slug,
        number
    )
    .fetch_optional(conn)
    .await
}

/// A briefing as an editor finds it, whoever else sees it.
#[derive(Debug, Clone)]
pub struct Open {
    /// Its row.
    pub id: BriefingId,
    /// The readable part of its address.
    pub slug: String,
    /// Who sees it.
    pub status: BriefingStatus,
    /// Its present revision.
    pub present: Entry,
}

/// A briefing by its address, also one that readers do not see.
pub async fn open(conn: &mut Connection, slug: &str) -> Result<Option<Open>, Error> {
    let row = sqlx::query!(
        r#"select id as "id: BriefingId", slug, status as "status: BriefingStatus" from briefing where slug = $1"#,
        slug
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let present = history(conn, row.id).await?.pop();
    Ok(present.map(|present| Open { id: row.id, slug: row.slug, status: row.status, present }))
}

/// The end of the audit log.
#[derive(Debug, Clone)]
pub struct Head {
    /// How many entries it has.
    pub length: i64,
    /// The hash of the last.
    pub hash: Vec<u8>,
    /// When that was written.
    pub at: Option<Timestamp>,
}

/// Where the audit log ends.
pub async fn audit_head(conn: &mut Connection) -> Result<Head, Error> {
    let row = sqlx::query!(
        r#"select f.audit_length as length, f.audit_head as hash, e.at as "at?"
           from feed f left join audit_entry e on e.id = f.audit_length"#
    )
    .fetch_one(conn)
    .await?;
    Ok(Head { length: row.length, hash: row.hash, at: row.at.map(jiff_sqlx::Timestamp::to_jiff) })
}
