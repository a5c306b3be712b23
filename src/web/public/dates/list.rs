//! `GET /dates/{year}/{month}`, `/dates/{year}/{month}/{day}`, `/dates/undated`: lists.

use axum::extract::State;
use jiff::civil::Date;

use super::first_day;
use crate::store::briefings::{self, Filter};
use crate::store::series;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::public::calendar::{self, Month};
use crate::web::public::listing::{self, Entry};
use crate::web::{App, phrase, urls};

/// More than any month of an archive like this holds.
const MOST: i64 = 1_000;

/// A month, a day, or what has no date: a list.
#[derive(askama::Template)]
#[template(path = "public/dates/list.html")]
pub struct List {
    frame: Frame,
    title: String,
    /// The page above, with its name.
    above: (String, String),
    calendar: Option<Month>,
    listed: Vec<Entry>,
    /// The days or months before and after in which something was held, with their names.
    before: Option<(String, String)>,
    after: Option<(String, String)>,
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
    let month_of = |date: Date| (urls::month(date), format!("{} {}", phrase::month_name(date), date.year()));
    let [before, after] = series::around(&mut conn, first, first.last_of_month()).await?.map(|day| day.map(month_of));
    Ok(Page(List {
        frame,
        before,
        after,
        title: format!("{} {}", phrase::month_name(first), first.year()),
        above: (urls::year(first.year()), first.year().to_string()),
        calendar: Some(calendar::month(first, &days)),
        listed: listing::load(&mut conn, listed).await?,
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
    let day_of = |date: Date| (urls::day(date), phrase::date(date));
    let [before, after] = series::around(&mut conn, day, day).await?.map(|day| day.map(day_of));
    let listed = listing::load(&mut conn, listed).await?;
    let title = phrase::date_with_weekday(day);
    Ok(Page(List { frame, title, above, calendar: None, listed, before, after }))
}

/// `GET /dates/undated`.
pub async fn undated(frame: Frame, State(app): State<App>) -> Result<Page<List>, Error> {
    let mut conn = app.pool.acquire().await?;
    let listed = briefings::undated(&mut conn, MOST).await?;
    let listed = listing::load(&mut conn, listed).await?;
    let above = (urls::DATES.to_owned(), "Dates".to_owned());
    Ok(Page(List { frame, title: "Undated".to_owned(), above, calendar: None, listed, before: None, after: None }))
}
