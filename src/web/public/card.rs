//! `GET /briefings/{slug}[/{numbers}]/card.png`: the picture that other sites show of words, or of a whole briefing.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Semaphore;

use super::cite::{self, Pin};
use crate::export::card;
use crate::export::citation::Citation;
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Path, Query};

/// Cards drawn at once: they take a processor each.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Of words.
pub async fn words(
    State(app): State<App>,
    Path((slug, numbers)): Path<(String, String)>,
    Query(pin): Query<Pin>,
) -> Result<Response, Error> {
    let numbers = cite::read_numbers(&numbers).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let cited = cite::load(&app, &mut conn, &slug, numbers, &pin).await?;
    drop(conn);
    draw(cited.citation).await
}

/// Of a whole briefing.
pub async fn briefing(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(pin): Query<Pin>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (briefing, text, revision) = cite::find(&mut conn, &slug, &pin).await?;
    drop(conn);
    draw(cite::whole(&app, &briefing, &text, &revision)).await
}

async fn draw(citation: Citation) -> Result<Response, Error> {
    let _turn = DRAWING.acquire().await.map_err(|error| Error::Internal(Box::new(error)))?;
    let drawn = tokio::task::spawn_blocking(move || card::png(&citation)).await;
    let png = drawn.map_err(|error| Error::Internal(Box::new(error)))?;
    let png = png.map_err(|error| Error::Internal(Box::new(error)))?;
    Ok((Policy::Archive, [(header::CONTENT_TYPE, "image/png")], png).into_response())
}
