//! The words of a document, a footnote part or a cell, as blocks.

use std::collections::HashMap;

use super::package::Problem;
use super::styles::{Look, Styles};
use super::xml::{Element, Step, walk};
use crate::transcript::blocks::{Block, Role, Span, Style};

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    /// Whether the part ends before it should.
    pub(super) damaged: bool,
    /// Whether there are tracked changes.
    pub(super) tracked: bool,
}

/// The numbers that foot- and endnotes have in the text, by element and id.
#[derive(Debug, Default)]
pub(super) struct Notes {
    numbers: HashMap<(&'static str, String), usize>,
}

impl Body {
    /// Reads the main part.
    pub(super) fn read(text: &str, styles: &Styles, notes: &mut Notes) -> Result<Self, Problem> {
        let mut writer = Writer::new(styles);
        let damaged = walk(text, |step| writer.step(&step, notes))?;
        Ok(writer.finish(damaged))
    }
}

/// Reads the notes that the text refers to, in the order of their numbers.
pub(super) fn read_notes(text: &str, element: &str, styles: &Styles, notes: &Notes) -> Result<Body, Problem> {
    let mut writer = Writer::new(styles);
    let mut ignored = Notes::default();
    let mut number = None;
    let mut found: Vec<(usize, Block)> = Vec::new();
    let damaged = walk(text, |step| {
        match &step {
            Step::Start(start) if start.name() == element => {
                let id = start.attribute("id").unwrap_or_default();
                number =
                    notes.numbers.iter().find(|((kind, known), _)| *kind == element && *known == id).map(|(_, n)| *n);
            }
            Step::End(name) if *name == element => {
                let blocks = std::mem::take(&mut writer.blocks);
                if let Some(number) = number.take() {
                    let mark = |first: bool| if first { format!("{} ", superscript(number)) } else { String::new() };
                    found.extend(
                        blocks.into_iter().enumerate().map(|(at, block)| (number, prefixed(block, &mark(at == 0)))),
                    );
                }
            }
            _ => {}
        }
        writer.step(&step, &mut ignored);
    })?;
    found.sort_by_key(|(number, _)| *number);
    let tracked = writer.tracked;
    Ok(Body { blocks: found.into_iter().map(|(_, block)| block).collect(), damaged, tracked })
}

/// A paragraph being written.
#[derive(Debug, Default)]
struct Paragraph {
    block: Block,
    look: Look,
    run: Look,
    underline: bool,
}

/// A table row being written: the paragraphs of each cell.
type Row = Vec<Vec<Block>>;

struct Writer<'a> {
    styles: &'a Styles,
    blocks: Vec<Block>,
    /// Text boxes stand inside paragraphs.
    open: Vec<Paragraph>,
    rows: Vec<Row>,
    /// Inside what is not shown: fallbacks of pictures, moved-away text, field codes.
    hidden: usize,
    deleted: usize,
    inserted: usize,
    in_run: bool,
    in_text: bool,
    tracked: bool,
}

impl<'a> Writer<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            blocks: Vec::new(),
            open: Vec::new(),
            rows: Vec::new(),
            hidden: 0,
            deleted: 0,
            inserted: 0,
            in_run: false,
            in_text: false,
            tracked: false,
        }
    }

    fn finish(mut self, damaged: bool) -> Body {
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        while !self.rows.is_empty() {
            self.end_row();
        }
        Body { blocks: self.blocks, damaged, tracked: self.tracked }
    }

    fn step(&mut self, step: &Step<'_>, notes: &mut Notes) {
        match step {
            Step::Start(element) => self.start(element, notes),
            Step::End(name) => self.end(name),
            Step::Text(text) if self.in_text => self.write(text),
            Step::Text(_) => {}
        }
    }

    fn start(&mut self, element: &Element<'_>, notes: &mut Notes) {
        match element.name() {
            "Fallback" | "moveFrom" | "instrText" | "delInstrText" => self.hidden += 1,
            "del" => self.deleted += 1,
            "ins" | "moveTo" => self.inserted += 1,
            "p" => self.open.push(Paragraph::default()),
            "r" => {
                self.in_run = true;
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.run = Look { heading: None, ..paragraph.look };
                    paragraph.underline = false;
                }
            }
            "t" | "delText" => self.in_text = true,
            "tab" if self.in_run => self.write("\t"),
            "br" | "cr" if self.in_run => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => self.write("\u{2022}"),
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(Vec::new());
                }
            }
            "footnoteReference" => self.refer("footnote", element, notes),
            "endnoteReference" => self.refer("endnote", element, notes),
            _ => self.property(element),
        }
    }

    /// How a paragraph or a run looks.
    fn property(&mut self, element: &Element<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let run = self.in_run;
        match element.name() {
            "pStyle" => {
                paragraph.look = self.styles.look(&element.attribute("val").unwrap_or_default());
                paragraph.block.centred |= paragraph.look.centred;
                if let Some(level) = paragraph.look.heading {
                    paragraph.block.role = Role::Heading(level);
                }
            }
            "rStyle" if run => {
                let style = self.styles.look(&element.attribute("val").unwrap_or_default());
                paragraph.run.bold |= style.bold;
                paragraph.run.italic |= style.italic;
                paragraph.run.strike |= style.strike;
                paragraph.run.hidden |= style.hidden;
            }
            "jc" => paragraph.block.centred = element.attribute("val").as_deref() == Some("center"),
            "outlineLvl" => {
                if let Some(level) = element.attribute("val").and_then(|level| level.parse::<u8>().ok())
                    && level < 6
                {
                    paragraph.block.role = Role::Heading(level + 1);
                }
            }
            "numPr" if paragraph.block.role == Role::Body => paragraph.block.role = Role::Item,
            "b" if run => paragraph.run.bold = element.is_on(),
            "i" if run => paragraph.run.italic = element.is_on(),
            "u" if run => paragraph.underline = element.is_on(),
            "strike" | "dstrike" if run => paragraph.run.strike = element.is_on(),
            "vanish" if run => paragraph.run.hidden = element.is_on(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" | "moveFrom" | "instrText" | "delInstrText" => self.hidden = self.hidden.saturating_sub(1),
            "del" => self.deleted = self.deleted.saturating_sub(1),
            "ins" | "moveTo" => self.inserted = self.inserted.saturating_sub(1),
            "t" | "delText" => self.in_text = false,
            "r" => self.in_run = false,
            "p" => self.end_paragraph(),
            "tr" => self.end_row(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        if self.hidden > 0 || paragraph.run.hidden {
            return;
        }
        let start = paragraph.block.text.len();
        // A line end in the file is nothing but a blank; soft hyphens are for the typesetter.
        if self.in_text {
            paragraph
                .block
                .text
                .extend(text.chars().filter(|c| *c != '\u{AD}').map(|c| if c == '\n' { ' ' } else { c }));
        } else {
            paragraph.block.text.push_str(text);
        }
        let end = paragraph.block.text.len();
        let words = !text.trim().is_empty();
        self.tracked |= words && self.deleted + self.inserted > 0;
        let marks = [
            (Style::Strike, paragraph.run.strike || self.deleted > 0),
            (Style::Insertion, self.inserted > 0 && self.deleted == 0),
            (Style::Bold, paragraph.run.bold),
            (Style::Italic, paragraph.run.italic),
            (Style::Underline, paragraph.underline),
        ];
        for (style, _) in marks.into_iter().filter(|(_, on)| *on && end > start) {
            let last = paragraph.block.spans.iter_mut().rev().find(|span| span.style == style && span.end == start);
            match last {
                Some(span) => span.end = end,
                None => paragraph.block.spans.push(Span { style, start, end }),
            }
        }
    }

    /// A raised number in the text, the same that stands before the note.
    fn refer(&mut self, kind: &'static str, element: &Element<'_>, notes: &mut Notes) {
        let number = notes.numbers.len() + 1;
        if let Some(id) = element.attribute("id").filter(|_| self.hidden == 0) {
            let number = *notes.numbers.entry((kind, id)).or_insert(number);
            // An own sign ("*") stands in the text already.
            if element.attribute("customMarkFollows").is_none() {
                self.write(&superscript(number));
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let block = trimmed(paragraph.block);
        if block.text.is_empty() {
            return;
        }
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.push(block),
            None => self.blocks.push(block),
        }
    }

    /// A row whose first cell is short is a label and what was said; other cells are paragraphs.
    fn end_row(&mut self) {
        let Some(mut cells) = self.rows.pop() else { return };
        cells.retain(|cell| !cell.is_empty());
        let is_label = matches!(cells.as_slice(), [first, _, ..] if matches!(first.as_slice(), [only] if only.text.chars().count() <= 60));
        let mut blocks: Vec<Block> = cells.into_iter().flatten().collect();
        if is_label && blocks.len() >= 2 {
            let label = blocks.remove(0);
            if let Some(first) = blocks.first_mut() {
                let words = prefixed(std::mem::take(first), &format!("{}\t", label.text));
                let spans = label.spans.into_iter().chain(words.spans.clone()).collect();
                *first = Block { spans, ..words };
            }
        }
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.extend(blocks),
            None => self.blocks.extend(blocks),
        }
    }
}

/// A block with something in front.
fn prefixed(block: Block, prefix: &str) -> Block {
    let at = prefix.len();
    let spans = block.spans.iter().map(|span| Span { start: span.start + at, end: span.end + at, ..*span }).collect();
    Block { text: format!("{prefix}{}", block.text), spans, ..block }
}

/// Without blanks at the ends.
fn trimmed(mut block: Block) -> Block {
    block.text.truncate(block.text.trim_end().len());
    let cut = block.text.len() - block.text.trim_start().len();
    block.text.drain(..cut);
    let end = block.text.len();
    block.spans.retain_mut(|span| {
        (span.start, span.end) = (span.start.saturating_sub(cut), span.end.saturating_sub(cut).min(end));
        span.end > span.start
    });
    block.spans.sort_by_key(|span| (span.start, span.end));
    block
}

/// A number in raised digits, as it is printed.
fn superscript(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().chars().filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize)).collect()
}
