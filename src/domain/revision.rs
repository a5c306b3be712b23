//! One state of a transcript: why it was made, and what it says of its briefing beside the words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why a revision was made: told apart everywhere, because it says who departed from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum RevisionKind {
    /// As it came in.
    Imported,
    /// Our text departed from the source, and was put right.
    Ours,
    /// The issuer has another version.
    Issuer,
    /// The speaker said something else later; the words stay.
    Speaker,
    /// Title, date, series and the like, not the words.
    Metadata,
    /// Taken out of sight.
    Withdrawn,
    /// Put back.
    Republished,
    /// Words were destroyed.
    Redacted,
}

impl RevisionKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Ours => "ours",
            Self::Issuer => "issuer",
            Self::Speaker => "speaker",
            Self::Metadata => "metadata",
            Self::Withdrawn => "withdrawn",
            Self::Republished => "republished",
            Self::Redacted => "redacted",
        }
    }
}

/// What a revision says of its briefing beside the words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The title as shown.
    pub title: String,
    /// The date of the event, as 2026-03-10.
    pub date: Option<String>,
    /// Where the date comes from.
    pub date_origin: Option<String>,
    /// Name of the series.
    pub series: Option<String>,
    /// Where it was held.
    pub place: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// Whom editors put behind labels of this transcript, or which role; nobody, where they say that it is nobody who is
    /// known. What they say for a whole series is told in the audit log.
    pub speakers: BTreeMap<String, Option<String>>,
    /// SHA-256 of the bytes that its words were read from, where these are others than those of the revision before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
