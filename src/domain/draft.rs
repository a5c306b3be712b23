//! A briefing as planned by an import: everything that will be written, before it has rows.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::utterance::AskedBy;
use super::{BriefingKind, Mark, UtteranceKind};

/// One briefing with its one transcript, as read from one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What kind of briefing it is.
    pub briefing_kind: BriefingKind,
    /// The title as shown.
    pub title: String,
    /// The date of the event; `None` is allowed and listed as such.
    pub date: Option<Date>,
    /// Where the date comes from (kebab-case, as in the transcript model).
    pub date_origin: Option<String>,
    /// Local time at which it began.
    pub starts: Option<Time>,
    /// Local time at which it ended.
    pub ends: Option<Time>,
    /// The zone printed beside the time ("EDT").
    pub zone: Option<String>,
    /// Where it was held.
    pub place: Option<String>,
    /// Name of the series it belongs to.
    pub series: Option<String>,
    /// Who issued the text.
    pub issuer: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// Subjects printed in an index at the head.
    pub subjects: Vec<String>,
    /// The words, in order.
    pub utterances: Vec<DraftUtterance>,
}

/// One utterance before it has a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftUtterance {
    /// What it is.
    pub kind: UtteranceKind,
    /// The label as printed; only turns have one.
    pub label: Option<String>,
    /// The label is not printed here: the speaker goes on after a heading.
    pub goes_on: bool,
    /// The words.
    pub text: String,
    /// Strikes, insertions, stage directions and notes.
    pub marks: Vec<Mark>,
    /// The reporter named by the text.
    pub asked_by: Option<AskedBy>,
    /// Offset from the beginning of the recording in milliseconds.
    pub starts_at_ms: Option<u64>,
}
