//! `GET /`: the front page.

use axum::extract::State;

use super::calendar::{self, Month};
use crate::store::briefings::{self, Extent, Filter, Listed};
use crate::store::series;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings shown.
const LATEST: i64 = 8;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/home.html")]
pub struct Home {
    frame: Frame,
    extent: Extent,
    latest: Vec<Listed>,
    year: i16,
    months: Vec<Month>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Home>, Error> {
    let extent = app.overview().await?.extent;
    let mut conn = app.pool.acquire().await?;
    let latest = briefings::list(&mut conn, &Filter::default(), None, LATEST).await?;
    let (mut year, mut months) = (0, Vec::new());
    if let Some(last) = extent.last {
        let days = series::days(&mut conn, None, Some(last.first_of_year()), Some(last.last_of_year())).await?;
        year = last.year();
        months = calendar::year(year, &days);
    }
    Ok(Page(Home { frame, extent, latest, year, months }))
}
