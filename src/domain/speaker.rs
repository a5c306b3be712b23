//! Who speaks: people with offices, and roles that are nobody in particular.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a label stands for when it names nobody in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Role {
    /// A reporter asks: `Q`, `QUESTION`.
    Questioner,
    /// Somebody leads the event: `MODERATOR`, `OPERATOR`.
    Moderator,
    /// An official who is not named: `SENIOR ADMINISTRATION OFFICIAL`.
    Official,
    /// An aide, an interpreter, a voice from the staff.
    Staff,
    /// Several people at once: `PARTICIPANTS`, `AUDIENCE`.
    Audience,
}

impl Role {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Questioner => "questioner",
            Self::Moderator => "moderator",
            Self::Official => "official",
            Self::Staff => "staff",
            Self::Audience => "audience",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 5] = [Self::Questioner, Self::Moderator, Self::Official, Self::Staff, Self::Audience];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Origin {
    /// A suggestion of the machine.
    Machine,
    /// An editor's word, which always outranks it.
    Editor,
}

impl Origin {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Editor => "editor",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 2] = [Self::Machine, Self::Editor];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// An office held from one date to another; the dates are the first and last on which the archive saw it held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The title as used in the archive ("White House Press Secretary").
    pub title: String,
    /// First date on which it is known to be held.
    pub from: Option<Date>,
    /// Last date on which it is known to be held.
    pub to: Option<Date>,
}
