//! `GET /speakers/{slug}`: one speaker: offices, subjects, when, and the latest words.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::results::{self, ResultView};
use super::spread::{self, Counted};
use super::timeline::{self, Line};
use crate::domain::Office;
use crate::export::person;
use crate::search::{Filters, Query, Sort};
use crate::store::claims::{self, Wanted};
use crate::store::speakers::{self, Lookup, Speaker};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Topics shown.
const TOPICS: usize = 24;
/// Latest turns shown.
const LATEST: usize = 8;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/speaker.html")]
pub struct SpeakerPage {
    frame: Frame,
    speaker: Speaker,
    offices: Vec<Office>,
    other_names: Vec<String>,
    turns: u64,
    /// Claims of theirs.
    claims: i64,
    topics: Vec<Counted>,
    series: Vec<Counted>,
    line: Option<Line>,
    latest: Vec<ResultView>,
    json_ld: String,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let speaker = match speakers::find(&mut conn, &slug).await?.ok_or(Error::NotFound)? {
        Lookup::Found(speaker) => speaker,
        Lookup::Moved(now) => return Ok(Redirect::permanent(&urls::speaker(&now)).into_response()),
    };
    let filters = Filters { speakers: vec![speaker.id], ..Filters::default() };
    let query = Query { filters, sort: Sort::Newest, limit: LATEST, ..Query::default() };
    let answer = app.index.search(&query)?;
    let overview = app.overview().await?;
    let names = &overview.directory;
    let topics = spread::rows(
        &answer.facets.topic,
        TOPICS,
        |id| names.topics.get(id).cloned(),
        |topic| urls::speaker_topic(&slug, &topic.slug),
    );
    let series = spread::rows(
        &answer.facets.series,
        TOPICS,
        |id| names.series.get(id).cloned(),
        |series| urls::search(&[("speaker", &slug), ("series", &series.slug)]),
    );
    let offices = speakers::offices(&mut conn, &[speaker.id]).await?.remove(&speaker.id).unwrap_or_default();
    let other_names = speakers::other_names(&mut conn, speaker.id).await?;
    let of = Wanted { speakers: vec![speaker.id], ..Wanted::default() };
    let (name, item) = (&speaker.named.name, speaker.wikidata.as_deref());
    Ok(Page(SpeakerPage {
        json_ld: person::json_ld(name, &frame.canonical, &other_names, &offices, item),
        frame,
        offices,
        other_names,
        turns: answer.total,
        claims: claims::spread(&mut conn, &of).await?.total(),
        topics,
        series,
        line: timeline::line(&app, &query, timeline::TURNS).await?,
        latest: results::load(&mut conn, &answer.hits, None, "").await?,
        speaker,
    })
    .into_response())
}
