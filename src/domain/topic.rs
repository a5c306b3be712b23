//! Subjects with a page.

use serde::{Deserialize, Serialize};

/// What a topic is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum TopicKind {
    /// A country or territory.
    Country,
    /// A body: an agency, an alliance, a company.
    Organisation,
    /// Anything else people ask about: trade, climate, vaccines.
    Issue,
}

impl TopicKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Organisation => "organisation",
            Self::Issue => "issue",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::Country, Self::Organisation, Self::Issue];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}
