//! `GET /api/v1/coverage` and `GET /api/v1/series/{slug}/coverage`: what the archive holds and what it does not.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{DayMark, DayState, Scope, SeriesDays};
use crate::search::language;
use crate::store::series;
use crate::store::speakers::{self, Lookup};
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::coverage::{self, Shape};
use crate::web::error::Error;
use crate::web::extract::{Path, Query};

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    speaker: Option<String>,
    series: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// What a word of the query that means nothing is answered.
fn unknown(field: &str, value: &str) -> Error {
    Error::BadRequest(format!("“{value}” is no value for “{field}”."))
}

impl Fields {
    fn period(&self) -> Result<(Option<Date>, Option<Date>), Error> {
        let days = |name, field: &Option<String>| {
            field.as_deref().map(|value| language::days(value).ok_or_else(|| unknown(name, value))).transpose()
        };
        Ok((days("from", &self.from)?.map(|days| days.0), days("to", &self.to)?.map(|days| days.1)))
    }
}

/// `GET /api/v1/coverage`.
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let (from, to) = fields.period()?;
    let mut scope = Scope { from, to, ..Scope::default() };
    let mut conn = app.pool.acquire().await?;
    if let Some(slug) = &fields.speaker {
        scope.speaker = match speakers::find(&mut conn, slug).await? {
            Some(Lookup::Found(speaker)) => Some(speaker.id),
            _ => return Err(unknown("speaker", slug)),
        };
    }
    if let Some(slug) = &fields.series {
        scope.series = vec![series::find(&mut conn, slug).await?.ok_or_else(|| unknown("series", slug))?.id];
    }
    let shape = coverage::of(&app, scope).await?.shape(&app);
    Ok((Policy::Archive, Json(shape)).into_response())
}

/// The days of a series.
#[derive(Serialize)]
struct Answer {
    coverage: Shape,
    held: Vec<Date>,
    none: Vec<Marked>,
    missing: Vec<Marked>,
    unknown: Vec<Date>,
}

/// A day that an editor has marked.
#[derive(Serialize)]
struct Marked {
    day: Date,
    note: Option<String>,
}

/// `GET /api/v1/series/{slug}/coverage`.
pub async fn series(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let (from, to) = fields.period()?;
    let id = series::find(&mut *app.pool.acquire().await?, &slug).await?.ok_or(Error::NotFound)?.id;
    let covered = coverage::of(&app, Scope { series: vec![id], from, to, ..Scope::default() }).await?;
    let nothing = SeriesDays::default();
    let overview = app.overview().await?;
    let days = overview.ledger.series(id).unwrap_or(&nothing);
    let within = |day: &Date| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day <= to);
    let all = |state| days.in_state(state).iter().copied().filter(|day| within(day)).collect();
    let marked = |mark| {
        let marks = days.marks().filter(|one| one.mark == mark && within(&one.day));
        marks.map(|one| Marked { day: one.day, note: one.note.clone() }).collect()
    };
    let answer = Answer {
        coverage: covered.shape(&app),
        held: all(DayState::Held),
        none: marked(DayMark::None),
        missing: marked(DayMark::Missing),
        unknown: all(DayState::Unknown),
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}
