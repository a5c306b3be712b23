//! Saying of a day without a briefing whether one took place.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::DayMark;
use crate::domain::coverage::MarkedDay;
use crate::store::series::Series;
use crate::store::{self, Connection, coverage, feed};

/// Why a day cannot be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayRefused {
    /// It has not come yet, where the series is at home.
    Future,
    /// A briefing of that day is published.
    Held,
    /// Who says that something is missing must say how they know.
    NoNote,
    /// There is no mark to take back.
    NotMarked,
}

/// Marks a day of a series, in place of what was marked before. Must be the last act of its transaction; returns its
/// position in the feed.
pub async fn mark_day(
    conn: &mut Connection,
    series: &Series,
    day: Date,
    mark: DayMark,
    note: &str,
    actor: &str,
    now: Timestamp,
) -> Result<Result<i64, DayRefused>, store::Error> {
    let zone = series.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    if day > now.to_zoned(zone).date() {
        return Ok(Err(DayRefused::Future));
    }
    let note = Some(note.trim()).filter(|note| !note.is_empty()).map(str::to_owned);
    if mark == DayMark::Missing && note.is_none() {
        return Ok(Err(DayRefused::NoNote));
    }
    if coverage::is_held(conn, series.id, day).await? {
        return Ok(Err(DayRefused::Held));
    }
    coverage::take_back(conn, series.id, day, actor, now).await?;
    coverage::mark(conn, &MarkedDay { series: series.id, day, mark, note }, actor, now).await?;
    feed::advance(conn, &[]).await.map(Ok)
}

/// Takes the mark of a day back. Must be the last act of its transaction; returns its position in the feed.
pub async fn unmark_day(
    conn: &mut Connection,
    series: &Series,
    day: Date,
    actor: &str,
    now: Timestamp,
) -> Result<Result<i64, DayRefused>, store::Error> {
    if !coverage::take_back(conn, series.id, day, actor, now).await? {
        return Ok(Err(DayRefused::NotMarked));
    }
    feed::advance(conn, &[]).await.map(Ok)
}
