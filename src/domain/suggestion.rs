//! What the machine suggests and an editor decides, by kind and row.

use std::fmt;

/// What is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A question with its response, and what became of it.
    Exchange,
    /// A sentence that asserts something checkable.
    Claim,
    /// A promise to come back to a question.
    FollowUp,
    /// Later words that seem to keep a promise.
    Resolution,
}

impl SuggestionKind {
    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Exchange, Self::Claim, Self::FollowUp, Self::Resolution];

    /// The word used in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exchange => "exchange",
            Self::Claim => "claim",
            Self::FollowUp => "follow-up",
            Self::Resolution => "resolution",
        }
    }

    /// Reads the word used in addresses.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// One suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Its row among those of its kind.
    pub id: i64,
}

impl Suggestion {
    /// Reads what is written in addresses: "follow-up-12".
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.rsplit_once('-')?;
        Some(Self { kind: SuggestionKind::parse(kind)?, id: id.parse().ok().filter(|id| *id > 0)? })
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.as_str(), self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Suggestion, SuggestionKind};

    #[test]
    fn a_suggestion_reads_back_what_it_writes() {
        for kind in SuggestionKind::ALL {
            let one = Suggestion { kind, id: 41 };
            assert_eq!(Suggestion::parse(&one.to_string()), Some(one));
        }
        for wrong in ["", "claim", "claim-", "claim-x", "claim-0", "word-3", "claim--3"] {
            assert_eq!(Suggestion::parse(wrong), None, "{wrong}");
        }
    }
}
