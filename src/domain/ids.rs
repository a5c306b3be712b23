//! Row identifiers that cannot be mixed up.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($repr:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub $repr);
    )*};
}

ids! {
    /// One event.
    BriefingId(i64),
    /// One text of a briefing.
    TranscriptId(i64),
    /// One state of a transcript.
    RevisionId(i64),
    /// The bytes a transcript was read from.
    SourceId(i64),
    /// One stretch of words in one revision.
    UtteranceId(i64),
    /// A person or an organisation.
    SpeakerId(i64),
    /// What a briefing belongs to.
    SeriesId(i32),
    /// A subject with a page.
    TopicId(i32),
    /// Somebody who edits.
    AccountId(i64),
    /// What was uploaded at once.
    BatchId(i64),
    /// One file, text or address of it.
    UploadId(i64),
    /// A newer version of a transcript, put before an editor.
    ProposalId(i64),
    /// A label of one transcript.
    LabelId(i64),
    /// What an editor says of a label for a whole series.
    SeriesLabelId(i64),
    /// What a reader says is wrong.
    ProblemId(i64),
    /// Words that were destroyed at once.
    RedactionId(i64),
    /// A question and the response to it.
    ExchangeId(i64),
    /// A sentence that asserts something checkable.
    ClaimId(i64),
    /// How one claim stands to another.
    ClaimLinkId(i64),
    /// What a fact-checker found.
    ClaimReviewId(i64),
    /// A promise to come back to a question.
    FollowUpId(i64),
    /// Words that a report attributes to somebody.
    QuotationId(i64),
    /// Later words that seem to keep a promise.
    ResolutionId(i64),
}
