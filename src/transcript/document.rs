//! A document: the blocks of a source laid end to end in one source text, with their places in it.

use std::ops::Range;

use super::blocks::{Block, Role, Span};

/// The source text and where each block stands in it. All places in here are bytes of the source text.
#[derive(Debug, Default)]
pub struct Document {
    /// The words as extracted, blocks separated by a blank line.
    pub text: String,
    /// The blocks in order; empty ones are gone, except rules.
    pub blocks: Vec<Placed>,
}

/// A block and its place.
#[derive(Debug)]
pub struct Placed {
    /// Where its text stands.
    pub range: Range<usize>,
    /// What the format says it is.
    pub role: Role,
    /// Whether it is centred.
    pub centred: bool,
    /// Whether its line breaks come from typesetting.
    pub wrapped: bool,
    /// Stretches set apart.
    pub spans: Vec<Span>,
    /// Its label, where the format itself marks one.
    pub label: Option<Range<usize>>,
    /// Offset from the beginning of the recording.
    pub starts_at_ms: Option<u64>,
}

impl Document {
    /// Lays the blocks end to end. Blocks without a letter or digit in them are dropped, except rules.
    pub fn new(blocks: Vec<Block>) -> Self {
        let mut document = Self::default();
        for block in blocks {
            document.push(&block);
        }
        document
    }

    fn push(&mut self, block: &Block) {
        let trimmed = block.text.trim();
        let drawn = trimmed.chars().all(|c| !c.is_alphanumeric());
        if trimmed.is_empty() || (drawn && is_drawn_rule(trimmed)) || block.role == Role::Rule {
            if block.role == Role::Rule || drawn && trimmed.chars().count() >= 3 {
                let at = self.text.len();
                self.blocks.push(Placed { range: at..at, role: Role::Rule, ..Placed::of(block, 0) });
            }
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let skipped = block.text.len() - block.text.trim_start().len();
        let at = self.text.len();
        self.text.push_str(trimmed);
        let mut placed = Placed::of(block, 0);
        placed.range = at..self.text.len();
        let end = trimmed.len();
        let place = |byte: usize| at + byte.saturating_sub(skipped).min(end);
        placed.spans = block
            .spans
            .iter()
            .map(|span| Span { style: span.style, start: place(span.start), end: place(span.end) })
            .collect();
        placed.label = block.label.as_ref().map(|label| place(label.start)..place(label.end));
        self.blocks.push(placed);
    }

    /// The text of a place; empty if the place is not one.
    pub fn get(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
}

impl Placed {
    fn of(block: &Block, at: usize) -> Self {
        Self {
            range: at..at,
            role: block.role,
            centred: block.centred,
            wrapped: block.wrapped,
            spans: Vec::new(),
            label: None,
            starts_at_ms: block.starts_at_ms,
        }
    }
}

/// `---`, `____`, `***`, `###`, `* * *`: drawn, not said.
pub fn is_drawn_rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_whitespace() || "-_=*~#—–─•·.…".contains(c)) && !is_dots(text)
}

/// `. . .` and `…` are a pause that somebody made.
fn is_dots(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || ".…".contains(c))
}

/// A stretch of a text; empty if the bounds are not ones. Never panics, unlike indexing.
pub fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Turns bytes of a text into Unicode scalar values; quick when asked in order.
#[derive(Debug)]
pub struct Scalars<'a> {
    text: &'a str,
    byte: usize,
    scalar: usize,
}

impl<'a> Scalars<'a> {
    /// Starts at the beginning of the text.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, scalar: 0 }
    }

    /// How many Unicode scalar values stand before this byte.
    pub fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.scalar) = (0, 0);
        }
        self.scalar += cut(self.text, self.byte..byte).chars().count();
        self.byte = byte;
        self.scalar
    }
}
