//! What a speaker asserts that could be checked.

use serde::{Deserialize, Serialize};

/// What kind of claim it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum ClaimKind {
    /// Something is or was so.
    Fact,
    /// Something is so many, so much, or more than something else.
    Figure,
    /// Something is not so, or was not done or said.
    Denial,
    /// Somebody who is named did something bad, or wants to.
    Accusation,
    /// Something will happen.
    Prediction,
    /// The speaker, or those spoken for, will do something.
    Commitment,
    /// What should be done, and what the speaker is for or against.
    Position,
}

impl ClaimKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Figure => "figure",
            Self::Denial => "denial",
            Self::Accusation => "accusation",
            Self::Prediction => "prediction",
            Self::Commitment => "commitment",
            Self::Position => "position",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 7] =
        [Self::Fact, Self::Figure, Self::Denial, Self::Accusation, Self::Prediction, Self::Commitment, Self::Position];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// How one claim stands to another: an editor's word.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum ClaimLinkKind {
    /// It says the same again.
    Repeats,
    /// It says the same of less.
    Narrows,
    /// Both cannot be so.
    Contradicts,
    /// The other one puts it right.
    CorrectedBy,
}

impl ClaimLinkKind {
    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Repeats, Self::Narrows, Self::Contradicts, Self::CorrectedBy];

    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Repeats => "repeats",
            Self::Narrows => "narrows",
            Self::Contradicts => "contradicts",
            Self::CorrectedBy => "corrected-by",
        }
    }

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}
