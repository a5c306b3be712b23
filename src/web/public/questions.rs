//! `GET /questions`: what was asked, what became of it, and how that changes over time.

use axum::extract::State;
use jiff::civil::Date;

use super::chart::{self, Chart, Measure};
use super::exchange::{self, ExchangeView};
use super::trends::step_name;
use crate::analysis::answers::measured;
use crate::domain::{AnswerLabel, Clarity, ExchangeId};
use crate::search::{Bucket, Filters};
use crate::store::Connection;
use crate::store::exchanges::{self, Counts};
use crate::web::coverage::{self, Said};
use crate::web::error::Error;
use crate::web::find::DEEPEST;
use crate::web::page::{Frame, Page};
use crate::web::questions::{self, Asked, Fields, NO_RESPONSE};
use crate::web::rates::{self, Rates};
use crate::web::trends::{Line, Point, Trends};
use crate::web::{App, answers, phrase, urls};

/// Times at which one question was asked that are shown together.
const MOST_ASKINGS: usize = 100;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/questions.html")]
pub struct Questions {
    frame: Frame,
    fields: Fields,
    asked: Asked,
    total: u64,
    labels: Vec<LabelChoice>,
    exchanges: Vec<ExchangeView>,
    thread: Option<Thread>,
    rates: Rates,
    chart: Option<Chart>,
    rows: Vec<Row>,
    covered: Said,
    first: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// A label in the form.
struct LabelChoice {
    word: &'static str,
    name: &'static str,
    chosen: bool,
    /// How many; not said where a person is named.
    count: Option<u64>,
}

/// A question that was asked again, as a whole.
struct Thread {
    days: usize,
    end: String,
}

/// One step in the table of rates.
struct Row {
    step: String,
    responded: u64,
    /// The share of each class that is shown, with how many they are.
    shares: Vec<Option<(String, u64)>>,
    /// Beside a name: how many an editor decided, and the share of each class among them.
    decided: Option<(u64, Vec<Option<String>>)>,
    briefings: u64,
    held: u64,
}

impl Questions {
    fn one(&self, field: &Option<String>) -> String {
        field.clone().unwrap_or_default()
    }

    fn by_year(&self) -> bool {
        self.rates.by == Bucket::Year
    }

    /// The classes of which shares are shown, with their measured precision.
    fn classes(&self) -> Vec<(&'static str, String)> {
        self.rates.classes().map(|(_, class)| (answers::group(class), precision(class))).collect()
    }

    /// Restrictions in force, each with the address without it.
    fn in_force(&self) -> Vec<(String, String)> {
        let f = &self.fields;
        let again = f.asked_again.as_ref().map(|_| "asked again".to_owned());
        let fields = [
            ("speaker", f.speaker.as_ref().map(|name| named(&self.asked.speakers, name))),
            ("reporter", f.reporter.as_ref().map(|name| format!("asked by {name}"))),
            ("outlet", f.outlet.as_ref().map(|name| format!("for {name}"))),
            ("topic", f.topic.as_ref().map(|name| named(&self.asked.topics, name))),
            ("series", f.series.as_ref().map(|name| named(&self.asked.series, name))),
            ("from", f.from.as_ref().map(|day| format!("from {day}"))),
            ("to", f.to.as_ref().map(|day| format!("to {day}"))),
            ("asked-again", again),
        ];
        let labels = f.label.iter().map(|label| {
            let others: Vec<&str> = f.label.iter().filter(|other| *other != label).map(String::as_str).collect();
            let name = AnswerLabel::parse(label).map_or("no response", answers::label);
            (name.to_owned(), f.at(&others, &[]))
        });
        labels.chain(fields.into_iter().filter_map(|(field, name)| Some((name?, f.with(&[(field, "")]))))).collect()
    }
}

fn named(found: &[crate::store::directory::Named], typed: &str) -> String {
    match found {
        [] => typed.to_owned(),
        some => some.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(" or "),
    }
}

/// "93 % right".
fn precision(class: Clarity) -> String {
    format!("{:.0} % right", measured::class(class).precision * 100.0)
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, fields: Fields) -> Result<Page<Questions>, Error> {
    let mut conn = app.pool.acquire().await?;
    let mut asked = questions::understand(&app, &mut conn, &fields).await?;
    if asked.filter.thread.is_some() {
        (asked.offset, asked.limit, asked.page) = (0, MOST_ASKINGS, 1);
    }
    let counts = exchanges::counts(&mut conn, &asked.filter).await?;
    let total = counts.total(&asked.filter);
    let found = exchanges::list(&mut conn, &asked.filter, asked.offset, asked.limit).await?;
    let mut shown = exchange::load(&mut conn, found).await?;
    let thread = match asked.filter.thread {
        // A thread of which readers see nothing leads nowhere.
        Some(_) if shown.is_empty() => return Err(Error::NotFound),
        Some(id) => Some(in_order(&mut conn, id, &mut shown).await?),
        None => None,
    };
    let overview = app.overview().await?;
    let rates = Rates::of(&counts, &asked.filter, asked.names_person, &overview.ledger);
    let scope = Filters {
        speakers: asked.filter.speakers.clone(),
        series: asked.filter.series.clone(),
        from: asked.filter.from,
        to: asked.filter.to,
        ..Filters::default()
    };
    let at = |page: usize| fields.with(&[("page", &page.to_string())]);
    let end = asked.offset + shown.len();
    Ok(Page(Questions {
        total,
        labels: choices(&asked, &counts),
        thread,
        chart: chart::draw(&lines(&rates, &fields), Measure::Questions),
        rows: rows(&rates),
        rates,
        covered: coverage::of(&app, coverage::scope(&scope)).await?.said(),
        first: asked.offset + 1,
        previous: (asked.page > 1).then(|| at(asked.page - 1)),
        next: ((end as u64) < total.min(DEEPEST as u64) && !shown.is_empty()).then(|| at(asked.page + 1)),
        exchanges: shown,
        frame,
        fields,
        asked,
    }))
}

/// Puts a thread into the order in which it was asked, and says how long after each other and how it ends.
async fn in_order(conn: &mut Connection, id: ExchangeId, shown: &mut [ExchangeView]) -> Result<Thread, Error> {
    let askings = exchanges::askings(conn, &[id]).await?;
    let place = |view: &ExchangeView| askings.iter().position(|asking| asking.id == view.id);
    shown.sort_by_key(place);
    let mut before: Option<Date> = None;
    let mut days = 0;
    for view in shown.iter_mut() {
        view.thread = None;
        view.begins = true;
        let day = view.briefing.date;
        if let (Some(before), Some(day)) = (before, day) {
            view.later = match day.since(before).map_or(0, |span| span.get_days()) {
                0 => Some("The same day".to_owned()),
                days => Some(format!("{} later", phrase::counted(days, "day", "days"))),
            };
        }
        days += usize::from(day != before);
        before = day;
    }
    Ok(Thread { days, end: exchange::end(&askings, None) })
}

fn choices(asked: &Asked, counts: &Counts) -> Vec<LabelChoice> {
    let count = |label: Option<AnswerLabel>| {
        let all = counts.counts.iter().filter(|count| count.label == label).map(|count| count.questions).sum();
        (!asked.names_person).then_some(all)
    };
    let labels = AnswerLabel::ALL.into_iter().map(|label| LabelChoice {
        word: label.as_str(),
        name: answers::label(label),
        chosen: asked.filter.labels.contains(&label),
        count: count(Some(label)),
    });
    let none =
        LabelChoice { word: NO_RESPONSE, name: "no response", chosen: asked.filter.no_response, count: count(None) };
    labels.chain([none]).collect()
}

/// The shares as lines.
fn lines(rates: &Rates, fields: &Fields) -> Trends {
    let line = |(at, class): (usize, Clarity)| {
        let labels: Vec<&str> = answers::labels_of(class).map(AnswerLabel::as_str).collect();
        let points = rates.steps.iter().map(|(_, tally)| Point { count: tally.classes[at], held: tally.responded });
        Line {
            name: answers::group(class).to_owned(),
            search: fields.at(&labels, &[]),
            total: rates.steps.iter().map(|(_, tally)| tally.classes[at]).sum(),
            points: points.collect(),
        }
    };
    Trends {
        by: rates.by,
        steps: rates.steps.iter().map(|(step, _)| *step).collect(),
        gaps: rates.steps.iter().filter(|(_, tally)| tally.responded == 0).map(|(step, _)| *step).collect(),
        lines: rates.classes().map(line).collect(),
        repairs: Vec::new(),
    }
}

/// The table: all of it, and each step.
fn rows(rates: &Rates) -> Vec<Row> {
    if rates.all.responded == 0 {
        return Vec::new();
    }
    let classes: Vec<usize> = rates.classes().map(|(at, _)| at).collect();
    let row = |step: String, tally: &rates::Tally| Row {
        step,
        responded: tally.responded,
        shares: classes
            .iter()
            .map(|at| Some((rates::share(tally.classes[*at], tally.responded)?, tally.classes[*at])))
            .collect(),
        decided: rates.named.then(|| {
            let shares = tally.by_editors.iter().map(|count| rates::share(*count, tally.decided));
            (tally.decided, shares.collect())
        }),
        briefings: tally.briefings,
        held: tally.held,
    };
    // Steps that say nothing are left out; beside a name also those in which nothing was asked of them.
    let says = |tally: &rates::Tally| tally.responded > 0 || !rates.named && tally.held > 0;
    let steps = rates
        .steps
        .iter()
        .rev()
        .filter(|(_, tally)| says(tally))
        .map(|(step, tally)| row(step_name(rates.by, *step), tally));
    std::iter::once(row("All".to_owned(), &rates.all)).chain(steps).collect()
}
