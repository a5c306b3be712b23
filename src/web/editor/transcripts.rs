//! `/editor/briefings/{slug}/transcripts`: the transcripts of a briefing, which is the main one, and their sources.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::correct;
use crate::editorial::{self, Refused};
use crate::store::record::{self, Open};
use crate::store::refetches::{self, Retrieval, Retrieved, Watched};
use crate::store::transcripts::{self, Text};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/transcripts.html")]
pub struct Transcripts {
    frame: Frame,
    open: Open,
    texts: Vec<Text>,
    watched: Vec<Watched>,
    retrievals: Vec<Retrieval>,
}

impl Transcripts {
    fn watched(&self, text: &Text) -> Option<&Watched> {
        self.watched.iter().find(|watched| watched.transcript_id == text.id)
    }

    fn outcome(&self, retrieval: &Retrieval) -> &'static str {
        match retrieval.outcome {
            Retrieved::Same => "the same bytes",
            Retrieved::SameWords => "other bytes, the same words",
            Retrieved::Changed => "other words: put before editors",
            Retrieved::Gone => "nothing is there any more",
            Retrieved::Failed => "not reached, or not readable",
            Retrieved::Redacted => "bytes that were redacted here: not taken in again",
        }
    }
}

/// `GET`: shows it.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let open = record::open(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let texts = transcripts::texts(&mut conn, open.id).await?;
    let watched = refetches::of_briefing(&mut conn, open.id).await?;
    let retrievals = refetches::retrievals(&mut conn, open.id).await?;
    Ok((Policy::Never, Page(Transcripts { frame, open, texts, watched, retrievals })).into_response())
}

/// Which transcript, by its number, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    number: i32,
    reason: String,
}

/// `POST`: makes another transcript the main one; returns when readers see it.
pub async fn make_main(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let now = (app.clock)();
    let done = editorial::make_main(&mut tx, &slug, fields.number, &fields.reason, &editor.actor, now).await?;
    let position = done.map_err(|refused| match refused {
        Refused::NoSuchBriefing => Error::NotFound,
        refused => Error::BadRequest(format!("{} Nothing was written.", correct::sentence(&refused))),
    })?;
    tx.commit().await?;
    if let Some(position) = position {
        super::shown(&app, position as u64).await;
    }
    Ok((Policy::Never, Redirect::to(&urls::editor_transcripts(&slug))).into_response())
}

/// `POST`: has the source of a transcript fetched as soon as may be.
pub async fn fetch(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let open = record::open(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let texts = transcripts::texts(&mut tx, open.id).await?;
    let text = texts.iter().find(|text| text.number == fields.number).ok_or(Error::NotFound)?;
    if !editorial::fetch_again(&mut tx, open.id, text.id, &editor.actor, (app.clock)()).await? {
        return Err(Error::BadRequest(
            "This transcript did not come from an address, so there is none to look at.".to_owned(),
        ));
    }
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&urls::editor_transcripts(&slug))).into_response())
}
