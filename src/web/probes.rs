//! Addresses for machines that watch us: alive, ready, measured.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::App;
use super::cache::Policy;
use super::error::Error;
use crate::store::{self, directory};

/// `GET /healthz`: the process answers.
pub async fn alive() -> impl IntoResponse {
    (Policy::Never, "ok\n")
}

/// What `/readyz` says.
#[derive(Serialize)]
struct Readiness {
    database: bool,
    index: bool,
    /// Position up to which readers find things.
    position: u64,
    /// Last position of the database.
    last_position: Option<i64>,
}

/// `GET /readyz`: database and index answer.
pub async fn ready(State(app): State<App>) -> Response {
    let position = app.index.position();
    let last_position = last_position(&app).await;
    let database = last_position.is_ok();
    // An index that has seen nothing of a feed that has something is still being built.
    let index = position > 0 || last_position.as_ref().is_ok_and(|last| *last == 0);
    let status = if database && index { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let readiness = Readiness { database, index, position, last_position: last_position.ok() };
    (status, Policy::Never, Json(readiness)).into_response()
}

async fn last_position(app: &App) -> Result<i64, Error> {
    let mut conn = app.pool.acquire().await?;
    directory::ping(&mut conn).await?;
    Ok(store::feed::position(&mut conn).await?)
}

/// `GET /metrics`: Prometheus text.
pub async fn metrics(State(app): State<App>) -> Response {
    metrics::gauge!("onrecord_index_position").set(app.index.position() as f64);
    metrics::gauge!("onrecord_index_utterances").set(app.index.utterances() as f64);
    metrics::gauge!("onrecord_database_connections").set(f64::from(app.pool.size()));
    match &app.measures {
        Some(measures) => {
            (Policy::Never, [(header::CONTENT_TYPE, "text/plain; version=0.0.4")], measures.render()).into_response()
        }
        None => Error::NotFound.into_response(),
    }
}
