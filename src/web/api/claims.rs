//! `GET /api/v1/claims`: the page of claims for programs.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{BriefingHead, Linked, Person};
use crate::domain::{ClaimId, ClaimKind, ClaimLinkKind, Origin};
use crate::store::claims::Review;
use crate::web::cache::Policy;
use crate::web::claims::{self as told, Fields, Seen, Told};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::{App, urls};

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Claims)]
struct Answer {
    total: i64,
    results: Vec<Claim>,
}

/// A sentence that asserts something checkable.
#[derive(Serialize, ToSchema)]
struct Claim {
    id: i64,
    url: String,
    /// The sentence.
    text: String,
    kind: ClaimKind,
    /// How much it deserves a check, from 0 to 1: the machine’s guess.
    score: Option<f32>,
    /// Whose word it is that this is a claim of this kind.
    origin: Origin,
    /// The label as printed.
    label: Option<String>,
    speaker: Option<Person>,
    numbers: Vec<Number>,
    /// What the turn is about.
    topics: Vec<Linked>,
    briefing: BriefingHead,
    /// The number of the turn.
    number: i32,
    /// Where the sentence stands in the turn.
    start: usize,
    end: usize,
    reviews: Vec<Reviewed>,
    links: Vec<Link>,
}

/// A number in a claim.
#[derive(Serialize, ToSchema)]
#[schema(as = NumberOfClaim)]
struct Number {
    value: f64,
    unit: Option<String>,
    /// Where it stands in the turn, with its unit.
    start: usize,
    end: usize,
}

/// What a fact-checker found.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewOfClaim)]
struct Reviewed {
    verdict: String,
    publisher: String,
    url: String,
    date: Option<Date>,
}

/// How one claim stands to another, as an editor says: the first does this to the second. One of the two is this claim.
#[derive(Serialize, ToSchema)]
#[schema(as = LinkOfClaims)]
struct Link {
    claim: i64,
    kind: ClaimLinkKind,
    to: i64,
    /// The page of the other one.
    url: String,
}

/// Lists claims
///
/// Sentences that assert something checkable, newest first. The machine finds them; `origin` says whether an editor has
/// confirmed one. Claims of one speaker are not sorted by `worth`: nobody is ranked by what a machine guesses.
#[utoipa::path(
    get,
    path = "/api/v1/claims",
    operation_id = "claims",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "A page of the list.")),
)]
pub async fn list(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    check(&fields)?;
    let mut conn = app.pool.acquire().await?;
    let asked = told::understand(&app, &mut conn, &fields).await?;
    if !asked.repairs.is_empty() {
        return Err(Error::BadRequest(asked.repairs.join(" ")));
    }
    let (total, found) = asked.page(&mut conn).await?;
    let ids: Vec<ClaimId> = found.iter().map(|claim| claim.id).collect();
    let mut reviews = told::reviews(&mut conn, &ids).await?;
    let mut links = told::links(&mut conn, &ids).await?;
    let results = told::load(&app, &mut conn, found).await?.into_iter().map(|told| {
        let id = told.claim.id;
        shape(&app, told, reviews.remove(&id).unwrap_or_default(), links.remove(&id).unwrap_or_default())
    });
    Ok((Policy::Archive, Json(Answer { total, results: results.collect() })).into_response())
}

/// What makes no sense is a program's mistake and said to be one.
fn check(fields: &Fields) -> Result<(), Error> {
    super::check_page(fields.page.as_deref(), fields.per_page.as_deref())?;
    match fields.sort.as_deref() {
        Some("worth") if fields.speaker.is_some() => Err(Error::BadRequest(
            "Claims of one speaker are sorted by date only: what is worth a check is the machine’s guess, and nobody is \
             ranked by it. Leave out “sort” or “speaker”."
                .to_owned(),
        )),
        None | Some("newest" | "worth") => Ok(()),
        Some(_) => Err(Error::BadRequest("“sort” must be newest or worth.".to_owned())),
    }
}

fn shape(app: &App, told: Told, reviews: Vec<Review>, links: Vec<Seen>) -> Claim {
    let (claim, by) = (&told.claim, told.found.utterance.by.as_ref());
    let start = claim.place.start;
    Claim {
        id: claim.id.0,
        url: app.absolute(&urls::claim(&claim.id)),
        kind: claim.kind,
        score: claim.score,
        origin: claim.origin,
        label: by.map(|by| by.label.clone()),
        speaker: by.and_then(|by| Person::of(app, by)),
        numbers: told
            .numbers
            .iter()
            .map(|number| Number {
                value: number.value,
                unit: number.unit.clone(),
                start: start + number.span.start,
                end: start + number.span.end,
            })
            .collect(),
        topics: told.topics.iter().map(|topic| Linked::topic(app, topic)).collect(),
        briefing: BriefingHead::of(app, &told.found.briefing),
        number: claim.place.number,
        start,
        end: claim.place.end,
        reviews: reviews
            .into_iter()
            .map(|one| Reviewed { verdict: one.verdict, publisher: one.publisher, url: one.url, date: one.reviewed_on })
            .collect(),
        links: links
            .into_iter()
            .map(|seen| Link {
                claim: seen.link.claim_id.0,
                kind: seen.link.kind,
                to: seen.link.other_id.0,
                url: app.absolute(&urls::claim(&seen.other)),
            })
            .collect(),
        text: told.sentence,
    }
}
