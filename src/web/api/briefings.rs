//! `GET /api/v1/briefings` and `GET /api/v1/series`: lists.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::shapes::BriefingHead;
use crate::domain::BriefingKind;
use crate::search::language;
use crate::store::briefings::{self, Cursor, Filter};
use crate::store::series;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::public::briefings::{read_cursor, write_cursor};
use crate::web::{App, urls};

/// Briefings in one answer.
const PER_PAGE: i64 = 100;

/// The query.
#[derive(serde::Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// First day: `2026-03-10`, or a month or year.
    from: Option<String>,
    /// Last day: the same.
    to: Option<String>,
    /// The slug of a series.
    series: Option<String>,
    /// Kind of briefing; reports are listed only when they are asked for.
    #[param(value_type = Option<BriefingKind>)]
    briefing_kind: Option<String>,
    /// What the answer before this one gave as `next`.
    after: Option<String>,
}

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = BriefingList)]
struct Answer {
    briefings: Vec<BriefingHead>,
    /// Where the list goes on: send it as `after`. Nothing at the end.
    next: Option<String>,
}

/// Lists briefings
///
/// Newest first, a hundred at a time.
#[utoipa::path(
    get,
    path = "/api/v1/briefings",
    operation_id = "briefings",
    tag = "Record",
    params(Fields),
    responses((status = 200, body = Answer, description = "A stretch of the list.")),
)]
pub async fn list(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let series = match &fields.series {
        Some(slug) => Some(series::find(&mut conn, slug).await?.ok_or_else(|| unknown("series", slug))?.id),
        None => None,
    };
    let kind = match fields.briefing_kind.as_deref() {
        Some(word) => Some(BriefingKind::parse(word).ok_or_else(|| unknown("briefing_kind", word))?),
        None => None,
    };
    let filter = Filter {
        series,
        kind,
        from: days("from", fields.from.as_deref())?.map(|days| days.0),
        to: days("to", fields.to.as_deref())?.map(|days| days.1),
        ids: None,
    };
    let after = match fields.after.as_deref() {
        Some(text) => Some(read_cursor(text).ok_or_else(|| unknown("after", text))?),
        None => None,
    };
    let mut listed = briefings::list(&mut conn, &filter, after, PER_PAGE + 1).await?;
    let more = listed.len() > PER_PAGE as usize;
    listed.truncate(PER_PAGE as usize);
    let next = listed.last().filter(|_| more).map(|last| write_cursor(Cursor::after(last)));
    let briefings = listed.iter().map(|listed| BriefingHead::of(&app, listed)).collect();
    Ok((Policy::Archive, Json(Answer { briefings, next })).into_response())
}

fn unknown(field: &str, value: &str) -> Error {
    Error::BadRequest(format!("“{value}” is no value for “{field}”."))
}

fn days(field: &str, value: Option<&str>) -> Result<Option<(Date, Date)>, Error> {
    value.map(|value| language::days(value).ok_or_else(|| unknown(field, value))).transpose()
}

/// One series.
#[derive(Serialize, ToSchema)]
struct Series {
    url: String,
    slug: String,
    name: String,
    office: Option<String>,
    time_zone: Option<String>,
    briefings: i64,
    undated: i64,
    first: Option<Date>,
    last: Option<Date>,
}

/// All series.
#[derive(Serialize, ToSchema)]
#[schema(as = SeriesList)]
struct AllSeries {
    series: Vec<Series>,
}

/// Lists all series
#[utoipa::path(
    get,
    path = "/api/v1/series",
    operation_id = "series",
    tag = "Record",
    responses((status = 200, body = AllSeries, description = "All series.")),
)]
pub async fn series(State(app): State<App>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let series = series::list(&mut conn, None)
        .await?
        .into_iter()
        .map(|series| Series {
            url: app.absolute(&urls::series(&series.named.slug)),
            slug: series.named.slug,
            name: series.named.name,
            office: series.office,
            time_zone: series.time_zone,
            briefings: series.briefings,
            undated: series.undated,
            first: series.first,
            last: series.last,
        })
        .collect();
    Ok((Policy::Archive, Json(AllSeries { series })).into_response())
}
