//! How matches spread: over speakers, topics, series and years, as lists with bars; over time, as a line.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::search::{Bucket, Index, Query};
use crate::store::directory::Named;
use crate::web::error::Error;
use crate::web::phrase;

/// One row of a list with counts.
pub struct Counted {
    /// What is counted.
    pub named: Named,
    /// How often.
    pub count: u64,
    /// Length of the bar, of 100.
    pub bar: u64,
    /// Where the row leads.
    pub url: String,
    /// Whether this is what is shown already.
    pub chosen: bool,
}

/// The rows of one facet that have a name.
pub fn rows<Id>(
    counts: &[(Id, u64)],
    most: usize,
    name: impl Fn(&Id) -> Option<Named>,
    url: impl Fn(&Named) -> String,
) -> Vec<Counted> {
    let largest = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    counts
        .iter()
        .take(most)
        .filter_map(|(id, count)| {
            let named = name(id)?;
            let bar = (count * 100).div_ceil(largest);
            Some(Counted { url: url(&named), named, count: *count, bar, chosen: false })
        })
        .collect()
}

/// A line over time, in a picture 720 wide and 120 high.
pub struct Line {
    /// Corners of the line: "0,120 10,80 ...".
    pub points: String,
    /// First and last step in words.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// What the picture shows, in a sentence.
    pub summary: String,
    /// The steps in which there is something, in words.
    pub table: Vec<(String, u64)>,
    /// "Month" or "Year".
    pub step: &'static str,
}

/// What is counted, one and many.
#[derive(Clone, Copy)]
pub struct Unit(&'static str, &'static str);
/// What a speaker says.
pub const TURNS: Unit = Unit("turn", "turns");
/// Whatever mentions a topic.
pub const UTTERANCES: Unit = Unit("utterance", "utterances");

/// Steps a line may have before months become years.
const MOST_STEPS: usize = 240;

/// The line of a query; nothing where all is in one month.
pub fn line(index: &Index, query: &Query, unit: Unit) -> Result<Option<Line>, Error> {
    let months = index.over_time(query, Bucket::Month)?;
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(None) };
    let span = (i32::from(last.0.year()) - i32::from(first.0.year())) * 12;
    let by_year = span as usize > MOST_STEPS;
    let steps = if by_year { index.over_time(query, Bucket::Year)? } else { months };
    Ok(draw(&steps, by_year, unit))
}

fn draw(steps: &[(Date, u64)], by_year: bool, unit: Unit) -> Option<Line> {
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
    let mut known = steps.iter().peekable();
    let mut points = String::new();
    for (n, date) in all.iter().enumerate() {
        let count = known.next_if(|(known, _)| known == date).map_or(0, |(_, count)| *count);
        let x = n * 720 / (all.len() - 1);
        let y = 118 - count * 112 / most.1.max(1);
        let _ = write!(points, "{x},{y} ");
    }
    let total: u64 = steps.iter().map(|(_, count)| count).sum();
    Some(Line {
        points: points.trim_end().to_owned(),
        from: name(first),
        to: name(last),
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_without_anything_are_on_the_line_and_not_in_the_table() {
        let line = draw(&[(date(2026, 1, 1), 2), (date(2026, 3, 1), 4)], false, TURNS).expect("a line");
        assert_eq!(line.points, "0,62 360,118 720,6");
        assert_eq!(line.table, [("January 2026".to_owned(), 2), ("March 2026".to_owned(), 4)]);
        assert_eq!(line.summary, "6 turns between January 2026 and March 2026; most in March 2026, 4.");
        assert!(draw(&[(date(2026, 1, 1), 2)], false, TURNS).is_none());
    }
}
