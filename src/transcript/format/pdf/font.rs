//! Fonts: what the codes in a content stream mean and how wide their glyphs are.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::{CMap, number, utf_16};

/// Maps and widths are small; what unfolds to more is hostile.
const MAX_STREAM_BYTES: usize = 8 << 20;

/// A font as far as reading needs it.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    widths: HashMap<u32, f32>,
    default_width: Option<f32>,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it is slanted.
    pub(super) italic: bool,
}

/// How a string is cut into codes, and what they mean without a map.
#[derive(Debug)]
enum Codes {
    /// One byte each, with the text of each.
    Bytes(Vec<Option<String>>),
    /// Two bytes each, or as the map says.
    Pairs,
    /// The codes are UTF-16.
    Utf16,
}

/// One glyph to be shown.
#[derive(Debug)]
pub(super) struct Shown {
    /// Its text; a replacement character if nothing says what it is.
    pub(super) text: String,
    /// Its width in thousandths of the font size.
    pub(super) width: f32,
    /// Whether word spacing applies to it.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font dictionary.
    pub(super) fn read(document: &Document, font: &Dictionary) -> Self {
        let name = font.get(b"BaseFont").and_then(Object::as_name).map(String::from_utf8_lossy).unwrap_or_default();
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Type0");
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| document.dereference(fonts.first()?).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        let descriptor =
            descendant.unwrap_or(font).get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let flags = descriptor.and_then(|d| d.get(b"Flags").and_then(Object::as_i64).ok()).unwrap_or(0);
        let lower = name.to_ascii_lowercase();
        let mut read = Self {
            codes: if composite { composite_codes(document, font) } else { Codes::Bytes(simple_codes(document, font)) },
            to_unicode: stream(document, font, b"ToUnicode").map(|bytes| CMap::parse(&bytes)),
            widths: HashMap::new(),
            default_width: None,
            bold: lower.contains("bold") || lower.contains("black") || flags & (1 << 18) != 0,
            italic: lower.contains("italic") || lower.contains("oblique") || flags & (1 << 6) != 0,
        };
        match descendant {
            Some(descendant) if composite => read.composite_widths(document, descendant),
            _ => read.simple_widths(document, font, descriptor, &lower),
        }
        read
    }

    /// The glyphs of a string.
    pub(super) fn show(&self, string: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::with_capacity(string.len());
        let mut rest = string;
        while !rest.is_empty() {
            let length = match &self.codes {
                Codes::Bytes(_) => 1,
                Codes::Utf16 => 2,
                Codes::Pairs => self.to_unicode.as_ref().and_then(|map| map.length(rest)).unwrap_or(2),
            };
            let (code, after) = rest.split_at(length.min(rest.len()));
            rest = after;
            let value = number(code);
            let text = self.text(value, code);
            let width = self.widths.get(&value).copied().or(self.default_width);
            shown.push(Shown {
                width: width.unwrap_or_else(|| guessed_width(&text)),
                text,
                is_space: length == 1 && value == 32,
            });
        }
        shown
    }

    fn text(&self, value: u32, code: &[u8]) -> String {
        let mapped = self.to_unicode.as_ref().and_then(|map| map.text(value)).filter(|text| !is_void(text));
        let text = mapped.or_else(|| match &self.codes {
            Codes::Bytes(table) => table.get(value as usize).cloned().flatten(),
            Codes::Utf16 => Some(utf_16(code)),
            Codes::Pairs => None,
        });
        text.map_or_else(|| char::REPLACEMENT_CHARACTER.to_string(), |text| tidy(&text))
    }

    fn simple_widths(&mut self, document: &Document, font: &Dictionary, descriptor: Option<&Dictionary>, name: &str) {
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        // The glyphs of a Type 3 font have a measure of their own.
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let scale = matrix.and_then(|matrix| matrix.first()?.as_float().ok()).map_or(1.0, |scale| scale * 1000.0);
        if let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            for (code, width) in (first.max(0)..).zip(widths.iter().take(256)) {
                if let Ok(width) = document.dereference(width).and_then(|(_, width)| width.as_float()) {
                    self.widths.insert(code as u32, width * scale);
                }
            }
            let missing =
                descriptor.and_then(|descriptor| descriptor.get(b"MissingWidth").and_then(Object::as_float).ok());
            self.default_width = missing.filter(|width| *width > 0.0);
        } else if name.contains("courier") || name.contains("mono") {
            self.default_width = Some(600.0);
        }
    }

    /// `[1 [500 600] 10 20 700]`: widths one by one from a code, or one width for a range of codes.
    fn composite_widths(&mut self, document: &Document, descendant: &Dictionary) {
        self.default_width = Some(descendant.get(b"DW").and_then(Object::as_float).unwrap_or(1000.0));
        let Ok(entries) = descendant.get_deref(b"W", document).and_then(Object::as_array) else { return };
        let mut entries = entries.iter().map(|entry| document.dereference(entry).map_or(entry, |(_, entry)| entry));
        while let (Some(first), Some(second)) = (entries.next(), entries.next()) {
            let Ok(first) = first.as_i64() else { return };
            if let Ok(widths) = second.as_array() {
                for (code, width) in (first..).zip(widths) {
                    if let Ok(width) = width.as_float() {
                        self.widths.insert(code as u32, width);
                    }
                }
            } else if let (Ok(last), Some(Ok(width))) = (second.as_i64(), entries.next().map(Object::as_float)) {
                for code in first..=last.min(first + 65_535) {
                    self.widths.insert(code as u32, width);
                }
            }
            if self.widths.len() > 200_000 {
                return;
            }
        }
    }
}

/// A stream of a dictionary, unfolded.
fn stream(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<Vec<u8>> {
    let stream = dictionary.get_deref(key, document).and_then(Object::as_stream).ok()?;
    stream.get_plain_content_with_limit(MAX_STREAM_BYTES).ok()
}

fn composite_codes(document: &Document, font: &Dictionary) -> Codes {
    let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
    let name = String::from_utf8_lossy(name);
    if name.contains("UCS2") || name.contains("UTF16") { Codes::Utf16 } else { Codes::Pairs }
}

/// The text of each of the 256 codes of a simple font.
fn simple_codes(document: &Document, font: &Dictionary) -> Vec<Option<String>> {
    let encoding = font.get_deref(b"Encoding", document).ok();
    let (base, differences) = match encoding {
        Some(Object::Name(name)) => (Some(name.as_slice()), None),
        Some(Object::Dictionary(dictionary)) => (
            dictionary.get(b"BaseEncoding").and_then(Object::as_name).ok(),
            dictionary.get_deref(b"Differences", document).and_then(Object::as_array).ok(),
        ),
        _ => (None, None),
    };
    // Without a word about it, Windows' encoding is the likeliest: it agrees with the standard one on letters.
    let base = match base {
        Some(b"MacRomanEncoding") => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    };
    let mut table: Vec<Option<String>> = (0..=255_u8)
        .map(|code| Some(base.decode_without_bom_handling(&[code]).0.into_owned()).filter(|text| !is_void(text)))
        .collect();
    let mut code = 0;
    for entry in differences.into_iter().flatten() {
        match entry {
            Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(place) = table.get_mut(code) {
                    *place = glyph_text(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    table
}

/// The text of a glyph by its name: `eacute`, `uni00E9`, `f_f_i`, `one.oldstyle`.
fn glyph_text(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    let parts: Option<Vec<String>> = stem.split('_').map(one_glyph).collect();
    parts.map(|parts| parts.concat())
}

fn one_glyph(name: &str) -> Option<String> {
    let hexadecimal = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() == 4) {
        return hexadecimal(digits).map(String::from);
    }
    if let Some(digits) = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))
        && let Some(c) = hexadecimal(digits)
    {
        return Some(c.to_string());
    }
    // The library knows the names; it tells them one at a time.
    let mut encoding = Dictionary::new();
    encoding.set("Differences", Object::Array(vec![Object::Integer(0), Object::Name(name.into())]));
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", Object::Dictionary(encoding));
    let nothing = Document::new();
    font.get_font_encoding(&nothing).ok()?.bytes_to_string(&[0]).ok().filter(|text| !is_void(text))
}

/// Nothing that could be a word.
fn is_void(text: &str) -> bool {
    text.chars().all(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER)
}

/// Ligatures become letters; symbols in private places become what they usually are; hyphens become hyphens.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => tidy.push_str("ff"),
            '\u{FB01}' => tidy.push_str("fi"),
            '\u{FB02}' => tidy.push_str("fl"),
            '\u{FB03}' => tidy.push_str("ffi"),
            '\u{FB04}' => tidy.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => tidy.push_str("st"),
            // In a font this is the code of the visible hyphen.
            '\u{AD}' | '\u{2010}' => tidy.push('-'),
            '\u{F020}'..='\u{F07E}' => tidy.extend(char::from_u32(u32::from(c) - 0xF000)),
            '\u{E000}'..='\u{F8FF}' => tidy.push('\u{2022}'),
            '\t' | '\n' | '\r' => tidy.push(' '),
            '\u{200B}' | '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => tidy.push(c),
        }
    }
    tidy
}

/// About how wide a glyph of a usual serif font is.
fn guessed_width(text: &str) -> f32 {
    let width = |c: char| match c {
        ' ' | '.' | ',' | 'i' | 'j' | 'l' | '\'' | ':' | ';' | '|' => 260.0,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '!' => 330.0,
        'm' | 'w' | 'M' | 'W' | '\u{2014}' => 780.0,
        c if c.is_uppercase() => 670.0,
        _ => 500.0,
    };
    text.chars().map(width).sum()
}
