//! Which days of which series are held, and what editors have marked of the others.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::coverage::{HeldBriefing, Ledger, MarkedDay};
use crate::domain::{BriefingId, DayMark, SeriesId};

/// What readers may see of which days are held and marked; reports are second-hand and left out.
pub async fn ledger(conn: &mut Connection) -> Result<Ledger, Error> {
    let held = sqlx::query!(
        r#"select id as "id: BriefingId", series_id as "series_id: SeriesId", date from briefing
           where status = 'published' and briefing_kind <> 'report'"#
    )
    .fetch_all(&mut *conn)
    .await?
    .into_iter()
    .map(|r| HeldBriefing { id: r.id, series: r.series_id, date: r.date.map(jiff_sqlx::Date::to_jiff) })
    .collect();
    Ok(Ledger::new(held, marks(conn, None).await?))
}

/// The marks in force: of one series or of all, in order.
pub async fn marks(conn: &mut Connection, series: Option<SeriesId>) -> Result<Vec<MarkedDay>, Error> {
    let rows = sqlx::query!(
        r#"select series_id as "series_id: SeriesId", day, state as "state: DayMark", note from series_day
           where taken_back_at is null and ($1::int is null or series_id = $1) order by series_id, day"#,
        series.map(|id| id.0),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| MarkedDay { series: r.series_id, day: r.day.to_jiff(), mark: r.state, note: r.note })
        .collect())
}

/// Whether a briefing of that day is published in a series, reports apart.
pub async fn is_held(conn: &mut Connection, series: SeriesId, day: Date) -> Result<bool, Error> {
    sqlx::query_scalar!(
        r#"select exists (select from briefing where series_id = $1 and date = $2 and status = 'published'
                            and briefing_kind <> 'report') as "held!""#,
        series.0,
        day.to_sqlx() as jiff_sqlx::Date,
    )
    .fetch_one(conn)
    .await
}

/// Marks a day; there must be no mark of it in force.
pub async fn mark(conn: &mut Connection, marked: &MarkedDay, actor: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "insert into series_day (series_id, day, state, note, actor, created_at) values ($1, $2, $3, $4, $5, $6)",
        marked.series.0,
        marked.day.to_sqlx() as jiff_sqlx::Date,
        marked.mark.as_str(),
        marked.note,
        actor,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the mark of a day back; says whether there was one.
pub async fn take_back(
    conn: &mut Connection,
    series: SeriesId,
    day: Date,
    actor: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let done = sqlx::query!(
        "update series_day set taken_back_by = $3, taken_back_at = $4
         where series_id = $1 and day = $2 and taken_back_at is null",
        series.0,
        day.to_sqlx() as jiff_sqlx::Date,
        actor,
        now.to_sqlx() as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
