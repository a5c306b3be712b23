//! `GET /about`: what this is, and what the words on its pages mean.

use axum::extract::State;

use crate::store::briefings::Extent;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/about.html")]
pub struct About {
    frame: Frame,
    extent: Extent,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<About>, Error> {
    Ok(Page(About { frame, extent: app.overview().await?.extent }))
}
