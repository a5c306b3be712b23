//! From glyphs with places to lines of words.

use super::columns;
use super::glyphs::Glyph;
use crate::transcript::blocks::{Span, Style};

/// A gap wider than this part of the font size separates words. Spaces are about a quarter, kerning is far less.
const WORD_GAP: f32 = 0.15;
/// A gap wider than this separates columns, or a label from its words; it stays visible as several blanks.
const COLUMN_GAP: f32 = 1.2;

/// A line of words on a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    /// The page, from 0.
    pub(super) page: usize,
    /// Where its first glyph begins.
    pub(super) x0: f32,
    /// Where its last glyph ends.
    pub(super) x1: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// The size of most of its glyphs.
    pub(super) size: f32,
    /// The words as printed.
    pub(super) text: String,
    /// Bold and slanted stretches.
    pub(super) spans: Vec<Span>,
    /// Where each word begins: byte of the text, place of its beginning and end.
    pub(super) words: Vec<(usize, f32, f32)>,
}

/// The lines of a page from top to bottom.
pub(super) fn of_page(page: usize, mut glyphs: Vec<Glyph>) -> Vec<Line> {
    let count = |quarter: u8| glyphs.iter().filter(|glyph| glyph.quarter == quarter).count();
    let upright = (0..4).max_by_key(|quarter| (count(*quarter), 4 - quarter)).unwrap_or(0);
    // What is written across the others is a stamp in the margin.
    glyphs.retain(|glyph| glyph.quarter == upright && glyph.size > 0.1);
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if row.takes(&glyph) => row.push(glyph),
            _ => {
                let mut row = Row { y: glyph.y, size: glyph.size, glyphs: Vec::new() };
                row.push(glyph);
                rows.push(row);
            }
        }
    }
    columns::unfold(rows).into_iter().filter_map(|row| row.line(page)).collect()
}

/// Glyphs that stand side by side, raised and lowered ones included.
#[derive(Debug)]
pub(super) struct Row {
    /// The baseline.
    pub(super) y: f32,
    /// The size of the largest.
    pub(super) size: f32,
    /// The glyphs, in any order.
    pub(super) glyphs: Vec<Glyph>,
}

impl Row {
    fn takes(&self, glyph: &Glyph) -> bool {
        (self.y - glyph.y).abs() <= 0.45 * self.size.max(glyph.size)
    }

    fn push(&mut self, glyph: Glyph) {
        // The largest letters stand on the line, smaller ones may be raised.
        if glyph.size > self.size {
            (self.y, self.size) = (glyph.y, glyph.size);
        }
        self.glyphs.push(glyph);
    }

    fn line(mut self, page: usize) -> Option<Line> {
        self.glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut line = Line { page, y: self.y, x0: f32::MAX, x1: f32::MIN, ..Line::default() };
        let mut before: Option<&Glyph> = None;
        for glyph in &self.glyphs {
            // Printed twice with a tiny shift to look bold.
            let again = before.is_some_and(|before| {
                before.text == glyph.text
                    && (before.x0 - glyph.x0).abs() < 0.1 * glyph.size
                    && !glyph.text.trim().is_empty()
            });
            if again {
                continue;
            }
            line.add(before, glyph);
            before = Some(glyph);
        }
        line.size = common_size(&self.glyphs);
        line.finish()
    }
}

impl Line {
    fn add(&mut self, before: Option<&Glyph>, glyph: &Glyph) {
        if let Some(before) = before {
            let size = before.size.max(glyph.size);
            let gap = glyph.x0 - before.x1;
            if gap > COLUMN_GAP * size {
                self.text.push_str("    ");
            } else if gap > WORD_GAP * size && !self.text.ends_with(' ') && !glyph.text.starts_with(' ') {
                self.text.push(' ');
            }
        }
        if glyph.text.trim().is_empty() {
            self.text.push_str(&glyph.text);
            return;
        }
        let start = self.text.len();
        // A no-break space ties words together: for the typesetter they are one.
        if self.words.is_empty() || self.text.ends_with(' ') {
            self.words.push((start, glyph.x0, glyph.x1));
        } else if let Some(word) = self.words.last_mut() {
            word.2 = glyph.x1;
        }
        self.text.push_str(&glyph.text);
        self.x0 = self.x0.min(glyph.x0);
        self.x1 = self.x1.max(glyph.x1);
        let end = self.text.len();
        if glyph.bold {
            self.mark(Style::Bold, start, end);
        }
        if glyph.italic {
            self.mark(Style::Italic, start, end);
        }
    }

    /// Marks a stretch; what follows the last one of its kind after nothing but blanks makes it longer.
    fn mark(&mut self, style: Style, start: usize, end: usize) {
        let text = &self.text;
        let last = self.spans.iter_mut().rev().find(|span| span.style == style);
        match last.filter(|span| text.get(span.end..start).is_some_and(|between| between.trim().is_empty())) {
            Some(span) => span.end = end,
            None => self.spans.push(Span { style, start, end }),
        }
    }

    /// Takes away the first word, which is a number in the margin.
    pub(super) fn behead(&mut self) {
        let Some(&(cut, x0, _)) = self.words.get(1) else {
            *self = Self { page: self.page, y: self.y, size: self.size, ..Self::default() };
            return;
        };
        self.text = self.text.split_off(cut.min(self.text.len()));
        self.x0 = x0;
        self.words.remove(0);
        for word in &mut self.words {
            word.0 = word.0.saturating_sub(cut);
        }
        self.spans.retain_mut(|span| {
            (span.start, span.end) = (span.start.saturating_sub(cut), span.end.saturating_sub(cut));
            span.end > span.start
        });
    }

    /// Without blanks at the ends; `None` without words.
    fn finish(mut self) -> Option<Self> {
        self.text.truncate(self.text.trim_end().len());
        let cut = self.text.len() - self.text.trim_start().len();
        self.text.drain(..cut);
        for word in &mut self.words {
            word.0 = word.0.saturating_sub(cut);
        }
        for span in &mut self.spans {
            (span.start, span.end) = (span.start.saturating_sub(cut), span.end.saturating_sub(cut));
        }
        self.spans.sort_by_key(|span| (span.start, span.end));
        (!self.text.is_empty()).then_some(self)
    }
}

/// The size that most glyphs have, so that a raised number or a large initial does not count.
fn common_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> =
        glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}
