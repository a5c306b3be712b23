//! `GET /api/v1/openapi.json`: every address for programs, as programs read it (OpenAPI), and as the page `/api` shows it.
//!
//! What is asked and answered is read off the handlers and their shapes. What holds everywhere is added here: tokens, keys
//! for asking again, what can go wrong, and examples, each of which the sample archive has answered.

use std::sync::LazyLock;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa::OpenApi;

use super::examples::{self, Example};
use super::{
    act, again, briefing, briefings, changed, check, claims, coverage, follow_ups, people, questions, search, suggest,
    token, trends, upload,
};
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::problem::{self, Kind};

/// What is read off the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Onrecord",
        description = "A press briefing archive: who said what, when, and in answer to what. Reading needs no key and no account. \
                       Addresses in answers are absolute; places in a text are counted in Unicode characters.",
    ),
    paths(
        search::show,
        check::show,
        questions::list,
        claims::list,
        changed::show,
        suggest::show,
        briefings::list,
        briefing::show,
        briefings::series,
        people::speakers,
        people::speaker,
        people::topics,
        people::topic,
        follow_ups::show,
        trends::show,
        coverage::show,
        coverage::series,
        show,
        token::show,
        upload::take,
        upload::show,
        act::publish,
        act::correct,
        act::withdraw,
        act::republish,
    ),
    tags(
        (name = "Asking", description = "Whether something was said, by whom, and whether it still stands."),
        (name = "Record", description = "Briefings and what they belong to, whole."),
        (name = "People and topics", description = "Who speaks, and about what."),
        (name = "Figures", description = "How often something is said, and what the archive holds at all."),
        (name = "Writing", description = "What programs of editors do, with a token."),
    )
)]
struct Described;

/// The document of the sample archive, before it is given the address of ours.
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = json!(Described::openapi());
    document["components"]["securitySchemes"]["token"] = json!({
        "type": "http",
        "scheme": "bearer",
        "description": "A token of an editor, who makes it on the page of their account. It allows to `read` (drafts too), to \
                        `upload`, or to `edit`; each includes what stands before it.",
    });
    document["components"]["schemas"]["Problem"] = problem();
    for (path, methods) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            complete(path, method, operation);
        }
    }
    document
});

/// The document, of an archive at this address.
pub fn document(public_url: &str) -> Value {
    let text = DOCUMENT.to_string().replace(examples::ADDRESS, public_url);
    let mut document: Value = serde_json::from_str(&text).unwrap_or_default();
    document["servers"] = json!([{ "url": public_url }]);
    document
}

/// This description, as programs read it
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "document",
    tag = "Record",
    responses((status = 200, content_type = "application/json", description = "OpenAPI, of this version of the archive.")),
)]
pub async fn show(State(app): State<App>) -> Response {
    (Policy::Archive, axum::Json(document(&app.settings.public_url))).into_response()
}

/// Adds what holds for every address of its kind.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let scope = operation["security"][0]["token"][0].as_str().unwrap_or_default().to_owned();
    let writes = method == "post" && !scope.is_empty();
    if writes {
        let key = json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "Whoever asks again with the same key and the same request gets the answer of the first time, and \
                            nothing is done twice.",
            "schema": { "type": "string", "minLength": 1, "maxLength": again::LONGEST_KEY },
        });
        match operation["parameters"].as_array_mut() {
            Some(parameters) => parameters.push(key),
            None => operation["parameters"] = json!([key]),
        }
    }
    for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
        if parameter["description"].is_null() {
            parameter["description"] = parameter["schema"]["description"].take();
        }
    }
    for kind in kinds(path, operation, &scope, writes) {
        let status = kind.status.as_str();
        let before = operation["responses"][status]["description"].as_str().map(|before| format!("{before} "));
        let dot = if kind.title.ends_with('?') { "" } else { "." };
        let words = format!("{}`{}`: {}{dot}", before.unwrap_or_default(), kind.name, kind.title);
        let content = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
        operation["responses"][status] = json!({ "description": words, "content": content });
    }
    let name = operation["operationId"].as_str().unwrap_or_default();
    if let Some(example) = examples::ALL.iter().find(|example| example.operation == name) {
        show_example(operation, example, !scope.is_empty());
    }
}

/// What can go wrong there.
fn kinds(path: &str, operation: &Value, scope: &str, writes: bool) -> Vec<Kind> {
    let (json, form) = ("application/json", "multipart/form-data");
    let takes = |kind: &str| operation["requestBody"]["content"][kind].is_object();
    let reads_fields = operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "query"));
    let edits = scope == "edit";
    let publishes = path.ends_with("/publish");
    let all = [
        (reads_fields || writes || takes(json), problem::NOT_UNDERSTOOD),
        (!scope.is_empty(), problem::NO_TOKEN),
        (!scope.is_empty(), problem::NOT_ALLOWED),
        (path.contains('{') || path.ends_with("/changed"), problem::NOT_FOUND),
        (edits && !publishes, problem::OVERTAKEN),
        (takes(json) || takes(form), problem::TOO_LARGE),
        (takes(json), problem::NOT_JSON),
        (edits && !publishes, problem::REFUSED),
        (writes, problem::KEY_USED),
        (publishes, problem::HELD),
        (publishes, problem::SAME_EVENT),
        (true, problem::UNAVAILABLE),
    ];
    all.into_iter().filter(|(can, _)| *can).map(|(_, kind)| kind).collect()
}

/// A problem document. Some kinds say more, under names of their own.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string", "format": "uri", "description": "Its kind: an address where it is explained." },
            "title": { "type": "string", "description": "What happened, in a few words." },
            "status": { "type": "integer", "description": "The HTTP status." },
            "detail": { "type": "string", "description": "What whoever asks can do." },
        },
        "additionalProperties": true,
    })
}

fn show_example(operation: &mut Value, example: &Example, token: bool) {
    let answer: Value = serde_json::from_str(example.answer).unwrap_or_default();
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if status.starts_with('2') {
            response["content"]["application/json"]["example"] = answer.clone();
        }
    }
    if let examples::Body::Json(body) = example.body {
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        operation["requestBody"]["content"]["application/json"]["example"] = body;
    }
    operation["x-codeSamples"] = json!([{ "lang": "curl", "source": example.curl(token) }]);
}
