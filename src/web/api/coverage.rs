//! `GET /api/v1/coverage` and `GET /api/v1/series/{slug}/coverage`: what the archive holds and what it does not.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

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
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// The slug of a speaker.
    speaker: Option<String>,
    /// The slug of a series.
    series: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    from: Option<String>,
    /// Last day: the same.
    to: Option<String>,
}

/// The query where the series stands in the path.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// First day: `2026-03-10`, or a month or year.
    from: Option<String>,
    /// Last day: the same.
    to: Option<String>,
}

/// What a word of the query that means nothing is answered.
fn unknown(field: &str, value: &str) -> Error {
    Error::BadRequest(format!("“{value}” is no value for “{field}”."))
}

fn period(from: Option<&str>, to: Option<&str>) -> Result<(Option<Date>, Option<Date>), Error> {
    let days = |name, field: Option<&str>| {
        field.map(|value| language::days(value).ok_or_else(|| unknown(name, value))).transpose()
    };
    Ok((days("from", from)?.map(|days| days.0), days("to", to)?.map(|days| days.1)))
}

/// Tells what the archive holds
///
/// Of everything, of a speaker or of a series, within a period: how many briefings, and of which days nothing is held.
#[utoipa::path(
    get,
    path = "/api/v1/coverage",
    operation_id = "coverage",
    tag = "Figures",
    params(Fields),
    responses((status = 200, body = Shape, description = "What is held.")),
)]
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let (from, to) = period(fields.from.as_deref(), fields.to.as_deref())?;
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
#[derive(Serialize, ToSchema)]
#[schema(as = SeriesCoverage)]
struct Answer {
    coverage: Shape,
    /// Days with a briefing.
    held: Vec<Date>,
    /// Days without one, as an editor says.
    none: Vec<Marked>,
    /// Days with one that the archive lacks, as an editor says.
    missing: Vec<Marked>,
    /// Days of which nobody knows.
    unknown: Vec<Date>,
}

/// A day that an editor has marked.
#[derive(Serialize, ToSchema)]
struct Marked {
    day: Date,
    note: Option<String>,
}

/// Tells day by day what the archive holds of a series
#[utoipa::path(
    get,
    path = "/api/v1/series/{slug}/coverage",
    operation_id = "series_coverage",
    tag = "Figures",
    params(("slug" = String, Path, description = "The end of the address of its page."), Days),
    responses((status = 200, body = Answer, description = "What is held, and the days themselves.")),
)]
pub async fn series(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(days): Query<Days>,
) -> Result<Response, Error> {
    let (from, to) = period(days.from.as_deref(), days.to.as_deref())?;
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
