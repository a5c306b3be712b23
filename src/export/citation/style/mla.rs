//! MLA, ninth edition.

use super::{Line, family_first, quoted_title};
use crate::export::citation::{ARCHIVE, Citation, dates};

/// Author, title in quotation marks, the containers in italics, and where it lies in them.
pub fn line(citation: &Citation) -> Line {
    let mut line = Line::default();
    match citation.authors().as_slice() {
        [] => {}
        [one] => drop(line.add(family_first(one)).stop().add(" ")),
        [one, two] => drop(line.add(format!("{}, and {two}", family_first(one))).stop().add(" ")),
        [one, ..] => drop(line.add(format!("{}, et al. ", family_first(one)))),
    }
    line.add(quoted_title(&citation.title, '.')).add(" ");
    if let Some(series) = citation.series.as_ref().filter(|series| **series != citation.title) {
        line.italic(series.clone()).add(", ");
    }
    let issuer = citation.issuer.clone().filter(|_| !citation.voices().is_empty());
    let date = citation.date.map_or_else(|| "n.d.".to_owned(), dates::mla);
    let parts = [issuer, Some(date), citation.place.clone()];
    line.add(parts.into_iter().flatten().collect::<Vec<_>>().join(", ")).stop().add(" ");
    let offices: Vec<String> = citation.voices().iter().filter_map(|voice| voice.name_and_office()).collect();
    if !offices.is_empty() {
        line.add(offices.join("; ")).stop().add(" ");
    }
    line.add(format!("{}. ", citation.genre())).italic(ARCHIVE);
    line.add(format!(", {}, {}.", citation.locator_and_revision(), citation.url));
    let day = dates::mla(citation.retrieved);
    match &citation.official {
        Some(address) => line.add(format!(" Text accessed {day} at {address}.")),
        None => line.add(format!(" Text received {day}.")),
    };
    line
}
