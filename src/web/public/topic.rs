//! `GET /topics/{slug}`: one topic: who speaks about it, when, and the latest words.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::results::{self, ResultView};
use super::spread::{self, Counted};
use super::timeline::{self, Line};
use crate::search::{Filters, Query, Sort};
use crate::store::claims::{self, Wanted};
use crate::store::directory::ListedTopic;
use crate::store::topics;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Speakers shown.
const SPEAKERS: usize = 16;
/// Latest turns shown.
const LATEST: usize = 8;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/topic.html")]
pub struct TopicPage {
    frame: Frame,
    topic: ListedTopic,
    turns: u64,
    /// Claims in utterances about it.
    claims: i64,
    speakers: Vec<Counted>,
    series: Vec<Counted>,
    line: Option<Line>,
    latest: Vec<ResultView>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let Some(topic) = topics::find(&mut conn, &slug).await? else {
        return match topics::moved(&mut conn, &slug).await?.ok_or(Error::NotFound)? {
            Some(now) => Ok(Redirect::permanent(&urls::topic(&now)).into_response()),
            // It was removed, and may come back.
            None => Ok(Redirect::to(urls::TOPICS).into_response()),
        };
    };
    let filters = Filters { topics: vec![topic.id], ..Filters::default() };
    let query = Query { filters, sort: Sort::Newest, limit: LATEST, ..Query::default() };
    let answer = app.index.search(&query)?;
    let overview = app.overview().await?;
    let names = &overview.directory;
    let speakers = spread::rows(
        &answer.facets.speaker,
        SPEAKERS,
        |id| names.speakers.get(id).cloned(),
        |speaker| urls::speaker_topic(&speaker.slug, &slug),
    );
    let series = spread::rows(
        &answer.facets.series,
        SPEAKERS,
        |id| names.series.get(id).cloned(),
        |series| urls::search(&[("topic", &slug), ("series", &series.slug)]),
    );
    let of = Wanted { topics: vec![topic.id], ..Wanted::default() };
    Ok(Page(TopicPage {
        frame,
        turns: answer.total,
        claims: claims::spread(&mut conn, &of).await?.total(),
        speakers,
        series,
        line: timeline::line(&app, &query, timeline::UTTERANCES).await?,
        latest: results::load(&mut conn, &answer.hits, None, "").await?,
        topic,
    })
    .into_response())
}
