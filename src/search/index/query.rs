//! What can be asked of the index, and what it answers.

use jiff::civil::Date;

use crate::domain::{BriefingId, BriefingKind, Role, SeriesId, SpeakerId, TopicId, UtteranceId, UtteranceKind};
use crate::search::language::Expr;

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Query {
    /// What is looked for in the words; nothing means everything.
    pub expr: Option<Expr>,
    /// Where it is looked for.
    pub filters: Filters,
    /// In which order hits come.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// How many hits to give; with 0 there are only counts.
    pub limit: usize,
}

/// Restrictions: within one list any value will do, and all lists must agree. An empty list restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filters {
    /// Who speaks.
    pub speakers: Vec<SpeakerId>,
    /// Topics tagged.
    pub topics: Vec<TopicId>,
    /// Series of the briefing.
    pub series: Vec<SeriesId>,
    /// Years of the briefing.
    pub years: Vec<i16>,
    /// Labels, compared without case, accents and punctuation.
    pub labels: Vec<String>,
    /// Kinds of utterance.
    pub kinds: Vec<UtteranceKind>,
    /// Roles of those who are not named.
    pub roles: Vec<Role>,
    /// Kinds of briefing; reports are second-hand words and left out unless asked for.
    pub briefing_kinds: Vec<BriefingKind>,
    /// One briefing only.
    pub briefing: Option<BriefingId>,
    /// First day; undated briefings are then left out.
    pub from: Option<Date>,
    /// Last day; undated briefings are then left out.
    pub to: Option<Date>,
}

impl Default for Filters {
    fn default() -> Self {
        Self {
            speakers: Vec::new(),
            topics: Vec::new(),
            series: Vec::new(),
            years: Vec::new(),
            labels: Vec::new(),
            kinds: Vec::new(),
            roles: Vec::new(),
            briefing_kinds: vec![BriefingKind::Transcript, BriefingKind::Statement],
            briefing: None,
            from: None,
            to: None,
        }
    }
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Best first; without words the same as `Newest`.
    #[default]
    Relevance,
    /// Latest briefing first, in reading order within it; undated last.
    Newest,
    /// Earliest briefing first, in reading order within it; undated last.
    Oldest,
}

/// What the index answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// How many utterances match, exactly.
    pub total: u64,
    /// Those asked for.
    pub hits: Vec<Hit>,
    /// How the matches spread.
    pub facets: Facets,
}

/// One utterance that matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its row.
    pub utterance_id: UtteranceId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// Its place in the briefing.
    pub position: u32,
    /// How well it matches; 0 where that was not asked.
    pub score: f32,
}

/// Exact counts, largest first (years: latest first); a facet does not apply its own restriction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Utterances of each speaker.
    pub speaker: Vec<(SpeakerId, u64)>,
    /// Utterances tagged with each topic.
    pub topic: Vec<(TopicId, u64)>,
    /// Utterances in each series.
    pub series: Vec<(SeriesId, u64)>,
    /// Utterances in each year.
    pub year: Vec<(i16, u64)>,
    /// Utterances in each kind of briefing.
    pub briefing_kind: Vec<(BriefingKind, u64)>,
}

/// The width of a step in a line over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Each day.
    Day,
    /// Each month.
    Month,
    /// Each year.
    Year,
}

impl Bucket {
    /// The first day of the step that a day falls into.
    pub fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }
}

/// What may be wrong with an index; it can always be rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// What was to be indexed did not come to its end.
    #[error("what was to be indexed did not come to its end")]
    Interrupted,
    /// Another process writes to it.
    #[error("another process is writing to the index in {0}")]
    Locked(std::path::PathBuf),
    /// It was opened for reading only.
    #[error("the index was opened for reading only")]
    ReadOnly,
    /// The disk or the memory refuses.
    #[error("the index cannot be read or written")]
    Io(#[from] std::io::Error),
    /// The full-text engine refuses.
    #[error("the full-text index failed")]
    Engine(#[from] tantivy::TantivyError),
}
