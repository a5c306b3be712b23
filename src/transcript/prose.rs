//! Normalises words: no-break spaces to spaces, runs of blanks to one, hard-wrapped lines re-joined, paragraphs kept.

use std::ops::Range;

use super::blocks::{Span, Style};
use super::document::{Document, cut};
use super::marks;
use super::model::{Mark, MarkKind};

/// A stretch of one block that belongs to a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The block.
    pub block: usize,
    /// Where in the source text.
    pub range: Range<usize>,
}

/// Joins the parts of one segment into its text and finds the marks on it.
pub fn join(document: &Document, parts: &[Part]) -> (String, Vec<Mark>) {
    let mut writer = Writer::default();
    for part in parts {
        let Some(block) = document.blocks.get(part.block) else { continue };
        writer.paragraph();
        let spans = block.spans.iter().filter(|span| span.start < part.range.end && span.end > part.range.start);
        let spans: Vec<Span> = spans.filter(|span| mark_of(span.style).is_some()).copied().collect();
        writer.part(document.get(part.range.clone()), part.range.start, block.wrapped, &spans);
    }
    let Writer { text, mut found, .. } = writer;
    marks::add(&text, &mut found);
    (text, found)
}

/// One line, normalised.
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mark_of(style: Style) -> Option<MarkKind> {
    match style {
        Style::Strike => Some(MarkKind::Strike),
        Style::Insertion => Some(MarkKind::Insertion),
        Style::Bold | Style::Italic | Style::Underline => None,
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    scalars: usize,
    blank: bool,
    /// A real line break was the last thing read; what it means depends on the words to come.
    broken: bool,
    found: Vec<Mark>,
}

impl Writer {
    /// Begins a new paragraph, unless nothing was written yet.
    fn paragraph(&mut self) {
        self.blank = false;
        self.broken = false;
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str("\n\n");
            self.scalars += 2;
        }
    }

    fn part(&mut self, text: &str, at: usize, wrapped: bool, spans: &[Span]) {
        if spans.is_empty() {
            self.plain(text, wrapped);
        } else {
            self.spanned(text, at, wrapped, spans);
        }
        if self.text.ends_with("\n\n") {
            self.text.truncate(self.text.len() - 2);
            self.scalars -= 2;
        }
        self.blank = false;
        self.broken = false;
    }

    fn plain(&mut self, text: &str, wrapped: bool) {
        let mut first = true;
        for line in text.split('\n') {
            if !first {
                self.broken |= !wrapped;
                self.blank = true;
            }
            first = false;
            self.settle(line);
            self.words(line);
        }
    }

    /// A real line break is a new paragraph, unless the sentence visibly goes on. The words that tell may stand in a
    /// span of their own behind the break.
    fn settle(&mut self, next: &str) {
        let next = next.trim_start();
        if !self.broken || next.is_empty() {
            return;
        }
        self.broken = false;
        let goes_on = next.starts_with(|c: char| c.is_lowercase() || ",;)".contains(c))
            && !self.text.ends_with(['.', '?', '!', ':', ')', '”', '"']);
        if !goes_on {
            self.paragraph();
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.blank = true;
                continue;
            }
            if self.blank && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
                self.scalars += 1;
            }
            self.blank = false;
            self.text.push(c);
            self.scalars += 1;
        }
    }

    /// The same, noting where spans begin and end.
    fn spanned(&mut self, text: &str, at: usize, wrapped: bool, spans: &[Span]) {
        let mut done = 0;
        for span in spans {
            let start = span.start.saturating_sub(at).clamp(done, text.len());
            let end = span.end.saturating_sub(at).clamp(start, text.len());
            self.plain(cut(text, done..start), wrapped);
            let struck = cut(text, start..end);
            if !struck.trim().is_empty() {
                self.broken |=
                    !wrapped && struck.split(|c: char| !c.is_whitespace()).next().unwrap_or_default().contains('\n');
                self.settle(struck);
                let ahead = usize::from(
                    (self.blank || struck.starts_with(char::is_whitespace))
                        && !self.text.is_empty()
                        && !self.text.ends_with('\n'),
                );
                let begins = self.scalars + ahead;
                self.plain(struck, wrapped);
                if let Some(kind) = mark_of(span.style) {
                    self.found.push(Mark { kind, start: begins, end: self.scalars });
                }
            }
            done = end;
        }
        self.plain(cut(text, done..text.len()), wrapped);
    }
}
