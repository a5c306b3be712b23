//! What the archive holds, day by day, and what it knows that it does not hold.
//!
//! Invariant: a day of a series is in one state only. A briefing that is held outranks what an editor marked, and a mark
//! outranks what is merely expected; a day that nobody expects anything of is in no state.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::{BriefingId, SeriesId, SpeakerId};

/// Days held on one weekday from which on the history of a series says which weekdays are usual.
const HISTORY: usize = 4;
/// A weekday is usual if it is at least this part as frequent as the most frequent one.
const USUAL: usize = 4;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
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

/// What is known of the days of one series.
#[derive(Debug, Clone, Default)]
pub struct SeriesDays {
    held: Vec<Date>,
    none: Vec<Date>,
    missing: Vec<Date>,
    unknown: Vec<Date>,
    marks: BTreeMap<Date, MarkedDay>,
    usual: [bool; 7],
}

impl SeriesDays {
    fn new(held: BTreeSet<Date>, mut marks: BTreeMap<Date, MarkedDay>) -> Self {
        marks.retain(|day, _| !held.contains(day));
        let usual = usual(&held);
        let days = held
            .first()
            .zip(held.last())
            .into_iter()
            .flat_map(|(first, last)| first.series(1.day()).take_while(move |day| day <= last));
        let unknown =
            days.filter(|day| usual[offset(*day)] && !held.contains(day) && !marks.contains_key(day)).collect();
        let marked = |mark: DayMark| marks.values().filter(move |one| one.mark == mark).map(|one| one.day).collect();
        Self {
            none: marked(DayMark::None),
            missing: marked(DayMark::Missing),
            unknown,
            usual,
            held: held.into_iter().collect(),
            marks,
        }
    }

    /// What is known of a day; `None` if nobody expects anything of it.
    pub fn state(&self, day: Date) -> Option<DayState> {
        DayState::ALL.into_iter().find(|state| self.in_state(*state).binary_search(&day).is_ok())
    }

    /// All days in a state, in order.
    pub fn in_state(&self, state: DayState) -> &[Date] {
        match state {
            DayState::Held => &self.held,
            DayState::None => &self.none,
            DayState::Missing => &self.missing,
            DayState::Unknown => &self.unknown,
        }
    }

    /// What editors say of days without a briefing, in order.
    pub fn marks(&self) -> impl Iterator<Item = &MarkedDay> {
        self.marks.values()
    }

    /// What an editor says of a day without a briefing.
    pub fn mark(&self, day: Date) -> Option<&MarkedDay> {
        self.marks.get(&day)
    }

    /// The weekdays on which the series usually meets, by its own history.
    pub fn usual_weekdays(&self) -> Vec<Weekday> {
        (0..7)
            .filter(|at| self.usual[*at as usize])
            .filter_map(|at| Weekday::from_monday_zero_offset(at).ok())
            .collect()
    }

    /// First and last day held.
    pub fn span(&self) -> Option<(Date, Date)> {
        self.held.first().copied().zip(self.held.last().copied())
    }

    /// How many days between two, both included, are in each state.
    pub fn count(&self, from: Option<Date>, to: Option<Date>) -> Days {
        let within = |state| {
            let days = self.in_state(state);
            let begin = from.map_or(0, |from| days.partition_point(|day| *day < from));
            let end = to.map_or(days.len(), |to| days.partition_point(|day| *day <= to));
            end.saturating_sub(begin)
        };
        Days {
            held: within(DayState::Held),
            none: within(DayState::None),
            missing: within(DayState::Missing),
            unknown: within(DayState::Unknown),
        }
    }
}

fn offset(day: Date) -> usize {
    day.weekday().to_monday_zero_offset() as usize
}

/// The weekdays on which a series usually meets: those not much rarer than the most frequent one. A history too short to
/// tell leaves every working day possible.
fn usual(held: &BTreeSet<Date>) -> [bool; 7] {
    let mut counts = [0_usize; 7];
    for day in held {
        counts[offset(*day)] += 1;
    }
    let most = counts.into_iter().max().unwrap_or(0);
    if most < HISTORY {
        return [true, true, true, true, true, false, false];
    }
    counts.map(|count| count * USUAL >= most)
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

/// What readers may see of which days are held, marked and expected; reports are second-hand and apart.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    briefings: Vec<HeldBriefing>,
    dates: HashMap<BriefingId, Date>,
    turns: HashMap<BriefingId, u64>,
    series: BTreeMap<Option<SeriesId>, SeriesDays>,
}

impl Ledger {
    /// Puts together what is held and what is marked. Marks of series without a published briefing show nowhere.
    pub fn new(briefings: Vec<HeldBriefing>, marks: Vec<MarkedDay>) -> Self {
        let mut held: BTreeMap<Option<SeriesId>, BTreeSet<Date>> = BTreeMap::new();
        for briefing in &briefings {
            held.entry(briefing.series).or_default().extend(briefing.date);
        }
        let mut marked: BTreeMap<SeriesId, BTreeMap<Date, MarkedDay>> = BTreeMap::new();
        for mark in marks {
            marked.entry(mark.series).or_default().insert(mark.day, mark);
        }
        let days = |(series, held): (Option<SeriesId>, BTreeSet<Date>)| match series {
            Some(id) => (series, SeriesDays::new(held, marked.remove(&id).unwrap_or_default())),
            // What belongs to no series is expected on no day.
            None => (series, SeriesDays { held: held.into_iter().collect(), ..SeriesDays::default() }),
        };
        let series = held.into_iter().map(days).collect();
        let dates = briefings.iter().filter_map(|one| Some((one.id, one.date?))).collect();
        Self { briefings, dates, turns: HashMap::new(), series }
    }

    /// Adds how many turns each briefing has.
    #[must_use]
    pub fn with_turns(mut self, turns: impl IntoIterator<Item = (BriefingId, u64)>) -> Self {
        self.turns = turns.into_iter().collect();
        self
    }

    /// The date of a briefing that readers can see, if it has one.
    pub fn date(&self, id: BriefingId) -> Option<Date> {
        self.dates.get(&id).copied()
    }

    /// What is known of the days of a series that readers can see.
    pub fn series(&self, id: SeriesId) -> Option<&SeriesDays> {
        self.series.get(&Some(id))
    }

    /// What is held within a scope. Of a speaker, `spoken` says in which briefings they have how many turns.
    pub fn cover(&self, scope: Scope, spoken: Option<&HashMap<BriefingId, u64>>) -> Coverage {
        let turns = spoken.unwrap_or(&self.turns);
        let counted: Vec<&HeldBriefing> = self
            .briefings
            .iter()
            .filter(|one| scope.series.is_empty() || one.series.is_some_and(|series| scope.series.contains(&series)))
            .filter(|one| spoken.is_none_or(|spoken| spoken.contains_key(&one.id)))
            .collect();
        let dates = || counted.iter().filter_map(|one| one.date);
        let ever = dates().min().zip(dates().max()).map(|(first, last)| (first, last, dates().count()));
        // Of a speaker, days before the first and after the last time they speak say nothing, unless they are asked for.
        let (first, last) = match (ever, scope.speaker) {
            (Some((first, last, _)), Some(_)) => (Some(first), Some(last)),
            _ => (None, None),
        };
        let (from, to) = (scope.from.or(first), scope.to.or(last));
        let within = |day: Date| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to);
        let mut coverage = Coverage { ever, period: (from, to), ..Coverage::default() };
        let mut series: BTreeMap<Option<SeriesId>, SeriesCoverage> = BTreeMap::new();
        for one in counted {
            let entry = series.entry(one.series).or_insert_with(|| self.begin(one.series, from, to));
            let counts = match one.date {
                Some(day) if within(day) => {
                    entry.briefings += 1;
                    let (first, last) = coverage.held.unwrap_or((day, day));
                    coverage.held = Some((first.min(day), last.max(day)));
                    true
                }
                Some(_) => false,
                None => {
                    entry.undated += 1;
                    true
                }
            };
            if counts {
                entry.turns += turns.get(&one.id).copied().unwrap_or(0);
            }
        }
        coverage.series = series.into_values().collect();
        coverage.series.sort_by_key(|one| (one.series.is_none(), std::cmp::Reverse(one.briefings), one.series));
        for one in &coverage.series {
            coverage.briefings += one.briefings;
            coverage.turns += one.turns;
            coverage.undated += one.undated;
            coverage.days += one.days;
        }
        coverage.scope = scope;
        coverage
    }

    fn begin(&self, series: Option<SeriesId>, from: Option<Date>, to: Option<Date>) -> SeriesCoverage {
        let days = self.series.get(&series);
        SeriesCoverage {
            series,
            briefings: 0,
            turns: 0,
            undated: 0,
            span: days.and_then(SeriesDays::span),
            days: days.map(|days| days.count(from, to)).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAILY: SeriesId = SeriesId(1);
    const WEEKLY: SeriesId = SeriesId(2);

    fn briefing(id: i64, series: SeriesId, day: Option<Date>) -> HeldBriefing {
        HeldBriefing { id: BriefingId(id), series: Some(series), date: day }
    }

    fn mark(day: Date, mark: DayMark) -> MarkedDay {
        MarkedDay { series: DAILY, day, mark, note: Some("the daily guidance".to_owned()) }
    }

    /// Monday, Tuesday and the Monday after of a daily series; four Thursdays and an odd Friday of a weekly one.
    fn ledger(marks: Vec<MarkedDay>) -> Ledger {
        let daily = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 9)];
        let weekly = [5, 12, 19, 26, 27].map(|day| date(2026, 3, day));
        let held = daily.iter().map(|day| (DAILY, *day)).chain(weekly.iter().map(|day| (WEEKLY, *day)));
        let mut held: Vec<_> = (1..).zip(held).map(|(id, (series, day))| briefing(id, series, Some(day))).collect();
        held.push(briefing(90, DAILY, None));
        held.push(HeldBriefing { id: BriefingId(91), series: None, date: Some(date(2025, 1, 1)) });
        let turns: Vec<_> = held.iter().map(|one| (one.id, 10)).collect();
        Ledger::new(held, marks).with_turns(turns)
    }

    #[test]
    fn a_short_history_leaves_every_working_day_possible() {
        let ledger = ledger(Vec::new());
        let daily = ledger.series(DAILY).expect("the series");
        assert_eq!(daily.in_state(DayState::Unknown), [4, 5, 6].map(|day| date(2026, 3, day)));
        assert_eq!(daily.state(date(2026, 3, 7)), None, "a Saturday");
        assert_eq!(daily.state(date(2026, 3, 10)), None, "after the last day held");
    }

    #[test]
    fn a_series_that_meets_on_thursdays_is_expected_on_thursdays() {
        let mut held: Vec<_> =
            (0..20).map(|week| briefing(week, WEEKLY, Some(date(2026, 1, 1) + (week * 7).days()))).collect();
        held.push(briefing(99, WEEKLY, Some(date(2026, 1, 6))));
        held.remove(3);
        let ledger = Ledger::new(held, Vec::new());
        let weekly = ledger.series(WEEKLY).expect("the series");
        assert_eq!(weekly.usual_weekdays(), [Weekday::Thursday]);
        assert_eq!(weekly.in_state(DayState::Unknown), [date(2026, 1, 22)]);
    }

    #[test]
    fn what_editors_say_outranks_what_is_expected_and_a_briefing_outranks_both() {
        let marks = vec![
            mark(date(2026, 3, 3), DayMark::None),
            mark(date(2026, 3, 4), DayMark::None),
            mark(date(2026, 3, 5), DayMark::Missing),
            mark(date(2026, 3, 8), DayMark::Missing),
        ];
        let ledger = ledger(marks);
        let daily = ledger.series(DAILY).expect("the series");
        let state = |day| daily.state(date(2026, 3, day));
        assert_eq!(state(3), Some(DayState::Held));
        assert_eq!(state(4), Some(DayState::None));
        assert_eq!((state(5), state(8)), (Some(DayState::Missing), Some(DayState::Missing)), "also on a Sunday");
        assert_eq!(daily.count(None, None), Days { held: 3, none: 1, missing: 2, unknown: 1 });
        assert_eq!(
            daily.count(Some(date(2026, 3, 5)), Some(date(2026, 3, 6))),
            Days { held: 0, none: 0, missing: 1, unknown: 1 }
        );
    }

    #[test]
    fn the_whole_archive_is_the_sum_of_its_series_with_undated_briefings_apart() {
        let coverage = ledger(Vec::new()).cover(Scope::default(), None);
        assert_eq!((coverage.briefings, coverage.undated, coverage.turns), (9, 1, 100));
        assert_eq!(coverage.held, Some((date(2025, 1, 1), date(2026, 3, 27))));
        assert_eq!(coverage.days, Days { held: 9, none: 0, missing: 0, unknown: 3 + 3 });
        let series: Vec<_> = coverage.series.iter().map(|one| (one.series, one.briefings)).collect();
        assert_eq!(series, [(Some(WEEKLY), 5), (Some(DAILY), 3), (None, 1)]);
    }

    #[test]
    fn of_a_speaker_only_their_series_and_the_time_in_which_they_speak_count() {
        // On the first two days of the daily series.
        let spoken = HashMap::from([(BriefingId(2), 4), (BriefingId(3), 5)]);
        let ledger = ledger(Vec::new());
        let scope = Scope { speaker: Some(SpeakerId(7)), ..Scope::default() };
        let coverage = ledger.cover(scope.clone(), Some(&spoken));
        assert_eq!((coverage.briefings, coverage.turns, coverage.series.len()), (2, 9, 1));
        assert_eq!(coverage.days, Days { held: 2, none: 0, missing: 0, unknown: 3 });
        let later =
            ledger.cover(Scope { from: Some(date(2026, 3, 4)), to: Some(date(2026, 3, 5)), ..scope }, Some(&spoken));
        assert_eq!((later.briefings, later.held, later.days.unknown), (0, None, 2));
        assert_eq!(later.ever, Some((date(2026, 3, 3), date(2026, 3, 9), 2)));
    }
}
