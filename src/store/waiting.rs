//! Drafts: what waits to be published.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{BriefingId, BriefingKind};

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
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// What the machine noticed.
    pub diagnostics: Vec<Noticed>,
}

/// Something the machine noticed while reading.
#[derive(Debug, Clone, Deserialize)]
pub struct Noticed {
    /// How much it matters: info, warning or error.
    pub severity: String,
    /// A sentence.
    pub message: String,
}

impl Waiting {
    /// Whether it may not be published yet.
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.embargo_until.is_some_and(|until| until > now)
    }
}

/// All drafts, newest event first.
pub async fn list(conn: &mut Connection) -> Result<Vec<Waiting>, Error> {
    drafts(conn, None).await
}

/// A draft by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Waiting>, Error> {
    Ok(drafts(conn, Some(slug)).await?.pop())
}

async fn drafts(conn: &mut Connection, slug: Option<&str>) -> Result<Vec<Waiting>, Error> {
    let rows = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.slug, b.title, b.briefing_kind as "kind: BriefingKind", b.date, b.embargo_text,
                  b.embargo_until, b.language, t.diagnostics as "diagnostics: Json<Vec<Noticed>>"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
           where b.status = 'draft' and ($1::text is null or b.slug = $1)
           order by b.date desc nulls first, b.id desc
           limit 1000"#,
        slug
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
        language: row.language,
        diagnostics: row.diagnostics.0,
    });
    Ok(waiting.collect())
}
