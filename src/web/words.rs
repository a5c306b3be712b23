//! The words of an utterance as HTML: escaped, in paragraphs, with its marks and the matches of a search.
//!
//! Invariant: whatever the text holds, only tags written here come out.

use crate::domain::{Mark, MarkKind};

/// What a stretch of words means on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Mark(MarkKind),
    Match,
    /// The words that gave an answer label away.
    Telling,
    /// Words that something rests on.
    Point,
}

impl Meaning {
    /// The tag that opens it; the second form continues one that a paragraph or another mark cut in two.
    const fn open(self, first: bool) -> &'static str {
        match (self, first) {
            (Self::Mark(MarkKind::Strike), true) => "<del><span class=\"unseen\" lang=\"en\">[struck out: </span>",
            (Self::Mark(MarkKind::Strike), false) => "<del>",
            (Self::Mark(MarkKind::Insertion), true) => "<ins><span class=\"unseen\" lang=\"en\">[put in: </span>",
            (Self::Mark(MarkKind::Insertion), false) => "<ins>",
            (Self::Mark(MarkKind::StageDirection), _) => "<i class=\"stage\">",
            (Self::Mark(MarkKind::EditorNote), _) => "<span class=\"editor-note\">",
            (Self::Match, true) => "<mark><span class=\"unseen\" lang=\"en\">[match: </span>",
            (Self::Telling, true) => "<mark><span class=\"unseen\" lang=\"en\">[gave the label away: </span>",
            (Self::Point, true) => "<mark><span class=\"unseen\" lang=\"en\">[marked: </span>",
            (Self::Match | Self::Telling | Self::Point, false) => "<mark>",
        }
    }

    /// The tag that closes it, at its very end or where it is cut in two.
    const fn close(self, last: bool) -> &'static str {
        match (self, last) {
            (Self::Mark(MarkKind::Strike), true) => "<span class=\"unseen\">]</span></del>",
            (Self::Mark(MarkKind::Strike), false) => "</del>",
            (Self::Mark(MarkKind::Insertion), true) => "<span class=\"unseen\">]</span></ins>",
            (Self::Mark(MarkKind::Insertion), false) => "</ins>",
            (Self::Mark(MarkKind::StageDirection), _) => "</i>",
            (Self::Mark(MarkKind::EditorNote), _) => "</span>",
            (Self::Match | Self::Telling | Self::Point, true) => "<span class=\"unseen\">]</span></mark>",
            (Self::Match | Self::Telling | Self::Point, false) => "</mark>",
        }
    }
}

/// A stretch in bytes with its meaning.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    meaning: Meaning,
}

/// Text as one line in which some words gave an answer label away.
pub fn telling(text: &str, marks: &[Mark], telling: Option<(usize, usize)>) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    write(&mut html, text, &spans(text, marks, telling.as_slice(), Meaning::Telling), " ");
    html
}

/// Text as paragraphs. Marks and matches are offsets in Unicode scalar values.
pub fn paragraphs(text: &str, marks: &[Mark], matches: &[(usize, usize)]) -> String {
    in_paragraphs(text, &spans(text, marks, matches, Meaning::Match))
}

/// The same, where words are marked that something rests on.
pub fn pointed(text: &str, marks: &[Mark], points: &[(usize, usize)]) -> String {
    in_paragraphs(text, &spans(text, marks, points, Meaning::Point))
}

fn in_paragraphs(text: &str, spans: &[Span]) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8 + 16);
    html.push_str("<p>");
    write(&mut html, text, spans, "</p><p>");
    html.push_str("</p>");
    html
}

/// Text as one line; paragraphs are separated by a blank.
pub fn line(text: &str, marks: &[Mark], matches: &[(usize, usize)]) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    write(&mut html, text, &spans(text, marks, matches, Meaning::Match), " ");
    html
}

/// Converts offsets to bytes; what does not lie in the text is dropped.
fn spans(text: &str, marks: &[Mark], matches: &[(usize, usize)], meaning: Meaning) -> Vec<Span> {
    if marks.is_empty() && matches.is_empty() {
        return Vec::new();
    }
    let meant = marks.iter().map(|mark| (mark.start, mark.end, Meaning::Mark(mark.kind)));
    let hits = matches.iter().map(|&(start, end)| (start, end, meaning));
    let offsets: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let mut spans: Vec<Span> = meant
        .chain(hits)
        .filter(|(start, end, _)| start < end)
        .filter_map(|(start, end, meaning)| {
            Some(Span { start: *offsets.get(start)?, end: *offsets.get(end)?, meaning })
        })
        .collect();
    // Of spans that begin together the longer is the outer one.
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans
}

/// Walks the text from one boundary to the next, with the open spans on a stack.
fn write(html: &mut String, text: &str, spans: &[Span], paragraph: &str) {
    let mut boundaries: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).chain([text.len()]).collect();
    boundaries.sort_unstable();
    boundaries.dedup();
    let mut open: Vec<Span> = Vec::new();
    let mut waiting = spans.iter().copied().peekable();
    let mut at = 0;
    for boundary in boundaries {
        write_stretch(html, &text[at..boundary], &open, paragraph);
        at = boundary;
        if let Some(lowest) = open.iter().position(|span| span.end <= boundary) {
            let above = open.split_off(lowest);
            for span in above.iter().rev() {
                html.push_str(span.meaning.close(span.end <= boundary));
            }
            for span in above.into_iter().filter(|span| span.end > boundary) {
                html.push_str(span.meaning.open(false));
                open.push(span);
            }
        }
        while let Some(span) = waiting.next_if(|span| span.start <= boundary) {
            html.push_str(span.meaning.open(true));
            open.push(span);
        }
    }
}

/// Writes escaped text; tags that are open are closed and opened again around a new paragraph.
fn write_stretch(html: &mut String, text: &str, open: &[Span], paragraph: &str) {
    for (i, part) in text.split("\n\n").enumerate() {
        if i > 0 {
            for span in open.iter().rev() {
                html.push_str(span.meaning.close(false));
            }
            html.push_str(paragraph);
            for span in open {
                html.push_str(span.meaning.open(false));
            }
        }
        escape(html, part);
    }
}

/// Escapes for HTML; a single line break stays one.
fn escape(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\n']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "<br>",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(kind: MarkKind, start: usize, end: usize) -> Mark {
        Mark { kind, start, end }
    }

    #[test]
    fn text_is_escaped_and_paragraphs_stay_apart() {
        assert_eq!(
            paragraphs("<b>1 & 2</b>\n\n\"next\"\nline", &[], &[]),
            "<p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p><p>&quot;next&quot;<br>line</p>"
        );
    }

    #[test]
    fn struck_and_inserted_words_say_so_in_words() {
        let html =
            line("the wrong [right] way", &[mark(MarkKind::Strike, 4, 9), mark(MarkKind::Insertion, 10, 17)], &[]);
        assert_eq!(
            html,
            "the <del><span class=\"unseen\" lang=\"en\">[struck out: </span>wrong<span class=\"unseen\">]</span></del> \
             <ins><span class=\"unseen\" lang=\"en\">[put in: </span>[right]<span class=\"unseen\">]</span></ins> way"
        );
    }

    #[test]
    fn overlapping_spans_still_nest() {
        // é is one character and two bytes.
        let html = line("é abc def", &[mark(MarkKind::StageDirection, 2, 7)], &[(4, 9)]);
        assert_eq!(
            html,
            "é <i class=\"stage\">ab<mark><span class=\"unseen\" lang=\"en\">[match: </span>c d</mark></i><mark>ef\
             <span class=\"unseen\">]</span></mark>"
        );
    }

    #[test]
    fn words_that_gave_a_label_away_say_so_in_words() {
        assert_eq!(
            telling("I don’t know.", &[], Some((2, 12))),
            "I <mark><span class=\"unseen\" lang=\"en\">[gave the label away: </span>don’t know\
             <span class=\"unseen\">]</span></mark>."
        );
    }

    #[test]
    fn a_mark_over_two_paragraphs_is_closed_and_opened_again() {
        let html = paragraphs("a\n\nb", &[mark(MarkKind::StageDirection, 0, 4)], &[]);
        assert_eq!(html, "<p><i class=\"stage\">a</i></p><p><i class=\"stage\">b</i></p>");
    }

    #[test]
    fn offsets_outside_the_text_do_no_harm() {
        assert_eq!(line("ab", &[mark(MarkKind::Strike, 1, 9)], &[(2, 2), (5, 1)]), "ab");
    }
}
