//! What a program sends as JSON.

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::web::error::Error;
use crate::web::problem;

/// The JSON in the body of a request.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        axum::Json::from_request(request, state).await.map(|axum::Json(sent)| Self(sent)).map_err(refusal)
    }
}

/// Why it could not be read, in a sentence of ours.
pub fn refusal(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => problem::NOT_JSON.into(),
        JsonRejection::JsonSyntaxError(error) => Error::BadRequest(format!("This is no JSON: {}.", cause(&error))),
        JsonRejection::JsonDataError(error) => Error::BadRequest(format!("{}.", cause(&error))),
        rejection if rejection.status() == problem::TOO_LARGE.status => problem::TOO_LARGE.into(),
        _ => Error::BadRequest("The request broke off before it was complete. Send it again.".to_owned()),
    }
}

/// The innermost reason, which says what and where.
fn cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
