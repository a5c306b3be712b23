//! `GET /briefings/{slug}/{number}` and `/briefings/{slug}/{first}-{last}`: a permanent link to words in their context.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::cite::{self, Pin};
use super::cite_view::CiteView;
use super::noted::Notes;
use super::since;
use super::turns::{self, Piece};
use crate::export::citation::fragment;
use crate::store::briefings::{Briefing, Revision};
use crate::store::exchanges;
use crate::store::utterances::Utterance;
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Utterances shown before and after the ones asked for.
const CONTEXT: i32 = 2;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/utterance.html")]
pub struct UtterancePage {
    frame: Frame,
    briefing: Briefing,
    revision: Revision,
    /// The address of these words, as they stand now.
    path: String,
    pieces: Vec<Piece>,
    /// "Turn 41", "Turns 41 to 43".
    what: String,
    /// Who speaks there, for the title.
    who: String,
    cite: CiteView,
    first: i32,
    before: Option<i32>,
    after: Option<i32>,
    /// What became of these very words since, where an older revision is shown.
    since: &'static str,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, numbers)): Path<(String, String)>,
    Query(pin): Query<Pin>,
) -> Result<Response, Error> {
    let (first, last) = cite::read_numbers(&numbers).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let cited = match cite::load(&app, &mut conn, &slug, (first, last), &pin).await {
        Err(Error::NotFound) if pin.number()?.is_none() => {
            let moved = cite::moved(&mut conn, &slug, (first, last)).await?.ok_or(Error::NotFound)?;
            return Ok(Redirect::permanent(&urls::utterance(&slug, moved)).into_response());
        }
        cited => cited?,
    };
    let (from, to) = cited.positions;
    let is_cited = |u: &Utterance| (from..=to).contains(&u.position);
    let shown = cited.around.iter().filter(|u| (from - CONTEXT..=to.saturating_add(CONTEXT)).contains(&u.position));
    let mut pieces: Vec<Piece> =
        shown.map(|u| Piece { cited: is_cited(u), ..turns::piece(&slug, u, &[], true) }).collect();
    let exchanges = exchanges::of_revision(&mut conn, cited.briefing.listed.id, cited.revision.id).await?;
    Notes::of(&exchanges, |number| urls::utterance(&slug, number)).put(pieces.iter_mut());
    let path = urls::utterance(&slug, &numbers);
    let marked = marked(cited.around.iter().filter(|u| is_cited(u)));
    let cite = CiteView::of(&app, &cited.citation, &path, &slug, marked.as_deref());
    let before = cited.around.iter().rfind(|u| u.position < from).and_then(|u| u.number);
    let after = cited.around.iter().find(|u| u.position > to).and_then(|u| u.number);
    let these = cited.around.iter().filter(|u| is_cited(u));
    let since = since::sentence(&mut conn, cited.briefing.listed.id, &cited.revision, these).await?;
    let page = UtterancePage {
        since,
        who: voices(cited.around.iter().filter(|u| is_cited(u))),
        what: what(first, last),
        revision: cited.revision,
        briefing: cited.briefing,
        frame,
        path,
        pieces,
        cite,
        first,
        before,
        after,
    };
    Ok(Page(page).into_response())
}

/// "Turn 41", "Turns 41 to 43".
pub fn what(first: i32, last: i32) -> String {
    if first == last { format!("Turn {first}") } else { format!("Turns {first} to {last}") }
}

/// What makes a browser find and mark these words.
fn marked<'a>(mut cited: impl Iterator<Item = &'a Utterance>) -> Option<String> {
    let first = cited.next()?;
    let last = cited.last().unwrap_or(first);
    fragment((&first.text, &first.marks), (&last.text, &last.marks))
}

/// The voices of some utterances, each once.
fn voices<'a>(utterances: impl Iterator<Item = &'a Utterance>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for by in utterances.filter_map(|utterance| utterance.by.as_ref()) {
        let name = by.speaker.as_ref().map_or(by.label.as_str(), |speaker| speaker.name.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}
