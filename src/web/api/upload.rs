//! `POST /api/v1/briefings`: bringing in sources as the page for editors does; and what became of them.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use super::again::{self, Key, Sent};
use crate::domain::{BatchId, TokenScope};
use crate::store::{Connection, batches};
use crate::web::cache::Policy;
use crate::web::editor::upload;
use crate::web::error::Error;
use crate::web::extract::{Path, Program};
use crate::web::{App, urls};

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
    sent: Sent,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    program.may(TokenScope::Upload)?;
    let (key, now) = (Key::of(&program, sent), (app.clock)());
    let mut tx = app.pool.begin().await?;
    let before = key.before(&mut tx, now).await?;
    let batch = batches::create(&mut tx, program.actor.account, now).await?;
    let asked = upload::keep(&mut tx, batch, form).await?;
    if let Some(before) = before {
        // What was kept to be compared goes with the transaction.
        return key.again(&asked, &before);
    }
    let body = json!(shape(&app, &mut tx, batch).await?);
    key.keep(&mut tx, &asked, (StatusCode::ACCEPTED, &body)).await?;
    tx.commit().await?;
    Ok(again::answer(StatusCode::ACCEPTED, &body))
}

/// `GET /api/v1/batches/{id}`: what became of a batch.
pub async fn show(_: Program, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    Ok((Policy::Never, Json(shape(&app, &mut conn, BatchId(id)).await?)).into_response())
}

async fn shape(app: &App, conn: &mut Connection, id: BatchId) -> Result<Shape, Error> {
    let batch = batches::list(conn, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let briefings = batches::briefings(conn, id).await?.into_iter();
    let left = batches::left(conn, id).await?.into_iter();
    Ok(Shape {
        batch: id.0,
        url: app.absolute(&urls::api_batch(&id)),
        waiting: batch.waiting,
        briefings: briefings.map(|(slug, status)| BriefingShape { slug, status: status.as_str() }).collect(),
        failures: left.filter_map(|one| Some(FailureShape { file: one.name, reason: one.reason? })).collect(),
    })
}
