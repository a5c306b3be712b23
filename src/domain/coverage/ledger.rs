//! All that is held and marked, and what of it lies within a scope.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Coverage, HeldBriefing, MarkedDay, Scope, SeriesCoverage, SeriesDays};
use crate::domain::{BriefingId, SeriesId};

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
            None => (series, SeriesDays::unexpected(held)),
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
    use crate::domain::SpeakerId;
    use crate::domain::coverage::{DayMark, DayState, Days};
    use jiff::ToSpan as _;
    use jiff::civil::{Weekday, date};

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
    fn of_a_series_that_is_held_now_and_then_no_day_is_expected() {
        let held = (0..10).map(|year| briefing(year.into(), DAILY, Some(date(2010 + year, 3, 3)))).collect();
        let ledger = Ledger::new(held, Vec::new());
        let rare = ledger.series(DAILY).expect("the series");
        assert_eq!((rare.usual_weekdays(), rare.count(None, None).unknown), (Vec::new(), 0));
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
