//! The vocabulary of the archive as plain values.
//!
//! Invariant: nothing in here does I/O, and values with a rule cannot be made without passing it.

pub mod account;
pub mod answer_label;
pub mod briefing;
pub mod chain;
pub mod claim;
pub mod coverage;
pub mod doubt;
pub mod draft;
pub mod follow_up;
pub mod ids;
pub mod indexed;
pub mod joined;
pub mod place;
pub mod problem;
pub mod quotation;
pub mod redacted;
pub mod revision;
pub mod rights;
pub mod slug;
pub mod speaker;
pub mod speaker_act;
pub mod suggestion;
pub mod topic;
pub mod utterance;

pub use account::{AccountRole, Actor, Email, TokenScope};
pub use answer_label::{AnswerLabel, Clarity};
pub use briefing::{BriefingKind, BriefingStatus, TranscriptStatus};
pub use claim::{ClaimKind, ClaimLinkKind};
pub use coverage::{Coverage, DayMark, DayState, Ledger, Scope, SeriesDays};
pub use doubt::{Behind, LabelDoubt};
pub use draft::{Draft, DraftUtterance};
pub use follow_up::PromiseKind;
pub use ids::{
    AccountId, BatchId, BriefingId, ClaimId, ClaimLinkId, ClaimReviewId, ExchangeId, FollowUpId, LabelId, ProblemId,
    ProposalId, QuotationId, RedactionId, ResolutionId, RevisionId, SeriesId, SeriesLabelId, SourceId, SpeakerId,
    TopicId, TranscriptId, UploadId, UtteranceId,
};
pub use place::Place;
pub use problem::{ProblemKind, ProblemOutcome, Reference};
pub use quotation::QuotationMode;
pub use redacted::RedactedSource;
pub use revision::{Facts, RevisionKind};
pub use rights::{Attribution, Audience, Rights, Withheld};
pub use slug::Slug;
pub use speaker::{Office, Origin, Role, WikidataId};
pub use speaker_act::{LabelAt, Share, SpeakerAct};
pub use suggestion::{Suggestion, SuggestionKind};
pub use topic::TopicKind;
pub use utterance::{AskedBy, Mark, MarkKind, UtteranceKind};
