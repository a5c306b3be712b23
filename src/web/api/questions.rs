//! `GET /api/v1/questions`: questions and what became of them, for programs.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{BriefingHead, Person};
use crate::domain::{AnswerLabel, AskedBy, Origin, Place};
use crate::store::exchanges::{self, Exchange};
use crate::store::suggestions::within;
use crate::store::utterances::Utterance;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::public::exchange::{self, Texts};
use crate::web::questions::{self, Fields};
use crate::web::{App, urls};

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Questions)]
struct Answer {
    total: u64,
    results: Vec<ExchangeShape>,
    /// What was changed to make sense of the request, as sentences.
    repairs: Vec<String>,
}

/// A question and the response to it.
#[derive(Serialize, ToSchema)]
#[schema(as = Exchange)]
struct ExchangeShape {
    id: i64,
    /// The permanent link: to both, where nothing else stands between.
    url: String,
    question: Question,
    /// Nothing where nobody responded.
    response: Option<Words>,
    /// What became of the question.
    label: Option<AnswerLabel>,
    /// How probable the machine found the class of its label, from 0 to 1.
    score: Option<f32>,
    /// By whose word the label stands. What is the machine's is a suggestion.
    origin: Origin,
    /// The words that gave the label away, in characters of the text of the response.
    because: Option<[usize; 2]>,
    /// The first exchange of the chain of follow-up questions to which this one belongs.
    follows: Option<i64>,
    thread: Option<Thread>,
    briefing: BriefingHead,
}

/// What was asked.
#[derive(Serialize, ToSchema)]
#[schema(as = QuestionAsked)]
struct Question {
    /// The words; parts that an interruption cut are joined by a blank line.
    text: String,
    refs: Vec<Ref>,
    asked_by: Option<AskedBy>,
    /// Who asks, where the label stands for somebody.
    speaker: Option<Person>,
}

/// What was said in response.
#[derive(Serialize, ToSchema)]
#[schema(as = Response)]
struct Words {
    /// The words; parts that an interruption cut are joined by a blank line.
    text: String,
    refs: Vec<Ref>,
    /// The label as printed.
    label: Option<String>,
    speaker: Option<Person>,
}

/// Words of an utterance of the briefing.
#[derive(Serialize, ToSchema)]
#[schema(as = Words)]
struct Ref {
    /// Its number.
    utterance: i32,
    start: usize,
    end: usize,
}

impl From<&Place> for Ref {
    fn from(place: &Place) -> Self {
        Self { utterance: place.number, start: place.start, end: place.end }
    }
}

/// The same question on several days.
#[derive(Serialize, ToSchema)]
struct Thread {
    /// Its first exchange.
    id: i64,
    /// The page that shows all of it.
    url: String,
}

/// Lists questions, with what became of them
#[utoipa::path(
    get,
    path = "/api/v1/questions",
    operation_id = "questions",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "Questions, newest day first; those of a briefing in their order.")),
)]
pub async fn list(State(app): State<App>, fields: Fields) -> Result<Response, Error> {
    super::check_page(fields.page.as_deref(), fields.per_page.as_deref())?;
    let mut conn = app.pool.acquire().await?;
    let asked = questions::understand(&app, &mut conn, &fields).await?;
    let total = exchanges::counts(&mut conn, &asked.filter).await?.total(&asked.filter);
    let found = exchanges::list(&mut conn, &asked.filter, asked.offset, asked.limit).await?;
    let texts = exchange::texts(&mut conn, &found).await?;
    let results = found.iter().map(|exchange| shape(&app, exchange, &texts)).collect();
    Ok((Policy::Archive, Json(Answer { total, results, repairs: asked.repairs })).into_response())
}

fn shape(app: &App, exchange: &Exchange, texts: &Texts) -> ExchangeShape {
    let first = |places: &[Place]| texts.get(&(exchange.revision, places.first()?.number));
    let speaker = |utterance: Option<&Utterance>| Person::of(app, utterance?.by.as_ref()?);
    let (asks, responds) = (first(&exchange.question), first(&exchange.response));
    let words = |places: &[Place]| {
        let words = places
            .iter()
            .filter_map(|place| Some(place.words(&texts.get(&(exchange.revision, place.number))?.text).to_owned()));
        words.collect::<Vec<_>>().join("\n\n")
    };
    ExchangeShape {
        id: exchange.id.0,
        url: app.absolute(&exchange::address(exchange)),
        question: Question {
            text: words(&exchange.question),
            refs: exchange.question.iter().map(Ref::from).collect(),
            asked_by: asks.and_then(|utterance| utterance.asked_by.clone()),
            speaker: speaker(asks),
        },
        response: (!exchange.response.is_empty()).then(|| Words {
            text: words(&exchange.response),
            refs: exchange.response.iter().map(Ref::from).collect(),
            label: responds.and_then(|utterance| Some(utterance.by.as_ref()?.label.clone())),
            speaker: speaker(responds),
        }),
        label: exchange.label,
        score: exchange.score.filter(|_| exchange.origin == Origin::Machine),
        origin: exchange.origin,
        because: exchange.because.and_then(|because| within(&exchange.response, because)),
        follows: exchange.follows.map(|(id, _)| id.0),
        thread: exchange.thread.map(|id| Thread { id: id.0, url: app.absolute(&urls::thread(&id)) }),
        briefing: BriefingHead::of(app, &exchange.briefing),
    }
}
