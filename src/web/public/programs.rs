//! `GET /api`: how programs read, write, ask again and are told what went wrong.

use axum::extract::State;

use crate::editorial::Refused;
use crate::store::answers;
use crate::web::App;
use crate::web::editor::correct;
use crate::web::page::{Frame, Page};
use crate::web::problem::{KINDS, Kind};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/programs.html")]
pub struct Programs {
    frame: Frame,
    base: String,
    kinds: [Kind; KINDS.len()],
    refusals: Vec<(&'static str, String)>,
    days_kept: i64,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Page<Programs> {
    let refusals = Refused::OF_ACTS.iter().map(|refused| (refused.name(), correct::sentence(refused)));
    let days_kept = answers::KEPT.as_hours() / 24;
    Page(Programs { frame, base: app.absolute(""), kinds: KINDS, refusals: refusals.collect(), days_kept })
}
