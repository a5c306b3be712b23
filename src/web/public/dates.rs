//! `GET /dates`, `/dates/{year}`, `/dates/{year}/{month}`, `/dates/{year}/{month}/{day}`, `/dates/undated`.

use axum::extract::State;
use jiff::civil::Date;

use super::calendar::{self, Month, Row};
use crate::store::briefings::{self, Filter, Listed};
use crate::store::series;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// More than any month of an archive like this holds.
const MOST: i64 = 1_000;

/// All years.
#[derive(askama::Template)]
#[template(path = "public/dates.html")]
pub struct Years {
    frame: Frame,
    rows: Vec<Row>,
    undated: i64,
}

/// `GET /dates`.
pub async fn years(frame: Frame, State(app): State<App>) -> Result<Page<Years>, Error> {
    let undated = app.overview().await?.extent.undated;
    let mut conn = app.pool.acquire().await?;
    let days = series::days(&mut conn, None, None, None).await?;
    Ok(Page(Years { frame, rows: calendar::years(&days), undated }))
}

/// One year.
#[derive(askama::Template)]
#[template(path = "public/dates_year.html")]
pub struct Year {
    frame: Frame,
    year: i16,
    months: Vec<Month>,
    total: i64,
}

/// `GET /dates/{year}`.
pub async fn year(frame: Frame, State(app): State<App>, Path(year): Path<String>) -> Result<Page<Year>, Error> {
    let first = first_day(&year, "01", "01")?;
    let last = first.last_of_year();
    let mut conn = app.pool.acquire().await?;
    let days = series::days(&mut conn, None, Some(first), Some(last)).await?;
    if days.is_empty() {
        return Err(Error::NotFound);
    }
    let total = days.iter().map(|day| day.briefings).sum();
    Ok(Page(Year { frame, year: first.year(), months: calendar::year(first.year(), &days), total }))
}

/// A month, a day, or what has no date: a list.
#[derive(askama::Template)]
#[template(path = "public/dates_list.html")]
pub struct List {
    frame: Frame,
    title: String,
    /// The page above, with its name.
    above: (String, String),
    calendar: Option<Month>,
    listed: Vec<Listed>,
}

/// `GET /dates/{year}/{month}`.
pub async fn month(
    frame: Frame,
    State(app): State<App>,
    Path((year, month)): Path<(String, String)>,
) -> Result<Page<List>, Error> {
    let first = first_day(&year, &month, "01")?;
    let (from, to) = (Some(first), Some(first.last_of_month()));
    let mut conn = app.pool.acquire().await?;
    let days = series::days(&mut conn, None, from, to).await?;
    let mut listed = briefings::list(&mut conn, &Filter { from, to, ..Filter::default() }, None, MOST).await?;
    if listed.is_empty() {
        return Err(Error::NotFound);
    }
    listed.reverse();
    Ok(Page(List {
        frame,
        title: format!("{} {}", phrase::month_name(first), first.year()),
        above: (urls::year(first.year()), first.year().to_string()),
        calendar: Some(calendar::month(first, &days)),
        listed,
    }))
}

/// `GET /dates/{year}/{month}/{day}`.
pub async fn day(
    frame: Frame,
    State(app): State<App>,
    Path((year, month, day)): Path<(String, String, String)>,
) -> Result<Page<List>, Error> {
    let day = first_day(&year, &month, &day)?;
    let mut conn = app.pool.acquire().await?;
    let filter = Filter { from: Some(day), to: Some(day), ..Filter::default() };
    let mut listed = briefings::list(&mut conn, &filter, None, MOST).await?;
    if listed.is_empty() {
        return Err(Error::NotFound);
    }
    listed.reverse();
    let above = (urls::month(day), format!("{} {}", phrase::month_name(day), day.year()));
    Ok(Page(List { frame, title: phrase::date_with_weekday(day), above, calendar: None, listed }))
}

/// `GET /dates/undated`.
pub async fn undated(frame: Frame, State(app): State<App>) -> Result<Page<List>, Error> {
    let mut conn = app.pool.acquire().await?;
    let listed = briefings::undated(&mut conn, MOST).await?;
    let above = (urls::DATES.to_owned(), "Dates".to_owned());
    Ok(Page(List { frame, title: "Undated".to_owned(), above, calendar: None, listed }))
}

/// Four, two and two digits that are a date; anything else leads nowhere.
fn first_day(year: &str, month: &str, day: &str) -> Result<Date, Error> {
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return Err(Error::NotFound);
    }
    format!("{year}-{month}-{day}").parse().map_err(|_| Error::NotFound)
}
