//! `GET /api/v1/trends`: the figures of the page of trends for programs.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::search::Bucket;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::trends::{self, Fields};
use crate::web::{App, urls};

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Trends)]
struct Answer {
    /// The page that shows the same.
    url: String,
    /// `month` or `year`.
    by: &'static str,
    steps: Vec<String>,
    /// Steps of which the archive holds nothing.
    nothing_held: Vec<String>,
    lines: Vec<Line>,
    repairs: Vec<String>,
}

/// One line.
#[derive(Serialize, ToSchema)]
struct Line {
    name: String,
    url: String,
    total: u64,
    points: Vec<Point>,
}

/// One step of a line.
#[derive(Serialize, ToSchema)]
struct Point {
    step: String,
    /// Turns that match.
    turns: u64,
    /// Turns that might have matched.
    turns_held: u64,
    per_thousand: Option<f64>,
}

/// Counts how often something is said over time
///
/// `q`, `speaker` and `series` may be repeated: each combination is a line, at most six. One of them or `topic` is needed.
#[utoipa::path(
    get,
    path = "/api/v1/trends",
    operation_id = "trends",
    tag = "Figures",
    params(Fields),
    responses((status = 200, body = Answer, description = "The lines.")),
)]
pub async fn show(State(app): State<App>, fields: Fields) -> Result<Response, Error> {
    if !fields.ask() {
        return Err(Error::BadRequest("A trend needs “q”, “speaker”, “series” or “topic”.".to_owned()));
    }
    for (name, value, known) in
        [("by", &fields.by, ["month", "year"]), ("measure", &fields.measure, ["count", "per-thousand"])]
    {
        if value.as_deref().is_some_and(|value| !known.contains(&value)) {
            return Err(Error::BadRequest(format!("“{name}” must be {} or {}.", known[0], known[1])));
        }
    }
    let mut conn = app.pool.acquire().await?;
    let trends = trends::trends(&app, &mut conn, &fields).await?;
    let step = |date: &jiff::civil::Date| trends::step(trends.by, *date);
    let lines = trends.lines.iter().map(|line| Line {
        name: line.name.clone(),
        url: app.absolute(&line.search),
        total: line.total,
        points: trends
            .steps
            .iter()
            .zip(&line.points)
            .map(|(date, point)| Point {
                step: step(date),
                turns: point.count,
                turns_held: point.held,
                per_thousand: point.per_thousand(),
            })
            .collect(),
    });
    let answer = Answer {
        url: app.absolute(&fields.at(urls::TRENDS, None)),
        by: if trends.by == Bucket::Year { "year" } else { "month" },
        steps: trends.steps.iter().map(step).collect(),
        nothing_held: trends.gaps.iter().map(step).collect(),
        lines: lines.collect(),
        repairs: trends.repairs.clone(),
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}
