//! `POST /api/v1/briefings`: bringing in sources as the page for editors does; and what became of them.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::domain::{BatchId, TokenScope};
use crate::store::batches;
use crate::web::cache::Policy;
use crate::web::editor::upload;
use crate::web::error::Error;
use crate::web::extract::{Path, Program};
use crate::web::{App, urls};

/// The header by which a program that asks again gets the answer of the first time.
const KEY: &str = "idempotency-key";
/// Longest key, in bytes.
const LONGEST_KEY: usize = 200;

/// A batch.
#[derive(Serialize)]
struct Shape {
    batch: i64,
    url: String,
    /// Sources that wait to be read.
    waiting: i64,
    briefings: Vec<BriefingShape>,
    failures: Vec<FailureShape>,
}

/// A briefing that a source became, or whose bytes came before.
#[derive(Serialize)]
struct BriefingShape {
    slug: String,
    status: &'static str,
}

/// A source that could not be read.
#[derive(Serialize)]
struct FailureShape {
    file: String,
    reason: String,
}

/// `POST`: keeps the sources of a form as `/editor/upload` does. They are read at once, but not before the answer.
pub async fn take(
    program: Program,
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    if program.scope < TokenScope::Upload {
        return Err(Error::Forbidden("This token may only read. Make one that may upload.".to_owned()));
    }
    let key = headers.get(KEY).map(|value| value.to_str().unwrap_or_default());
    if key.is_some_and(|key| key.is_empty() || key.len() > LONGEST_KEY) {
        return Err(Error::BadRequest(format!("An Idempotency-Key has 1 to {LONGEST_KEY} letters, digits or signs.")));
    }
    let account = program.actor.account;
    let mut tx = app.pool.begin().await?;
    let batch = match (batches::create(&mut tx, account, key, (app.clock)()).await?, key) {
        (Some(batch), _) => {
            upload::keep(&mut tx, batch, form).await?;
            batch
        }
        (None, Some(key)) => batches::by_key(&mut tx, account, key).await?.ok_or(Error::NotFound)?,
        (None, None) => return Err(Error::NotFound),
    };
    tx.commit().await?;
    let url = app.absolute(&urls::api_batch(&batch));
    let answer = (Policy::Never, Json(shape(&app, batch).await?)).into_response();
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, url)], answer).into_response())
}

/// `GET /api/v1/batches/{id}`: what became of a batch.
pub async fn show(_: Program, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    Ok((Policy::Never, Json(shape(&app, BatchId(id)).await?)).into_response())
}

async fn shape(app: &App, id: BatchId) -> Result<Shape, Error> {
    let mut conn = app.pool.acquire().await?;
    let batch = batches::list(&mut conn, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let briefings = batches::briefings(&mut conn, id).await?.into_iter();
    let left = batches::left(&mut conn, id).await?.into_iter();
    Ok(Shape {
        batch: id.0,
        url: app.absolute(&urls::api_batch(&id)),
        waiting: batch.waiting,
        briefings: briefings.map(|(slug, status)| BriefingShape { slug, status: status.as_str() }).collect(),
        failures: left.filter_map(|one| Some(FailureShape { file: one.name, reason: one.reason? })).collect(),
    })
}
