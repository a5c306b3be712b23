//! Places of words in the texts of a briefing.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Words of an utterance: its permanent number, and which of its characters, in Unicode scalar values, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(i32, usize, usize)", into = "(i32, usize, usize)")]
pub struct Place {
    /// The number of the utterance.
    pub number: i32,
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

impl Place {
    /// A place as it stands in columns of a table.
    pub fn stored(number: i32, starts: i32, ends: i32) -> Self {
        let at = |at: i32| usize::try_from(at).unwrap_or_default();
        Self { number, start: at(starts), end: at(ends) }
    }

    /// The characters.
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The words that stand there; fewer where the text is shorter.
    pub fn words<'a>(&self, text: &'a str) -> &'a str {
        let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        text.get(byte(self.start)..byte(self.end)).unwrap_or_default()
    }
}

impl From<(i32, usize, usize)> for Place {
    fn from((number, start, end): (i32, usize, usize)) -> Self {
        Self { number, start, end }
    }
}

impl From<Place> for (i32, usize, usize) {
    fn from(place: Place) -> Self {
        (place.number, place.start, place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_is_written_as_three_numbers() {
        let place = Place { number: 41, start: 3, end: 9 };
        assert_eq!(serde_json::to_string(&place).ok().as_deref(), Some("[41,3,9]"));
        assert_eq!(serde_json::from_str::<Place>("[41,3,9]").ok(), Some(place));
    }

    #[test]
    fn its_words_are_counted_in_characters_and_end_with_the_text() {
        let text = "El café está cerrado.";
        assert_eq!(Place { number: 1, start: 3, end: 7 }.words(text), "café");
        assert_eq!(Place { number: 1, start: 13, end: 99 }.words(text), "cerrado.");
        assert_eq!(Place { number: 1, start: 50, end: 99 }.words(text), "");
    }
}
