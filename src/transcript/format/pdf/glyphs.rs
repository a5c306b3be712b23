//! Runs the content of a page and notes every glyph with its place, without drawing anything.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::cmap::utf_16;
use super::font::Font;
use super::matrix::Matrix;

/// Forms in forms in forms: more than this is a circle.
const MAX_DEPTH: usize = 8;
/// `q` without `Q`.
const MAX_STACK: usize = 256;

/// A glyph, or a few that belong together, on its page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Where it begins, from the left.
    pub(super) x0: f32,
    /// Where it ends.
    pub(super) x1: f32,
    /// Its baseline, from the bottom.
    pub(super) y: f32,
    /// The size of its font.
    pub(super) size: f32,
    /// The direction it is written in: quarters of a turn, anticlockwise.
    pub(super) quarter: u8,
    /// Its text.
    pub(super) text: String,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it is slanted.
    pub(super) italic: bool,
}

/// What a whole document may take; hostile files run out of it.
#[derive(Debug)]
pub(super) struct Budget {
    /// Bytes that streams may unfold to.
    pub(super) bytes: usize,
    /// Operations.
    pub(super) operations: usize,
    /// Glyphs.
    pub(super) glyphs: usize,
    /// Whether something had to be left out.
    pub(super) exceeded: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: 96 << 20, operations: 12_000_000, glyphs: 3_000_000, exceeded: false }
    }
}

/// Fonts already read, by their object.
pub(super) type Fonts = HashMap<ObjectId, Rc<Font>>;

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_spacing: f32,
    word_spacing: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// Runs content streams.
pub(super) struct Machine<'a> {
    document: &'a Document,
    fonts: &'a mut Fonts,
    budget: &'a mut Budget,
    glyphs: Vec<Glyph>,
    state: State,
    stack: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Marked content that is open, with its replacement text and how many glyphs there were before it.
    marked: Vec<Option<(String, usize)>>,
}

/// The glyphs of a page.
pub(super) fn of_page(document: &Document, page: ObjectId, fonts: &mut Fonts, budget: &mut Budget) -> Vec<Glyph> {
    let state = State {
        ctm: Matrix::IDENTITY,
        font: None,
        size: 1.0,
        letter_spacing: 0.0,
        word_spacing: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
    let mut machine = Machine {
        document,
        fonts,
        budget,
        glyphs: Vec::new(),
        state,
        stack: Vec::new(),
        text,
        line,
        marked: Vec::new(),
    };
    let (own, inherited) = document.get_page_resources(page).unwrap_or((None, Vec::new()));
    let resources: Vec<&Dictionary> =
        own.into_iter().chain(inherited.into_iter().filter_map(|id| document.get_dictionary(id).ok())).collect();
    match document.get_page_content_with_limit(page, machine.budget.bytes) {
        Ok(content) => machine.run(&content, &resources, 0),
        Err(_) => machine.budget.exceeded = true,
    }
    machine.glyphs
}

impl Machine<'_> {
    fn run(&mut self, content: &[u8], resources: &[&Dictionary], depth: usize) {
        self.budget.bytes = self.budget.bytes.saturating_sub(content.len());
        for operation in Content::decode_iter(content).map_while(Result::ok) {
            if self.budget.operations == 0 || self.budget.glyphs == 0 {
                self.budget.exceeded = true;
                return;
            }
            self.budget.operations -= 1;
            self.step(&operation, resources, depth);
        }
    }

    fn step(&mut self, operation: &Operation, resources: &[&Dictionary], depth: usize) {
        let operands = operation.operands.as_slice();
        let n = |index: usize| operands.get(index).and_then(|operand| operand.as_float().ok()).unwrap_or(0.0);
        let matrix = || Matrix::new([n(0), n(1), n(2), n(3), n(4), n(5)]);
        match operation.operator.as_str() {
            "q" if self.stack.len() < MAX_STACK => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => self.state.ctm = matrix().then(self.state.ctm),
            "BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => {
                self.state.font = operands.first().and_then(|name| self.font(name.as_name().ok()?, resources));
                self.state.size = n(1);
            }
            "Tc" => self.state.letter_spacing = n(0),
            "Tw" => self.state.word_spacing = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "TL" => self.state.leading = n(0),
            "Ts" => self.state.rise = n(0),
            "Tm" => (self.text, self.line) = (matrix(), matrix()),
            "Td" => self.next_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word_spacing, self.state.letter_spacing) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            "TJ" => {
                for part in operands.first().and_then(|array| array.as_array().ok()).into_iter().flatten() {
                    match part.as_float() {
                        Ok(back) => self.advance(-back / 1000.0 * self.state.size * self.state.stretch),
                        Err(_) => self.show(Some(part)),
                    }
                }
            }
            "BMC" => self.marked.push(None),
            "BDC" => {
                let replacement = operands.get(1).and_then(|properties| self.actual_text(properties, resources));
                self.marked.push(replacement.map(|text| (text, self.glyphs.len())));
            }
            "EMC" => self.end_marked(),
            "Do" if depth < MAX_DEPTH => {
                if let Some(name) = operands.first().and_then(|name| name.as_name().ok()) {
                    self.form(name, resources, depth);
                }
            }
            _ => {}
        }
    }

    fn font(&mut self, name: &[u8], resources: &[&Dictionary]) -> Option<Rc<Font>> {
        let document = self.document;
        let object = resource(document, b"Font", name, resources)?;
        let (id, font) = document.dereference(object).ok()?;
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(document, font.as_dict().ok()?));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn form(&mut self, name: &[u8], resources: &[&Dictionary], depth: usize) {
        let document = self.document;
        let Some(form) = resource(document, b"XObject", name, resources)
            .and_then(|object| document.dereference(object).ok())
            .and_then(|(_, object)| object.as_stream().ok())
            .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form"))
        else {
            return;
        };
        let form: &lopdf::Stream = form;
        let Ok(content) = form.get_plain_content_with_limit(self.budget.bytes) else {
            self.budget.exceeded = true;
            return;
        };
        let own = form.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let matrix = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let numbers: Vec<f32> = matrix.into_iter().flatten().filter_map(|number| number.as_float().ok()).collect();
        let saved = (self.state.clone(), self.text, self.line);
        if let Ok(matrix) = <[f32; 6]>::try_from(numbers) {
            self.state.ctm = Matrix::new(matrix).then(self.state.ctm);
        }
        let within: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).collect();
        let stacked = self.stack.len();
        self.run(&content, &within, depth + 1);
        self.stack.truncate(stacked);
        (self.state, self.text, self.line) = saved;
    }

    /// The text that stands for marked content, where the file says so: for a ligature, or a hyphen that is none.
    fn actual_text(&self, properties: &Object, resources: &[&Dictionary]) -> Option<String> {
        let properties = match properties {
            Object::Name(name) => resource(self.document, b"Properties", name, resources)?,
            properties => properties,
        };
        let (_, properties) = self.document.dereference(properties).ok()?;
        let bytes = properties.as_dict().ok()?.get(b"ActualText").and_then(Object::as_str).ok()?;
        let text = match bytes.strip_prefix(&[0xFE, 0xFF]) {
            Some(utf16) => utf_16(utf16),
            None => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        };
        // Longer texts describe pictures, or span lines whose places would be lost.
        (text.chars().count() <= 8).then_some(text)
    }

    fn end_marked(&mut self) {
        if let Some(Some((text, from))) = self.marked.pop()
            && self.glyphs.len() > from
        {
            let end = self.glyphs.last().map_or(0.0, |glyph| glyph.x1);
            self.glyphs.truncate(from + 1);
            if let Some(glyph) = self.glyphs.last_mut() {
                glyph.x1 = glyph.x1.max(end);
                glyph.text = text;
            }
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f32) {
        self.text = Matrix::shift(x, 0.0).then(self.text);
    }

    fn show(&mut self, string: Option<&Object>) {
        let (Some(Object::String(string, _)), Some(font)) = (string, self.state.font.clone()) else { return };
        for shown in font.show(string) {
            let width = shown.width / 1000.0 * self.state.size * self.state.stretch;
            self.note(shown.text, width, &font);
            let word = if shown.is_space { self.state.word_spacing } else { 0.0 };
            self.advance(width + (self.state.letter_spacing + word) * self.state.stretch);
        }
    }

    fn note(&mut self, text: String, width: f32, font: &Font) {
        let place = self.text.then(self.state.ctm);
        // Slanted writing is a watermark or a stamp.
        let Some(quarter) = place.quarter() else { return };
        if text.is_empty() || self.budget.glyphs == 0 {
            return;
        }
        self.budget.glyphs -= 1;
        let (start, end) = (place.point(0.0, self.state.rise), place.point(width, self.state.rise));
        // Turned so that the writing goes to the right.
        let turn = |(across, up): (f32, f32)| match quarter {
            0 => (across, up),
            1 => (up, -across),
            2 => (-across, -up),
            _ => (-up, across),
        };
        let ((x0, y), (x1, _)) = (turn(start), turn(end));
        let size = (self.state.size * place.height()).abs();
        if ![x0, x1, y, size].iter().all(|number| number.is_finite()) {
            return;
        }
        self.glyphs.push(Glyph { x0, x1, y, size, quarter, text, bold: font.bold, italic: font.italic });
    }
}

/// Something in the resources, the nearest first.
fn resource<'r>(document: &'r Document, kind: &[u8], name: &[u8], resources: &[&'r Dictionary]) -> Option<&'r Object> {
    resources.iter().find_map(|resources| {
        resources.get_deref(kind, document).and_then(Object::as_dict).and_then(|kind| kind.get(name)).ok()
    })
}
