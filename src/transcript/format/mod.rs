//! Format readers: each turns bytes or text of one format into blocks, and knows nothing of turns, heads or dates.

pub mod docx;
pub mod entities;
mod front_matter;
pub mod html;
mod inline_marks;
pub mod markdown;
pub mod pdf;
pub mod plain;
pub mod srt;
pub mod vtt;

use super::blocks::Reading;
use super::detect::Detected;
use super::model::Format;

/// Reads the blocks of a source whose format is known. Formats that are text get it decoded, the others the bytes.
pub fn read(bytes: &[u8], detected: &Detected) -> Reading {
    let text = detected.text.as_deref().unwrap_or_default();
    match detected.format {
        Format::Plain => plain::read(text),
        Format::Markdown => markdown::read(text),
        Format::Html => html::read(text),
        Format::Pdf => pdf::read(bytes),
        Format::Docx => docx::read(bytes),
        Format::WebVtt => vtt::read(text),
        Format::SubRip => srt::read(text),
        Format::Unreadable => Reading::default(),
    }
}
