//! `GET /api/v1/search`: the search page for programs.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{BriefingHead, Said};
use crate::domain::UtteranceId;
use crate::search::language::Expr;
use crate::search::{Facets, snippet};
use crate::store::directory::{Directory, Named};
use crate::store::utterances::{self, Found};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::find::{self, Fields};
use crate::web::{App, meant};

/// Characters of a snippet.
const LENGTH: usize = 300;

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Results)]
struct Answer {
    total: u64,
    results: Vec<HitShape>,
    facets: FacetLists,
    query: ReadAs,
}

/// One hit.
#[derive(Serialize, ToSchema)]
#[schema(as = Hit)]
struct HitShape {
    #[serde(flatten)]
    said: Said,
    /// The best stretch of the text.
    snippet: String,
    /// What matches, from and to, in characters of the whole text.
    highlights: Vec<(usize, usize)>,
    question: Option<Question>,
    briefing: BriefingHead,
}

/// The question that a hit answers.
#[derive(Serialize, ToSchema)]
struct Question {
    number: Option<i32>,
    text: String,
}

/// How the request was read.
#[derive(Serialize, ToSchema)]
struct ReadAs {
    read_as: String,
    repairs: Vec<String>,
    /// What may have been meant where little or nothing was found, in the plainest form of the language.
    did_you_mean: Option<String>,
    /// The page of results for that.
    did_you_mean_url: Option<String>,
}

/// Exact counts.
#[derive(Serialize, ToSchema)]
#[schema(as = Facets)]
struct FacetLists {
    speaker: Vec<Counted>,
    topic: Vec<Counted>,
    series: Vec<Counted>,
    year: Vec<Year>,
    briefing_kind: Vec<Kind>,
}

/// Turns of one thing with a slug.
#[derive(Serialize, ToSchema)]
struct Counted {
    slug: String,
    name: String,
    count: u64,
}

/// Turns of one year.
#[derive(Serialize, ToSchema)]
#[schema(as = TurnsOfYear)]
struct Year {
    year: i16,
    count: u64,
}

/// Turns of one kind of briefing.
#[derive(Serialize, ToSchema)]
#[schema(as = TurnsOfKind)]
struct Kind {
    briefing_kind: &'static str,
    count: u64,
}

/// Searches the record
///
/// The search of `/search`. A query is never refused: what makes no sense in it is repaired, and the answer says how it was
/// read. Reports are left out unless they are asked for.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    operation_id = "search",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "What was found.")),
)]
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    check(&fields)?;
    let mut conn = app.pool.acquire().await?;
    let asked = find::understand(&app, &mut conn, &fields).await?;
    let answer = find::search(&app, &asked.query)?;
    // After the search, so that it knows the name of everything that was counted.
    let overview = app.overview().await?;
    let meant = meant::did_you_mean(&app, &overview, &fields, &asked, answer.total)?;
    let ids: Vec<UtteranceId> = answer.hits.iter().map(|hit| hit.utterance_id).collect();
    let found = utterances::found(&mut conn, &ids).await?;
    let answer = Answer {
        total: answer.total,
        results: found.iter().map(|found| result(&app, found, asked.expr())).collect(),
        facets: facets(&overview.directory, &answer.facets),
        query: ReadAs {
            read_as: asked.read_as,
            repairs: asked.repairs,
            did_you_mean_url: meant.as_ref().map(|meant| app.absolute(&meant.url)),
            did_you_mean: meant.map(|meant| meant.read_as),
        },
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}

/// Queries are repaired; values of the other fields that make no sense are a program's mistake and said to be one.
fn check(fields: &Fields) -> Result<(), Error> {
    super::check_page(fields.page.as_deref(), fields.per_page.as_deref())?;
    match fields.sort.as_deref() {
        None | Some("relevance" | "newest" | "oldest") => Ok(()),
        Some(_) => Err(Error::BadRequest("“sort” must be relevance, newest or oldest.".to_owned())),
    }
}

fn result(app: &App, found: &Found, expr: Option<&Expr>) -> HitShape {
    let (text, language) = (&found.utterance.text, found.language.as_deref());
    HitShape {
        said: Said::of(app, &found.briefing.slug, &found.utterance),
        snippet: snippet::snippet(text, language, expr, LENGTH).text,
        highlights: expr.map(|expr| snippet::highlights(text, language, expr)).unwrap_or_default(),
        question: found.question.as_ref().map(|q| Question { number: q.number, text: q.text.clone() }),
        briefing: BriefingHead::of(app, &found.briefing),
    }
}

fn facets(names: &Directory, facets: &Facets) -> FacetLists {
    let counted = |named: Option<&Named>, count: &u64| {
        named.map(|named| Counted { slug: named.slug.clone(), name: named.name.clone(), count: *count })
    };
    FacetLists {
        speaker: facets.speaker.iter().filter_map(|(id, n)| counted(names.speakers.get(id), n)).collect(),
        topic: facets.topic.iter().filter_map(|(id, n)| counted(names.topics.get(id), n)).collect(),
        series: facets.series.iter().filter_map(|(id, n)| counted(names.series.get(id), n)).collect(),
        year: facets.year.iter().map(|&(year, count)| Year { year, count }).collect(),
        briefing_kind: facets
            .briefing_kind
            .iter()
            .map(|(kind, count)| Kind { briefing_kind: kind.as_str(), count: *count })
            .collect(),
    }
}
