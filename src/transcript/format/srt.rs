//! Reads SubRip captions.

#[cfg(test)]
mod tests;

use super::vtt::{cues, speech};
use crate::transcript::blocks::Reading;

/// Reads the blocks of a SubRip file, already decoded.
pub fn read(text: &str) -> Reading {
    speech::blocks(&cues::read(text, cues::Dialect::SubRip))
}
