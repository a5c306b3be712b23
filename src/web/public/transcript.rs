//! `GET /briefings/{slug}/transcripts/{number}`: another transcript of a briefing, word for word.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::cite;
use super::turns::{self, Piece, Section};
use crate::domain::Audience;
use crate::store::briefings::Briefing;
use crate::store::transcripts::{self, Text};
use crate::store::utterances;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/transcript.html")]
pub struct Transcript {
    frame: Frame,
    briefing: Briefing,
    main: Text,
    text: Text,
    head: Vec<Piece>,
    sections: Vec<Section>,
}

/// The handler. The main transcript is the page of the briefing.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (briefing, main, _) = cite::find(&mut conn, &slug, &cite::Pin::default()).await?;
    let texts = transcripts::texts(&mut conn, briefing.listed.id).await?;
    let text = texts.into_iter().find(|text| text.number == number).ok_or(Error::NotFound)?;
    if text.is_main {
        return Ok(Redirect::to(&urls::briefing(&slug)).into_response());
    }
    let words = utterances::of_revision(&mut conn, text.revision_id, Audience::Readers, 0, i32::MAX).await?;
    let (mut head, mut sections) = turns::sections(&slug, &words, |_| Vec::new());
    // Permanent links lead to the main transcript: numbers point at their place on this page.
    for piece in head.iter_mut().chain(sections.iter_mut().flat_map(|section| &mut section.pieces)) {
        piece.url = format!("#{}", piece.number);
    }
    Ok(Page(Transcript { frame, briefing, main, text, head, sections }).into_response())
}
