//! What the archive holds, day by day, and what it knows that it does not hold.
//!
//! Invariant: a day of a series is in one state only. A briefing that is held outranks what an editor marked, and a mark
//! outranks what is merely expected; a day that nobody expects anything of is in no state.

mod days;
mod ledger;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BriefingId, SeriesId, SpeakerId};

pub use days::SeriesDays;
pub use ledger::Ledger;

/// What is known of one day of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayState {
    /// A briefing of that day is published.
    Held,
    /// An editor says that no briefing took place.
    None,
    /// An editor says that one took place, and the archive lacks it.
    Missing,
    /// The series usually meets on that weekday, and nobody has said whether it did.
    Unknown,
}

impl DayState {
    /// Every value, in order.
    pub const ALL: [Self; 4] = [Self::Held, Self::None, Self::Missing, Self::Unknown];

    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::None => "none",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
        }
    }
}

/// What an editor can say of a day without a briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "kebab-case")]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum DayMark {
    /// No briefing took place.
    None,
    /// One took place, and the archive lacks it.
    Missing,
}

impl DayMark {
    /// Every value, in order.
    pub const ALL: [Self; 2] = [Self::None, Self::Missing];

    /// The word used in addresses, JSON and SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Missing => "missing",
        }
    }

    /// Reads the word used in addresses, JSON and SQL.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.as_str() == text)
    }
}

/// A published briefing as far as coverage goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBriefing {
    /// Its row.
    pub id: BriefingId,
    /// The series it belongs to.
    pub series: Option<SeriesId>,
    /// The date of the event.
    pub date: Option<Date>,
}

/// A day that an editor has marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedDay {
    /// The series.
    pub series: SeriesId,
    /// The day.
    pub day: Date,
    /// What the editor says.
    pub mark: DayMark,
    /// How the editor knows.
    pub note: Option<String>,
}

/// Of what coverage is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only what this speaker says, in the series in which they speak.
    pub speaker: Option<SpeakerId>,
    /// Only these series; none means all.
    pub series: Vec<SeriesId>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// Numbers of days in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Days {
    /// With a briefing.
    pub held: usize,
    /// Without one, as an editor says.
    pub none: usize,
    /// With one that the archive lacks, as an editor says.
    pub missing: usize,
    /// Of which nobody has said anything.
    pub unknown: usize,
}

impl std::ops::AddAssign for Days {
    fn add_assign(&mut self, other: Self) {
        self.held += other.held;
        self.none += other.none;
        self.missing += other.missing;
        self.unknown += other.unknown;
    }
}

/// What the archive holds of one series within a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesCoverage {
    /// The series; what belongs to none is put together.
    pub series: Option<SeriesId>,
    /// Dated briefings within the scope.
    pub briefings: usize,
    /// Turns in these and in the undated ones.
    pub turns: u64,
    /// Briefings without a date, which may or may not lie within the period.
    pub undated: usize,
    /// First and last day that the archive holds of the series, whatever the scope.
    pub span: Option<(Date, Date)>,
    /// Days of the series within the period, whoever speaks.
    pub days: Days,
}

/// What the archive holds within a scope, and what it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Of what it was asked.
    pub scope: Scope,
    /// Dated briefings within the scope; of a speaker, those in which they speak.
    pub briefings: usize,
    /// Turns in these and in the undated ones; of a speaker, their own.
    pub turns: u64,
    /// Briefings without a date, which may or may not lie within the period.
    pub undated: usize,
    /// First and last day of the briefings counted.
    pub held: Option<(Date, Date)>,
    /// First and last day, and number, of such briefings whatever the period asked for.
    pub ever: Option<(Date, Date, usize)>,
    /// The period in which days are counted.
    pub period: (Option<Date>, Option<Date>),
    /// Days in each state, of all series together.
    pub days: Days,
    /// The same, series by series, those with most briefings first.
    pub series: Vec<SeriesCoverage>,
}
