//! What a reader says is wrong with a passage, and what became of it.

use std::fmt;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How long it is remembered that a problem came from some address of the network, so that nobody sends too many.
pub const PLACE_KEPT: SignedDuration = SignedDuration::from_hours(1);
/// How long the mail address of a reader is kept when nothing is done with it.
pub const ADDRESS_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What is wrong, as the reader chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The words are not those of the source.
    Words,
    /// Somebody else said them.
    Speaker,
    /// Date, title and the like.
    Facts,
    /// The answer label of a question says what is not so.
    AnswerLabel,
    /// Anything else.
    Other,
}

impl ProblemKind {
    /// Every value, as readers choose among them.
    pub const ALL: [Self; 5] = [Self::Words, Self::Speaker, Self::Facts, Self::AnswerLabel, Self::Other];

    /// The word used in forms and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Speaker => "speaker",
            Self::Facts => "facts",
            Self::AnswerLabel => "answer-label",
            Self::Other => "other",
        }
    }

    /// Reads the word used in forms and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// What became of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum ProblemOutcome {
    /// The passage was put right.
    Corrected,
    /// The words stay; a note stands behind them.
    NoteAdded,
    /// Nothing was changed, for a reason.
    Declined,
}

impl ProblemOutcome {
    /// Every value, as editors choose among them.
    pub const ALL: [Self; 3] = [Self::Corrected, Self::NoteAdded, Self::Declined];

    /// The word used in forms and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::NoteAdded => "note-added",
            Self::Declined => "declined",
        }
    }

    /// Reads the word used in forms and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// The number by which a reader finds a problem again: `P-7KQ4-M2XD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Digits and letters that are not taken for one another, aloud or on paper: no I, L, O, U.
    const SIGNS: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N',
        'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];

    /// Made of random bytes, of each of which five bits count: forty bits.
    pub fn of(random: [u8; 8]) -> Self {
        let signs = random.map(|byte| Self::SIGNS[usize::from(byte % 32)]);
        Self::written(&signs.iter().collect::<String>())
    }

    /// Reads what somebody copied or typed, however they wrote it.
    pub fn parse(text: &str) -> Option<Self> {
        let sign = |sign: char| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let signs: String = text.chars().filter(|sign| !matches!(sign, '-' | ' ')).map(sign).collect();
        let eight = if signs.chars().count() == 9 { signs.strip_prefix('P')? } else { &signs };
        let known = eight.chars().count() == 8 && eight.chars().all(|sign| Self::SIGNS.contains(&sign));
        known.then(|| Self::written(eight))
    }

    /// The spelling there is one of; `signs` are eight of ours.
    fn written(signs: &str) -> Self {
        let (first, last) = signs.split_at(4);
        Self(format!("P-{first}-{last}"))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_however_it_was_written_down() {
        let made = Reference::of([7, 19, 23, 4, 20, 2, 29, 255]);
        assert_eq!(made.as_str(), "P-7KQ4-M2XZ");
        for typed in ["P-7KQ4-M2XZ", "p-7kq4-m2xz", "7KQ4M2XZ", " p 7kq4 m2xz "] {
            assert_eq!(Reference::parse(typed), Some(made.clone()), "{typed}");
        }
        assert_eq!(Reference::parse("p-oil0-1111").unwrap().as_str(), "P-0110-1111");
        for wrong in ["", "P-7KQ4", "P-7KQ4-M2XU", "P-7KQ4-M2XZ-1", "X-7KQ4-M2XZ", "ééééé", "P-7KQ4-M2X\0"] {
            assert_eq!(Reference::parse(wrong), None, "{wrong}");
        }
    }
}
