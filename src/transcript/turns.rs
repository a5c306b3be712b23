//! Splits a document into its pieces: head, turns, headings, notes, with every word in exactly one of them.

use std::ops::Range;

use super::blocks::{Role, Style};
use super::document::{Document, Placed, cut, is_drawn_rule};
use super::embargo;
use super::evidence::Start;
use super::head::{Head, HeadLine};
use super::head_words::has_title_word;
use super::model::{LocalTime, SegmentKind};
use super::prose::{self, Part};
use super::times;

/// What becomes a segment.
#[derive(Debug)]
pub struct Piece {
    /// What it is.
    pub kind: SegmentKind,
    /// The label, in the source text.
    pub label: Option<Range<usize>>,
    /// The words.
    pub parts: Vec<Part>,
    /// Whether all of it is a note of the editors.
    pub editors: bool,
    /// Offset from the beginning of the recording.
    pub starts_at_ms: Option<u64>,
}

/// The pieces and what was learned on the way.
#[derive(Debug)]
pub struct Split {
    /// In order.
    pub pieces: Vec<Piece>,
    /// The head.
    pub head: Head,
    /// When it ended.
    pub ends: Option<LocalTime>,
}

/// Splits the document at the starts of turns.
pub fn split(document: &Document, starts: &[Start], title: Option<String>) -> Split {
    let mut splitter = Splitter {
        document,
        last: starts.last().map(|start| start.label.start),
        pieces: Vec::new(),
        head: Head::new(title, titled_ahead(document, starts)),
        state: State::Head,
        ends: None,
        video: false,
    };
    let mut starts = starts.iter().peekable();
    for (block, placed) in document.blocks.iter().enumerate() {
        if placed.role == Role::Rule {
            splitter.rule(block);
            continue;
        }
        let mut cursor = placed.range.start;
        while let Some(start) = starts.next_if(|start| start.block == block) {
            splitter.stretch(block, cursor..start.label.start);
            splitter.turn(block, start);
            cursor = start.words.max(start.label.end);
        }
        splitter.stretch(block, cursor..placed.range.end);
    }
    Split { pieces: splitter.pieces, head: splitter.head, ends: splitter.ends }
}

/// Whether a line of the head is worded like a title, so that the first line need not serve as one.
fn titled_ahead(document: &Document, starts: &[Start]) -> bool {
    let end = starts.first().map_or(document.text.len(), |start| start.label.start);
    let head = document.get(0..end);
    head.split('\n').filter(|line| !line.trim().is_empty()).take(15).any(|line| {
        line.split_whitespace().count() <= 40 && !line.trim_end().ends_with('.') && has_title_word(&line.to_uppercase())
    })
}

/// More lines than any head has.
const LONGEST_HEAD: usize = 400;

/// Where in the text the splitter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first turn, or before the first sentence of a text without turns.
    Head,
    /// In the words of somebody.
    Turn,
    /// After a heading inside somebody's words.
    Interrupted,
    /// In words of nobody known.
    Loose,
    /// After the end.
    Ended,
}

struct Splitter<'a> {
    document: &'a Document,
    /// Where the last label stands.
    last: Option<usize>,
    pieces: Vec<Piece>,
    head: Head,
    state: State,
    ends: Option<LocalTime>,
    video: bool,
}

impl Splitter<'_> {
    /// A rule between turns ends the words of the speaker where the layout puts rules between speakers.
    fn rule(&mut self, block: usize) {
        if self.state != State::Turn {
            return;
        }
        let next = self.document.blocks.get(block + 1);
        let line = next.map_or("", |next| self.document.get(next.range.clone()).split('\n').next().unwrap_or_default());
        if line.starts_with('(') && line.to_uppercase() == line {
            self.state = State::Loose;
            self.video = true;
        }
    }

    fn turn(&mut self, block: usize, start: &Start) {
        self.state = State::Turn;
        self.video = false;
        self.pieces.push(Piece {
            kind: SegmentKind::Turn,
            label: Some(start.label.clone()),
            parts: Vec::new(),
            editors: false,
            starts_at_ms: self.document.blocks.get(block).and_then(|placed| placed.starts_at_ms),
        });
    }

    /// Words between two labels, or between a label and the end of its block.
    fn stretch(&mut self, block: usize, range: Range<usize>) {
        let document = self.document;
        let Some(placed) = document.blocks.get(block) else { return };
        if document.get(range.clone()).trim().is_empty() {
            return;
        }
        for line in lines(document, placed, range, self.state == State::Head) {
            self.line(block, placed, line);
        }
    }

    fn line(&mut self, block: usize, placed: &Placed, range: Range<usize>) {
        let raw = self.document.get(range.clone());
        if raw.trim().is_empty() || is_drawn_rule(raw.trim()) {
            return;
        }
        let text = prose::line(raw);
        let after_last = self.last.is_none_or(|last| range.start > last);
        if self.state == State::Ended {
            self.after_the_end(block, range, &text, after_last);
        } else if self.is_end(&text, range.end, after_last) {
            if let Some((time, _)) = times::first(&text) {
                self.ends = Some(time);
            }
            self.push(SegmentKind::Note, block, range);
            // Behind an end that is none a second text begins, with a head of its own.
            self.state = if after_last { State::Ended } else { State::Head };
        } else if self.state == State::Head {
            self.head_line(block, placed, range);
        } else if is_heading(&text, placed) {
            self.push(SegmentKind::Heading, block, range);
            self.state = if self.state == State::Loose { State::Loose } else { State::Interrupted };
        } else if after_last && self.last.is_some() && is_editors(&text) && self.words_after(range.end) < 400 {
            self.push(SegmentKind::Note, block, range);
            self.editors();
        } else {
            self.words(block, range, &text);
        }
    }

    fn after_the_end(&mut self, block: usize, range: Range<usize>, text: &str, after_last: bool) {
        if self.ends.is_none()
            && let Some(time) = times::only(text)
        {
            self.ends = Some(time);
        }
        let editors = is_editors(text);
        let kind = if after_last { SegmentKind::Note } else { SegmentKind::Paragraph };
        self.push(kind, block, range);
        if editors {
            self.editors();
        }
    }

    fn editors(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.editors = true;
        }
    }

    fn head_line(&mut self, block: usize, placed: &Placed, range: Range<usize>) {
        let raw = self.document.get(range.clone());
        let bold = placed.spans.iter().any(|span| {
            span.style == Style::Bold && span.start <= range.start && span.end + 2 >= range.start + raw.trim_end().len()
        });
        // No head is this long: these are words of nobody.
        if self.pieces.len() > LONGEST_HEAD {
            self.push(SegmentKind::Paragraph, block, range);
            return;
        }
        let kind = self.head.take(raw, placed, bold);
        let goes_on = matches!(kind, HeadLine::Title | HeadLine::Subtitle)
            && self.pieces.last().is_some_and(|piece| {
                piece.kind == SegmentKind::Heading && piece.parts.last().is_some_and(|part| part.block == block)
            });
        if goes_on {
            self.add(block, range);
        } else {
            self.push(kind.kind(), block, range);
        }
        match kind {
            HeadLine::Note => self.editors(),
            HeadLine::Prose if self.last.is_none() => self.state = State::Loose,
            _ => {}
        }
    }

    fn words(&mut self, block: usize, range: Range<usize>, text: &str) {
        match self.state {
            State::Turn => self.add(block, range),
            State::Interrupted => {
                // The same speaker goes on after a heading: a turn whose label is not printed again.
                self.push(SegmentKind::Turn, block, range);
                self.state = State::Turn;
            }
            State::Head | State::Loose | State::Ended => {
                let aside = self.video && text.starts_with('(') && text.ends_with(')');
                let kind = if aside { SegmentKind::Note } else { SegmentKind::Paragraph };
                let embargo = embargo::read(text);
                if self.head.embargo.is_none() {
                    self.head.embargo = embargo;
                }
                self.push(kind, block, range);
            }
        }
    }

    fn push(&mut self, kind: SegmentKind, block: usize, range: Range<usize>) {
        let starts_at_ms = self.document.blocks.get(block).and_then(|placed| placed.starts_at_ms);
        self.pieces.push(Piece { kind, label: None, parts: vec![Part { block, range }], editors: false, starts_at_ms });
    }

    fn add(&mut self, block: usize, range: Range<usize>) {
        let Some(piece) = self.pieces.last_mut() else { return };
        // Lines of the same block that follow each other are one part, so that their breaks are read together.
        if let Some(part) = piece.parts.last_mut()
            && part.block == block
            && cut(&self.document.text, part.range.end..range.start).trim().is_empty()
        {
            part.range.end = range.end;
        } else {
            piece.parts.push(Part { block, range });
        }
    }

    fn words_after(&self, at: usize) -> usize {
        cut(&self.document.text, at..self.document.text.len()).split_whitespace().take(500).count()
    }

    /// Whether a line marks the end: `END`, a bare time behind the last turn, "(The briefing was concluded at ...)".
    fn is_end(&self, text: &str, at: usize, after_last: bool) -> bool {
        if self.state == State::Head && self.last.is_some() {
            return false;
        }
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        if bare == "END" || bare.strip_prefix("END").is_some_and(|rest| times::only(rest).is_some()) {
            return true;
        }
        if !after_last || self.last.is_none() {
            return false;
        }
        // "—000—", "-30-": the end as agencies draw it.
        let drawn = text.starts_with(['-', '—', '–', '#', '*'])
            && !bare.is_empty()
            && (bare == "30" || bare.chars().all(|c| "0oO-—–".contains(c)));
        if drawn {
            return true;
        }
        let lower = bare.to_lowercase();
        let short = text.split_whitespace().count() < 20;
        let said = ENDINGS.split('|').any(|start| lower.starts_with(start));
        let told = || times::first(text).is_some() || lower.contains("conclu");
        let bracketed = text.starts_with(['(', '[']) && !lower.contains("laughter") && told();
        let ends = short && (said || bracketed) || times::only(text).is_some();
        ends && self.document.text.len() - at < 20_000 && self.words_after(at) < 150
    }
}

/// How a line begins that says that it is over.
const ENDINGS: &str = "end of|whereupon|the briefing was concluded|the briefing ended|briefing concluded|\
    the press briefing concluded|the press conference concluded|the call concluded|(end|se levanta";

/// `*Correction: ...` and the like, but no heading with stars.
pub fn is_editors(text: &str) -> bool {
    let lower = text.trim_start_matches(['*', ' ']).to_lowercase();
    let stars = text.starts_with('*') && !is_starred_heading(text);
    let said = ["editor’s note", "editor's note", "please see below", "note:", "correction:", "clarification:"];
    stars || said.iter().any(|start| lower.starts_with(start))
}

/// `**Guatemala`, as the United Nations print it.
pub fn is_starred_heading(text: &str) -> bool {
    let rest = text.strip_prefix("**").or_else(|| text.strip_prefix("* ")).map(str::trim_start);
    rest.is_some_and(|rest| {
        let lower = rest.to_lowercase();
        rest.split_whitespace().count() <= 12
            && rest.starts_with(char::is_uppercase)
            && !rest.ends_with(['.', '?', '!', ':'])
            && !["please", "note", "correct", "clarif", "below", "editor"].iter().any(|start| lower.starts_with(start))
    })
}

/// A heading of the format, or one with stars.
fn is_heading(text: &str, placed: &Placed) -> bool {
    matches!(placed.role, Role::Heading(_)) || is_starred_heading(text)
}

/// The lines of a stretch. Lines that were only wrapped count as one, except short ones in a head.
fn lines(document: &Document, placed: &Placed, range: Range<usize>, head: bool) -> Vec<Range<usize>> {
    let text = document.get(range.clone());
    let long = text.split('\n').rev().skip(1).any(|line| line.trim().chars().count() > 58);
    if placed.wrapped && (long || !head) {
        return vec![range];
    }
    let mut lines = Vec::new();
    let mut at = range.start;
    for line in text.split('\n') {
        lines.push(at..at + line.len());
        at += line.len() + 1;
    }
    lines
}
