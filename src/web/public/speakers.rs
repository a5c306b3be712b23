//! `GET /speakers`: everybody who speaks, in alphabetical order, with office and turns.

use std::collections::HashMap;

use axum::extract::State;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::spread::{self, Counted};
use crate::domain::{Office, SpeakerId};
use crate::store::directory::Named;
use crate::store::speakers;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// People named first, by how much they speak.
const MOST: usize = 10;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/speakers.html")]
pub struct Speakers {
    frame: Frame,
    most: Vec<Counted>,
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
    let names = &overview.directory;
    let mut listed = speakers::listed(&mut conn, &ids).await?;
    // The database compares code points; readers look for Águila before Avent.
    listed.sort_by_cached_key(|speaker| plain(&speaker.sort_name));
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
    let most = spread::rows(
        &overview.facets.speaker,
        MOST,
        |id| names.speakers.get(id).cloned(),
        |speaker| urls::speaker(&speaker.slug),
    );
    // With few people the list itself is at hand.
    let most = if total > MOST * 2 { most } else { Vec::new() };
    Ok(Page(Speakers { frame, most, letters, total }))
}

/// A name in small letters without accents, as it is looked for.
fn plain(name: &str) -> String {
    name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The letter under which a name is listed.
fn initial(name: &str) -> char {
    let first = plain(name).chars().find(|c| c.is_alphanumeric());
    first.filter(|c| c.is_alphabetic()).and_then(|c| c.to_uppercase().next()).unwrap_or('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_part_what_readers_look_for_together() {
        let mut names = ["Avent, Ryan", "Águila, Óscar", "Adler, Ida"];
        names.sort_by_cached_key(|name| plain(name));
        assert_eq!(names, ["Adler, Ida", "Águila, Óscar", "Avent, Ryan"]);
        assert_eq!((initial("Águila"), initial("3M")), ('A', '#'));
    }
}
