//! `/editor/drafts/{slug}`: a draft as readers would see it, with what the machine noticed; and publishing it.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::editorial;
use crate::store::utterances;
use crate::store::waiting::{self, Waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Path};
use crate::web::page::{Frame, Page};
use crate::web::public::turns::{self, Piece, Section};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/draft.html")]
pub struct Draft {
    frame: Frame,
    draft: Waiting,
    head: Vec<Piece>,
    sections: Vec<Section>,
    held: bool,
}

/// `GET`: shows it.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let draft = waiting::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let utterances = utterances::of_briefing(&mut conn, draft.id, 0, i32::MAX).await?;
    let (mut head, mut sections) = turns::sections(&slug, &utterances, |_| Vec::new());
    // Permanent links lead nowhere before publication: numbers point at their place on this page.
    for piece in head.iter_mut().chain(sections.iter_mut().flat_map(|section| &mut section.pieces)) {
        piece.url = format!("#{}", piece.number);
    }
    let held = draft.is_held((app.clock)());
    Ok((Policy::Never, Page(Draft { frame, draft, head, sections, held })).into_response())
}

/// `POST`: publishes it, unless it is held back; returns when readers can find it.
pub async fn publish(editor: Editor, State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    if draft.is_held(now) {
        let until = draft.embargo_until.map(phrase::moment).unwrap_or_default();
        return Err(Error::BadRequest(format!("This briefing is held back until {until}. It can be published then.")));
    }
    let position = editorial::publish_drafts(&mut tx, &[draft.id], &editor.actor, now).await? as u64;
    tx.commit().await?;
    super::shown(&app, position).await;
    Ok((Policy::Never, Redirect::to(&urls::briefing(&slug))).into_response())
}
