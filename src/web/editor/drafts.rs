//! `GET /editor`: what waits to be published.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::store::waiting::{self, Waiting};
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::{Frame, Page};
use crate::web::{phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/drafts.html")]
pub struct Drafts {
    frame: Frame,
    drafts: Vec<Waiting>,
    now: Timestamp,
}

impl Drafts {
    fn held(&self, draft: &Waiting) -> bool {
        draft.is_held(self.now)
    }
}

/// The handler.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    let drafts = waiting::list(&mut *app.pool.acquire().await?).await?;
    Ok((Policy::Never, Page(Drafts { frame, drafts, now: (app.clock)() })).into_response())
}
