//! `GET /help/search`: the language of searches, with examples that can be tried.

use crate::web::page::{Frame, Page};
use crate::web::urls;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/search_help.html")]
pub struct SearchHelp {
    frame: Frame,
}

/// What can be written, and what it finds.
const LANGUAGE: [(&str, &str); 9] = [
    ("water levels", "Both words, anywhere in the same turn, in any of their forms (level, levels)."),
    ("\"water levels\"", "Exactly these words, one after the other."),
    ("water OR river", "One of the two, or both."),
    ("water -river", "The first word without the second."),
    ("(water OR river) level", "Parentheses hold together what belongs together."),
    ("negotiat*", "Words that begin so."),
    ("\"water treaty\"~5", "These words near each other, with at most five others between them."),
    ("speaker:lind water", "Only what somebody of this name said. Also topic:, series:, label: and kind:."),
    ("from:2025-03 to:2025-06 water", "Only between these dates; on:2025-03-14 for one day, month or year."),
];

/// The handler.
pub async fn show(frame: Frame) -> Page<SearchHelp> {
    Page(SearchHelp { frame })
}
