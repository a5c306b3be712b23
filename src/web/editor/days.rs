//! `/editor/series/{slug}/days`: saying of a day without a briefing whether one took place.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::DayMark;
use crate::domain::coverage::MarkedDay;
use crate::editorial::{self, DayRefused};
use crate::store::series::{self, Series};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::public::calendar::{self, Beside, Month};
use crate::web::{App, phrase, urls};

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// The day to mark.
    day: Option<String>,
    /// The year whose calendar is shown.
    year: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct Mark {
    day: String,
    /// `none`, `missing`, or `back` to take a mark back.
    state: Option<String>,
    #[serde(default)]
    note: String,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/days.html")]
pub struct DaysPage {
    frame: Frame,
    series: Series,
    years: Vec<i16>,
    year: i16,
    months: Vec<Month>,
    day: Option<Date>,
    /// What is marked of that day already.
    mark: Option<MarkedDay>,
    marked: Vec<MarkedDay>,
    last: Date,
}

impl DaysPage {
    fn is_marked(&self, mark: DayMark) -> bool {
        self.mark.as_ref().map_or(mark == DayMark::None, |known| known.mark == mark)
    }

    fn is_shown(&self, year: &i16) -> bool {
        *year == self.year
    }

    fn note(&self) -> &str {
        self.mark.as_ref().and_then(|mark| mark.note.as_deref()).unwrap_or_default()
    }
}

/// `GET`: the calendar of a series and the form.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let series = series::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let days = series::days(&mut conn, Some(series.id), None, None).await?;
    let overview = app.overview().await?;
    let known = overview.ledger.series(series.id).cloned().unwrap_or_default();
    let last = today(&app);
    let day = fields.day.as_deref().and_then(|day| day.parse::<Date>().ok());
    let asked = day.map(Date::year).or_else(|| fields.year.as_deref().and_then(|year| year.parse().ok()));
    let years: Vec<i16> = (series.first.map_or(last.year(), Date::year)..=last.year()).rev().collect();
    let year = asked.filter(|year| (1..=last.year()).contains(year)).or(series.last.map(Date::year));
    let year = year.unwrap_or(last.year());
    let address = urls::editor_days(&slug);
    let beside = Beside { known: &known, marking: Some((&address, last, day)) };
    let page = DaysPage {
        frame,
        months: calendar::year_of(year, &days, beside),
        mark: day.and_then(|day| known.mark(day).cloned()),
        marked: known.marks().cloned().collect(),
        series,
        years,
        year,
        day,
        last,
    };
    Ok((Policy::Never, Page(page)).into_response())
}

/// `POST`: marks a day or takes a mark back; returns when readers see it.
pub async fn mark(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Mark>,
) -> Result<Response, Error> {
    let unreadable = || Error::BadRequest("A day is written as 2026-03-14. Please go back and fill it in.".to_owned());
    let day: Date = form.day.trim().parse().map_err(|_| unreadable())?;
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let series = series::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let state = form.state.as_deref().unwrap_or_default();
    let done = match (state, DayMark::parse(state)) {
        (_, Some(mark)) => {
            editorial::mark_day(&mut tx, &series, day, mark, &form.note, &editor.actor.name, now).await?
        }
        ("back", None) => editorial::unmark_day(&mut tx, &series, day, &editor.actor.name, now).await?,
        _ => return Err(Error::BadRequest("Choose whether no briefing took place or one is missing.".to_owned())),
    };
    let position = done.map_err(|refused| Error::BadRequest(reason(refused, &series, day)))?;
    tx.commit().await?;
    super::shown(&app, position as u64).await;
    let back = urls::with_query(&urls::editor_days(&slug), &[("year", &day.year().to_string())]);
    Ok((Policy::Never, Redirect::to(&back)).into_response())
}

fn reason(refused: DayRefused, series: &Series, day: Date) -> String {
    let (name, day) = (&series.named.name, phrase::date(day));
    match refused {
        DayRefused::Future => format!("{day} has not come yet. Only days up to today can be marked."),
        DayRefused::Held => format!(
            "The archive holds a briefing of {name} on {day}: it cannot be marked as a day without one. \
             If that briefing has the wrong date, correct the date."
        ),
        DayRefused::NoNote => "Say in the note how you know that a briefing took place.".to_owned(),
        DayRefused::NotMarked => format!("{day} is not marked, so there is nothing to take back."),
    }
}

/// The last day that has begun anywhere.
pub(super) fn today(app: &App) -> Date {
    let now = (app.clock)();
    (now + 14.hours()).to_zoned(TimeZone::UTC).date()
}
