//! `GET /series`: what briefings belong to.

use axum::extract::State;

use crate::store::series::{self, Series};
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/series_list.html")]
pub struct SeriesList {
    frame: Frame,
    all: Vec<Series>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<SeriesList>, Error> {
    let mut conn = app.pool.acquire().await?;
    Ok(Page(SeriesList { frame, all: series::list(&mut conn, None).await? }))
}
