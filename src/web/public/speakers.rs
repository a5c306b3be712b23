//! `GET /speakers`: everybody who speaks, in alphabetical order, with office and turns.

use std::collections::HashMap;

use axum::extract::State;

use crate::domain::{Office, SpeakerId};
use crate::store::directory::Named;
use crate::store::speakers;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/speakers.html")]
pub struct Speakers {
    frame: Frame,
    letters: Vec<(char, Vec<Line>)>,
    total: usize,
}

/// One speaker in the list.
pub struct Line {
    named: Named,
    sort_name: String,
    office: Option<Office>,
    turns: u64,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Speakers>, Error> {
    let overview = app.overview().await?;
    let turns: HashMap<SpeakerId, u64> = overview.facets.speaker.iter().copied().collect();
    let ids: Vec<SpeakerId> = turns.keys().copied().collect();
    let mut conn = app.pool.acquire().await?;
    let listed = speakers::listed(&mut conn, &ids).await?;
    let mut offices = speakers::offices(&mut conn, &ids).await?;
    let total = listed.len();
    let mut letters: Vec<(char, Vec<Line>)> = Vec::new();
    for speaker in listed {
        let initial = initial(&speaker.sort_name);
        let line = Line {
            named: speaker.named,
            sort_name: speaker.sort_name,
            office: offices.remove(&speaker.id).and_then(|offices| offices.into_iter().next()),
            turns: turns.get(&speaker.id).copied().unwrap_or_default(),
        };
        match letters.iter_mut().find(|(letter, _)| *letter == initial) {
            Some((_, lines)) => lines.push(line),
            None => letters.push((initial, vec![line])),
        }
    }
    letters.sort_by_key(|(letter, _)| (*letter == '#', *letter));
    Ok(Page(Speakers { frame, letters, total }))
}

/// The letter under which a name is listed, without its accent.
fn initial(name: &str) -> char {
    let first = name.chars().find(|c| c.is_alphanumeric());
    let letter =
        first.and_then(|first| unicode_normalization::UnicodeNormalization::nfd(first.to_string().as_str()).next());
    letter.filter(|c| c.is_alphabetic()).and_then(|c| c.to_uppercase().next()).unwrap_or('#')
}
