//! How often something is said, over time: several lines side by side, as they are asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::ToSpan as _;
use jiff::civil::Date;
use url::form_urlencoded::{Serializer, parse};
use utoipa::IntoParams;
use utoipa::openapi::schema::Object;

use super::error::Error;
use super::find::{self, Asked};
use super::{App, api, urls};
use crate::domain::UtteranceKind;
use crate::search::language::days;
use crate::search::{Bucket, Query};
use crate::store::Connection;

/// Lines that can still be told apart.
pub const MOST_LINES: usize = 6;
/// Months from which on years are shown, unless asked otherwise.
const MANY_MONTHS: usize = 120;

/// Fewer months than this say little by themselves.
const FEWEST_MONTHS: usize = 12;

/// What is compared, as it stands in the address: fields may be repeated, each combination is a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// Queries over words, as for the search.
    #[param(required = false)]
    pub q: Vec<String>,
    /// Speakers: slugs or names.
    #[param(required = false)]
    pub speaker: Vec<String>,
    /// Series: slugs or names.
    #[param(required = false)]
    pub series: Vec<String>,
    /// A topic that all lines share.
    pub topic: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day: the same.
    pub to: Option<String>,
    /// Length of a step; months, unless there are too many.
    #[param(schema_with = steps)]
    pub by: Option<String>,
    /// What the lines of the page show; the answer has both.
    #[param(schema_with = measures)]
    pub measure: Option<String>,
}

/// Lengths of a step.
fn steps() -> Object {
    api::one_of("Length of a step; months, unless there are too many.", ["month", "year"])
}

/// What a line can show.
fn measures() -> Object {
    api::one_of("What the lines of the page show; the answer has both.", ["count", "per-thousand"])
}

impl Fields {
    /// Reads the query of an address; empty fields count as missing.
    pub fn read(query: &str) -> Self {
        let mut fields = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            let value = value.replace('\0', "").trim().to_owned();
            if value.is_empty() {
                continue;
            }
            let list = match &*name {
                "q" => &mut fields.q,
                "speaker" => &mut fields.speaker,
                "series" => &mut fields.series,
                "topic" => {
                    fields.topic = Some(value);
                    continue;
                }
                "from" => {
                    fields.from = Some(value);
                    continue;
                }
                "to" => {
                    fields.to = Some(value);
                    continue;
                }
                "by" => {
                    fields.by = Some(value);
                    continue;
                }
                "measure" => {
                    fields.measure = Some(value);
                    continue;
                }
                _ => continue,
            };
            if !list.contains(&value) {
                list.push(value);
            }
        }
        fields
    }

    /// The address of these lines, there with one field changed.
    pub fn at(&self, path: &str, change: Option<(&str, &str)>) -> String {
        let mut query = Serializer::new(String::new());
        let lists = [("q", &self.q), ("speaker", &self.speaker), ("series", &self.series)];
        for (name, values) in lists {
            query.extend_pairs(values.iter().map(|value| (name, value)));
        }
        let single = [
            ("topic", &self.topic),
            ("from", &self.from),
            ("to", &self.to),
            ("by", &self.by),
            ("measure", &self.measure),
        ];
        for (name, value) in single {
            let changed = change.filter(|change| change.0 == name).map(|change| change.1);
            if let Some(value) = changed.or(value.as_deref()) {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Whether any line is asked for.
    pub fn ask(&self) -> bool {
        !(self.q.is_empty() && self.speaker.is_empty() && self.series.is_empty() && self.topic.is_none())
    }

    /// Whether lines show how often in a thousand turns, rather than how often.
    pub fn per_thousand(&self) -> bool {
        self.measure.as_deref() == Some("per-thousand")
    }

    /// Each line as a search.
    fn lines(&self) -> Vec<find::Fields> {
        let each = |values: &[String]| -> Vec<Option<String>> {
            if values.is_empty() { vec![None] } else { values.iter().cloned().map(Some).collect() }
        };
        let mut lines = Vec::new();
        for q in each(&self.q) {
            for speaker in each(&self.speaker) {
                for series in each(&self.series) {
                    lines.push(find::Fields {
                        q: q.clone(),
                        speaker: speaker.clone(),
                        series,
                        topic: self.topic.clone(),
                        from: self.from.clone(),
                        to: self.to.clone(),
                        ..find::Fields::default()
                    });
                }
            }
        }
        lines
    }
}

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

/// Lines over the same steps.
pub struct Trends {
    /// Months or years.
    pub by: Bucket,
    /// First days of the steps, without a break.
    pub steps: Vec<Date>,
    /// Steps of which the archive holds nothing.
    pub gaps: BTreeSet<Date>,
    /// The lines.
    pub lines: Vec<Line>,
    /// What was changed to make sense of the request.
    pub repairs: Vec<String>,
}

/// One line.
pub struct Line {
    /// What it shows, in a few words.
    pub name: String,
    /// The search that finds what is counted.
    pub search: String,
    /// All that was counted.
    pub total: u64,
    /// A point for each step.
    pub points: Vec<Point>,
}

/// One step of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    /// Turns and paragraphs that match.
    pub count: u64,
    /// Turns and paragraphs held of the same speakers and series, whatever they say.
    pub held: u64,
}

impl Point {
    /// How many of a thousand match; nothing where nothing is held.
    pub fn per_thousand(self) -> Option<f64> {
        (self.held > 0).then(|| self.count as f64 * 1000.0 / self.held as f64)
    }
}

/// Counts what is asked for.
pub async fn trends(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Trends, Error> {
    let mut repairs = Vec::new();
    let mut wanted = if fields.ask() { fields.lines() } else { Vec::new() };
    if wanted.len() > MOST_LINES {
        repairs.push(format!("Only the first {MOST_LINES} of {} lines are shown.", wanted.len()));
        wanted.truncate(MOST_LINES);
    }
    let mut asked: Vec<(Asked, String)> = Vec::new();
    for line in &wanted {
        let understood = find::understand(app, conn, line).await?;
        for repair in &understood.repairs {
            if !repairs.contains(repair) {
                repairs.push(repair.clone());
            }
        }
        let search = line.with(&[]);
        asked.push((understood, search));
    }
    let mut held_of: HashMap<Query, BTreeMap<Date, u64>> = HashMap::new();
    let mut lines: Vec<Counted> = Vec::new();
    for (asked, search) in asked {
        let (query, whole) = (counted(&asked.query), whole(&asked.query));
        let months = app.index.over_time(&query, Bucket::Month)?.into_iter().collect();
        if !held_of.contains_key(&whole) {
            held_of.insert(whole.clone(), app.index.over_time(&whole, Bucket::Month)?.into_iter().collect());
        }
        lines.push(Counted { name: name(&asked), search, months, whole });
    }
    let held = app.overview().await?.months.clone();
    let (first, last) = within(fields, &held);
    let months: Vec<Date> = match (first, last) {
        (Some(first), Some(last)) => first.series(1.month()).take_while(|month| *month <= last).collect(),
        _ => Vec::new(),
    };
    let by = match fields.by.as_deref() {
        Some("year") => Bucket::Year,
        Some("month") => Bucket::Month,
        _ if months.len() > MANY_MONTHS => Bucket::Year,
        _ => Bucket::Month,
    };
    let months = if by == Bucket::Month { trimmed(fields, months, &lines) } else { months };
    let mut steps: Vec<Date> = months.iter().map(|month| by.start(*month)).collect();
    steps.dedup();
    let covered: BTreeSet<Date> = held.iter().map(|month| by.start(*month)).collect();
    let gaps = steps.iter().copied().filter(|step| !covered.contains(step)).collect();
    let none = BTreeMap::new();
    let lines = lines
        .into_iter()
        .map(|Counted { name, search, months, whole }| {
            let held = held_of.get(&whole).unwrap_or(&none);
            let (counts, held) = (gathered(&months, by), gathered(held, by));
            let at = |from: &BTreeMap<Date, u64>, step: &Date| from.get(step).copied().unwrap_or(0);
            let points: Vec<Point> =
                steps.iter().map(|step| Point { count: at(&counts, step), held: at(&held, step) }).collect();
            Line { name, search, total: points.iter().map(|point| point.count).sum(), points }
        })
        .collect();
    Ok(Trends { by, steps, gaps, lines, repairs })
}

/// What a line counts: turns, and the paragraphs of statements; a heading says nothing.
fn counted(query: &Query) -> Query {
    let mut query = Query { limit: 0, offset: 0, ..query.clone() };
    query.filters.kinds = vec![UtteranceKind::Turn, UtteranceKind::Paragraph];
    query
}

/// All that might have matched: the same without the words; where only a speaker or topic was asked for, without that.
fn whole(query: &Query) -> Query {
    let mut whole = counted(query);
    if whole.expr.take().is_none() {
        if whole.filters.topics.is_empty() {
            whole.filters.speakers.clear();
            whole.filters.labels.clear();
        }
        if whole.filters.speakers.is_empty() && whole.filters.topics.is_empty() && query.filters.speakers.is_empty() {
            whole.filters.series.clear();
        }
    }
    whole.filters.topics.clear();
    whole
}

/// A line month by month, with the question of all that might have matched.
struct Counted {
    name: String,
    search: String,
    months: BTreeMap<Date, u64>,
    whole: Query,
}

/// Months without those before the first and after the last match, where no date was asked for and a year is left.
fn trimmed(fields: &Fields, months: Vec<Date>, lines: &[Counted]) -> Vec<Date> {
    let first = lines.iter().filter_map(|line| line.months.keys().next()).min().filter(|_| fields.from.is_none());
    let last = lines.iter().filter_map(|line| line.months.keys().next_back()).max().filter(|_| fields.to.is_none());
    let within = |month: &&Date| first.is_none_or(|first| *month >= first) && last.is_none_or(|last| *month <= last);
    let left: Vec<Date> = months.iter().filter(within).copied().collect();
    if left.len() >= FEWEST_MONTHS { left } else { months }
}

/// The first and the last month that can be shown.
fn within(fields: &Fields, held: &BTreeSet<Date>) -> (Option<Date>, Option<Date>) {
    let from = fields.from.as_deref().and_then(days).map(|days| days.0.first_of_month());
    let to = fields.to.as_deref().and_then(days).map(|days| days.1.first_of_month());
    let first = held.first().map(|first| from.map_or(*first, |from| from.max(*first)));
    let last = held.last().map(|last| to.map_or(*last, |to| to.min(*last)));
    (first, last)
}

/// Months gathered into steps.
fn gathered(months: &BTreeMap<Date, u64>, by: Bucket) -> BTreeMap<Date, u64> {
    let mut steps = BTreeMap::new();
    for (month, count) in months {
        *steps.entry(by.start(*month)).or_default() += count;
    }
    steps
}

/// What a line is called: its words, and whom it is restricted to.
fn name(asked: &Asked) -> String {
    let words = asked.expr().map(ToString::to_string);
    let names = |named: &[crate::store::directory::Named]| {
        let names: Vec<&str> = named.iter().map(|named| named.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(" or "))
    };
    let parts = [words, names(&asked.topics), names(&asked.speakers), names(&asked.series)];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if name.is_empty() { asked.read_as.clone() } else { name }
}

/// A step as tables of programs name it: "2026-03" or "2026".
pub fn step(by: Bucket, date: Date) -> String {
    if by == Bucket::Year { format!("{:04}", date.year()) } else { date.strftime("%Y-%m").to_string() }
}

/// The page of a comparison that begins with this search.
pub fn of_search(fields: &find::Fields) -> String {
    let list = |value: &Option<String>| value.iter().cloned().collect();
    let trend = Fields {
        q: list(&fields.q),
        speaker: list(&fields.speaker),
        series: list(&fields.series),
        topic: fields.topic.clone(),
        from: fields.from.clone(),
        to: fields.to.clone(),
        ..Fields::default()
    };
    trend.at(urls::TRENDS, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_is_a_line_and_has_one_address() {
        let fields = Fields::read("q=water&q=&q=dam&q=water&speaker=ada-lind&by=year&other=x");
        assert_eq!(fields.lines().len(), 2);
        assert_eq!(fields.at("/trends", None), "/trends?q=water&q=dam&speaker=ada-lind&by=year");
        assert_eq!(
            fields.at("/trends", Some(("measure", "per-thousand"))),
            "/trends?q=water&q=dam&speaker=ada-lind&by=year&measure=per-thousand"
        );
        assert!(fields.ask() && !Fields::read("by=year").ask());
    }

    #[test]
    fn nothing_held_is_no_share_at_all() {
        assert_eq!(Point { count: 3, held: 1500 }.per_thousand(), Some(2.0));
        assert_eq!(Point::default().per_thousand(), None);
    }
}
