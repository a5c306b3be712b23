//! Chicago, notes and bibliography.

use super::{Line, family_first, joined, quoted_title};
use crate::export::citation::{ARCHIVE, Citation, Voice, dates};

/// A note: everything between commas, names as they are said, the office held then in brackets.
pub fn note(citation: &Citation) -> Line {
    let mut line = Line::default();
    let voices: Vec<String> = citation.voices().into_iter().map(named).collect();
    if !voices.is_empty() {
        line.add(format!("{}, ", joined(&voices, "and", true, 3)));
    }
    line.add(quoted_title(&citation.title, ','));
    let series = citation.series.as_ref().filter(|series| !citation.title.contains(series.as_str()));
    let date = citation.date.map_or_else(|| "n.d.".to_owned(), dates::american);
    let issued = citation.issuer.as_ref().map(|issuer| format!("issued by {issuer}"));
    let parts = [
        series.cloned(),
        Some(citation.short_genre().to_owned()),
        citation.place.clone(),
        Some(date),
        issued,
        Some(citation.locator_and_revision()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    line.add(format!(" {}, {ARCHIVE}, {}", parts.join(", "), citation.url));
    line.add(source(citation)).add(".");
    line
}

/// A line of the bibliography: sentences, the first name turned round.
pub fn bibliography(citation: &Citation) -> Line {
    let mut line = Line::default();
    let voices = citation.voices();
    let authors = citation.authors();
    let names: Vec<String> =
        authors.iter().enumerate().map(|(i, a)| if i == 0 { family_first(a) } else { a.to_string() }).collect();
    if !names.is_empty() {
        line.add(joined(&names, "and", true, 10).replacen(
            " and ",
            if names.len() == 2 { ", and " } else { " and " },
            1,
        ));
        line.stop().add(" ");
    }
    line.add(quoted_title(&citation.title, '.')).add(" ");
    let series = citation.series.as_ref().filter(|series| !citation.title.contains(series.as_str()));
    let date = citation.date.map_or_else(|| "n.d.".to_owned(), dates::american);
    let first = [series.cloned().or_else(|| Some(citation.genre().to_owned())), citation.place.clone(), Some(date)];
    line.add(first.into_iter().flatten().collect::<Vec<_>>().join(", ")).stop();
    if let Some(issuer) = citation.issuer.as_ref().filter(|_| !voices.is_empty()) {
        line.add(format!(" {issuer}")).stop();
    }
    let offices: Vec<String> = voices.iter().filter_map(|voice| voice.name_and_office()).collect();
    if !offices.is_empty() {
        line.add(format!(" {}", offices.join("; "))).stop();
    }
    let what = if series.is_some() { citation.genre() } else { "Text" };
    line.add(format!(" {what}, {}. {ARCHIVE}. {}", citation.locator_and_revision(), citation.url));
    line.add(source(citation)).add(".");
    line
}

fn named(voice: &Voice) -> String {
    let author = voice.author();
    voice.office().map_or_else(|| author.to_string(), |office| format!("{author} ({office})"))
}

/// "; text retrieved January 2, 2026, from https://..."
fn source(citation: &Citation) -> String {
    let day = dates::american(citation.retrieved);
    match &citation.official {
        Some(address) => format!("; text retrieved {day}, from {address}"),
        None => format!("; text received {day}"),
    }
}
