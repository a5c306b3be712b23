//! One stretch of words: a turn of one speaker, a heading, a note, a paragraph.

use serde::{Deserialize, Serialize};

/// What an utterance is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum UtteranceKind {
    /// Somebody speaks.
    Turn,
    /// A title, a head line or a section heading.
    Heading,
    /// Words about the text: a place, a time, an editor's note.
    Note,
    /// Words that nobody is named as saying.
    Paragraph,
}

impl UtteranceKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Heading => "heading",
            Self::Note => "note",
            Self::Paragraph => "paragraph",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Turn, Self::Heading, Self::Note, Self::Paragraph];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// What a mark means.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum MarkKind {
    /// Struck out by the issuer: said, but wrong.
    Strike,
    /// Put in by the issuer.
    Insertion,
    /// What happens in the room.
    StageDirection,
    /// A note of the issuer's editor, or the reference to one.
    EditorNote,
}

impl MarkKind {
    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strike => "strike",
            Self::Insertion => "insertion",
            Self::StageDirection => "stage-direction",
            Self::EditorNote => "editor-note",
        }
    }

    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Strike, Self::Insertion, Self::StageDirection, Self::EditorNote];

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// A stretch of an utterance's text with a meaning of its own, as offsets in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Mark {
    /// What it means.
    pub kind: MarkKind,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// The reporter who asked, where the text names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AskedBy {
    /// The name as printed.
    pub name: String,
    /// The outlet as printed.
    pub outlet: Option<String>,
    /// The words that name them.
    pub evidence: String,
}
