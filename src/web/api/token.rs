//! `GET /api/v1/token`: what the token of a program allows, so that it can find out before it begins.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::TokenScope;
use crate::web::cache::Policy;
use crate::web::extract::Program;

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
struct Shown {
    /// The account for which the program acts.
    account: String,
    scope: TokenScope,
}

/// Tells what a token allows
#[utoipa::path(
    get,
    path = "/api/v1/token",
    operation_id = "token",
    tag = "Writing",
    responses((status = 200, body = Shown, description = "The account and the scope.")),
    security(("token" = ["read"])),
)]
pub async fn show(program: Program) -> Response {
    (Policy::Never, Json(Shown { account: program.actor.name, scope: program.scope })).into_response()
}
