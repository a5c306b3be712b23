//! Words that reports attribute to somebody.

use sqlx::types::Json;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{BriefingId, QuotationId, QuotationMode};

/// A stretch of the whole text of a report, in Unicode scalar values.
pub type Stretch = [usize; 2];

/// A quotation, as kept.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotationRow {
    /// Its row.
    pub id: QuotationId,
    /// The report.
    pub briefing: BriefingId,
    /// How much of it stands in quotation marks.
    pub mode: QuotationMode,
    /// The words that say that it is said.
    pub cue: Option<Stretch>,
    /// The mention of whose words they are.
    pub mention: Option<Stretch>,
    /// What is said.
    pub content: Vec<Stretch>,
    /// Whose words they are, as fully as the report names them.
    pub named: Option<String>,
    /// The speaker of that name, if readers know exactly one.
    pub speaker: Option<Named>,
}

/// The quotations of reports, in order of their text.
pub async fn of(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<QuotationRow>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"with called as (select distinct lower(named) as name from quotation where briefing_id = any($1)),
                names as (select id, name from speaker union select speaker_id, name from speaker_name),
                known as (select lower(n.name) as name, min(s.slug) as slug, min(s.name) as full_name
                          from names n join called c on c.name = lower(n.name) join reader_speaker s on s.id = n.id
                          group by 1 having count(distinct s.id) = 1)
           select q.id as "id: QuotationId", q.briefing_id as "briefing: BriefingId", q.mode as "mode: QuotationMode",
                  q.cue as "cue: Json<Stretch>", q.mention as "mention: Json<Stretch>",
                  q.content as "content: Json<Vec<Stretch>>", q.named, k.slug as "slug?", k.full_name as "full_name?"
           from quotation q left join known k on k.name = lower(q.named)
           where q.briefing_id = any($1) order by (q.content -> 0 ->> 0)::int, q.id"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let quotations = rows.into_iter().map(|row| QuotationRow {
        id: row.id,
        briefing: row.briefing,
        mode: row.mode,
        cue: row.cue.map(|cue| cue.0),
        mention: row.mention.map(|mention| mention.0),
        content: row.content.0,
        named: row.named,
        speaker: row.slug.zip(row.full_name).map(|(slug, name)| Named { slug, name }),
    });
    Ok(quotations.collect())
}

/// The same of one report that is published, if it was read as it stands now. How many of its words readers may see is not
/// asked here.
pub async fn readable(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<QuotationRow>, Error> {
    let shown = sqlx::query_scalar!(
        r#"select exists (select from transcript t join briefing b on b.id = t.briefing_id
                          where b.id = $1 and b.status = 'published' and t.is_main
                            and t.analysed_revision_id = t.revision_id) as "shown!""#,
        briefing.0
    );
    if shown.fetch_one(&mut *conn).await? { of(conn, &[briefing]).await } else { Ok(Vec::new()) }
}

/// Numbers for new rows.
pub async fn new_ids(conn: &mut Connection, count: usize) -> Result<Vec<QuotationId>, Error> {
    sqlx::query_scalar!(
        r#"select nextval(pg_get_serial_sequence('quotation', 'id')) as "id!: QuotationId" from generate_series(1, $1)"#,
        count as i64
    )
    .fetch_all(conn)
    .await
}

/// Writes what was read of reports in place of what was read before.
pub async fn put(conn: &mut Connection, briefings: &[BriefingId], rows: &[QuotationRow]) -> Result<(), Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query!("delete from quotation where briefing_id = any($1)", &ids).execute(&mut *conn).await?;
    let of = |get: fn(&QuotationRow) -> i64| rows.iter().map(get).collect::<Vec<i64>>();
    let some =
        |get: fn(&QuotationRow) -> Option<Stretch>| rows.iter().map(|row| get(row).map(Json)).collect::<Vec<_>>();
    sqlx::query!(
        "insert into quotation (id, briefing_id, mode, cue, mention, content, named)
         overriding system value
         select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::jsonb[], $5::jsonb[], $6::jsonb[], $7::text[])",
        &of(|row| row.id.0),
        &of(|row| row.briefing.0),
        &rows.iter().map(|row| row.mode.as_str()).collect::<Vec<&str>>() as _,
        &some(|row| row.cue) as _,
        &some(|row| row.mention) as _,
        &rows.iter().map(|row| Json(&row.content)).collect::<Vec<_>>() as _,
        &rows.iter().map(|row| row.named.as_deref()).collect::<Vec<Option<&str>>>() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Forgets what was read of a report.
pub async fn forget(conn: &mut Connection, briefing: BriefingId) -> Result<(), Error> {
    sqlx::query!("delete from quotation where briefing_id = $1", briefing.0).execute(conn).await.map(drop)
}
