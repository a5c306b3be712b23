//! What is known of the days of one series.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::{DayMark, DayState, Days, MarkedDay};

/// Days held on one weekday from which on the history of a series says which weekdays are usual.
const HISTORY: usize = 4;
/// A weekday is usual if it is at least this part as frequent as the most frequent one.
const USUAL: usize = 4;

/// A series meets by its weekdays if it is held on at least this part of them; else nobody can say when it should.
const REGULAR: usize = 20;

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
    /// Puts together what is held and what is marked.
    pub fn new(held: BTreeSet<Date>, mut marks: BTreeMap<Date, MarkedDay>) -> Self {
        marks.retain(|day, _| !held.contains(day));
        let usual = usual(&held);
        let span = held.first().zip(held.last());
        let days = span.into_iter().flat_map(|(first, last)| first.series(1.day()).take_while(move |day| day <= last));
        let expected: Vec<Date> = days.filter(|day| usual[offset(*day)]).collect();
        let kept = expected.iter().filter(|day| held.contains(day)).count();
        let regular = kept * REGULAR >= expected.len();
        let open = |day: &Date| regular && !held.contains(day) && !marks.contains_key(day);
        let unknown = expected.into_iter().filter(open).collect();
        let usual = if regular { usual } else { [false; 7] };
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

    /// Days held of what is expected on no day.
    pub fn unexpected(held: BTreeSet<Date>) -> Self {
        Self { held: held.into_iter().collect(), ..Self::default() }
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

    /// The weekdays on which the series usually meets, by its own history; none if it meets too irregularly to say, or too
    /// little of it is held.
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
