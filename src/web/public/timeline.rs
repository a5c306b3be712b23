//! How matches spread over time: a line, broken where the archive holds nothing, with its numbers behind it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::search::{Bucket, Query};
use crate::web::error::Error;
use crate::web::{App, phrase};

/// Width of the picture.
const WIDTH: usize = 720;
/// Where nothing lies, and how far above it the highest point.
const GROUND: u64 = 118;
const HEIGHT: u64 = 98;
/// Years named below the line, which may be as narrow as a column of facets.
const MOST_TICKS: usize = 5;
/// Steps a line may have before months become years.
const MOST_STEPS: usize = 240;

/// A line over time, in a picture 720 wide and 120 high.
pub struct Line {
    /// Corners of each unbroken part: "0,120 10,80 ...".
    pub parts: Vec<Part>,
    /// The highest point.
    pub peak: Tick,
    /// Beginnings of years.
    pub ticks: Vec<Tick>,
    /// First and last step in words.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Whether the archive holds nothing of some steps in between.
    pub gaps: bool,
    /// What the picture shows, in a sentence.
    pub summary: String,
    /// The steps in which there is something, in words.
    pub table: Vec<(String, u64)>,
    /// "Month" or "Year".
    pub step: &'static str,
}

/// A part of a line without a break.
pub struct Part {
    /// Its corners.
    pub points: String,
    /// Where it begins and ends, for the area below it.
    pub from: usize,
    /// See `from`.
    pub to: usize,
}

/// Something named at a place along the line.
pub struct Tick {
    /// The place in the picture.
    pub x: usize,
    /// The same in percent of the width.
    pub percent: String,
    /// To which side of the place the name is set: "start", "middle", "end".
    pub anchor: &'static str,
    /// The name.
    pub name: String,
}

impl Tick {
    fn new(x: usize, name: String) -> Self {
        let thousandths = x * 1000 / WIDTH;
        let anchor = match thousandths {
            0..40 => "start",
            950.. => "end",
            _ => "middle",
        };
        Self { x, percent: format!("{}.{}", thousandths / 10, thousandths % 10), anchor, name }
    }
}

/// What is counted, one and many.
#[derive(Clone, Copy)]
pub struct Unit(&'static str, &'static str);
/// What a speaker says.
pub const TURNS: Unit = Unit("turn", "turns");
/// Whatever mentions a topic.
pub const UTTERANCES: Unit = Unit("utterance", "utterances");

/// What a search finds.
pub const RESULTS: Unit = Unit("result", "results");

/// The line of a query; nothing where all is in one month.
pub async fn line(app: &App, query: &Query, unit: Unit) -> Result<Option<Line>, Error> {
    let months = app.index.over_time(query, Bucket::Month)?;
    let overview = app.overview().await?;
    Ok(of_months(&months, &overview.months, unit))
}

/// The line of what was counted month by month, in an archive that holds something of these months.
pub fn of_months(months: &[(Date, u64)], held: &BTreeSet<Date>, unit: Unit) -> Option<Line> {
    let (first, last) = (months.first()?.0, months.last()?.0);
    let span = (i32::from(last.year()) - i32::from(first.year())) * 12;
    if (span as usize) <= MOST_STEPS {
        return draw(months, held, false, unit);
    }
    let mut years: Vec<(Date, u64)> = Vec::new();
    for (month, count) in months {
        match years.last_mut() {
            Some((year, sum)) if year.year() == month.year() => *sum += count,
            _ => years.push((month.first_of_year(), *count)),
        }
    }
    draw(&years, &held.iter().map(|month| month.first_of_year()).collect(), true, unit)
}

fn draw(steps: &[(Date, u64)], held: &BTreeSet<Date>, by_year: bool, unit: Unit) -> Option<Line> {
    let (first, last) = (steps.first()?.0, steps.last()?.0);
    let (step, word) = if by_year { (1.year(), "Year") } else { (1.month(), "Month") };
    let all: Vec<Date> = first.series(step).take_while(|date| *date <= last).collect();
    if all.len() < 2 {
        return None;
    }
    let most = steps.iter().max_by_key(|(date, count)| (*count, std::cmp::Reverse(*date)))?;
    let name = |date: Date| {
        if by_year { date.year().to_string() } else { format!("{} {}", phrase::month_name(date), date.year()) }
    };
    let x_of = |n: usize| n * WIDTH / (all.len() - 1);
    let mut known = steps.iter().peekable();
    let mut runs: Vec<Vec<(usize, u64)>> = vec![Vec::new()];
    let (mut gaps, mut peak) = (false, 0);
    for (n, date) in all.iter().enumerate() {
        let count = known.next_if(|(known, _)| known == date).map_or(0, |(_, count)| *count);
        if count == 0 && !held.contains(date) {
            gaps = true;
            runs.push(Vec::new());
            continue;
        }
        if date == &most.0 {
            peak = x_of(n);
        }
        if let Some(run) = runs.last_mut() {
            run.push((x_of(n), GROUND - count * HEIGHT / most.1.max(1)));
        }
    }
    let total: u64 = steps.iter().map(|(_, count)| count).sum();
    Some(Line {
        parts: runs.iter().filter_map(|run| part(run)).collect(),
        peak: Tick::new(peak, phrase::count(most.1)),
        ticks: ticks(&all, x_of),
        from: name(first),
        to: name(last),
        gaps,
        summary: format!(
            "{} between {} and {}; most in {}, {}.",
            phrase::counted(total, unit.0, unit.1),
            name(first),
            name(last),
            name(most.0),
            phrase::count(most.1)
        ),
        table: steps.iter().map(|(date, count)| (name(*date), *count)).collect(),
        step: word,
    })
}

/// The corners of a run of steps; a step that stands alone is an upright stroke.
fn part(run: &[(usize, u64)]) -> Option<Part> {
    let (from, to) = (run.first()?.0, run.last()?.0);
    let mut points = if from == to { format!("{from},{GROUND} ") } else { String::new() };
    for (x, y) in run {
        let _ = write!(points, "{x},{y} ");
    }
    Some(Part { points: points.trim_end().to_owned(), from, to })
}

/// The years that begin along the line; some of them where they are many.
fn ticks(all: &[Date], x_of: impl Fn(usize) -> usize) -> Vec<Tick> {
    let years: Vec<(usize, i16)> =
        all.iter().enumerate().filter(|(_, date)| date.month() == 1).map(|(n, date)| (x_of(n), date.year())).collect();
    let each = years.len().div_ceil(MOST_TICKS).max(1);
    years.into_iter().step_by(each).map(|(x, year)| Tick::new(x, year.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn months(held: &[(i16, i8)]) -> BTreeSet<Date> {
        held.iter().map(|(year, month)| date(*year, *month, 1)).collect()
    }

    #[test]
    fn months_held_without_anything_are_on_the_line_and_not_in_the_table() {
        let held = months(&[(2026, 1), (2026, 2), (2026, 3)]);
        let line = draw(&[(date(2026, 1, 1), 2), (date(2026, 3, 1), 4)], &held, false, TURNS).expect("a line");
        assert_eq!(line.parts[0].points, "0,69 360,118 720,20");
        assert!(line.parts.len() == 1 && !line.gaps);
        assert_eq!(line.table, [("January 2026".to_owned(), 2), ("March 2026".to_owned(), 4)]);
        assert_eq!(line.summary, "6 turns between January 2026 and March 2026; most in March 2026, 4.");
        assert_eq!((line.peak.percent.as_str(), line.peak.anchor, line.peak.name.as_str()), ("100.0", "end", "4"));
        assert_eq!(line.ticks.iter().map(|tick| tick.name.as_str()).collect::<Vec<_>>(), ["2026"]);
        assert!(draw(&[(date(2026, 1, 1), 2)], &held, false, TURNS).is_none());
    }

    #[test]
    fn the_line_is_broken_where_the_archive_holds_nothing() {
        let held = months(&[(2025, 11), (2026, 1), (2026, 2), (2026, 3)]);
        let line = draw(&[(date(2025, 11, 1), 1), (date(2026, 3, 1), 1)], &held, false, TURNS).expect("a line");
        assert!(line.gaps);
        let parts: Vec<&str> = line.parts.iter().map(|part| part.points.as_str()).collect();
        assert_eq!(parts, ["0,118 0,20", "360,118 540,118 720,20"]);
    }
}
