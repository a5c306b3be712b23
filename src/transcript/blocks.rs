//! Blocks: what every format reader yields, so that turns, heads and dates are read once for all formats.
//!
//! A block is a paragraph, heading, list item or rule with its text *as printed*: blanks are not yet collapsed (two
//! blanks after a `Q` are evidence), no-break spaces are kept, `\n` is a line break. Offsets in a block are bytes of its
//! own text; reading turns them into Unicode scalar values of the source text.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;

use super::diagnostic::Diagnostic;

/// What a format reader hands over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The words in reading order, without site furniture, page headers and page numbers.
    pub blocks: Vec<Block>,
    /// What the file says about itself outside its text.
    pub metadata: Metadata,
    /// What an editor should know. An [`super::Severity::Error`] means that the file could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file says about itself outside its text: front matter, `<meta>`, document properties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The day of the event, if a field says so (`date:`).
    pub date: Option<Date>,
    /// The day the text was published, which is usually the day of the event.
    pub published: Option<Date>,
    /// The moment of that, where the file says so.
    pub published_at: Option<Timestamp>,
    /// The official address.
    pub url: Option<String>,
    /// The body that issued the text.
    pub issuer: Option<String>,
    /// The language as declared (`en-US`), only a hint: templates lie.
    pub language: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// The author, where one is named: a sign of an article.
    pub author: Option<String>,
}

/// One paragraph, heading, list item or rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// The words as printed, line breaks as `\n`, without blanks at the ends of the block.
    pub text: String,
    /// What the format says it is.
    pub role: Role,
    /// Whether it is centred on the page: a hint for heads and end marks.
    pub centred: bool,
    /// Whether line breaks in `text` come from typesetting (hard-wrapped plain text): they are joined by a blank, unless
    /// the next line starts a turn. `false`: they are real (`<br/>`, a list of names).
    pub wrapped: bool,
    /// Stretches that the format sets apart, in order of their start.
    pub spans: Vec<Span>,
    /// Where the label stands in `text`, if the format itself marks it. A caption `<v Fred>Hi` becomes the text
    /// `Fred: Hi` with the label `0..4`.
    pub label: Option<Range<usize>>,
    /// Offset from the beginning of the recording in milliseconds (captions only).
    pub starts_at_ms: Option<u64>,
}

impl Block {
    /// A paragraph of body text.
    pub fn body(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What the format says a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// A paragraph.
    #[default]
    Body,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A foot- or endnote.
    Note,
    /// A horizontal rule; its text is empty or the characters it is drawn with.
    Rule,
}

/// A stretch of a block that the format sets apart, `[start, end)` in bytes of the block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// How.
    pub style: Style,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// How a stretch is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Struck out (`<s>`, `<strike>`, `<del>`, `~~`).
    Strike,
    /// Put in (`<ins>`).
    Insertion,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
}
