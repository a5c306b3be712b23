//! `GET /on-this-day[/{month}/{day}]`: what was held on the same day of every year.

use axum::extract::State;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::listing::{self, Entry};
use crate::store::briefings::{self, Filter};
use crate::store::{Connection, anniversaries};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings listed for one day of the calendar.
const MOST: i64 = 200;
/// Has a 29 February, so that every day of the calendar is a date of it.
const LEAP_YEAR: i16 = 2000;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/on_this_day.html")]
pub struct OnThisDay {
    frame: Frame,
    /// The day, in some year.
    day: Date,
    today: bool,
    entries: Vec<Entry>,
    before: Date,
    after: Date,
}

/// The day it is, by the clock of the world.
pub fn today(app: &App) -> Date {
    (app.clock)().to_zoned(TimeZone::UTC).date()
}

/// What was held on this day of any year, newest first.
pub async fn entries(conn: &mut Connection, day: Date) -> Result<Vec<Entry>, Error> {
    let ids = anniversaries::held_on(conn, day.month(), day.day()).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter { ids: Some(ids), ..Filter::default() };
    let listed = briefings::list(conn, &filter, None, MOST).await?;
    Ok(listing::load(conn, listed).await?)
}

/// `GET /on-this-day`: of today.
pub async fn of_today(frame: Frame, State(app): State<App>) -> Result<Page<OnThisDay>, Error> {
    let today = today(&app);
    page(frame, &app, today, true).await
}

/// `GET /on-this-day/{month}/{day}`.
pub async fn of_day(
    frame: Frame,
    State(app): State<App>,
    Path((month, day)): Path<(i8, i8)>,
) -> Result<Page<OnThisDay>, Error> {
    let day = Date::new(LEAP_YEAR, month, day).map_err(|_| Error::NotFound)?;
    page(frame, &app, day, false).await
}

async fn page(frame: Frame, app: &App, day: Date, is_today: bool) -> Result<Page<OnThisDay>, Error> {
    let mut conn = app.pool.acquire().await?;
    let entries = entries(&mut conn, day).await?;
    let in_leap_year = Date::new(LEAP_YEAR, day.month(), day.day()).unwrap_or(day);
    let (before, after) = (in_leap_year.saturating_sub(1.day()), in_leap_year.saturating_add(1.day()));
    Ok(Page(OnThisDay { frame, day, today: is_today, entries, before, after }))
}
