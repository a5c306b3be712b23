//! `GET /api/v1/suggest`: names of speakers, topics and series completed while they are typed.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::store::directory::Family;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::names::Nameable;
use crate::web::{App, phrase};

/// Names offered, unless asked otherwise.
const USUAL: usize = 8;
/// Most names offered.
const MOST: usize = 20;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    q: Option<String>,
    kind: Option<String>,
    limit: Option<usize>,
    format: Option<String>,
}

/// One name.
#[derive(Serialize)]
struct Suggestion {
    kind: &'static str,
    slug: String,
    name: String,
    /// Utterances that belong to it.
    count: u64,
    url: String,
}

/// The handler: from memory, without asking the database.
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    #[derive(Serialize)]
    struct Answer {
        suggestions: Vec<Suggestion>,
    }
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
