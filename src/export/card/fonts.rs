//! The typeface of cards, which is in the binary: what its letters measure, and which it does not have.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
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

/// The letters of a cut and what they measure at the size of one pixel.
struct Letters {
    of: Charmap<'static>,
    measures: GlyphMetrics<'static>,
}

/// Display and semibold. The files are in the binary: that they can be read is tested.
static LETTERS: LazyLock<[Option<Letters>; 2]> = LazyLock::new(|| {
    [DISPLAY, SEMIBOLD].map(|bytes| {
        let font = FontRef::new(bytes).ok()?;
        let measures = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        Some(Letters { of: font.charmap(), measures })
    })
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
        let [display, semibold] = &*LETTERS;
        let letters = match self {
            Self::Display => display,
            Self::Semibold => semibold,
        };
        let Some(letters) = letters else { return f32::MAX };
        // What the font lacks is as wide as it is high, for want of better knowledge.
        let width = |c: char| letters.of.map(c).and_then(|glyph| letters.measures.advance_width(glyph)).unwrap_or(1.0);
        text.chars().map(width).sum::<f32>() * size
    }
}

/// The text as it can be drawn: letters composed, rare blanks and hyphens made plain, ornaments that the font lacks left
/// out. `None` if it lacks a letter or a digit: a word with a hole in it is another word.
pub fn shown(text: &str) -> Option<String> {
    let has = |c: char| LETTERS.iter().flatten().all(|letters| letters.of.map(c).is_some());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cuts_are_read_and_have_the_letters_of_latin_greek_and_cyrillic() {
        assert!(LETTERS.iter().all(Option::is_some));
        assert!(TYPEFACE.names.iter().all(|name| name.starts_with("Linux Libertine")), "{:?}", TYPEFACE.names);
        let letters = "ÀĄĞŐŘŞŤŽßøłđħ ¿¡«»„“”‘’–—…€ ΑΒΓάέήώ АБВЖЯґєїљњћџ";
        assert_eq!(shown(letters).as_deref(), Some(letters));
        assert!((Cut::Display.width("n", 100.0) - 2.0 * Cut::Display.width("n", 50.0)).abs() < 0.01);
    }
}
