//! `GET /trends`: how often something is said, by month or year, in several lines; `GET /trends.csv`: their figures.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::chart::{self, Chart, Measure};
use crate::search::Bucket;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::trends::{self, Fields, MOST_LINES, Trends};
use crate::web::{App, phrase, table, urls};

/// Stretches without anything that are named.
const MOST_GAPS: usize = 4;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/trends.html")]
pub struct TrendsPage {
    frame: Frame,
    fields: Fields,
    trends: Trends,
    chart: Option<Chart>,
    rows: Vec<Row>,
    /// Stretches of which nothing is held, in words; empty if there are none.
    gaps: String,
}

/// One step in the table behind the picture.
pub struct Row {
    step: String,
    /// The figure of each line; `None` where nothing is held.
    figures: Vec<Option<String>>,
}

impl TrendsPage {
    /// The fields of one kind in the form: those that are filled, and one more while there is room.
    fn inputs(&self, values: &[String]) -> Vec<String> {
        let mut inputs = values.to_vec();
        if inputs.len() < MOST_LINES {
            inputs.push(String::new());
        }
        inputs
    }

    fn one(&self, field: &Option<String>) -> String {
        field.clone().unwrap_or_default()
    }

    fn by_year(&self) -> bool {
        self.trends.by == Bucket::Year
    }
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, fields: Fields) -> Result<Page<TrendsPage>, Error> {
    let mut conn = app.pool.acquire().await?;
    let trends = trends::trends(&app, &mut conn, &fields).await?;
    let per_thousand = fields.per_thousand();
    let rows = trends.steps.iter().enumerate().map(|(n, step)| Row {
        step: step_name(trends.by, *step),
        figures: trends
            .lines
            .iter()
            .map(|line| line.points.get(n).copied().unwrap_or_default())
            .map(|point| match (per_thousand, trends.gaps.contains(step)) {
                (_, true) => None,
                (true, false) => point.per_thousand().map(share),
                (false, false) => Some(phrase::count(point.count)),
            })
            .collect(),
    });
    let measure = if per_thousand { Measure::PerThousand } else { Measure::Turns };
    let (rows, chart) = (rows.collect(), chart::draw(&trends, measure));
    Ok(Page(TrendsPage { frame, fields, chart, rows, gaps: told(&gaps(&trends)), trends }))
}

/// `GET /trends.csv`.
pub async fn csv(State(app): State<App>, fields: Fields) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let trends = trends::trends(&app, &mut conn, &fields).await?;
    let first = if trends.by == Bucket::Year { "year" } else { "month" };
    let mut body = table::row([first, "line", "turns", "turns_held", "per_thousand"])?;
    for line in &trends.lines {
        for (step, point) in trends.steps.iter().zip(&line.points) {
            let cells = [
                trends::step(trends.by, *step),
                line.name.clone(),
                point.count.to_string(),
                point.held.to_string(),
                point.per_thousand().map(|share| format!("{share:.3}")).unwrap_or_default(),
            ];
            body.extend(table::row(cells.iter().map(String::as_str))?);
        }
    }
    Ok((Policy::Archive, table::headers("trends"), body).into_response())
}

/// A step in the words of a reader.
pub fn step_name(by: Bucket, step: Date) -> String {
    if by == Bucket::Year { step.year().to_string() } else { format!("{} {}", phrase::month_name(step), step.year()) }
}

/// "4.2", "120".
pub fn share(share: f64) -> String {
    match share {
        100.0.. => phrase::count(share.round() as u64),
        _ if share <= 0.0 => "0".to_owned(),
        _ => format!("{share:.1}"),
    }
}

/// Stretches in a row, the first of them where they are many.
fn told(gaps: &[String]) -> String {
    let (some, more) = gaps.split_at(gaps.len().min(MOST_GAPS));
    match more.len() {
        0 => some.join(", "),
        more => format!("{} and {}", some.join(", "), phrase::counted(more, "other stretch", "other stretches")),
    }
}

/// Stretches of which the archive holds nothing, in words.
fn gaps(trends: &Trends) -> Vec<String> {
    let mut runs: Vec<(Date, Date)> = Vec::new();
    let mut before = false;
    for step in &trends.steps {
        let gap = trends.gaps.contains(step);
        match runs.last_mut() {
            Some(run) if gap && before => run.1 = *step,
            _ if gap => runs.push((*step, *step)),
            _ => {}
        }
        before = gap;
    }
    let name = |date| step_name(trends.by, date);
    runs.into_iter()
        .map(|(first, last)| if first == last { name(first) } else { format!("{} to {}", name(first), name(last)) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn gaps_are_told_as_stretches() {
        let months = |numbers: &[i8]| numbers.iter().map(|n| date(2026, *n, 1)).collect::<Vec<_>>();
        let trends = Trends {
            by: Bucket::Month,
            steps: months(&[1, 2, 3, 4, 5, 6]),
            gaps: months(&[2, 3, 5]).into_iter().collect(),
            lines: Vec::new(),
            repairs: Vec::new(),
        };
        assert_eq!(gaps(&trends), ["February 2026 to March 2026", "May 2026"]);
        assert_eq!(told(&["a", "b", "c", "d", "e"].map(str::to_owned)), "a, b, c, d and 1 other stretch");
        assert_eq!((share(4.26), share(120.4)), ("4.3".to_owned(), "120".to_owned()));
    }
}
