//! `GET /briefings/{slug}/{number}` and `/briefings/{slug}/{first}-{last}`: a permanent link to words in their context.

use axum::extract::State;

use super::citation;
use super::turns::{self, Piece};
use crate::domain::BriefingStatus;
use crate::store::briefings::{self, Briefing};
use crate::store::utterances::{self, Utterance};
use crate::web::error::Error;
use crate::web::extract::Path;
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
    pieces: Vec<Piece>,
    /// "Turn 41", "Turns 41 to 43".
    what: String,
    /// Who speaks there, for the title.
    who: String,
    citation: String,
    first: i32,
    before: Option<i32>,
    after: Option<i32>,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, numbers)): Path<(String, String)>,
) -> Result<Page<UtterancePage>, Error> {
    let (first, last) = read_numbers(&numbers).ok_or(Error::NotFound)?;
    let mut conn = app.pool.acquire().await?;
    let briefing = briefings::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    if briefing.status != BriefingStatus::Published {
        return Err(Error::NotFound);
    }
    let id = briefing.listed.id;
    let (from, to) = utterances::positions(&mut conn, id, first, last).await?.ok_or(Error::NotFound)?;
    let around = utterances::of_briefing(&mut conn, id, from - CONTEXT, to.saturating_add(CONTEXT)).await?;
    let is_cited = |u: &Utterance| (from..=to).contains(&u.position);
    let pieces = around
        .iter()
        .map(|utterance| Piece { cited: is_cited(utterance), ..turns::piece(&slug, utterance, &[], true) })
        .collect();
    let who = voices(around.iter().filter(|u| is_cited(u)));
    let what = what(first, last);
    let citation = citation::of(&briefing.listed, &who, &what.to_lowercase(), &frame.canonical);
    let before = around.iter().rfind(|u| u.position < from).and_then(|u| u.number);
    let after = around.iter().find(|u| u.position > to).and_then(|u| u.number);
    Ok(Page(UtterancePage { frame, briefing, pieces, what, who, citation, first, before, after }))
}

/// "41" or "41-43".
pub fn read_numbers(text: &str) -> Option<(i32, i32)> {
    let plain = |number: &str| -> Option<i32> {
        let well_formed = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
        number.parse().ok().filter(|_| well_formed)
    };
    match text.split_once('-') {
        None => plain(text).map(|number| (number, number)),
        Some((first, last)) => plain(first).zip(plain(last)).filter(|(first, last)| first < last),
    }
}

/// "Turn 41", "Turns 41 to 43".
pub fn what(first: i32, last: i32) -> String {
    if first == last { format!("Turn {first}") } else { format!("Turns {first} to {last}") }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_have_one_spelling_each() {
        assert_eq!(read_numbers("41"), Some((41, 41)));
        assert_eq!(read_numbers("41-43"), Some((41, 43)));
        for wrong in ["", "0", "041", "43-41", "41-41", "41-", "-1", "+1", "a", "99999999999"] {
            assert_eq!(read_numbers(wrong), None, "{wrong}");
        }
    }
}
