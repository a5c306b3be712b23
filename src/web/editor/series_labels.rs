//! `/editor/series/{slug}/labels`: what editors say of labels for a whole series, and taking it back.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::SeriesLabelId;
use crate::editorial;
use crate::store::directory::Named;
use crate::store::labels::{self, OfSeries};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/series_labels.html")]
pub struct SeriesLabels {
    frame: Frame,
    series: Named,
    labels: Vec<OfSeries>,
}

/// `GET`: shows it.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (id, series) = labels::series(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let labels = labels::of_series(&mut conn, id).await?;
    Ok((Policy::Never, Page(SeriesLabels { frame, series, labels })).into_response())
}

/// What is taken back.
#[derive(Deserialize)]
pub struct Back {
    id: i64,
}

/// `POST`: takes back what was said of a label.
pub async fn take_back(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Back>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let (id, _) = labels::series(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let decision = SeriesLabelId(form.id);
    if labels::of_series(&mut tx, id).await?.iter().any(|one| one.id == decision) {
        editorial::unsettle_for_series(&mut tx, decision, &editor.actor, (app.clock)()).await?;
    }
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&urls::editor_series_labels(&slug))).into_response())
}
