//! Tells a transcript from a statement and from a news report.

use super::model::{Kind, Segment, SegmentKind};

/// What kind of text the segments make. Turns make a transcript; without them quotations and attributions make a report.
pub fn of(segments: &[Segment], author: bool) -> Kind {
    if segments.iter().any(|segment| segment.kind == SegmentKind::Turn) {
        return Kind::Transcript;
    }
    let paragraphs: Vec<&str> = segments
        .iter()
        .filter(|segment| segment.kind == SegmentKind::Paragraph)
        .map(|segment| segment.text.as_str())
        .collect();
    let quoting = paragraphs.iter().filter(|text| quotes(text) && attributes(text)).count();
    let attributing = paragraphs.iter().filter(|text| attributes(text)).count();
    let enough = quoting >= 2 && quoting * 6 >= paragraphs.len()
        || quoting >= 1 && attributing >= 3 && attributing * 3 >= paragraphs.len();
    let byline = author || segments.iter().take(6).any(|segment| is_byline(&segment.text));
    if enough || byline && quoting >= 1 { Kind::Report } else { Kind::Statement }
}

fn quotes(text: &str) -> bool {
    text.contains(['“', '”', '«', '»', '„']) || text.matches('"').count() >= 2
}

/// Whether a paragraph says that somebody said something, in the past tense of reporters.
fn attributes(text: &str) -> bool {
    const WORDS: &str = "said|told|asked|added|responded|replied|claimed|alleged|noted|stressed|denied|confirmed|insisted|argued|warned|\
    tweeted|declined|dijo|afirmó|señaló|aseguró|respondió|preguntó|agregó|explicó|indicó|sostuvo|says";
    text.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.split('|').any(|other| other == word))
        || text.contains("according to")
        || text.contains("según")
}

/// "By Jane Doe", "Jane Doe, Reuters" under a title.
fn is_byline(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (3..=9).contains(&words.len())
        && matches!(words.first(), Some(&("By" | "BY" | "Por")))
        && words.iter().skip(1).take(2).all(|word| word.starts_with(char::is_uppercase))
}
