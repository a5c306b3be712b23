//! `GET /briefings`: all of them, newest first, by series, kind and year.

use axum::extract::State;
use jiff::civil::{Date, date};
use serde::Deserialize;

use super::listing::{self, Entry};
use crate::domain::BriefingKind;
use crate::store::briefings::{self, Cursor, Filter};
use crate::store::series::{self, Series};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Briefings on one page.
const PER_PAGE: i64 = 50;

/// The fields of the form above the list.
#[derive(Deserialize)]
pub struct Fields {
    series: Option<String>,
    kind: Option<String>,
    year: Option<String>,
    after: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/briefings.html")]
pub struct Briefings {
    frame: Frame,
    all_series: Vec<Series>,
    years: Vec<i16>,
    series: String,
    kind: Option<BriefingKind>,
    year: Option<i16>,
    months: Vec<(String, Vec<Entry>)>,
    total: i64,
    continued: bool,
    next: Option<String>,
}

impl Briefings {
    fn filtered(&self) -> bool {
        !self.series.is_empty() || self.kind.is_some() || self.year.is_some()
    }

    fn is_year(&self, year: i16) -> bool {
        self.year == Some(year)
    }
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Page<Briefings>, Error> {
    let extent = app.overview().await?.extent;
    let mut conn = app.pool.acquire().await?;
    let all_series = series::list(&mut conn, None).await?;
    let chosen = all_series.iter().find(|series| Some(&series.named.slug) == fields.series.as_ref());
    let year = fields.year.as_deref().and_then(|year| year.parse().ok()).filter(|year| (1..=9999).contains(year));
    let filter = Filter {
        series: chosen.map(|series| series.id),
        kind: fields.kind.as_deref().and_then(BriefingKind::parse),
        from: year.map(|year| date(year, 1, 1)),
        to: year.map(|year| date(year, 12, 31)),
        ids: None,
    };
    let after = fields.after.as_deref().and_then(read_cursor);
    let mut listed = briefings::list(&mut conn, &filter, after, PER_PAGE + 1).await?;
    let series = chosen.map(|series| series.named.slug.clone()).unwrap_or_default();
    let more = listed.len() > PER_PAGE as usize;
    listed.truncate(PER_PAGE as usize);
    let next = listed.last().filter(|_| more).map(|last| {
        urls::with_query(
            urls::BRIEFINGS,
            &[
                ("series", &series),
                ("kind", filter.kind.map_or("", BriefingKind::as_str)),
                ("year", &year.map(|year| year.to_string()).unwrap_or_default()),
                ("after", &write_cursor(Cursor::after(last))),
            ],
        )
    });
    Ok(Page(Briefings {
        frame,
        years: years(extent.first, extent.last),
        series,
        kind: filter.kind,
        year,
        months: by_month(listing::load(&mut conn, listed).await?),
        total: extent.briefings,
        continued: after.is_some(),
        next,
        all_series,
    }))
}

/// The years on record, the latest first.
pub fn years(first: Option<Date>, last: Option<Date>) -> Vec<i16> {
    first.zip(last).map(|(first, last)| (first.year()..=last.year()).rev().collect()).unwrap_or_default()
}

/// Groups a list that is in order by month.
pub fn by_month(listed: Vec<Entry>) -> Vec<(String, Vec<Entry>)> {
    let mut months: Vec<(String, Vec<Entry>)> = Vec::new();
    for briefing in listed {
        let month = briefing
            .date
            .map_or_else(|| "Undated".to_owned(), |date| format!("{} {}", phrase::month_name(date), date.year()));
        match months.last_mut() {
            Some((name, briefings)) if *name == month => briefings.push(briefing),
            _ => months.push((month, vec![briefing])),
        }
    }
    months
}

/// "2026-03-14.17" or "undated.17".
pub fn write_cursor(cursor: Cursor) -> String {
    match cursor {
        Cursor::Dated(date, id) => format!("{date}.{id}"),
        Cursor::Undated(id) => format!("undated.{id}"),
    }
}

/// Reads what [`write_cursor`] wrote.
pub fn read_cursor(text: &str) -> Option<Cursor> {
    let (date, id) = text.split_once('.')?;
    let id = id.parse().ok()?;
    if date == "undated" { Some(Cursor::Undated(id)) } else { Some(Cursor::Dated(date.parse().ok()?, id)) }
}
