//! Reads lines that say when or how the words may be used.

use super::dates;
use super::model::Embargo;
use super::prose;
use super::times;

/// Whether a line restricts the use of the text itself, rather than talking about an embargo on a country.
pub fn is_line(line: &str) -> bool {
    let upper = line.to_uppercase();
    if line.split_whitespace().count() > 40 {
        return false;
    }
    let starts = upper.trim_start_matches(|c: char| !c.is_alphabetic());
    let held = starts.starts_with("EMBARGO")
        || starts.starts_with("STRICTLY EMBARGOED")
        || starts.starts_with("UNDER EMBARGO")
        || starts.starts_with("NOT FOR RELEASE")
        || starts.starts_with("HOLD FOR RELEASE")
        || starts.starts_with("NOT FOR PUBLICATION");
    held || background(&upper)
}

fn background(upper: &str) -> bool {
    let starts = upper.trim_start_matches(|c: char| !c.is_alphabetic());
    starts.starts_with("FOR BACKGROUND USE")
        || starts.starts_with("FOR BACKGROUND ONLY")
        || starts.starts_with("ON BACKGROUND ONLY")
        || starts.starts_with("NOT FOR ATTRIBUTION")
        || upper.contains("NOT FOR ATTRIBUTION") && upper.split_whitespace().count() <= 15
        || upper.contains("FOR BACKGROUND USE ONLY")
}

/// What such a line says.
pub fn read(line: &str) -> Option<Embargo> {
    if !is_line(line) {
        return None;
    }
    let text = prose::line(line);
    let until = dates::in_text(&text).first().map(|(date, _)| *date);
    let until_time = times::first(&text).map(|(time, _)| time);
    let background = background(&text.to_uppercase());
    Some(Embargo { text, until, until_time, background })
}

/// Two lines of one head are one embargo.
pub fn merge(first: Option<Embargo>, second: Embargo) -> Embargo {
    let Some(first) = first else { return second };
    Embargo {
        text: format!("{}; {}", first.text, second.text),
        until: first.until.or(second.until),
        until_time: first.until_time.or(second.until_time),
        background: first.background || second.background,
    }
}
