//! Whether a question was answered, and how it was not.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What became of a question. Each label belongs to one class of the CLARITY taxonomy, see [`AnswerLabel::clarity`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum AnswerLabel {
    /// What was asked was said.
    Answered,
    /// Some of what was asked was said, or it can be read out of what was said.
    Partly,
    /// Something else was said, in general terms or about something near.
    Dodged,
    /// The question was turned aside: by a joke, a remark about the question or the questioner, another's fault.
    Deflected,
    /// They said that they would not answer.
    Declined,
    /// They said that they did not know or had nothing on it.
    NoInformation,
    /// They named somebody else who should be asked.
    ReferredElsewhere,
    /// They put it off.
    Deferred,
    /// They asked what was meant, or to hear it again.
    ClarificationAsked,
}

impl AnswerLabel {
    /// Every value, in order.
    pub const ALL: [Self; 9] = [
        Self::Answered,
        Self::Partly,
        Self::Dodged,
        Self::Deflected,
        Self::Declined,
        Self::NoInformation,
        Self::ReferredElsewhere,
        Self::Deferred,
        Self::ClarificationAsked,
    ];

    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Partly => "partly",
            Self::Dodged => "dodged",
            Self::Deflected => "deflected",
            Self::Declined => "declined",
            Self::NoInformation => "no-information",
            Self::ReferredElsewhere => "referred-elsewhere",
            Self::Deferred => "deferred",
            Self::ClarificationAsked => "clarification-asked",
        }
    }

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }

    /// The class of the CLARITY taxonomy to which responses with this label belong, where nothing else was said.
    pub const fn clarity(self) -> Clarity {
        match self {
            Self::Answered => Clarity::ClearReply,
            Self::Partly | Self::Dodged | Self::Deflected => Clarity::Ambivalent,
            Self::Declined
            | Self::NoInformation
            | Self::ReferredElsewhere
            | Self::Deferred
            | Self::ClarificationAsked => Clarity::ClearNonReply,
        }
    }
}

impl FromStr for AnswerLabel {
    type Err = NoSuchLabel;

    fn from_str(text: &str) -> Result<Self, NoSuchLabel> {
        Self::parse(text).ok_or(NoSuchLabel)
    }
}

/// A word that is no answer label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such answer label")]
pub struct NoSuchLabel;

/// The upper level of the CLARITY taxonomy: whether what was asked can be read out of the response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Clarity {
    /// It can, in one way: explicit.
    #[serde(rename = "clear reply")]
    ClearReply,
    /// It can in several ways or in part: implicit, dodging, deflection, partial, general.
    #[serde(rename = "ambivalent")]
    Ambivalent,
    /// It cannot, and they say so: declining to answer, ignorance, a clarification asked for.
    #[serde(rename = "clear non-reply")]
    ClearNonReply,
}

impl Clarity {
    /// Every value, in order.
    pub const ALL: [Self; 3] = [Self::ClearReply, Self::Ambivalent, Self::ClearNonReply];

    /// The words used in JSON and on pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClearReply => "clear reply",
            Self::Ambivalent => "ambivalent",
            Self::ClearNonReply => "clear non-reply",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_back_what_it_writes() {
        for label in AnswerLabel::ALL {
            assert_eq!(label.as_str().parse(), Ok(label));
            assert_eq!(serde_json::to_string(&label).ok(), Some(format!("\"{}\"", label.as_str())));
        }
        assert_eq!("evaded".parse::<AnswerLabel>(), Err(NoSuchLabel));
    }

    #[test]
    fn a_class_is_written_in_its_words() {
        for clarity in Clarity::ALL {
            assert_eq!(serde_json::to_string(&clarity).ok(), Some(format!("\"{}\"", clarity.as_str())));
        }
    }
}
