//! `GET /series/{slug}`: one series and how much of it the archive holds.

use axum::extract::State;
use serde::Deserialize;

use super::calendar::{self, Band, Beside, Month};
use super::listing::{self, Entry};
use crate::domain::coverage::{Days, MarkedDay};
use crate::domain::{Scope, SeriesDays};
use crate::store::briefings::{self, Filter};
use crate::store::series::{self, Series};
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, coverage, phrase, urls};

/// Briefings listed.
const LATEST: i64 = 12;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// The year whose calendar is shown.
    year: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/series.html")]
pub struct SeriesPage {
    frame: Frame,
    series: Series,
    bands: Vec<Band>,
    year: i16,
    months: Vec<Month>,
    latest: Vec<Entry>,
    days: Days,
    /// What is not held, in sentences.
    gaps: Vec<String>,
    /// "Monday, Tuesday and Thursday".
    usual: Option<String>,
    /// What editors say of days of the year shown.
    marked: Vec<MarkedDay>,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Page<SeriesPage>, Error> {
    let mut conn = app.pool.acquire().await?;
    let series = series::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let days = series::days(&mut conn, Some(series.id), None, None).await?;
    let covered = coverage::of(&app, Scope { series: vec![series.id], ..Scope::default() }).await?;
    let overview = app.overview().await?;
    let nothing = SeriesDays::default();
    let known = overview.ledger.series(series.id).unwrap_or(&nothing);
    let rows = calendar::years_of(&days, known);
    let asked = fields.year.and_then(|year| year.parse().ok());
    let year = asked.filter(|year| rows.iter().any(|row| row.year == *year)).or(rows.first().map(|row| row.year));
    let year = year.unwrap_or_default();
    let filter = Filter { series: Some(series.id), ..Filter::default() };
    let latest = briefings::list(&mut conn, &filter, None, LATEST).await?;
    let beside = Beside { known, marking: None };
    Ok(Page(SeriesPage {
        frame,
        series,
        days: known.count(None, None),
        gaps: covered.gaps().into_iter().collect(),
        usual: phrase::weekdays(&known.usual_weekdays()),
        marked: known.marks().filter(|mark| mark.day.year() == year).cloned().collect(),
        months: if rows.is_empty() { Vec::new() } else { calendar::year_of(year, &days, beside) },
        bands: calendar::bands(rows),
        year,
        latest: listing::load(&mut conn, latest).await?,
    }))
}
