//! `GET /dates/{year}`: the calendar of a year.

use axum::extract::State;
use jiff::civil::Date;

use super::first_day;
use crate::store::series;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::public::calendar::{self, Month};
use crate::web::{App, phrase, urls};

/// One year.
#[derive(askama::Template)]
#[template(path = "public/dates/year.html")]
pub struct Year {
    frame: Frame,
    number: i16,
    months: Vec<Month>,
    total: i64,
    /// The years before and after in which something was held.
    before: Option<i16>,
    after: Option<i16>,
}

/// `GET /dates/{year}`.
pub async fn show(frame: Frame, State(app): State<App>, Path(year): Path<String>) -> Result<Page<Year>, Error> {
    let first = first_day(&year, "01", "01")?;
    let last = first.last_of_year();
    let mut conn = app.pool.acquire().await?;
    let days = series::days(&mut conn, None, Some(first), Some(last)).await?;
    if days.is_empty() {
        return Err(Error::NotFound);
    }
    let total = days.iter().map(|day| day.briefings).sum();
    let [before, after] = series::around(&mut conn, first, last).await?.map(|day| day.map(Date::year));
    Ok(Page(Year { before, after, frame, number: first.year(), months: calendar::year(first.year(), &days), total }))
}
