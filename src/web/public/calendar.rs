//! A year as twelve small tables, and many years as one table of months.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

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

/// The twelve months of a year.
pub fn year(year: i16, days: &[Day]) -> Vec<Month> {
    (1..=12).map(|number| month(date(year, number, 1), days)).collect()
}

/// One month, given by its first day.
pub fn month(first: Date, days: &[Day]) -> Month {
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
            *slot = Some(Cell { day: day.day(), held });
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
    /// Days on which one was held.
    pub held: usize,
    /// Weekdays between the first and the last day of the series on which none was held.
    pub without: usize,
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
    let (Some(first), Some(last)) = (days.first().map(|day| day.date), days.last().map(|day| day.date)) else {
        return Vec::new();
    };
    let mut by_month: BTreeMap<(i16, i8), (i64, usize, usize)> = BTreeMap::new();
    for day in days {
        let (briefings, held, weekdays) = by_month.entry((day.date.year(), day.date.month())).or_default();
        *briefings += day.briefings;
        *held += 1;
        *weekdays += usize::from(is_weekday(day.date));
    }
    let most = by_month.values().map(|month| month.0).max().unwrap_or(1).max(1);
    (first.year()..=last.year())
        .rev()
        .map(|year| {
            let at = |month: i8| by_month.get(&(year, month)).copied().unwrap_or_default();
            let months = std::array::from_fn(|i| {
                let month = i as i8 + 1;
                let briefings = at(month).0;
                let shade = (briefings * 4 + most - 1) / most;
                MonthCount { briefings, shade, first: date(year, month, 1) }
            });
            let expected = weekdays(first.max(date(year, 1, 1)), last.min(date(year, 12, 31)));
            let held_on_weekdays: usize = (1..=12).map(|month| at(month).2).sum();
            Row {
                year,
                months,
                total: (1..=12).map(|month| at(month).0).sum(),
                held: (1..=12).map(|month| at(month).1).sum(),
                without: expected.saturating_sub(held_on_weekdays),
            }
        })
        .collect()
}

/// A line of the table of years: a year, or years in a row in which nothing was held.
pub enum Band {
    /// A year with something.
    Year(Box<Row>),
    /// First and last of the years without anything, and the weekdays in them.
    Nothing(i16, i16, usize),
}

/// Puts years without anything together.
pub fn bands(rows: Vec<Row>) -> Vec<Band> {
    let mut bands = Vec::new();
    for row in rows {
        match bands.last_mut() {
            Some(Band::Nothing(first, _, without)) if row.total == 0 => {
                *first = row.year;
                *without += row.without;
            }
            _ if row.total == 0 => bands.push(Band::Nothing(row.year, row.year, row.without)),
            _ => bands.push(Band::Year(Box::new(row))),
        }
    }
    bands
}

fn is_weekday(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() < 5
}

/// Mondays to Fridays between two days, both included.
fn weekdays(from: Date, to: Date) -> usize {
    from.series(1.day()).take_while(|day| *day <= to).filter(|day| is_weekday(*day)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn days_without_are_weekdays_between_the_first_and_the_last() {
        // Monday to the Monday after, held on both: Tuesday to Friday without.
        let days = [Day { date: date(2026, 3, 2), briefings: 1 }, Day { date: date(2026, 3, 9), briefings: 1 }];
        let rows = years(&days);
        assert_eq!((rows[0].held, rows[0].without, rows[0].total), (2, 4, 2));
        assert_eq!(rows[0].months[2].shade, 4);
        assert!(years(&[]).is_empty());
    }
}
