//! What an editor says stands behind a label, and what the machine is in doubt about.

use serde::{Deserialize, Serialize};

use super::{Role, SpeakerId};

/// Whom an editor puts behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// Somebody.
    Speaker(SpeakerId),
    /// Nobody in particular.
    Role(Role),
    /// Nobody who is known.
    Nobody,
}

impl Behind {
    /// The speaker, if it is one.
    pub const fn speaker(self) -> Option<SpeakerId> {
        match self {
            Self::Speaker(id) => Some(id),
            _ => None,
        }
    }

    /// The role, if it is one.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Role(role) => Some(role),
            _ => None,
        }
    }
}

/// Why a label is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum LabelDoubt {
    /// Nobody is known for it.
    Unknown,
    /// Somebody is suggested, but not linked.
    Perhaps,
    /// Somebody is linked, without much certainty.
    Doubtful,
    /// Somebody has become a person by nothing but the label itself.
    New,
}

impl LabelDoubt {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Perhaps => "perhaps",
            Self::Doubtful => "doubtful",
            Self::New => "new",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Perhaps, Self::Doubtful, Self::New];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}
