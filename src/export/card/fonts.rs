//! The typeface of cards, which is in the binary: what its letters measure, and which it does not have.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};
use unicode_normalization::UnicodeNormalization as _;

static DISPLAY: &[u8] = include_bytes!("../../../static/fonts/LinLibertine_DR.otf");
static SEMIBOLD: &[u8] = include_bytes!("../../../static/fonts/LinLibertine_RZ.otf");

/// A cut of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// For words.
    Display,
    /// For names.
    Semibold,
}

/// The typeface as the drawing library wants it, with the names under which it knows the cuts.
pub struct Typeface {
    pub database: Arc<Database>,
    names: [String; 2],
}

/// Loaded once.
pub static TYPEFACE: LazyLock<Typeface> = LazyLock::new(|| {
    let mut database = Database::new();
    let names = [DISPLAY, SEMIBOLD].map(|bytes| {
        database.load_font_data(bytes.to_vec());
        let face = database.faces().last();
        face.and_then(|face| face.families.first()).map(|(name, _)| name.clone()).unwrap_or_default()
    });
    Typeface { database: Arc::new(database), names }
});

impl Cut {
    /// How a drawing asks for it.
    pub fn attributes(self) -> String {
        let [display, semibold] = &TYPEFACE.names;
        match self {
            Self::Display => format!("font-family=\"{display}\""),
            Self::Semibold => format!("font-family=\"{semibold}\" font-weight=\"600\""),
        }
    }

    /// The width of a line at this size.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let bytes = match self {
            Self::Display => DISPLAY,
            Self::Semibold => SEMIBOLD,
        };
        let Ok(font) = FontRef::new(bytes) else { return f32::MAX };
        let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
        let width = |c: char| letters.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(size);
        text.chars().map(width).sum()
    }
}

/// The text as it can be drawn: letters composed, rare blanks and hyphens made plain, ornaments that the font lacks left
/// out. `None` if it lacks a letter or a digit: a word with a hole in it is another word.
pub fn shown(text: &str) -> Option<String> {
    let fonts = [FontRef::new(DISPLAY).ok()?, FontRef::new(SEMIBOLD).ok()?];
    let has = |c: char| fonts.iter().all(|font| font.charmap().map(c).is_some());
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        let c = match c {
            '\u{2010}' | '\u{2011}' | '\u{ad}' => '-',
            '\u{2015}' => '—',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if has(c) {
            out.push(c);
        } else if c.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&c) {
            return None;
        }
    }
    Some(out.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ”", "”"))
}
