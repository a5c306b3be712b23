//! `GET /editor`: what waits to be published.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::store::batches::{self, Batch};
use crate::store::waiting::{self, Waiting};
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Query};
use crate::web::page::{Frame, Page};
use crate::web::{phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/drafts.html")]
pub struct Drafts {
    frame: Frame,
    drafts: Vec<Waiting>,
    /// How many there are, or have the words looked for.
    total: i64,
    /// Words of a title that are looked for.
    words: String,
    before: Option<String>,
    after: Option<String>,
    batches: Vec<Batch>,
    now: Timestamp,
}

impl Drafts {
    fn held(&self, draft: &Waiting) -> bool {
        draft.is_held(self.now)
    }
}

/// Drafts on one page.
const PER_PAGE: i64 = 100;

/// The query.
#[derive(Deserialize)]
pub struct View {
    /// Words of a title.
    q: Option<String>,
    page: Option<i64>,
}

/// The handler.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Query(view): Query<View>,
) -> Result<Response, Error> {
    let page = view.page.unwrap_or(1).clamp(1, 100_000);
    let mut conn = app.pool.acquire().await?;
    let (drafts, total) = waiting::list(&mut conn, view.q.as_deref(), (page - 1) * PER_PAGE, PER_PAGE).await?;
    let words = view.q.unwrap_or_default();
    let at = |page: i64| urls::with_query(urls::EDITOR, &[("q", &words), ("page", &page.to_string())]);
    let page = Drafts {
        before: (page > 1).then(|| at(page - 1)),
        after: (page * PER_PAGE < total).then(|| at(page + 1)),
        batches: batches::list(&mut conn, None).await?,
        now: (app.clock)(),
        frame,
        drafts,
        total,
        words,
    };
    Ok((Policy::Never, Page(page)).into_response())
}
