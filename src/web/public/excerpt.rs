//! Parts of texts: the first words, the words around others, what differs in them.

use crate::domain::Mark;
use crate::web::words;

/// Characters shown on both sides of words that were looked for.
const ROOM: usize = 180;

/// A stretch of a text that differs from another, or does not.
pub struct Segment {
    /// The words.
    pub text: String,
    /// Whether they differ.
    pub differs: bool,
}

/// The first words of a text.
pub fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        None => text.to_owned(),
        Some((at, _)) => {
            let at = text[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &text[..at])
        }
    }
}

/// Words with some room around them, marked.
pub fn around(text: &str, marks: &[Mark], spans: &[(usize, usize)]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (first, last) = (spans.first().map_or(0, |span| span.0), spans.last().map_or(0, |span| span.1));
    let blank = |at: &usize| chars.get(*at).is_some_and(|c| c.is_whitespace());
    let from = match first.checked_sub(ROOM) {
        None => 0,
        Some(from) => (from..first).find(blank).map_or(from, |at| at + 1),
    };
    let to = match last + ROOM {
        to if to >= chars.len() => chars.len(),
        to => (last..to).rev().find(blank).unwrap_or(to),
    };
    let inside: Vec<(usize, usize)> = spans.iter().map(|(start, end)| (start - from, end - from)).collect();
    let marks: Vec<Mark> = marks
        .iter()
        .filter(|mark| mark.start < to && mark.end > from)
        .map(|mark| Mark { start: mark.start.saturating_sub(from), end: mark.end.min(to) - from, ..*mark })
        .collect();
    let shown: String = chars[from..to].iter().collect();
    let before = if from > 0 { "… " } else { "" };
    let after = if to < chars.len() { " …" } else { "" };
    format!("{before}{}{after}", words::line(&shown, &marks, &inside))
}

/// A part of a text in paragraphs, with words of the whole marked that something rests on.
pub fn part(text: &str, marks: &[Mark], (from, to): (usize, usize), points: &[(usize, usize)]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let to = to.min(chars.len());
    let from = from.min(to);
    let shown: String = chars.get(from..to).unwrap_or_default().iter().collect();
    let inside = |start: usize, end: usize| (start.max(from).min(to) - from, end.max(from).min(to) - from);
    let marks = marks.iter().map(|mark| {
        let (start, end) = inside(mark.start, mark.end);
        Mark { start, end, ..*mark }
    });
    let points: Vec<(usize, usize)> = points.iter().map(|(start, end)| inside(*start, *end)).collect();
    words::pointed(&shown, &marks.collect::<Vec<_>>(), &points)
}

/// A part of a text made wider by some characters on both sides, to the next blanks.
pub fn wider(text: &str, (from, to): (usize, usize), room: usize) -> (usize, usize) {
    let chars: Vec<char> = text.chars().collect();
    let blank = |at: &usize| chars.get(*at).is_none_or(|c| c.is_whitespace());
    let first = from.saturating_sub(room);
    let first = if first == 0 { 0 } else { (first..from).find(blank).map_or(first, |at| at + 1) };
    let last = to.saturating_add(room).min(chars.len());
    (first, (last..chars.len()).find(blank).unwrap_or(chars.len()))
}

/// A stretch of a text, cut where it differs.
pub fn segments(
    text: &str,
    (start, end): (usize, usize),
    differing: impl Iterator<Item = (usize, usize)>,
) -> Vec<Segment> {
    let chars: Vec<char> = text.chars().collect();
    let cut = |from: usize, to: usize| -> String { chars.get(from..to).unwrap_or_default().iter().collect() };
    let (mut at, mut found) = (start.min(chars.len()), Vec::new());
    for (from, to) in differing.filter(|(from, to)| from < to) {
        let (from, to) = (from.clamp(at, chars.len()), to.clamp(at, chars.len()));
        found.push(Segment { text: cut(at, from), differs: false });
        found.push(Segment { text: cut(from, to), differs: true });
        at = to;
    }
    found.push(Segment { text: cut(at, end.max(at)), differs: false });
    found.retain(|segment| !segment.text.is_empty());
    found
}
