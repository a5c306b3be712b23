//! `POST /api/v1/briefings`: bringing in sources as the page for editors does; and what became of them.

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, Object, Type};

use super::again::{self, Key, Sent};
use crate::domain::{BatchId, BriefingKind, TokenScope};
use crate::store::{Connection, batches};
use crate::web::cache::Policy;
use crate::web::editor::upload;
use crate::web::error::Error;
use crate::web::extract::{Path, Program};
use crate::web::{App, urls};

/// What is sent in: at least one file, text or address; the other fields describe all of them.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a form is read field by field, whatever their order")]
#[schema(as = Upload)]
struct Form {
    /// Files.
    #[schema(schema_with = files)]
    files: Option<Vec<u8>>,
    /// A text as it would be pasted.
    #[schema(nullable = false)]
    text: Option<String>,
    /// Addresses to fetch, one a line.
    #[schema(nullable = false)]
    addresses: Option<String>,
    /// The title of the briefing.
    #[schema(nullable = false)]
    title: Option<String>,
    /// The day on which it was held.
    #[schema(nullable = false)]
    date: Option<Date>,
    /// The name or slug of its series.
    #[schema(nullable = false)]
    series: Option<String>,
    /// What it is.
    #[schema(nullable = false)]
    kind: Option<BriefingKind>,
    /// Who published the text.
    #[schema(nullable = false)]
    publisher: Option<String>,
    /// Where it was published.
    #[schema(nullable = false)]
    url: Option<String>,
}

fn files() -> Array {
    let file = Object::builder().schema_type(Type::String).content_media_type("application/octet-stream");
    let about = "Files, archives of files, and an `index.jsonl` or `manifest.csv` that describes them.";
    Array::builder().items(file).description(Some(about)).build()
}

/// A batch.
#[derive(Serialize, ToSchema)]
#[schema(as = Batch)]
struct Shape {
    batch: i64,
    /// Where to ask for it again.
    url: String,
    /// Sources that wait to be read.
    waiting: i64,
    briefings: Vec<BriefingShape>,
    failures: Vec<FailureShape>,
}

/// A briefing that a source became, or whose bytes came before.
#[derive(Serialize, ToSchema)]
#[schema(as = BroughtIn)]
struct BriefingShape {
    slug: String,
    /// `draft`, `published` or `withdrawn`.
    status: &'static str,
}

/// A source that could not be read.
#[derive(Serialize, ToSchema)]
#[schema(as = Failure)]
struct FailureShape {
    file: String,
    reason: String,
}

/// Brings in sources
///
/// They become drafts, as those of the upload page do. They are read at once, but not before the answer, which is the batch:
/// ask for it until nothing waits any more.
#[utoipa::path(
    post,
    path = "/api/v1/briefings",
    operation_id = "upload",
    tag = "Writing",
    request_body(content = Form, content_type = "multipart/form-data"),
    responses((status = 202, body = Shape, description = "Everything is kept and will be read.")),
    security(("token" = ["upload"])),
)]
pub async fn take(
    program: Program,
    State(app): State<App>,
    sent: Sent,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    program.may(TokenScope::Upload)?;
    let (key, now) = (Key::of(&program, sent), (app.clock)());
    let mut tx = app.pool.begin().await?;
    let before = key.before(&mut tx, now).await?;
    let batch = batches::create(&mut tx, program.actor.account, now).await?;
    let asked = upload::keep(&mut tx, batch, form).await?;
    if let Some(before) = before {
        // What was kept to be compared goes with the transaction.
        return key.again(&asked, &before);
    }
    let body = json!(shape(&app, &mut tx, batch).await?);
    key.keep(&mut tx, &asked, (StatusCode::ACCEPTED, &body)).await?;
    tx.commit().await?;
    Ok(again::answer(StatusCode::ACCEPTED, &body))
}

/// Tells what became of a batch
#[utoipa::path(
    get,
    path = "/api/v1/batches/{id}",
    operation_id = "batch",
    tag = "Writing",
    params(("id" = i64, Path, description = "The number of the batch.")),
    responses((status = 200, body = Shape, description = "The batch.")),
    security(("token" = ["read"])),
)]
pub async fn show(_: Program, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    Ok((Policy::Never, Json(shape(&app, &mut conn, BatchId(id)).await?)).into_response())
}

async fn shape(app: &App, conn: &mut Connection, id: BatchId) -> Result<Shape, Error> {
    let batch = batches::list(conn, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let briefings = batches::briefings(conn, id).await?.into_iter();
    let left = batches::left(conn, id).await?.into_iter();
    Ok(Shape {
        batch: id.0,
        url: app.absolute(&urls::api_batch(&id)),
        waiting: batch.waiting,
        briefings: briefings.map(|(slug, status)| BriefingShape { slug, status: status.as_str() }).collect(),
        failures: left.filter_map(|one| Some(FailureShape { file: one.name, reason: one.reason? })).collect(),
    })
}
