//! APA, seventh edition.

use super::{Line, initials_last};
use crate::export::citation::{ARCHIVE, Author, Citation, Voice, dates};

/// Family and initials with the office as a role in brackets, the date, the title in italics, what it is, who issued it.
pub fn line(citation: &Citation) -> Line {
    let mut line = Line::default();
    let voices = citation.voices();
    let names: Vec<String> = voices.iter().map(|voice| named(voice)).collect();
    let names = if names.is_empty() { citation.authors().iter().map(Author::to_string).collect() } else { names };
    match names.as_slice() {
        [] => {}
        [one] => drop(line.add(one.clone()).stop().add(" ")),
        [first @ .., last] => drop(line.add(format!("{}, & {last}", first.join(", "))).stop().add(" ")),
    }
    let date = citation.date.map_or_else(|| "n.d.".to_owned(), dates::year_first);
    let begun_with_title = names.is_empty();
    if !begun_with_title {
        line.add(format!("({date}). "));
    }
    line.italic(citation.title.trim_end_matches('.').to_owned());
    let place = citation.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
    line.add(format!(" [{}{place}; {}].", citation.genre(), citation.locator_and_revision()));
    if begun_with_title {
        line.add(format!(" ({date})."));
    }
    if let Some(series) = citation.series.as_ref().filter(|series| !citation.title.contains(series.as_str())) {
        line.add(format!(" {series}")).stop();
    }
    let issuer = citation.issuer.as_ref().filter(|_| !voices.is_empty());
    let publishers: Vec<&str> = issuer.into_iter().map(String::as_str).chain([ARCHIVE]).collect();
    line.add(format!(" {}. {}", publishers.join("; "), citation.url));
    let day = dates::american(citation.retrieved);
    match &citation.official {
        Some(address) => line.add(format!(" (text retrieved {day}, from {address})")),
        None => line.add(format!(" (text received {day})")),
    };
    line
}

fn named(voice: &Voice) -> String {
    let name = initials_last(&voice.author());
    voice.office().map_or(name.clone(), |office| format!("{name} ({office})"))
}
