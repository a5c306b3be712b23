//! `/editor/unchecked`: what is published and no editor has checked; and saying that one has.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::editorial;
use crate::store::editing::{self, Unchecked};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings on one page.
const PER_PAGE: i64 = 100;

/// The query.
#[derive(Deserialize)]
pub struct View {
    page: Option<i64>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/unchecked.html")]
pub struct UncheckedPage {
    frame: Frame,
    briefings: Vec<Unchecked>,
    total: i64,
    before: Option<String>,
    after: Option<String>,
}

/// `GET /editor/unchecked`.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Query(view): Query<View>,
) -> Result<Response, Error> {
    let page = view.page.unwrap_or(1).clamp(1, 100_000);
    let mut conn = app.pool.acquire().await?;
    let (briefings, total) = editing::unchecked(&mut conn, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let at = |page: i64| urls::with_query(urls::UNCHECKED, &[("page", &page.to_string())]);
    let before = (page > 1).then(|| at(page - 1));
    let after = (page * PER_PAGE < total).then(|| at(page + 1));
    Ok((Policy::Never, Page(UncheckedPage { frame, briefings, total, before, after })).into_response())
}

/// Whether it was checked.
#[derive(Deserialize)]
pub struct Fields {
    /// `yes`, or `no` to take it back.
    checked: String,
}

/// `POST /editor/briefings/{slug}/checked`: returns when readers see it.
pub async fn check(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let checked = fields.checked == "yes";
    let done = editorial::check(&mut tx, &slug, checked, &editor.actor, (app.clock)()).await?;
    let position = done.ok_or(Error::NotFound)?;
    tx.commit().await?;
    super::shown(&app, position as u64).await;
    Ok((Policy::Never, Redirect::to(&urls::editor_briefing(&slug))).into_response())
}
