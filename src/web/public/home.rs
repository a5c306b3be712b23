//! `GET /`: the front page.

use axum::extract::State;

use super::calendar::{self, Month};
use super::spread::{self, Counted};
use crate::store::briefings::{self, Extent, Filter, Listed};
use crate::store::series;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings shown.
const LATEST: i64 = 9;
/// Speakers and topics shown.
const MOST: usize = 12;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/home.html")]
pub struct Home {
    frame: Frame,
    extent: Extent,
    utterances: u64,
    latest: Vec<Listed>,
    speakers: Vec<Counted>,
    topics: Vec<Counted>,
    year: i16,
    months: Vec<Month>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Home>, Error> {
    let overview = app.overview().await?;
    let extent = overview.extent;
    let mut conn = app.pool.acquire().await?;
    let latest = briefings::list(&mut conn, &Filter::default(), None, LATEST).await?;
    let names = &overview.directory;
    let (mut year, mut months) = (0, Vec::new());
    if let Some(last) = extent.last {
        let days = series::days(&mut conn, None, Some(last.first_of_year()), Some(last.last_of_year())).await?;
        year = last.year();
        months = calendar::year(year, &days);
    }
    let facets = &overview.facets;
    Ok(Page(Home {
        frame,
        extent,
        utterances: overview.utterances,
        latest,
        speakers: spread::rows(&facets.speaker, MOST, |id| names.speakers.get(id).cloned(), |s| urls::speaker(&s.slug)),
        topics: spread::rows(&facets.topic, MOST, |id| names.topics.get(id).cloned(), |t| urls::topic(&t.slug)),
        year,
        months,
    }))
}
