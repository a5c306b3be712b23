//! What an editor may do to a transcript, and why it may be refused.

use jiff::civil::Date;

use crate::domain::{Behind, LabelId, RevisionKind};

/// One act of correction.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Puts words right that departed from the source.
    Words {
        /// The utterance.
        number: i32,
        /// All its words, as they should be.
        text: String,
        /// The editor has compared them with the source, where our reading of it does not hold them.
        compared: bool,
    },
    /// Adds a note of our own behind an utterance; its words stay as they are.
    Note {
        /// The utterance.
        number: i32,
        /// The words of the note.
        text: String,
        /// Whom it is about: us, the issuer, the speaker.
        kind: RevisionKind,
    },
    /// Puts an utterance under another label.
    Voice {
        /// The utterance.
        number: i32,
        /// The label.
        label: String,
    },
    /// Cuts an utterance in two.
    Split {
        /// The utterance; the first part keeps this number.
        number: i32,
        /// The words with which the second part begins.
        begins: String,
        /// The label of the second part, if another.
        label: Option<String>,
    },
    /// Joins an utterance with the next one.
    Join {
        /// The utterance; the number of the next leads on to it.
        number: i32,
    },
    /// Says who stands behind a label.
    Speaker {
        /// The label.
        label: String,
        /// The address or the exact name of the speaker; none if it is nobody who is known.
        speaker: Option<String>,
    },
    /// Says who or what stands behind a label, where an editor was asked until it was clear.
    Behind {
        /// The label.
        label: LabelId,
        /// Who or what.
        behind: Behind,
    },
    /// Describes the briefing anew.
    Describe(Description),
    /// Takes the briefing out of sight.
    Withdraw,
    /// Puts it back.
    Republish,
}

/// What a briefing is beside its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// The title.
    pub title: String,
    /// The date of the event.
    pub date: Option<Date>,
    /// Name of the series.
    pub series: Option<String>,
    /// Where it was held.
    pub place: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

impl Act {
    /// The word for it in the audit log and in forms.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Words { .. } => "words",
            Self::Note { .. } => "note",
            Self::Voice { .. } => "voice",
            Self::Split { .. } => "split",
            Self::Join { .. } => "join",
            Self::Speaker { .. } | Self::Behind { .. } => "speaker",
            Self::Describe(_) => "describe",
            Self::Withdraw => "withdraw",
            Self::Republish => "republish",
        }
    }

    /// What sort of revision it makes.
    pub const fn kind(&self) -> RevisionKind {
        match self {
            Self::Note { kind, .. } => *kind,
            Self::Describe(_) => RevisionKind::Metadata,
            Self::Withdraw => RevisionKind::Withdrawn,
            Self::Republish => RevisionKind::Republished,
            _ => RevisionKind::Ours,
        }
    }

    /// The utterance that it is about.
    pub const fn number(&self) -> Option<i32> {
        match self {
            Self::Words { number, .. }
            | Self::Note { number, .. }
            | Self::Voice { number, .. }
            | Self::Split { number, .. }
            | Self::Join { number } => Some(*number),
            _ => None,
        }
    }
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is no such briefing.
    NoSuchBriefing,
    /// Another revision came between.
    Overtaken {
        /// The present one.
        present: i32,
    },
    /// Readers must be told why.
    NoReason,
    /// No utterance has this number now.
    NoSuchTurn,
    /// It is so already.
    Unchanged,
    /// There must be words.
    NoWords,
    /// The words do not stand in what was read from the source.
    NotInSource,
    /// A heading or a note has no voice.
    NotSpoken,
    /// The words at which to cut do not stand there, or only at the very beginning.
    NoPlaceToCut,
    /// They stand there more than once.
    PlacesToCut,
    /// There is no next utterance of the same kind.
    NothingToJoin,
    /// The transcript has no such label, or an editor said the same of it before.
    NoSuchLabel,
    /// No speaker, or more than one, has this address or name.
    NoSuchSpeaker,
    /// A name that no address can be made of.
    NoSuchSeries,
    /// Only what is published can be withdrawn.
    NotPublished,
    /// Only what is withdrawn can be put back.
    NotWithdrawn,
    /// What is withdrawn is put back first.
    IsWithdrawn,
    /// The words were destroyed by a redaction.
    Redacted,
}

impl Refused {
    /// Everything that an act on a briefing may be refused for, but that somebody was faster.
    pub const OF_ACTS: [Self; 16] = [
        Self::NoReason,
        Self::NoSuchTurn,
        Self::Unchanged,
        Self::NoWords,
        Self::NotInSource,
        Self::NotSpoken,
        Self::NoPlaceToCut,
        Self::PlacesToCut,
        Self::NothingToJoin,
        Self::NoSuchLabel,
        Self::NoSuchSpeaker,
        Self::NoSuchSeries,
        Self::NotPublished,
        Self::NotWithdrawn,
        Self::IsWithdrawn,
        Self::Redacted,
    ];

    /// The word for it in addresses.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoSuchBriefing => "not-found",
            Self::Overtaken { .. } => "overtaken",
            Self::NoReason => "no-reason",
            Self::NoSuchTurn => "no-such-turn",
            Self::Unchanged => "unchanged",
            Self::NoWords => "no-words",
            Self::NotInSource => "not-in-source",
            Self::NotSpoken => "not-spoken",
            Self::NoPlaceToCut => "no-place-to-cut",
            Self::PlacesToCut => "places-to-cut",
            Self::NothingToJoin => "nothing-to-join",
            Self::NoSuchLabel => "no-such-label",
            Self::NoSuchSpeaker => "no-such-speaker",
            Self::NoSuchSeries => "no-such-series",
            Self::NotPublished => "not-published",
            Self::NotWithdrawn => "not-withdrawn",
            Self::IsWithdrawn => "is-withdrawn",
            Self::Redacted => "redacted",
        }
    }
}
