//! `GET /api/v1/follow-ups`: promises to come back to a question, and what seems to keep them.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{BriefingHead, Person};
use crate::domain::{AskedBy, Origin, PromiseKind};
use crate::store::utterances::Found;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::owed::{self, Fields, Later, Owed};
use crate::web::{App, urls};

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = FollowUps)]
struct Answer {
    /// How many there are in all.
    total: i64,
    results: Vec<FollowUp>,
    /// What of the request made no sense.
    repairs: Vec<String>,
}

/// A promise to come back.
#[derive(Serialize, ToSchema)]
struct FollowUp {
    id: i64,
    /// The utterance in which it stands.
    url: String,
    promise: Words,
    kind: PromiseKind,
    /// The question owed, if it is known.
    question: Option<Question>,
    /// Who promised; nobody where readers are not told.
    speaker: Option<Person>,
    /// The day of the promise.
    date: Option<Date>,
    /// Days from then to now.
    age_days: Option<i64>,
    /// The last day of which the archive holds a briefing of the series, where it holds one after the promise.
    held_until: Option<Date>,
    /// `kept`: an editor says so. `open`: nobody does, which does not mean that it was broken.
    #[schema(value_type = String)]
    state: &'static str,
    /// Whose word it is that it is a promise: a `machine` may be wrong.
    origin: Origin,
    briefing: BriefingHead,
    /// What keeps it, or seems to: an editor's word first, then by score.
    resolutions: Vec<Resolution>,
}

/// Words of an utterance.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseWords)]
struct Words {
    text: String,
    /// The number of the utterance.
    number: i32,
    /// The first character.
    start: usize,
    /// The character after the last.
    end: usize,
}

/// A question.
#[derive(Serialize, ToSchema)]
#[schema(as = OwedQuestion)]
struct Question {
    url: String,
    text: String,
    /// The number of the utterance in which it begins.
    number: Option<i32>,
    asked_by: Option<AskedBy>,
}

/// Later words.
#[derive(Serialize, ToSchema)]
struct Resolution {
    url: String,
    text: String,
    date: Option<Date>,
    /// How much speaks for it, from 0 to 1.
    score: Option<f32>,
    /// `editor`: they keep it. `machine`: they seem to.
    origin: Origin,
}

/// Lists promises to come back to a question
#[utoipa::path(
    get,
    path = "/api/v1/follow-ups",
    operation_id = "follow_ups",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "The promises.")),
)]
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    for (name, value, known) in
        [("state", &fields.state, &["open", "kept", "all"][..]), ("sort", &fields.sort, &["newest", "oldest"][..])]
    {
        if value.as_deref().is_some_and(|value| !known.contains(&value)) {
            return Err(Error::BadRequest(format!("“{name}” must be one of: {}.", known.join(", "))));
        }
    }
    super::check_page(fields.page.as_deref(), fields.per_page.as_deref())?;
    let mut conn = app.pool.acquire().await?;
    let listing = owed::load(&app, &mut conn, &fields).await?;
    let results = listing.owed.iter().map(|owed| follow_up(&app, owed)).collect();
    let answer = Answer { total: listing.total, results, repairs: listing.repairs };
    Ok((Policy::Archive, Json(answer)).into_response())
}

fn follow_up(app: &App, owed: &Owed) -> FollowUp {
    let (promise, place) = (&owed.promise, owed.promise.place);
    FollowUp {
        id: promise.id.0,
        url: url(app, &owed.said),
        promise: Words { text: owed.words().to_owned(), number: place.number, start: place.start, end: place.end },
        kind: promise.kind,
        question: owed.question.as_ref().map(|(first, words)| Question {
            url: url(app, first),
            text: words.clone(),
            number: first.utterance.number,
            asked_by: first.utterance.asked_by.clone(),
        }),
        speaker: owed.said.utterance.by.as_ref().and_then(|by| Person::of(app, by)),
        date: owed.said.briefing.date,
        age_days: owed.age.map(|age| age.days),
        held_until: owed.age.and_then(|age| age.held).map(|(until, _)| until),
        state: promise.state.as_str(),
        origin: promise.origin,
        briefing: BriefingHead::of(app, &owed.said.briefing),
        resolutions: owed.later.iter().map(|later| resolution(app, later)).collect(),
    }
}

fn resolution(app: &App, later: &Later) -> Resolution {
    Resolution {
        url: url(app, &later.found),
        text: later.found.utterance.text.clone(),
        date: later.found.briefing.date,
        score: later.resolution.score,
        origin: later.resolution.origin,
    }
}

fn url(app: &App, found: &Found) -> String {
    let slug = &found.briefing.slug;
    let path = found.utterance.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number));
    app.absolute(&path)
}
