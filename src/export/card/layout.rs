//! Lines that fit: the largest size at which all words have room, else the smallest and fewer words.

use super::fonts::Cut;
use crate::export::shorten;

/// Width of the words in pixels.
pub const MEASURE: f32 = 1040.0;
/// Height that the words have.
pub const ROOM: f32 = 372.0;
/// Height that the question above them takes.
pub const ABOVE: f32 = 84.0;
/// Height of a line, as a multiple of its size.
pub const LEADING: f32 = 1.2;

const SIZES: [f32; 10] = [104.0, 88.0, 76.0, 66.0, 58.0, 52.0, 46.0, 41.0, 38.0, 36.0];

/// Lines of one size.
#[derive(Debug, Clone)]
pub struct Block {
    pub size: f32,
    pub lines: Vec<String>,
}

impl Block {
    /// Fits words into a height.
    pub fn fitting(words: &str, room: f32) -> Self {
        for size in SIZES {
            let lines = wrap(words, Cut::Display, size, MEASURE);
            if lines.len() as f32 * size * LEADING <= room && lines.iter().all(|line| fits(line, size)) {
                return Self { size, lines };
            }
        }
        let size = SIZES[SIZES.len() - 1];
        let most = (room / (size * LEADING)) as usize;
        let quoted = words.starts_with('“') && words.ends_with('”');
        let mut limit = words.chars().count().min(900);
        loop {
            let bare = words.trim_start_matches('“').trim_end_matches('”');
            let cut = shorten(bare, limit);
            let cut = if quoted { format!("“{cut}”") } else { cut };
            let lines = wrap(&cut, Cut::Display, size, MEASURE);
            if lines.len() <= most || limit < 20 {
                return Self { size, lines: lines.into_iter().take(most).collect() };
            }
            limit -= (limit / 20).max(5);
        }
    }
}

fn fits(line: &str, size: f32) -> bool {
    Cut::Display.width(line, size) <= MEASURE
}

/// Breaks at blanks; a word that is wider than a line is broken where the line ends.
pub fn wrap(words: &str, cut: Cut, size: f32, measure: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if cut.width(&longer, size) <= measure {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if !line.is_empty() && cut.width(&format!("{line}{c}"), size) > measure {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// One line: smaller if it must be, then shorter.
pub fn one_line(words: &str, cut: Cut, sizes: [f32; 3], measure: f32) -> (f32, String) {
    if let Some(size) = sizes.into_iter().find(|size| cut.width(words, *size) <= measure) {
        return (size, words.to_owned());
    }
    let size = sizes[2];
    let mut limit = words.chars().count();
    while limit > 10 {
        limit -= 3;
        let shorter = shorten(words, limit);
        if cut.width(&shorter, size) <= measure {
            return (size, shorter);
        }
    }
    (size, String::new())
}
