//! What went wrong, for two kinds of people: the reader is told what they can do, the log is told why.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;

use super::problem::{Kind, Problem};
use super::public::not_found;
use super::{App, urls};
use crate::auth::{self, Refused};
use crate::search::IndexError;
use crate::store;

/// Why a request gets no answer.
#[derive(Debug)]
pub enum Error {
    /// There is nothing at this address, or nothing that readers may see.
    NotFound,
    /// The request makes no sense; the sentence says what would.
    BadRequest(String),
    /// The request is not allowed.
    Forbidden(String),
    /// It was here, and is no longer; the sentence says why.
    Gone(String),
    /// It is here, and may not be given out; the sentence says why.
    Withheld(&'static str),
    /// Whoever reads this page signs in first; then it goes on here.
    SignIn(String),
    /// A program shows no token that is good; the sentence says what is wrong with it.
    NoToken(&'static str),
    /// Too many attempts; the sentence says when to try again.
    TooOften(String, SignedDuration),
    /// A problem with a name of its own.
    Told(Box<Problem>),
    /// The database does not answer.
    Unavailable(Box<dyn std::error::Error + Send + Sync>),
    /// Anything the reader can do nothing about.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match &error {
            store::Error::Io(_) | store::Error::PoolTimedOut | store::Error::PoolClosed | store::Error::Tls(_) => {
                Self::Unavailable(Box::new(error))
            }
            // Connection exceptions, shutting down, starting up, too many clients.
            store::Error::Database(cause)
                if cause.code().is_some_and(|code| {
                    code.starts_with("08") || code.starts_with("57P") || code.starts_with("53")
                }) =>
            {
                Self::Unavailable(Box::new(error))
            }
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<auth::Error> for Error {
    fn from(error: auth::Error) -> Self {
        match error {
            auth::Error::Store(error) => error.into(),
            auth::Error::Refused(refused @ Refused::TooOften(wait)) => Self::TooOften(refused.to_string(), wait),
            auth::Error::Refused(refused @ (Refused::UsedLink | Refused::Disabled | Refused::LastAdmin)) => {
                Self::Forbidden(refused.to_string())
            }
            auth::Error::Provider(_) => Self::Unavailable(Box::new(error)),
            auth::Error::Refused(Refused::NoAccount) => Self::NotFound,
            auth::Error::Refused(refused) => Self::BadRequest(refused.to_string()),
            error => Self::Internal(Box::new(error)),
        }
    }
}

impl From<IndexError> for Error {
    fn from(error: IndexError) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Problem::from(kind).into()
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = ().into_response();
        let (status, detail) = match self {
            Self::SignIn(next) => return Redirect::to(&urls::sign_in(&next)).into_response(),
            Self::NoToken(detail) => {
                let challenge = HeaderValue::from_static("Bearer realm=\"onrecord\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
                (StatusCode::UNAUTHORIZED, Some(detail.to_owned()))
            }
            Self::TooOften(detail, wait) => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
                (StatusCode::TOO_MANY_REQUESTS, Some(detail))
            }
            Self::Told(problem) => {
                *response.status_mut() = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::BAD_REQUEST);
                response.extensions_mut().insert(*problem);
                return response;
            }
            Self::NotFound => (StatusCode::NOT_FOUND, None),
            Self::BadRequest(detail) => (StatusCode::BAD_REQUEST, Some(detail)),
            Self::Forbidden(detail) => (StatusCode::FORBIDDEN, Some(detail)),
            Self::Gone(detail) => (StatusCode::GONE, Some(detail)),
            Self::Withheld(detail) => (StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS, Some(detail.to_owned())),
            Self::Unavailable(cause) => {
                tracing::warn!(cause = chain(cause.as_ref()), "the database does not answer");
                (StatusCode::SERVICE_UNAVAILABLE, None)
            }
            Self::Internal(cause) => {
                tracing::error!(cause = chain(cause.as_ref()), "a request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, None)
            }
        };
        *response.status_mut() = status;
        response.extensions_mut().insert(Problem::of(status, detail));
        response
    }
}

/// An error with everything that caused it, on one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}

/// The problem of a response, if it is one that does not explain itself; also of those that layers and the router made without our [`Error`].
fn problem(response: &Response) -> Option<Problem> {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let explained = kind == "application/json" || kind.starts_with("text/html");
    if explained || (!status.is_client_error() && !status.is_server_error()) {
        return None;
    }
    Some(response.extensions().get::<Problem>().cloned().unwrap_or_else(|| Problem::of(status, None)))
}

/// Keeps the route of the failed answer and the headers that it had (`Allow`, `Retry-After`), not those of its body.
fn keep_head(from: &Response, to: &mut Response) {
    for (name, value) in from.headers() {
        if !matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH) {
            to.headers_mut().insert(name.clone(), value.clone());
        }
    }
    if let Some(route) = from.extensions().get::<MatchedPath>() {
        to.extensions_mut().insert(route.clone());
    }
    if to.status() == StatusCode::SERVICE_UNAVAILABLE {
        to.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
}

/// Shows problems as pages with a way on.
pub async fn as_page(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    match problem(&response) {
        None => response,
        Some(problem) => {
            let mut page = not_found::page(&app, &path, problem).await;
            keep_head(&response, &mut page);
            page
        }
    }
}

/// Shows problems as problem documents (RFC 9457).
pub async fn as_json(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match problem(&response) {
        None => response,
        Some(problem) => {
            let status = response.status();
            let mut document = (status, axum::Json(problem.document(&app.settings.public_url))).into_response();
            document.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
            keep_head(&response, &mut document);
            document
        }
    }
}
