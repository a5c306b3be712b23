//! `GET /dates`: all years; below it a year, a month, a day, and what has no date.

pub mod list;
pub mod year;

use axum::extract::State;
use jiff::civil::Date;

use super::calendar::{self, Band};
use crate::store::series;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// All years.
#[derive(askama::Template)]
#[template(path = "public/dates.html")]
pub struct Years {
    frame: Frame,
    bands: Vec<Band>,
    undated: i64,
}

/// `GET /dates`.
pub async fn years(frame: Frame, State(app): State<App>) -> Result<Page<Years>, Error> {
    let undated = app.overview().await?.extent.undated;
    let mut conn = app.pool.acquire().await?;
    let days = series::days(&mut conn, None, None, None).await?;
    Ok(Page(Years { frame, bands: calendar::bands(calendar::years(&days)), undated }))
}

/// Four, two and two digits that are a date; anything else leads nowhere.
fn first_day(year: &str, month: &str, day: &str) -> Result<Date, Error> {
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return Err(Error::NotFound);
    }
    format!("{year}-{month}-{day}").parse().map_err(|_| Error::NotFound)
}
