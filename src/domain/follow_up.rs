//! Promises to come back to a question.

use serde::{Deserialize, Serialize};

/// What is promised, the most binding first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum PromiseKind {
    /// The question is taken: "I'll take that question."
    TakenQuestion,
    /// Somebody will come back: "Let me get back to you."
    GetBack,
    /// Something will be sent: "We'll get you the readout."
    Provide,
    /// Somebody will find out: "I'll have to look into that."
    Check,
    /// There will be more at another time: "We'll have more on that later today."
    MoreLater,
}

impl PromiseKind {
    /// Every value, in order.
    pub const ALL: [Self; 5] = [Self::TakenQuestion, Self::GetBack, Self::Provide, Self::Check, Self::MoreLater];

    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TakenQuestion => "taken-question",
            Self::GetBack => "get-back",
            Self::Provide => "provide",
            Self::Check => "check",
            Self::MoreLater => "more-later",
        }
    }

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}
