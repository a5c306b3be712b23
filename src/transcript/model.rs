//! What reading a source yields: the words in order, who is labelled as saying them, and where each fact came from.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::diagnostic::Diagnostic;

/// The bytes to read and what the outside says about them. Nothing in here is trusted.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The bytes as received.
    pub bytes: &'a [u8],
    /// The file's name or the last part of its address, if there is one. It may hold a date.
    pub name: Option<&'a str>,
}

/// The outcome of reading. Reading never fails: what cannot be understood is a [`Diagnostic`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The format recognised from the content.
    pub format: Format,
    /// The words extracted from the source, without site furniture. Diagnostics and segments point into it.
    pub source_text: String,
    /// What the words are.
    pub transcript: Transcript,
    /// What an editor should know, in order of position.
    pub diagnostics: Vec<Diagnostic>,
}

/// Formats that are read, and those that are only recognised so that the diagnostic can say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text in any encoding.
    Plain,
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// An HTML fragment or a whole web page.
    Html,
    /// PDF with a text layer.
    Pdf,
    /// Office Open XML word processing document.
    Docx,
    /// Web Video Text Tracks captions.
    WebVtt,
    /// `SubRip` captions.
    SubRip,
    /// Recognised, but not readable (an old binary `.doc`, RTF, an image, unknown binary data).
    Unreadable,
}

/// One text of one event, as far as the text itself tells.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Transcript {
    /// What kind of text it is.
    pub kind: Kind,
    /// The title, from the head of the text, the page or the front matter.
    pub title: Option<String>,
    /// Every date found for the event, best first; conflicts are resolved by [`super::dates::choose`].
    pub dates: Vec<DateFound>,
    /// Local time at which the event began, as printed.
    pub starts: Option<LocalTime>,
    /// Local time at which it ended, as printed.
    pub ends: Option<LocalTime>,
    /// Where it was held, as printed ("James S. Brady Press Briefing Room", "Aboard Air Force One").
    pub place: Option<String>,
    /// The body that issued the text ("The White House"), if the text or page says so.
    pub issuer: Option<String>,
    /// The official address of the text, from the page or front matter.
    pub url: Option<String>,
    /// ISO 639-1 code of the language detected, `None` when there are too few words to tell.
    pub language: Option<String>,
    /// Subjects printed in an index at the head ("Index for Today's Briefing"), in order.
    pub subjects: Vec<Subject>,
    /// A line that restricts publication, if there is one.
    pub embargo: Option<Embargo>,
    /// The words, in order: every token of the source text is in a label or in the text of exactly one segment.
    pub segments: Vec<Segment>,
}

/// What kind of text a source is. (The domain calls it `briefing_kind`.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words as spoken, in turns.
    #[default]
    Transcript,
    /// A written text of an office: a readout, an advisory, a message, a list of names.
    Statement,
    /// A news article that quotes people.
    Report,
}

/// A date of the event, with where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateFound {
    /// The date.
    pub date: Date,
    /// Where it was found; the order of the variants is the order of precedence.
    pub origin: DateOrigin,
    /// The words it was read from.
    pub evidence: String,
}

/// Where a date was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrigin {
    /// Given by the person who imports.
    Given,
    /// In the head of the text.
    Head,
    /// In the title.
    Title,
    /// In `index.jsonl` or `manifest.csv` beside the file.
    Sidecar,
    /// In the file's own front matter or page metadata.
    FrontMatter,
    /// In the file's name.
    FileName,
    /// In the address it came from.
    Address,
}

/// A wall-clock time with the zone abbreviation printed beside it ("EDT"), if any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalTime {
    /// The time of day.
    pub time: Time,
    /// The zone as printed, in capitals ("EDT", "GMT", "LOCAL").
    pub zone: Option<String>,
}

/// A line that says when or how the text may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embargo {
    /// The line as printed.
    pub text: String,
    /// Date until which publication is held back, if the line names one.
    pub until: Option<Date>,
    /// Local time on that date.
    pub until_time: Option<LocalTime>,
    /// Whether the words may not be attributed by name ("for background use only").
    pub background: bool,
}

/// A subject of an index at the head, with the points printed below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The subject as printed.
    pub name: String,
    /// The points below it.
    pub points: Vec<String>,
}

/// One stretch of the text: a turn, a heading, a note or a paragraph where nobody is named. (The domain calls it an utterance.)
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// The label as printed, without the colon and surrounding blanks ("MR. KIRBY", "Q"). Only turns have one.
    pub label: Option<String>,
    /// The words, normalised: single blanks, paragraphs joined by a blank line, hard-wrapped lines re-joined.
    pub text: String,
    /// Strikes, insertions, stage directions, notes, as offsets in Unicode scalar values of `text`, in order.
    pub marks: Vec<Mark>,
    /// Where it stands in the source text, `[start, end)` in Unicode scalar values.
    pub source: (usize, usize),
    /// Offset from the beginning of the recording in milliseconds (captions only).
    pub starts_at_ms: Option<u64>,
    /// Who asked, where the text names the reporter.
    pub asked_by: Option<AskedBy>,
}

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// Somebody speaks.
    Turn,
    /// A title, a head line or a section heading.
    Heading,
    /// A place, a time, an editor's note, an end mark: words about the text.
    Note,
    /// A paragraph of a statement or report; or words of a transcript that could not be given to anybody.
    Paragraph,
}

/// A stretch of a segment's text with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it means.
    pub kind: MarkKind,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What a mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Struck out by the issuer: said, but wrong (`<s>supporters</s>`).
    Strike,
    /// Put in by the issuer (`[supporter's]` after a strike, words in square brackets).
    Insertion,
    /// What happens in the room ("(Laughter.)").
    StageDirection,
    /// A reference to, or the text of, an editor's note (`*`).
    EditorNote,
}

/// A reporter named by the text, with the words that name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBy {
    /// The name as printed.
    pub name: String,
    /// The outlet as printed.
    pub outlet: Option<String>,
    /// The words that name them.
    pub evidence: String,
}
