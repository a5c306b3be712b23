//! Words that a report attributes to somebody.

use serde::{Deserialize, Serialize};

/// How much of a quotation stands in quotation marks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum QuotationMode {
    /// All of it.
    Direct,
    /// Nothing.
    Indirect,
    /// Some of it.
    Mixed,
}

impl QuotationMode {
    /// The word used in JSON, SQL and on pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}
