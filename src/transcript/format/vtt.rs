//! Reads WebVTT captions.

pub(super) mod cues;
pub(super) mod payload;
pub(super) mod rolling;
pub(super) mod speech;
#[cfg(test)]
mod tests;

use crate::transcript::blocks::Reading;

/// Reads the blocks of a WebVTT file, already decoded.
pub fn read(text: &str) -> Reading {
    let mut lines = text.lines();
    // The signature may be followed by a title on the same line and by a header up to the first blank line.
    let signature = lines.next().unwrap_or_default();
    let title =
        signature.trim_start_matches('\u{FEFF}').trim_start_matches("WEBVTT").trim().trim_start_matches('-').trim();
    let header: Vec<&str> =
        lines.by_ref().take_while(|line| !line.trim().is_empty() && !line.contains("-->")).collect();
    let skipped = text.lines().take(1 + header.len()).map(|line| line.len() + 1).sum::<usize>();
    let body = text.get(skipped..).unwrap_or_default();

    let mut reading = speech::blocks(&cues::read(body, cues::Dialect::WebVtt));
    reading.metadata.title = Some(title.to_owned()).filter(|title| !title.is_empty());
    reading.metadata.language = header
        .iter()
        .find_map(|line| line.split_once(':').filter(|(key, _)| key.trim().eq_ignore_ascii_case("language")))
        .map(|(_, value)| value.trim().to_owned());
    reading
}
