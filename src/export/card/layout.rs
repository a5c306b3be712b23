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
    /// Fits paragraphs into a height: all of them, else as many as have room, else the beginning of the first.
    pub fn fitting(paragraphs: &[String], room: f32) -> Self {
        let letters: usize = paragraphs.iter().map(|paragraph| paragraph.chars().count()).sum();
        let sizes = if letters > MOST { &SIZES[SIZES.len() - 1..] } else { &SIZES[..] };
        for &size in sizes {
            let lines = wrap_all(paragraphs, size);
            if lines.len() <= room_for(size, room) && lines.iter().all(|line| Cut::Display.width(line, size) <= MEASURE)
            {
                return Self { size, lines };
            }
        }
        let size = SIZES[SIZES.len() - 1];
        let most = room_for(size, room);
        for kept in (1..paragraphs.len()).rev() {
            let mut lines = wrap_all(&paragraphs[..kept], size);
            lines.push("…".to_owned());
            if lines.len() <= most {
                return Self { size, lines };
            }
        }
        Self { size, lines: cut(paragraphs.first().map_or("", String::as_str), size, most) }
    }
}

/// More letters than have room in any size.
const MOST: usize = 700;

fn room_for(size: f32, room: f32) -> usize {
    (room / (size * LEADING)) as usize
}

fn wrap_all(paragraphs: &[String], size: f32) -> Vec<String> {
    paragraphs.iter().flat_map(|paragraph| wrap(paragraph, Cut::Display, size, MEASURE)).collect()
}

/// As many lines as there is room for; what was in quotation marks still is.
fn cut(words: &str, size: f32, most: usize) -> Vec<String> {
    let quoted = words.starts_with('“') && words.ends_with('”');
    let bare = if quoted { words.trim_start_matches('“').trim_end_matches('”') } else { words };
    let mut limit = bare.chars().count().min(MOST);
    loop {
        let shorter = shorten(bare, limit);
        let shorter = if quoted { format!("“{shorter}”") } else { shorter };
        let lines = wrap(&shorter, Cut::Display, size, MEASURE);
        if lines.len() <= most || limit < 20 {
            return lines.into_iter().take(most).collect();
        }
        limit -= (limit / 20).max(5);
    }
}

/// Breaks at blanks; a word that is wider than a line is broken where the line ends.
pub fn wrap(words: &str, cut: Cut, size: f32, measure: f32) -> Vec<String> {
    let blank = cut.width(" ", size);
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut filled) = (String::new(), 0.0);
    for word in words.split_whitespace() {
        let width = cut.width(word, size);
        if !line.is_empty() && filled + blank + width > measure {
            lines.push(std::mem::take(&mut line));
            filled = 0.0;
        }
        if !line.is_empty() {
            line.push(' ');
            filled += blank;
        }
        if width <= measure {
            line.push_str(word);
            filled += width;
            continue;
        }
        for c in word.chars() {
            let width = cut.width(c.encode_utf8(&mut [0; 4]), size);
            if filled + width > measure {
                lines.push(std::mem::take(&mut line));
                filled = 0.0;
            }
            line.push(c);
            filled += width;
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
