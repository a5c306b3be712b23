//! `GET /editor`: what waits to be published.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;

use crate::store::batches::{self, Batch};
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
    batches: Vec<Batch>,
    now: Timestamp,
}

impl Drafts {
    fn held(&self, draft: &Waiting) -> bool {
        draft.is_held(self.now)
    }
}

/// The handler.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let drafts = waiting::list(&mut conn).await?;
    let batches = batches::list(&mut conn, None).await?;
    Ok((Policy::Never, Page(Drafts { frame, drafts, batches, now: (app.clock)() })).into_response())
}
