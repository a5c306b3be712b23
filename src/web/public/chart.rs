//! Several lines over the same months or years as one picture: each told apart by its dashes and its letter, too.

use std::fmt::Write as _;

use crate::search::Bucket;
use crate::web::phrase;
use crate::web::public::trends::{share, step_name};
use crate::web::trends::{Line, Point, Trends};

/// The picture is so wide and so high, in units of its own.
const WIDTH: usize = 720;
const HEIGHT: usize = 240;
/// Room above the highest point for its letter.
const HEAD: usize = 24;
/// Years named below.
const MOST_TICKS: usize = 6;
/// Letters nearer to each other than this, in percent, are set one above the other.
const NEAR: f64 = 4.0;

/// Letters of the lines.
const LETTERS: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

/// What the lines of a picture show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Turns that match.
    Turns,
    /// How many of a thousand turns held match.
    PerThousand,
    /// The share of questions, in percent.
    Questions,
}

impl Measure {
    fn value(self, point: &Point) -> Option<f64> {
        match self {
            Self::Turns => Some(point.count as f64),
            Self::PerThousand => point.per_thousand(),
            Self::Questions => point.per_thousand().map(|share| share / 10.0),
        }
    }

    fn figure(self, value: f64) -> String {
        match self {
            Self::Turns => phrase::count(value.round() as u64),
            Self::PerThousand => share(value),
            Self::Questions => format!("{value:.0} %"),
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Turns => "Turns that match",
            Self::PerThousand => "Turns that match, of every thousand held",
            Self::Questions => "Share of the questions that got a response",
        }
    }

    fn told(self, total: u64, step: &str, highest: &str) -> String {
        let turns = phrase::counted(total, "turn", "turns");
        match self {
            Self::Turns => format!("{turns}; most in {step}, {highest}."),
            Self::PerThousand => format!("{turns}; most in {step}, {highest} of a thousand."),
            Self::Questions => {
                format!("{}; the largest share in {step}, {highest}.", phrase::counted(total, "question", "questions"))
            }
        }
    }
}

/// A picture of several lines.
pub struct Chart {
    /// What it shows, in a sentence.
    pub title: String,
    /// Each line in a sentence.
    pub description: String,
    /// The lines.
    pub curves: Vec<Curve>,
    /// Heights that are named: from the top in units of the picture and in percent, and the figure.
    pub heights: Vec<Height>,
    /// Years that are named: in units of the picture and in percent.
    pub ticks: Vec<Tick>,
    /// Stretches of which nothing is held: where they begin and how wide they are.
    pub gaps: Vec<(usize, usize)>,
}

/// One line of the picture.
pub struct Curve {
    /// From 1: decides dashes and colour.
    pub number: usize,
    /// How the line is called in the picture.
    pub letter: &'static str,
    /// What it shows.
    pub name: String,
    /// Where its results are.
    pub search: String,
    /// Unbroken parts, as corners.
    pub parts: Vec<String>,
    /// Steps that stand alone, as dots.
    pub dots: String,
    /// Where the letter stands, in percent.
    pub x: String,
    /// See `x`.
    pub y: String,
    /// To which side the letter is set.
    pub anchor: &'static str,
    /// Total and highest step, in words.
    pub told: String,
}

/// A height that is named.
pub struct Height {
    /// In units of the picture.
    pub y: usize,
    /// In percent of its height.
    pub percent: String,
    /// The figure.
    pub name: String,
}

/// A year that is named.
pub struct Tick {
    /// In units of the picture.
    pub x: usize,
    /// In percent of its width.
    pub percent: String,
    /// The year, or the month where there is no year's beginning.
    pub name: String,
    /// To which side it is set.
    pub anchor: &'static str,
}

/// Draws the lines; nothing where there are fewer than two steps, or nothing was found.
pub fn draw(trends: &Trends, measure: Measure) -> Option<Chart> {
    let steps = trends.steps.len();
    if steps < 2 || trends.lines.iter().all(|line| line.total == 0) {
        return None;
    }
    let values: Vec<Vec<Option<f64>>> = trends
        .lines
        .iter()
        .map(|line| {
            let of_step = line.points.iter().zip(&trends.steps);
            of_step.map(|(point, step)| if trends.gaps.contains(step) { None } else { measure.value(point) }).collect()
        })
        .collect();
    let most = values.iter().flatten().flatten().copied().fold(0.0, f64::max);
    let top = round_up(most);
    let x_of = |n: usize| n * WIDTH / (steps - 1);
    let y_of = |value: f64| HEIGHT - (value / top * (HEIGHT - HEAD) as f64).round() as usize;
    let mut curves: Vec<Curve> = Vec::new();
    let mut letters: Vec<(f64, f64)> = Vec::new();
    for (n, (line, values)) in trends.lines.iter().zip(&values).enumerate() {
        let (parts, dots) = corners(values, x_of, y_of);
        let peak = values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
        let peak = peak.reduce(|best, other| if other.1 > best.1 { other } else { best });
        let (at, highest) = peak.unwrap_or((0, 0.0));
        let (x, mut y) = (percent(x_of(at), WIDTH), percent(y_of(highest), HEIGHT));
        while letters.iter().any(|(other_x, other_y)| (other_x - x).abs() < NEAR && (other_y - y).abs() < 7.0) {
            y -= 7.0;
        }
        letters.push((x, y));
        curves.push(Curve {
            number: n + 1,
            letter: LETTERS.get(n).copied().unwrap_or("+"),
            name: line.name.clone(),
            search: line.search.clone(),
            parts,
            dots,
            x: format!("{x:.1}"),
            y: format!("{y:.1}"),
            anchor: anchor(x),
            told: told(line, trends, at, &measure.figure(highest), measure),
        });
    }
    let sentences = curves.iter().map(|curve| format!("{}: {}", curve.name, curve.told));
    Some(Chart {
        title: title(trends, measure),
        description: sentences.collect::<Vec<_>>().join(" "),
        heights: [top, top / 2.0, 0.0]
            .map(|height| Height {
                y: y_of(height),
                percent: format!("{:.1}", percent(y_of(height), HEIGHT)),
                name: measure.figure(height),
            })
            .into(),
        ticks: ticks(trends, x_of),
        gaps: shaded(trends, x_of),
        curves,
    })
}

fn title(trends: &Trends, measure: Measure) -> String {
    let unit = if trends.by == Bucket::Year { "year" } else { "month" };
    format!("{}, by {unit}", measure.title())
}

fn told(line: &Line, trends: &Trends, at: usize, highest: &str, measure: Measure) -> String {
    let Some(step) = trends.steps.get(at).filter(|_| line.total > 0) else { return "nothing found.".to_owned() };
    measure.told(line.total, &step_name(trends.by, *step), highest)
}

/// Unbroken parts as corners of lines, and what stands alone as dots.
fn corners(
    values: &[Option<f64>],
    x_of: impl Fn(usize) -> usize,
    y_of: impl Fn(f64) -> usize,
) -> (Vec<String>, String) {
    let (mut parts, mut dots) = (Vec::new(), String::new());
    let mut run: Vec<(usize, usize)> = Vec::new();
    for (n, value) in values.iter().copied().chain([None]).enumerate() {
        if let Some(value) = value {
            run.push((x_of(n), y_of(value)));
            continue;
        }
        match run.as_slice() {
            [] => {}
            [(x, y)] => drop(write!(dots, "M{x} {y}h0")),
            corners => parts.push(corners.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")),
        }
        run.clear();
    }
    (parts, dots)
}

/// A round figure at or above the highest, of which the half is a figure too.
fn round_up(most: f64) -> f64 {
    if most <= 2.0 {
        return if most <= 0.2 {
            0.2
        } else if most <= 1.0 {
            1.0
        } else {
            2.0
        };
    }
    let magnitude = 10_f64.powf(most.log10().floor());
    let steps: &[f64] = if magnitude < 10.0 {
        &[2.0, 4.0, 6.0, 8.0, 10.0]
    } else {
        &[1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
    };
    steps.iter().map(|n| n * magnitude).find(|n| *n >= most).unwrap_or(most)
}

fn percent(of: usize, whole: usize) -> f64 {
    of as f64 * 100.0 / whole as f64
}

fn anchor(percent: f64) -> &'static str {
    match percent {
        ..6.0 => "start",
        95.0.. => "end",
        _ => "middle",
    }
}

/// The years that begin along the line, some of them where they are many; months where no year begins.
fn ticks(trends: &Trends, x_of: impl Fn(usize) -> usize) -> Vec<Tick> {
    let begins: Vec<usize> =
        (0..trends.steps.len()).filter(|n| trends.steps.get(*n).is_some_and(|step| step.month() == 1)).collect();
    let shown = if begins.len() > 1 { begins } else { vec![0, trends.steps.len() - 1] };
    let by_year = shown.len() > 2 || trends.by == Bucket::Year;
    let each = shown.len().div_ceil(MOST_TICKS).max(1);
    let tick = |n: usize| {
        let step = trends.steps.get(n)?;
        let at = percent(x_of(n), WIDTH);
        let name = if by_year { step.year().to_string() } else { step_name(trends.by, *step) };
        Some(Tick { x: x_of(n), percent: format!("{at:.1}"), name, anchor: anchor(at) })
    };
    shown.into_iter().step_by(each).filter_map(tick).collect()
}

/// Where nothing is held: from half a step before to half a step after.
fn shaded(trends: &Trends, x_of: impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    let half = x_of(1) / 2;
    let mut found: Vec<(usize, usize)> = Vec::new();
    for n in (0..trends.steps.len()).filter(|n| trends.steps.get(*n).is_some_and(|step| trends.gaps.contains(step))) {
        let (from, to) = (x_of(n).saturating_sub(half), (x_of(n) + half).min(WIDTH));
        match found.last_mut() {
            Some((begin, width)) if *begin + *width + 2 >= from => *width = to - *begin,
            _ => found.push((from, to - from)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn trends(counts: &[&[u64]]) -> Trends {
        let points = |counts: &[u64]| counts.iter().map(|count| Point { count: *count, held: 1000 }).collect();
        let line = |(n, counts): (usize, &&[u64])| Line {
            name: format!("line {n}"),
            search: String::new(),
            total: counts.iter().sum(),
            points: points(counts),
        };
        Trends {
            by: Bucket::Month,
            steps: (1..=5).map(|month| date(2026, month, 1)).collect(),
            gaps: [date(2026, 4, 1)].into(),
            lines: counts.iter().enumerate().map(line).collect(),
            repairs: Vec::new(),
        }
    }

    #[test]
    fn lines_break_where_nothing_is_held_and_what_stands_alone_is_a_dot() {
        let chart = draw(&trends(&[&[0, 5, 10, 0, 10], &[1, 0, 0, 0, 0]]), Measure::Turns).expect("a chart");
        assert_eq!(chart.curves[0].parts, ["0,240 180,132 360,24"]);
        assert_eq!(chart.curves[0].dots, "M720 24h0");
        assert_eq!(chart.curves[0].told, "25 turns; most in March 2026, 10.");
        assert_eq!(chart.gaps, [(450, 180)]);
        assert_eq!(chart.heights.iter().map(|height| height.name.as_str()).collect::<Vec<_>>(), ["10", "5", "0"]);
        assert_eq!((chart.curves[0].letter, chart.curves[1].letter), ("A", "B"));
    }

    #[test]
    fn letters_do_not_cover_each_other() {
        let chart = draw(&trends(&[&[0, 5, 10, 0, 0], &[0, 5, 10, 0, 0]]), Measure::PerThousand).expect("a chart");
        assert_eq!(chart.curves[0].x, chart.curves[1].x);
        assert_ne!(chart.curves[0].y, chart.curves[1].y);
        assert!(draw(&trends(&[&[0, 0, 0, 0, 0]]), Measure::Turns).is_none());
    }
}
