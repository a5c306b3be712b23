//! `GET /`: the front page.

use axum::extract::State;
use jiff::civil::date;

use super::calendar::{self, Band, Month};
use super::listing::{self, Entry};
use super::spread::{self, Counted};
use crate::store::briefings::{self, Extent, Filter};
use crate::store::series;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings shown.
const LATEST: i64 = 8;
/// Years in the table of years.
const YEARS: i16 = 8;
/// Speakers and topics shown.
const MOST: usize = 12;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/home.html")]
pub struct Home {
    frame: Frame,
    extent: Extent,
    utterances: u64,
    latest: Vec<Entry>,
    speakers: Vec<Counted>,
    topics: Vec<Counted>,
    /// The latest month, with its name.
    month: Option<(String, Month)>,
    bands: Vec<Band>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Home>, Error> {
    let overview = app.overview().await?;
    let extent = overview.extent;
    let mut conn = app.pool.acquire().await?;
    let latest = briefings::list(&mut conn, &Filter::default(), None, LATEST).await?;
    let names = &overview.directory;
    let latest = listing::load(&mut conn, latest).await?;
    let from = extent.last.map(|last| date(last.year().saturating_sub(YEARS - 1).max(1), 1, 1));
    let days = series::days(&mut conn, None, from, None).await?;
    let bands = calendar::bands(calendar::years(&days));
    let month = extent.last.map(|last| {
        let name = format!("{} {}", phrase::month_name(last), last.year());
        (name, calendar::month(last.first_of_month(), &days))
    });
    let facets = &overview.facets;
    Ok(Page(Home {
        frame,
        extent,
        utterances: overview.utterances,
        latest,
        speakers: spread::rows(&facets.speaker, MOST, |id| names.speakers.get(id).cloned(), |s| urls::speaker(&s.slug)),
        topics: spread::rows(&facets.topic, MOST, |id| names.topics.get(id).cloned(), |t| urls::topic(&t.slug)),
        month,
        bands,
    }))
}
