//! Drafts: what waits to be published.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde::Deserialize;
use sqlx::types::Json;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{AccountId, Actor, BatchId, BriefingId, BriefingKind, Origin, Role};

/// A draft.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its row.
    pub id: BriefingId,
    /// The readable part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: BriefingKind,
    /// The date of the event.
    pub date: Option<Date>,
    /// A line that restricts publication.
    pub embargo_text: Option<String>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// When it is to be published by itself.
    pub publish_at: Option<Timestamp>,
    /// IANA name of the time zone of its series.
    pub time_zone: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// What the machine noticed.
    pub diagnostics: Vec<Noticed>,
    /// Labels of speakers that stand for nobody known.
    pub unknown: Vec<String>,
}

/// Something the machine noticed while reading.
#[derive(Debug, Clone, Deserialize)]
pub struct Noticed {
    /// How much it matters: info, warning or error.
    pub severity: String,
    /// What kind of finding it is.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// Where in the source text, in Unicode scalar values, if it is about a place.
    pub at: Option<(usize, usize)>,
}

impl Waiting {
    /// Whether it may not be published yet.
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.embargo_until.is_some_and(|until| until > now)
    }

    /// Whether an editor should look before it is published.
    pub fn is_doubtful(&self) -> bool {
        !self.unknown.is_empty() || self.embargo_text.is_some() || self.warnings().next().is_some()
    }

    /// What the machine is in doubt about.
    pub fn warnings(&self) -> impl Iterator<Item = &Noticed> {
        self.diagnostics.iter().filter(|noticed| noticed.severity != "info")
    }
}

/// Sets when a draft is to be published, or takes that back.
pub async fn schedule(
    conn: &mut Connection,
    briefing: BriefingId,
    at: Option<Timestamp>,
    by: Option<AccountId>,
) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set publish_at = $2, scheduled_by = $3 where id = $1 and status = 'draft'",
        briefing.0,
        at.map(ToSqlx::to_sqlx) as _,
        by.map(|id| id.0)
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A draft whose time has come, with who set it. Locked until the end of the transaction; one that somebody else is
/// publishing is left out.
pub async fn due(conn: &mut Connection, now: Timestamp) -> Result<Option<(BriefingId, Actor)>, Error> {
    let row = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.scheduled_by as "by: AccountId", a.email as "email?"
           from briefing b left join account a on a.id = b.scheduled_by
           where b.status = 'draft' and b.publish_at <= $1 and (b.embargo_until is null or b.embargo_until <= $1)
           order by b.publish_at, b.id
           limit 1
           for update of b skip locked"#,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, Actor { account: row.by, name: row.email.unwrap_or_default() })))
}

/// A label of a draft with whom the machine, or an editor, takes it for.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// The label as printed.
    pub label: String,
    /// Turns that have it.
    pub turns: i32,
    /// What it stands for when it names nobody.
    pub role: Option<Role>,
    /// The person linked.
    pub speaker: Option<Named>,
    /// The office held at the date of the briefing.
    pub office: Option<String>,
    /// Who says so.
    pub origin: Origin,
    /// A person suggested but not linked.
    pub suggested: Option<Named>,
    /// How sure the machine is, from 0 to 1.
    pub score: Option<f32>,
    /// Why.
    pub reason: Option<String>,
}

/// The labels of a briefing's main transcript, those with most turns first.
pub async fn labels(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Labelled>, Error> {
    let rows = sqlx::query!(
        r#"select l.label, l.turns, l.role as "role: Role", s.slug as "slug?", s.name as "name?", l.office,
                  l.origin as "origin: Origin", g.slug as "suggested_slug?", g.name as "suggested_name?", l.score, l.reason
           from transcript t join transcript_label l on l.transcript_id = t.id
             left join speaker s on s.id = l.speaker_id left join speaker d on d.id = l.suggested_speaker_id
             left join speaker g on g.id = coalesce(d.merged_into, d.id)
           where t.briefing_id = $1 and t.is_main
           order by l.turns desc, l.label"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    let labels = rows.into_iter().map(|row| Labelled {
        label: row.label,
        turns: row.turns,
        role: row.role,
        speaker: row.slug.zip(row.name).map(|(slug, name)| Named { slug, name }),
        office: row.office,
        origin: row.origin,
        suggested: row.suggested_slug.zip(row.suggested_name).map(|(slug, name)| Named { slug, name }),
        score: row.score,
        reason: row.reason,
    });
    Ok(labels.collect())
}

/// The words extracted from the source of a briefing's main transcript.
pub async fn source_text(conn: &mut Connection, briefing: BriefingId) -> Result<String, Error> {
    sqlx::query_scalar!(
        "select s.source_text from transcript t join source s on s.id = t.source_id where t.briefing_id = $1 and t.is_main",
        briefing.0
    )
    .fetch_one(conn)
    .await
}

/// All drafts, newest event first.
pub async fn list(conn: &mut Connection) -> Result<Vec<Waiting>, Error> {
    drafts(conn, None, None).await
}

/// A draft by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Waiting>, Error> {
    Ok(drafts(conn, Some(slug), None).await?.pop())
}

/// The drafts that a batch became.
pub async fn of_batch(conn: &mut Connection, batch: BatchId) -> Result<Vec<Waiting>, Error> {
    drafts(conn, None, Some(batch)).await
}

async fn drafts(conn: &mut Connection, slug: Option<&str>, batch: Option<BatchId>) -> Result<Vec<Waiting>, Error> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.slug, b.title, b.briefing_kind as "kind: BriefingKind", b.date, b.embargo_text,
                  b.embargo_until, b.publish_at, e.time_zone as "time_zone?", b.language, t.diagnostics as "diagnostics: Json<Vec<Noticed>>",
                  array(select l.label from transcript_label l
                        where l.transcript_id = t.id and l.role is null and l.speaker_id is null
                        order by l.label) as "unknown!"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             left join series e on e.id = b.series_id
           where b.status = 'draft' and ($1::text is null or b.slug = $1)
             and ($2::bigint is null or exists (select from upload u where u.batch_id = $2 and u.briefing_id = b.id))
           order by b.date desc nulls first, b.id desc
           limit 5000"#,
        slug,
        batch.map(|id| id.0)
    )
    .fetch_all(conn)
    .await?;
    let waiting = rows.into_iter().map(|row| Waiting {
        id: row.id,
        slug: row.slug,
        title: row.title,
        kind: row.kind,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        embargo_text: row.embargo_text,
        embargo_until: row.embargo_until.map(jiff_sqlx::Timestamp::to_jiff),
        publish_at: row.publish_at.map(jiff_sqlx::Timestamp::to_jiff),
        time_zone: row.time_zone,
        language: row.language,
        diagnostics: row.diagnostics.0,
        unknown: row.unknown,
    });
    Ok(waiting.collect())
}
