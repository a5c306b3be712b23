//! `GET /api/v1/token`: what the token of a program allows, so that it can find out before it begins.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::domain::TokenScope;
use crate::web::cache::Policy;
use crate::web::extract::Program;

/// The answer.
#[derive(Serialize)]
struct Shown {
    /// The account for which the program acts.
    account: String,
    scope: TokenScope,
}

/// The handler.
pub async fn show(program: Program) -> Response {
    (Policy::Never, Json(Shown { account: program.actor.name, scope: program.scope })).into_response()
}
