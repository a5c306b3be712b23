//! `GET /api/v1/suggest`: names of speakers, topics and series completed while they are typed.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::openapi::schema::Object;
use utoipa::{IntoParams, ToSchema};

use crate::store::directory::Family;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::names::Nameable;
use crate::web::{App, api, phrase};

/// Names offered, unless asked otherwise.
const USUAL: usize = 8;
/// Most names offered.
const MOST: usize = 20;

/// The query.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// What was typed so far.
    q: Option<String>,
    /// Only names of this kind.
    #[param(schema_with = families)]
    kind: Option<String>,
    /// Most names that are wanted, 8 unless said otherwise.
    #[param(minimum = 1, maximum = 20)]
    limit: Option<usize>,
    /// The form in which browsers ask for completions.
    #[param(schema_with = formats)]
    format: Option<String>,
}

fn families() -> Object {
    api::one_of("What has this name.", ["speaker", "topic", "series"])
}

fn formats() -> Object {
    api::one_of("The form in which browsers ask for completions.", ["opensearch"])
}

/// One name.
#[derive(Serialize, ToSchema)]
struct Suggestion {
    #[schema(schema_with = families)]
    kind: &'static str,
    slug: String,
    name: String,
    /// Utterances that belong to it.
    count: u64,
    url: String,
}

/// Names, the likeliest first.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestions)]
struct Answer {
    suggestions: Vec<Suggestion>,
}

// From memory, without asking the database.
/// Completes a name while it is typed
///
/// With `format=opensearch` the answer is an array, as browsers want it: what was typed, names, descriptions, addresses.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    operation_id = "suggest",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "Names that begin like it.")),
)]
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let overview = app.overview().await?;
    let family = match fields.kind.as_deref() {
        None => None,
        Some("speaker") => Some(Family::Speaker),
        Some("topic") => Some(Family::Topic),
        Some("series") => Some(Family::Series),
        Some(_) => return Err(Error::BadRequest("“kind” must be speaker, topic or series.".to_owned())),
    };
    let typed = fields.q.unwrap_or_default();
    let most = fields.limit.unwrap_or(USUAL).clamp(1, MOST);
    let names = overview.names().completions(&typed, family, most);
    if fields.format.as_deref() == Some("opensearch") {
        return Ok(opensearch(&app, &typed, &names));
    }
    let suggestions = names.into_iter().map(|name| Suggestion {
        kind: kind(name.family),
        slug: name.named.slug.clone(),
        name: name.named.name.clone(),
        count: name.count,
        url: app.absolute(&name.url()),
    });
    Ok((Policy::Archive, Json(Answer { suggestions: suggestions.collect() })).into_response())
}

/// The form in which browsers ask: what was typed, completions, descriptions, addresses.
fn opensearch(app: &App, typed: &str, names: &[&Nameable]) -> Response {
    let completions: Vec<&str> = names.iter().map(|name| name.named.name.as_str()).collect();
    let descriptions: Vec<String> = names
        .iter()
        .map(|name| format!("{}, {}", kind(name.family), phrase::counted(name.count, "utterance", "utterances")))
        .collect();
    let addresses: Vec<String> = names.iter().map(|name| app.absolute(&name.url())).collect();
    let body = json!([typed, completions, descriptions, addresses]).to_string();
    (Policy::Archive, [(header::CONTENT_TYPE, "application/x-suggestions+json; charset=utf-8")], body).into_response()
}

fn kind(family: Family) -> &'static str {
    match family {
        Family::Speaker => "speaker",
        Family::Topic => "topic",
        Family::Series => "series",
    }
}
