//! When what readers can see was published, and when it last changed.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Connection, Error};
use crate::domain::BriefingId;

/// Two moments in the life of a briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    /// When readers could first see it.
    pub published: Timestamp,
    /// When its present words were written down, if later.
    pub updated: Timestamp,
}

/// The moments of these briefings, as far as they are published.
pub async fn moments(conn: &mut Connection, ids: &[BriefingId]) -> Result<HashMap<BriefingId, Moments>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.published_at as "published!",
                  greatest(b.published_at, max(r.created_at)) as "updated!"
           from briefing b left join transcript t on t.briefing_id = b.id and t.is_main
             left join revision r on r.id = t.revision_id
           where b.status = 'published' and b.id = any($1) group by b.id"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let moments = |published: jiff_sqlx::Timestamp, updated: jiff_sqlx::Timestamp| Moments {
        published: published.to_jiff(),
        updated: updated.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| (row.id, moments(row.published, row.updated))).collect())
}

/// When anything was last published; nothing in an empty archive.
pub async fn latest(conn: &mut Connection) -> Result<Option<Timestamp>, Error> {
    let latest = sqlx::query_scalar!("select max(published_at) from briefing where status = 'published'");
    Ok(latest.fetch_one(conn).await?.map(jiff_sqlx::Timestamp::to_jiff))
}

/// An address and when what it shows last changed.
#[derive(Debug, Clone)]
pub struct Address {
    /// The readable part of it.
    pub slug: String,
    /// When it last changed.
    pub updated: Timestamp,
}

/// Published briefings and reports in the order of their rows, so that a list in parts stays in the same parts.
pub async fn briefings(conn: &mut Connection, offset: i64, limit: i64) -> Result<Vec<Address>, Error> {
    let rows = sqlx::query!(
        r#"select b.slug, greatest(b.published_at, r.created_at) as "updated!"
           from briefing b left join transcript t on t.briefing_id = b.id and t.is_main
             left join revision r on r.id = t.revision_id
           where b.status = 'published' order by b.id offset $1 limit $2"#,
        offset,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Address { slug: row.slug, updated: row.updated.to_jiff() }).collect())
}

/// Series with a published briefing, by address, each with when one was last published.
pub async fn series(conn: &mut Connection) -> Result<Vec<Address>, Error> {
    let rows = sqlx::query!(
        r#"select s.slug, max(b.published_at) as "updated!" from series s join briefing b on b.series_id = s.id
           where b.status = 'published' and b.briefing_kind <> 'report' group by s.id order by s.slug"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Address { slug: row.slug, updated: row.updated.to_jiff() }).collect())
}
