//! `GET /api/v1/speakers`, `/api/v1/speakers/{slug}`, `/api/v1/topics`, `/api/v1/topics/{slug}`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{Office, SpeakerId, TopicId, TopicKind};
use crate::search::{Bucket, Filters, Query};
use crate::store::directory::Named;
use crate::store::speakers::{self, Lookup};
use crate::store::topics;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::{App, urls};

/// Somebody who speaks.
#[derive(Serialize, ToSchema)]
struct Speaker {
    url: String,
    slug: String,
    name: String,
    offices: Vec<Office>,
    /// Turns in the archive.
    turns: u64,
}

/// A subject.
#[derive(Serialize, ToSchema)]
struct Topic {
    url: String,
    slug: String,
    name: String,
    kind: TopicKind,
    /// Turns about it in the archive.
    turns: u64,
}

/// Turns that one thing has in common with another.
#[derive(Serialize, ToSchema)]
struct Shared {
    slug: String,
    name: String,
    count: u64,
}

/// Turns of one month.
#[derive(Serialize, ToSchema)]
struct Month {
    /// Its first day.
    month: Date,
    count: u64,
}

/// Everybody who speaks.
#[derive(Serialize, ToSchema)]
struct Speakers {
    speakers: Vec<Speaker>,
}

/// Lists everybody who speaks
#[utoipa::path(
    get,
    path = "/api/v1/speakers",
    operation_id = "speakers",
    tag = "People and topics",
    responses((status = 200, body = Speakers, description = "All speakers.")),
)]
pub async fn speakers(State(app): State<App>) -> Result<Response, Error> {
    let overview = app.overview().await?;
    let turns: HashMap<SpeakerId, u64> = overview.facets.speaker.iter().copied().collect();
    let ids: Vec<SpeakerId> = turns.keys().copied().collect();
    let mut conn = app.pool.acquire().await?;
    let listed = speakers::listed(&mut conn, &ids).await?;
    let mut offices = speakers::offices(&mut conn, &ids).await?;
    let speakers = listed.into_iter().map(|speaker| Speaker {
        url: app.absolute(&urls::speaker(&speaker.named.slug)),
        slug: speaker.named.slug,
        name: speaker.named.name,
        offices: offices.remove(&speaker.id).unwrap_or_default(),
        turns: turns.get(&speaker.id).copied().unwrap_or_default(),
    });
    Ok((Policy::Archive, Json(Speakers { speakers: speakers.collect() })).into_response())
}

/// One of them, with more.
#[derive(Serialize, ToSchema)]
struct SpeakerInFull {
    #[serde(flatten)]
    speaker: Speaker,
    other_names: Vec<String>,
    wikidata: Option<String>,
    topics: Vec<Shared>,
    months: Vec<Month>,
}

/// One speaker, with offices, topics and months
#[utoipa::path(
    get,
    path = "/api/v1/speakers/{slug}",
    operation_id = "speaker",
    tag = "People and topics",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    responses((status = 200, body = SpeakerInFull, description = "The speaker."), (status = 308, description = "It has another address by now, which the header Location has.")),
)]
pub async fn speaker(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let speaker = match speakers::find(&mut conn, &slug).await?.ok_or(Error::NotFound)? {
        Lookup::Found(speaker) => speaker,
        Lookup::Moved(now) => return Ok(Redirect::permanent(&format!("/api/v1/speakers/{now}")).into_response()),
    };
    let filters = Filters { speakers: vec![speaker.id], ..Filters::default() };
    let query = Query { filters, ..Query::default() };
    let answer = app.index.search(&query)?;
    let overview = app.overview().await?;
    let names = &overview.directory;
    let mut offices = speakers::offices(&mut conn, &[speaker.id]).await?;
    let answer = SpeakerInFull {
        other_names: speakers::other_names(&mut conn, speaker.id).await?,
        wikidata: speaker.wikidata,
        topics: shared(&answer.facets.topic, |id| names.topics.get(id)),
        months: months(&app, &query)?,
        speaker: Speaker {
            url: app.absolute(&urls::speaker(&speaker.named.slug)),
            slug: speaker.named.slug,
            name: speaker.named.name,
            offices: offices.remove(&speaker.id).unwrap_or_default(),
            turns: answer.total,
        },
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}

/// Every subject.
#[derive(Serialize, ToSchema)]
struct Topics {
    topics: Vec<Topic>,
}

/// Lists all topics
#[utoipa::path(
    get,
    path = "/api/v1/topics",
    operation_id = "topics",
    tag = "People and topics",
    responses((status = 200, body = Topics, description = "All topics.")),
)]
pub async fn topics(State(app): State<App>) -> Result<Response, Error> {
    let overview = app.overview().await?;
    let turns: HashMap<TopicId, u64> = overview.facets.topic.iter().copied().collect();
    let mut conn = app.pool.acquire().await?;
    let topics = topics::all(&mut conn).await?.into_iter().filter_map(|topic| {
        Some(Topic {
            url: app.absolute(&urls::topic(&topic.named.slug)),
            turns: *turns.get(&topic.id)?,
            slug: topic.named.slug,
            name: topic.named.name,
            kind: topic.kind,
        })
    });
    Ok((Policy::Archive, Json(Topics { topics: topics.collect() })).into_response())
}

/// One of them, with more.
#[derive(Serialize, ToSchema)]
struct TopicInFull {
    #[serde(flatten)]
    topic: Topic,
    speakers: Vec<Shared>,
    months: Vec<Month>,
}

/// One topic, with who speaks about it and when
#[utoipa::path(
    get,
    path = "/api/v1/topics/{slug}",
    operation_id = "topic",
    tag = "People and topics",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    responses((status = 200, body = TopicInFull, description = "The topic."), (status = 308, description = "It has another address by now, which the header Location has.")),
)]
pub async fn topic(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let Some(topic) = topics::find(&mut conn, &slug).await? else {
        let now = topics::moved(&mut conn, &slug).await?.flatten().ok_or(Error::NotFound)?;
        return Ok(Redirect::permanent(&format!("/api/v1/topics/{now}")).into_response());
    };
    let filters = Filters { topics: vec![topic.id], ..Filters::default() };
    let query = Query { filters, ..Query::default() };
    let answer = app.index.search(&query)?;
    let overview = app.overview().await?;
    let names = &overview.directory;
    let answer = TopicInFull {
        speakers: shared(&answer.facets.speaker, |id| names.speakers.get(id)),
        months: months(&app, &query)?,
        topic: Topic {
            url: app.absolute(&urls::topic(&topic.named.slug)),
            slug: topic.named.slug,
            name: topic.named.name,
            kind: topic.kind,
            turns: answer.total,
        },
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}

fn shared<'a, Id>(counts: &[(Id, u64)], name: impl Fn(&Id) -> Option<&'a Named>) -> Vec<Shared> {
    let shared = |(id, count): &(Id, u64)| {
        let named = name(id)?;
        Some(Shared { slug: named.slug.clone(), name: named.name.clone(), count: *count })
    };
    counts.iter().filter_map(shared).collect()
}

fn months(app: &App, query: &Query) -> Result<Vec<Month>, Error> {
    let months = app.index.over_time(query, Bucket::Month)?;
    Ok(months.into_iter().map(|(month, count)| Month { month, count }).collect())
}
