//! The vocabulary of the archive as plain values.
//!
//! Invariant: nothing in here does I/O, and values with a rule cannot be made without passing it.

pub mod account;
pub mod briefing;
pub mod chain;
pub mod coverage;
pub mod draft;
pub mod ids;
pub mod indexed;
pub mod revision;
pub mod rights;
pub mod slug;
pub mod speaker;
pub mod topic;
pub mod utterance;

pub use account::{AccountRole, Actor, Email, TokenScope};
pub use briefing::{BriefingKind, BriefingStatus, TranscriptStatus};
pub use coverage::{Coverage, DayMark, DayState, Ledger, Scope, SeriesDays};
pub use draft::{Draft, DraftUtterance};
pub use ids::{
    AccountId, BatchId, BriefingId, RedactionId, RevisionId, SeriesId, SourceId, SpeakerId, TopicId, TranscriptId,
    UploadId, UtteranceId,
};
pub use revision::{Facts, RevisionKind};
pub use rights::{Attribution, Audience, Rights, Withheld};
pub use slug::Slug;
pub use speaker::{Office, Origin, Role};
pub use topic::TopicKind;
pub use utterance::{AskedBy, Mark, MarkKind, UtteranceKind};
