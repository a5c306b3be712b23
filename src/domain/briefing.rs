//! One event and the texts of it.

use serde::{Deserialize, Serialize};

/// What a briefing is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum BriefingKind {
    /// Words as spoken.
    Transcript,
    /// A written answer, readout or advisory.
    Statement,
    /// A news article that quotes people: second-hand words.
    Report,
}

impl BriefingKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transcript => "transcript",
            Self::Statement => "statement",
            Self::Report => "report",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::Transcript, Self::Statement, Self::Report];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// Who can see a briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum BriefingStatus {
    /// Editors only.
    Draft,
    /// Everybody.
    Published,
    /// Nobody; its page says when and why.
    Withdrawn,
}

impl BriefingStatus {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// What its issuer says of a text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum TranscriptStatus {
    /// To be replaced by an official text.
    Provisional,
    /// The issuer's text.
    Official,
    /// The issuer's later text.
    Revised,
}

impl TranscriptStatus {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Official => "official",
            Self::Revised => "revised",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::Provisional, Self::Official, Self::Revised];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}
