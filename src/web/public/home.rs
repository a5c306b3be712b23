//! `GET /`: the front page.

use axum::extract::State;
use jiff::civil::{Date, date};

use super::calendar::{self, Band, Month};
use super::listing::{self, Entry};
use super::on_this_day;
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
/// Briefings of the same day of other years shown.
const THIS_DAY: usize = 4;
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
    today: Date,
    /// Held on this day of other years.
    this_day: Vec<Entry>,
    more_this_day: usize,
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
    let today = on_this_day::today(&app);
    let mut this_day = on_this_day::entries(&mut conn, today).await?;
    this_day.retain(|entry| entry.date.is_some_and(|date| date.year() != today.year()));
    let more_this_day = this_day.len().saturating_sub(THIS_DAY);
    this_day.truncate(THIS_DAY);
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
        today,
        this_day,
        more_this_day,
        speakers: spread::rows(&facets.speaker, MOST, |id| names.speakers.get(id).cloned(), |s| urls::speaker(&s.slug)),
        topics: spread::rows(&facets.topic, MOST, |id| names.topics.get(id).cloned(), |t| urls::topic(&t.slug)),
        month,
        bands,
    }))
}
