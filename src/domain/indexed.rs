//! What the full-text index holds of the archive, as handed from the database to the index.

use jiff::civil::Date;

use super::{BriefingId, BriefingKind, Role, SeriesId, SpeakerId, TopicId, UtteranceId, UtteranceKind};

/// A published briefing with its utterances, or the fact that nothing of it may be found any more.
#[derive(Debug, Clone)]
pub struct Change {
    /// The briefing; whatever the index holds of it is replaced.
    pub briefing_id: BriefingId,
    /// What is to be found from now on; `None` when it was withdrawn, embargoed or removed.
    pub now: Option<IndexedBriefing>,
}

/// The facts that all utterances of a briefing share.
#[derive(Debug, Clone)]
pub struct IndexedBriefing {
    /// What kind of briefing it is.
    pub briefing_kind: BriefingKind,
    /// The date of the event.
    pub date: Option<Date>,
    /// The series it belongs to.
    pub series_id: Option<SeriesId>,
    /// ISO 639-1 code of its language; decides how words are stemmed.
    pub language: Option<String>,
    /// Its words.
    pub utterances: Vec<IndexedUtterance>,
}

/// One utterance as the index sees it.
#[derive(Debug, Clone)]
pub struct IndexedUtterance {
    /// Its row.
    pub utterance_id: UtteranceId,
    /// Its place in the briefing, from 0.
    pub position: u32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The label as printed.
    pub label: Option<String>,
    /// Who speaks.
    pub speaker_id: Option<SpeakerId>,
    /// What the label stands for when it names nobody.
    pub role: Option<Role>,
    /// Topics tagged.
    pub topics: Vec<TopicId>,
    /// The words.
    pub text: String,
}
