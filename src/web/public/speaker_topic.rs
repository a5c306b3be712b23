//! `GET /speakers/{slug}/topics/{topic}`: everything a speaker said about a topic, oldest first, beside the questions.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::timeline::{self, Line};
use super::turns::{self, Piece};
use crate::domain::UtteranceId;
use crate::search::{Filters, Query as IndexQuery, Sort};
use crate::store::briefings::Listed;
use crate::store::directory::{ListedTopic, Named};
use crate::store::speakers::{self, Lookup};
use crate::store::{topics, utterances};
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls, words};

/// Turns from which on a picture says more than the list.
const DRAWN_FROM: u64 = 10;
/// Answers on one page.
const PER_PAGE: usize = 25;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    page: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/speaker_topic.html")]
pub struct SpeakerTopic {
    frame: Frame,
    speaker: Named,
    topic: ListedTopic,
    total: u64,
    first: usize,
    said: Vec<Said>,
    line: Option<Line>,
    previous: Option<String>,
    next: Option<String>,
}

/// One turn with the question it answers.
pub struct Said {
    briefing: Listed,
    /// Whether the briefing differs from the one before.
    begins: bool,
    answer: Piece,
    question: Option<Asked>,
}

/// A question beside its answer.
pub struct Asked {
    label: String,
    reporter: Option<String>,
    url: String,
    html: String,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((speaker, topic)): Path<(String, String)>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let slug = topic;
    let Some(topic) = topics::find(&mut conn, &slug).await? else {
        let now = topics::moved(&mut conn, &slug).await?.flatten().ok_or(Error::NotFound)?;
        return Ok(Redirect::permanent(&urls::speaker_topic(&speaker, &now)).into_response());
    };
    let speaker = match speakers::find(&mut conn, &speaker).await?.ok_or(Error::NotFound)? {
        Lookup::Found(speaker) => speaker,
        Lookup::Moved(now) => {
            return Ok(Redirect::permanent(&urls::speaker_topic(&now, &topic.named.slug)).into_response());
        }
    };
    let page = fields.page.and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, 100_000);
    let filters = Filters { speakers: vec![speaker.id], topics: vec![topic.id], ..Filters::default() };
    let offset = (page - 1) * PER_PAGE;
    let query = IndexQuery { filters, sort: Sort::Oldest, offset, limit: PER_PAGE, ..IndexQuery::default() };
    let answer = app.index.search(&query)?;
    if answer.hits.is_empty() {
        return Err(Error::NotFound);
    }
    let ids: Vec<UtteranceId> = answer.hits.iter().map(|hit| hit.utterance_id).collect();
    let address = urls::speaker_topic(&speaker.named.slug, &topic.named.slug);
    let at = |page: usize| urls::with_query(&address, &[("page", &page.to_string())]);
    let drawn = answer.total >= DRAWN_FROM;
    let line = if drawn { timeline::line(&app, &query, timeline::TURNS).await? } else { None };
    Ok(Page(SpeakerTopic {
        frame,
        said: said(utterances::found(&mut conn, &ids).await?),
        line,
        total: answer.total,
        first: offset + 1,
        previous: (page > 1).then(|| at(page - 1)),
        next: (((offset + PER_PAGE) as u64) < answer.total).then(|| at(page + 1)),
        speaker: speaker.named,
        topic,
    })
    .into_response())
}

fn said(found: Vec<utterances::Found>) -> Vec<Said> {
    let mut before = String::new();
    found
        .into_iter()
        .map(|found| {
            let slug = &found.briefing.slug;
            let begins = *slug != before;
            before.clone_from(slug);
            Said {
                begins,
                answer: turns::piece(slug, &found.utterance, &[], true),
                question: found.question.as_ref().map(|question| Asked {
                    label: question.label.clone(),
                    reporter: question.asked_by.as_ref().map(|asked| asked.name.clone()),
                    url: question.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number)),
                    html: words::paragraphs(&question.text, &[], &[]),
                }),
                briefing: found.briefing,
            }
        })
        .collect()
}
