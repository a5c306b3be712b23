//! Harvard, as in Cite Them Right.

use super::{Line, initials_last, joined};
use crate::export::citation::{ARCHIVE, Author, Citation, dates};

/// Author, year, title in italics, what it is, place and issuer, date, address.
pub fn line(citation: &Citation) -> Line {
    let mut line = Line::default();
    let voices = citation.voices();
    let names: Vec<String> = voices
        .iter()
        .map(|voice| {
            let name = initials_last(&voice.author());
            voice.office().map_or(name.clone(), |office| format!("{name} ({office})"))
        })
        .collect();
    let names = if names.is_empty() { citation.authors().iter().map(Author::to_string).collect() } else { names };
    let year = citation.date.map_or_else(|| "no date".to_owned(), |date| date.year().to_string());
    if names.is_empty() {
        line.italic(citation.title.clone()).add(format!(" ({year})"));
    } else {
        line.add(format!("{} ({year}) ", joined(&names, "and", false, 3))).italic(citation.title.clone());
    }
    let day = citation.date.map(dates::day_and_month);
    let place = citation.place.clone();
    let what = [Some(citation.genre().to_owned()), place, day].into_iter().flatten().collect::<Vec<_>>().join(", ");
    line.add(format!(" [{what}]."));
    let issuer = citation.issuer.as_ref().filter(|_| !voices.is_empty());
    let published = [issuer.map(String::as_str), Some(ARCHIVE)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    line.add(format!(" {published}, {}. Available at: {}", citation.locator_and_revision(), citation.url));
    let day = dates::long(citation.retrieved);
    match &citation.official {
        Some(address) => line.add(format!(" (text accessed: {day}, at {address}).")),
        None => line.add(format!(" (text received: {day}).")),
    };
    line
}
