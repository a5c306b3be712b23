//! A year as twelve small tables, and many years as one table of months.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use crate::domain::coverage::Days;
use crate::domain::{DayState, SeriesDays};
use crate::store::series::Day;
use crate::web::{phrase, urls};

/// A month of a calendar.
pub struct Month {
    /// "March".
    pub name: &'static str,
    /// Where the month is listed; `None` if there is nothing.
    pub url: Option<String>,
    /// Weeks from Monday to Sunday.
    pub weeks: Vec<[Option<Cell>; 7]>,
}

/// A day of a calendar.
#[derive(Clone)]
pub struct Cell {
    /// Day of the month.
    pub day: i8,
    /// What is known of a day on which something was held.
    pub held: Option<Held>,
    /// What is known of another day of a series.
    pub known: Option<Known>,
}

/// A day of a series on which nothing is held.
#[derive(Clone)]
pub struct Known {
    /// Class on the page: `none`, `missing`, `unknown`, or nothing for a day that nobody expects anything of.
    pub class: &'static str,
    /// "known to be missing".
    pub spoken: &'static str,
    /// Where the day can be marked, for editors.
    pub url: Option<String>,
    /// The day that is about to be marked.
    pub chosen: bool,
}

/// A day on which something was held.
#[derive(Clone)]
pub struct Held {
    /// Where the day is listed.
    pub url: String,
    /// "14 March 2026: 2 briefings".
    pub spoken: String,
    /// More than one briefing.
    pub several: bool,
}

/// What a calendar shows beside the days held.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// What is known of the other days of a series.
    pub known: &'a SeriesDays,
    /// For editors: where days up to a last one are marked, and the day that is about to be.
    pub marking: Option<(&'a str, Date, Option<Date>)>,
}

impl Beside<'_> {
    fn of(&self, day: Date) -> Option<Known> {
        let state = self.known.state(day).filter(|state| *state != DayState::Held);
        let marking = self.marking.filter(|(_, last, _)| day <= *last);
        if state.is_none() && marking.is_none() {
            return None;
        }
        Some(Known {
            class: state.map_or("", DayState::as_str),
            spoken: state.map_or("", phrase::day_state),
            url: marking
                .map(|(address, _, _)| format!("{}#mark", urls::with_query(address, &[("day", &day.to_string())]))),
            chosen: marking.is_some_and(|(_, _, chosen)| chosen == Some(day)),
        })
    }
}

/// The twelve months of a year.
pub fn year(year: i16, days: &[Day]) -> Vec<Month> {
    (1..=12).map(|number| month(date(year, number, 1), days)).collect()
}

/// The twelve months of a year of a series.
pub fn year_of(year: i16, days: &[Day], beside: Beside<'_>) -> Vec<Month> {
    (1..=12).map(|number| fill(date(year, number, 1), days, Some(beside))).collect()
}

/// One month, given by its first day.
pub fn month(first: Date, days: &[Day]) -> Month {
    fill(first, days, None)
}

fn fill(first: Date, days: &[Day], beside: Option<Beside<'_>>) -> Month {
    let held: BTreeMap<Date, i64> = days.iter().map(|day| (day.date, day.briefings)).collect();
    let mut weeks: Vec<[Option<Cell>; 7]> = Vec::new();
    let mut any = false;
    for day in first.series(1.day()).take_while(|day| day.month() == first.month()) {
        if weeks.is_empty() || day.weekday() == Weekday::Monday {
            weeks.push(Default::default());
        }
        let held = held.get(&day).map(|&briefings| Held {
            url: urls::day(day),
            spoken: format!("{}: {}", phrase::date(day), phrase::counted(briefings, "briefing", "briefings")),
            several: briefings > 1,
        });
        any |= held.is_some();
        if let Some(slot) =
            weeks.last_mut().and_then(|week| week.get_mut(day.weekday().to_monday_zero_offset() as usize))
        {
            let known = beside.filter(|_| held.is_none()).and_then(|beside| beside.of(day));
            *slot = Some(Cell { day: day.day(), held, known });
        }
    }
    Month { name: phrase::month_name(first), url: any.then(|| urls::month(first)), weeks }
}

/// How much was held in one year, by month.
pub struct Row {
    /// The year.
    pub year: i16,
    /// Briefings from January to December.
    pub months: [MonthCount; 12],
    /// Briefings in the year.
    pub total: i64,
    /// Days of a series in each state.
    pub days: Days,
}

/// Briefings of one month.
#[derive(Clone, Copy)]
pub struct MonthCount {
    /// How many.
    pub briefings: i64,
    /// From 0, nothing, to 4, as many as in the fullest months: the shade of the cell.
    pub shade: i64,
    /// First day of the month.
    pub first: Date,
}

/// The years from the first to the last day held, the latest first.
pub fn years(days: &[Day]) -> Vec<Row> {
    rows(days, days.first().map(|day| day.date), days.last().map(|day| day.date), |_, _| Days::default())
}

/// The years from the first to the last day of which anything is known of a series, the latest first.
pub fn years_of(days: &[Day], known: &SeriesDays) -> Vec<Row> {
    let marked = || known.marks().map(|mark| mark.day);
    let held = || days.iter().map(|day| day.date);
    rows(days, held().chain(marked()).min(), held().chain(marked()).max(), |first, last| {
        known.count(Some(first), Some(last))
    })
}

fn rows(days: &[Day], first: Option<Date>, last: Option<Date>, count: impl Fn(Date, Date) -> Days) -> Vec<Row> {
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut by_month: BTreeMap<(i16, i8), i64> = BTreeMap::new();
    for day in days {
        *by_month.entry((day.date.year(), day.date.month())).or_default() += day.briefings;
    }
    let most = by_month.values().copied().max().unwrap_or(1).max(1);
    (first.year()..=last.year())
        .rev()
        .map(|year| {
            let at = |month: i8| by_month.get(&(year, month)).copied().unwrap_or_default();
            let months = std::array::from_fn(|i| {
                let month = i as i8 + 1;
                let briefings = at(month);
                let shade = (briefings * 4 + most - 1) / most;
                MonthCount { briefings, shade, first: date(year, month, 1) }
            });
            let total = (1..=12).map(at).sum();
            Row { year, months, total, days: count(date(year, 1, 1), date(year, 12, 31)) }
        })
        .collect()
}

/// A line of the table of years: a year, or years in a row in which nothing was held.
pub enum Band {
    /// A year with something.
    Year(Box<Row>),
    /// First and last of the years without anything, and the days in them.
    Nothing(i16, i16, Days),
}

/// Puts years without anything together.
pub fn bands(rows: Vec<Row>) -> Vec<Band> {
    let mut bands = Vec::new();
    for row in rows {
        match bands.last_mut() {
            Some(Band::Nothing(first, _, days)) if row.total == 0 => {
                *first = row.year;
                *days += row.days;
            }
            _ if row.total == 0 => bands.push(Band::Nothing(row.year, row.year, row.days)),
            _ => bands.push(Band::Year(Box::new(row))),
        }
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coverage::{HeldBriefing, MarkedDay};
    use crate::domain::{BriefingId, DayMark, Ledger, SeriesId};

    #[test]
    fn a_month_begins_on_its_weekday_and_links_the_days_held() {
        let month = month(date(2026, 3, 1), &[Day { date: date(2026, 3, 14), briefings: 2 }]);
        // 1 March 2026 is a Sunday.
        assert!(month.weeks[0][5].is_none() && month.weeks[0][6].as_ref().is_some_and(|cell| cell.day == 1));
        let held = month.weeks[2][5].as_ref().and_then(|cell| cell.held.clone()).expect("a Saturday held");
        assert_eq!((held.url.as_str(), held.spoken.as_str()), ("/dates/2026/03/14", "14 March 2026: 2 briefings"));
        assert!(held.several);
    }

    #[test]
    fn years_have_a_shade_for_each_month_and_count_the_days_of_a_series() {
        // Monday to the Monday after, held on both: Tuesday to Friday may have been.
        let days = [Day { date: date(2026, 3, 2), briefings: 1 }, Day { date: date(2026, 3, 9), briefings: 1 }];
        let held = |id, day: &Day| HeldBriefing { id: BriefingId(id), series: Some(SeriesId(1)), date: Some(day.date) };
        let marks = vec![MarkedDay { series: SeriesId(1), day: date(2025, 12, 30), mark: DayMark::None, note: None }];
        let ledger = Ledger::new((1..).zip(&days).map(|(id, day)| held(id, day)).collect(), marks);
        let rows = years_of(&days, ledger.series(SeriesId(1)).expect("the series"));
        assert_eq!(rows[0].days, Days { held: 2, none: 0, missing: 0, unknown: 4 });
        assert_eq!((rows[0].total, rows[0].months[2].shade), (2, 4));
        assert_eq!((rows[1].year, rows[1].total, rows[1].days.none), (2025, 0, 1));
        assert!(years(&[]).is_empty() && years(&days)[0].total == 2);
    }

    #[test]
    fn days_of_a_series_say_what_is_known_of_them() {
        let days = [Day { date: date(2026, 3, 2), briefings: 1 }, Day { date: date(2026, 3, 6), briefings: 1 }];
        let held = |id, day: &Day| HeldBriefing { id: BriefingId(id), series: Some(SeriesId(1)), date: Some(day.date) };
        let missing = MarkedDay {
            series: SeriesId(1),
            day: date(2026, 3, 3),
            mark: DayMark::Missing,
            note: Some("seen".to_owned()),
        };
        let ledger = Ledger::new((1..).zip(&days).map(|(id, day)| held(id, day)).collect(), vec![missing]);
        let known = ledger.series(SeriesId(1)).expect("the series");
        let of = |day, marking| Beside { known, marking }.of(date(2026, 3, day)).map(|known| (known.class, known.url));
        assert_eq!(of(3, None), Some(("missing", None)));
        assert_eq!(of(4, None), Some(("unknown", None)));
        assert_eq!(of(7, None), None);
        let marking = Some(("/mark", date(2026, 3, 7), None));
        assert_eq!(of(7, marking), Some(("", Some("/mark?day=2026-03-07#mark".to_owned()))));
        assert_eq!(of(8, marking), None, "it has not come yet");
    }
}
