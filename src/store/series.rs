//! Reading series and the days on which their briefings were held.

use std::collections::HashMap;

use jiff::civil::Date;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{BriefingId, SeriesId};

/// A series that readers can see, with how much of it there is.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its row.
    pub id: SeriesId,
    /// Address and name.
    pub named: Named,
    /// Who holds the briefings.
    pub office: Option<String>,
    /// IANA name of the zone its times are given in.
    pub time_zone: Option<String>,
    /// Published briefings, reports apart.
    pub briefings: i64,
    /// Of these, without a date.
    pub undated: i64,
    /// The first day held.
    pub first: Option<Date>,
    /// The last day held.
    pub last: Option<Date>,
}

/// Every series with a published briefing, by name; or only the one with this address.
pub async fn list(conn: &mut Connection, slug: Option<&str>) -> Result<Vec<Series>, Error> {
    let rows = sqlx::query!(
        r#"select s.id, s.slug, s.name, s.office, s.time_zone, count(*) as "briefings!",
                  count(*) filter (where b.date is null) as "undated!", min(b.date) as first, max(b.date) as last
           from series s join briefing b on b.series_id = s.id
           where b.status = 'published' and b.briefing_kind <> 'report' and ($1::text is null or s.slug = $1)
           group by s.id order by lower(s.name)"#,
        slug,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Series {
            id: SeriesId(r.id),
            named: Named { slug: r.slug, name: r.name },
            office: r.office,
            time_zone: r.time_zone,
            briefings: r.briefings,
            undated: r.undated,
            first: r.first.map(jiff_sqlx::Date::to_jiff),
            last: r.last.map(jiff_sqlx::Date::to_jiff),
        })
        .collect())
}

/// The readable part of the address of the series of a briefing.
pub async fn of_briefing(conn: &mut Connection, id: BriefingId) -> Result<Option<String>, Error> {
    sqlx::query_scalar!("select s.slug from briefing b join series s on s.id = b.series_id where b.id = $1", id.0)
        .fetch_optional(conn)
        .await
}

/// One series by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Series>, Error> {
    Ok(list(conn, Some(slug)).await?.pop())
}

/// A day on which something was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The date of the event.
    pub date: Date,
    /// How many briefings (statements included, reports not).
    pub briefings: i64,
}

/// The days held, in order: of one series or of all, within these dates.
pub async fn days(
    conn: &mut Connection,
    series: Option<SeriesId>,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Vec<Day>, Error> {
    let rows = sqlx::query!(
        r#"select date as "date!", count(*) as "briefings!" from briefing
           where status = 'published' and briefing_kind <> 'report' and date is not null
             and ($1::int is null or series_id = $1)
             and ($2::date is null or date >= $2) and ($3::date is null or date <= $3)
           group by date order by date"#,
        series.map(|id| id.0),
        from.map(jiff_sqlx::ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        to.map(jiff_sqlx::ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|r| Day { date: r.date.to_jiff(), briefings: r.briefings }).collect())
}

/// The last day held before `from` and the first after `to`.
pub async fn around(conn: &mut Connection, from: Date, to: Date) -> Result<[Option<Date>; 2], Error> {
    let row = sqlx::query!(
        "select (select max(date) from briefing where status = 'published' and briefing_kind <> 'report' and date < $1)
                  as before,
                (select min(date) from briefing where status = 'published' and briefing_kind <> 'report' and date > $2)
                  as after",
        jiff_sqlx::ToSqlx::to_sqlx(from) as jiff_sqlx::Date,
        jiff_sqlx::ToSqlx::to_sqlx(to) as jiff_sqlx::Date,
    )
    .fetch_one(conn)
    .await?;
    Ok([row.before, row.after].map(|date| date.map(jiff_sqlx::Date::to_jiff)))
}

/// The months in which each series was held, in order, with the number of briefings.
pub async fn months(conn: &mut Connection) -> Result<HashMap<SeriesId, Vec<Day>>, Error> {
    let rows = sqlx::query!(
        r#"select series_id as "series_id!: SeriesId", date_trunc('month', date::timestamp)::date as "month!",
                  count(*) as "briefings!"
           from briefing
           where status = 'published' and briefing_kind <> 'report' and date is not null and series_id is not null
           group by 1, 2 order by 2"#
    )
    .fetch_all(conn)
    .await?;
    let mut months: HashMap<SeriesId, Vec<Day>> = HashMap::new();
    for r in rows {
        months.entry(r.series_id).or_default().push(Day { date: r.month.to_jiff(), briefings: r.briefings });
    }
    Ok(months)
}
