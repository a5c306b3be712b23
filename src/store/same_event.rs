//! Drafts that seem to be of an event that the archive has already.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{AccountId, BriefingId, BriefingStatus, RevisionId, TranscriptId};

/// By what a text was found to be like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum FoundBy {
    /// It came from the same address.
    Address,
    /// It is of the same day in the same series.
    Day,
    /// Its words.
    Words,
}

impl FoundBy {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Day => "day",
            Self::Words => "words",
        }
    }
}

/// A text that is worth comparing with a draft.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// Its present revision.
    pub revision_id: RevisionId,
    /// By what it was found.
    pub found_by: FoundBy,
}

/// Waits until nobody else brings in a text, until the end of the transaction: of two texts of one event that come at
/// once, the second must see the first.
pub async fn one_at_a_time(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('onrecord: same event'))").execute(conn).await?;
    Ok(())
}

/// The texts worth comparing with a draft: with its address, of its day in its series, or with so many parts of its
/// fingerprint. The sample archive does not count.
pub async fn candidates(
    conn: &mut Connection,
    draft: BriefingId,
    fingerprint: &[i32],
    parts: i64,
    limit: i64,
) -> Result<Vec<Candidate>, Error> {
    sqlx::query_as!(
        Candidate,
        r#"with draft as (
               select b.id, b.series_id, b.date, b.starts, b.briefing_kind = 'report' as is_report, s.url
               from briefing b join transcript t on t.briefing_id = b.id and t.is_main join source s on s.id = t.source_id
               where b.id = $1
           ), told as (
               select transcript_id, count(*) as parts from fingerprint where part = any($2)
               group by transcript_id having count(*) >= $3
           ), found as (
               select o.id as transcript_id, 'address' as found_by, 0 as rank
               from draft d join source s on address_key(s.url) = address_key(d.url) join transcript o on o.source_id = s.id
               union all
               select o.id, 'day', 1
               from draft d join briefing b on b.series_id = d.series_id and b.date = d.date
                 join transcript o on o.briefing_id = b.id and o.standing = 'shown'
               where (b.briefing_kind = 'report') = d.is_report
                 and (b.starts is null or d.starts is null or abs(extract(epoch from b.starts - d.starts)) <= 3600)
               union all
               select o.id, 'words', 2
               from draft d, told join transcript o on o.id = told.transcript_id join briefing b on b.id = o.briefing_id
               where (b.briefing_kind = 'report') = d.is_report
           ), best as (
               select distinct on (transcript_id) transcript_id, found_by, rank from found order by transcript_id, rank
           )
           select t.briefing_id as "briefing_id: BriefingId", t.revision_id as "revision_id!: RevisionId",
                  found_by as "found_by!: FoundBy"
           from best join transcript t on t.id = best.transcript_id join briefing b on b.id = t.briefing_id
             left join told on told.transcript_id = best.transcript_id
           where b.id <> $1 and not b.fiction
           order by rank, told.parts desc nulls last, b.id
           limit $4"#,
        draft.0,
        fingerprint,
        parts,
        limit
    )
    .fetch_all(conn)
    .await
}

/// A briefing that a draft may be a text of.
#[derive(Debug, Clone)]
pub struct Near {
    /// Its address and title.
    pub briefing: Named,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Who sees it.
    pub status: BriefingStatus,
    /// The date of the event.
    pub date: Option<Date>,
    /// Name of its series.
    pub series: Option<String>,
    /// Who issued its text.
    pub issuer: Option<String>,
    /// Its present revision.
    pub revision_id: RevisionId,
}

/// Briefings that a draft may be a text of: the one with this address, and those in whose title, series or date all of
/// these words stand, in small letters; without any, those of its day. The nearest in time first.
pub async fn near(
    conn: &mut Connection,
    draft: BriefingId,
    address: &str,
    words: &[String],
    limit: i64,
) -> Result<Vec<Near>, Error> {
    let rows = sqlx::query!(
        r#"select b.slug, b.title, b.language, b.status as "status: BriefingStatus", b.date, e.name as "series?", t.issuer,
                  t.revision_id as "revision_id!: RevisionId"
           from briefing d, briefing b join transcript t on t.briefing_id = b.id and t.is_main
             left join series e on e.id = b.series_id
           where d.id = $1 and b.id <> $1 and b.status <> 'withdrawn'
             and case when cardinality($3::text[]) = 0 then b.date = d.date
                 else b.slug = $2 or not exists (
                   select from unnest($3) as word
                   where strpos(lower(concat_ws(' ', b.title, e.name, b.date)), word) = 0) end
           order by b.slug = $2 desc, b.series_id is not distinct from d.series_id desc, abs(b.date - d.date) nulls last,
                    b.id desc
           limit $4"#,
        draft.0,
        address,
        words,
        limit
    )
    .fetch_all(conn)
    .await?;
    let near = rows.into_iter().map(|row| Near {
        briefing: Named { slug: row.slug, name: row.title },
        language: row.language,
        status: row.status,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        series: row.series,
        issuer: row.issuer,
        revision_id: row.revision_id,
    });
    Ok(near.collect())
}

/// The words of a revision, piece by piece.
pub async fn words(conn: &mut Connection, revision: RevisionId) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!("select text from utterance where revision_id = $1 order by position", revision.0)
        .fetch_all(conn)
        .await
}

/// Keeps that a draft seems to be of the event of another briefing.
pub async fn add(
    conn: &mut Connection,
    draft: BriefingId,
    other: BriefingId,
    found_by: FoundBy,
    alike: f32,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into same_event (briefing_id, other_id, found_by, alike) values ($1, $2, $3, $4)
         on conflict (briefing_id, other_id) do nothing",
        draft.0,
        other.0,
        found_by.as_str(),
        alike
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A briefing that a draft seems to be of the event of.
#[derive(Debug, Clone)]
pub struct Same {
    /// The briefing that was here first.
    pub briefing: Named,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Who sees it.
    pub status: BriefingStatus,
    /// Who issued its text.
    pub issuer: Option<String>,
    /// By what it was found.
    pub found_by: FoundBy,
    /// Share of the draft's words that stand in it in the same order.
    pub alike: f32,
    /// When an editor said that the draft is a briefing of its own.
    pub settled_at: Option<Timestamp>,
}

/// The briefings that a draft seems to be of the event of, the likeliest first.
pub async fn of_draft(conn: &mut Connection, draft: BriefingId) -> Result<Vec<Same>, Error> {
    let rows = sqlx::query!(
        r#"select b.slug, b.title, b.language, b.status as "status: BriefingStatus", t.issuer,
                  s.found_by as "found_by: FoundBy", s.alike, s.settled_at
           from same_event s join briefing b on b.id = s.other_id join transcript t on t.briefing_id = b.id and t.is_main
           where s.briefing_id = $1 order by s.alike desc, b.id"#,
        draft.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Same {
            briefing: Named { slug: r.slug, name: r.title },
            language: r.language,
            status: r.status,
            issuer: r.issuer,
            found_by: r.found_by,
            alike: r.alike,
            settled_at: r.settled_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// Keeps that an editor says a draft is a briefing of its own; says whether that was open.
pub async fn settle(
    conn: &mut Connection,
    draft: BriefingId,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let settled = sqlx::query!(
        "update same_event set settled_at = $2, account_id = $3 where briefing_id = $1 and settled_at is null",
        draft.0,
        now.to_sqlx() as _,
        by.map(|id| id.0)
    );
    Ok(settled.execute(conn).await?.rows_affected() > 0)
}

/// A transcript whose fingerprint was not taken when it came in.
#[derive(Debug, Clone, Copy)]
pub struct Untold {
    /// The transcript.
    pub transcript_id: TranscriptId,
    /// Its present revision.
    pub revision_id: RevisionId,
}

/// Some transcripts without a fingerprint. Others who do the same get others.
pub async fn untold(conn: &mut Connection, limit: i64) -> Result<Vec<Untold>, Error> {
    sqlx::query_as!(
        Untold,
        r#"select id as "transcript_id: TranscriptId", revision_id as "revision_id!: RevisionId"
           from transcript where not fingerprinted and revision_id is not null limit $1 for update skip locked"#,
        limit
    )
    .fetch_all(conn)
    .await
}

/// Keeps the fingerprint of a transcript.
pub async fn tell(conn: &mut Connection, id: TranscriptId, fingerprint: &[i32]) -> Result<(), Error> {
    sqlx::query!(
        "with told as (update transcript set fingerprinted = true where id = $1)
         insert into fingerprint (part, transcript_id) select part, $1 from unnest($2::integer[]) as part
         on conflict do nothing",
        id.0,
        fingerprint
    )
    .execute(conn)
    .await
    .map(drop)
}
