//! `GET /about/coverage`: what the archive holds of each series, and what it knows that it does not hold.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use crate::domain::Scope;
use crate::web::cache::Policy;
use crate::web::coverage::{self, Said, Shape};
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/coverage.html")]
pub struct CoveragePage {
    frame: Frame,
    said: Said,
    shape: Shape,
}

/// The page.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<CoveragePage>, Error> {
    let covered = coverage::of(&app, Scope::default()).await?;
    Ok(Page(CoveragePage { frame, said: covered.said(), shape: covered.shape(&app) }))
}

/// `GET /about/coverage.json`: the same for programs.
pub async fn json(State(app): State<App>) -> Result<Response, Error> {
    let shape = coverage::of(&app, Scope::default()).await?.shape(&app);
    Ok((Policy::Archive, axum::Json(shape)).into_response())
}

/// `GET /about/coverage.csv`: the same as a table.
pub async fn csv(State(app): State<App>) -> Result<Response, Error> {
    let shape = coverage::of(&app, Scope::default()).await?.shape(&app);
    let table = table(&shape).map_err(|error| Error::Internal(Box::new(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"coverage.csv\""),
    ];
    Ok((Policy::Archive, headers, table).into_response())
}

/// One line for each series.
fn table(shape: &Shape) -> Result<Vec<u8>, csv::Error> {
    let mut lines = csv::Writer::from_writer(Vec::new());
    lines.write_record([
        "series",
        "name",
        "url",
        "briefings",
        "undated",
        "turns",
        "first",
        "last",
        "usual_weekdays",
        "days_held",
        "days_none",
        "days_missing",
        "days_unknown",
    ])?;
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    for one in &shape.series {
        lines.write_record([
            cell(one.slug.as_deref().unwrap_or_default()),
            cell(one.name.as_deref().unwrap_or("No series")),
            cell(one.url.as_deref().unwrap_or_default()),
            one.briefings.to_string(),
            one.undated.to_string(),
            one.turns.to_string(),
            day(one.first),
            day(one.last),
            one.usual_weekdays.join(" "),
            one.days.held.to_string(),
            one.days.none.to_string(),
            one.days.missing.to_string(),
            one.days.unknown.to_string(),
        ])?;
    }
    lines.into_inner().map_err(|error| error.into_error().into())
}

/// A text that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_becomes_a_formula() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("Daily briefing"), "Daily briefing");
    }
}
