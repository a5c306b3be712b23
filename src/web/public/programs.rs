//! `GET /api`: how programs read, write, ask again and are told what went wrong.

mod call;
mod rows;

use axum::extract::State;

use self::call::Group;
use crate::editorial::Refused;
use crate::store::answers;
use crate::web::editor::correct;
use crate::web::page::{Frame, Page};
use crate::web::problem::{KINDS, Kind};
use crate::web::{App, api, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/programs.html")]
pub struct Programs {
    frame: Frame,
    groups: Vec<Group>,
    kinds: [Kind; KINDS.len()],
    refusals: Vec<(&'static str, String)>,
    days_kept: i64,
}

impl Programs {
    /// Words with code in backticks, piece by piece: every other one is code.
    fn pieces<'a>(&self, words: &'a str) -> impl Iterator<Item = (bool, &'a str)> {
        words.split('`').enumerate().map(|(number, piece)| (number % 2 == 1, piece))
    }
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Page<Programs> {
    let groups = call::groups(&api::document::document(&app.settings.public_url));
    let refusals = Refused::OF_ACTS.iter().map(|refused| (refused.name(), correct::sentence(refused)));
    let days_kept = answers::KEPT.as_hours() / 24;
    Page(Programs { frame, groups, kinds: KINDS, refusals: refusals.collect(), days_kept })
}
