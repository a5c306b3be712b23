//! What only editors see: uploads, drafts and what makes them public, corrections, newer versions, problems that readers
//! report, claims, days without a briefing, accounts, speakers, topics, the audit log.
//!
//! Invariant: every handler here but those of `enter`, `sign_in` and `provider` takes [`crate::web::extract::Editor`] or
//! [`crate::web::extract::Admin`], which refuse everybody else, before anything else of the request.

pub mod account;
pub mod accounts;
pub mod audit;
pub mod batch;
pub mod behind;
pub mod briefing;
pub mod claim;
pub mod correct;
pub mod days;
pub mod draft;
pub mod drafts;
pub mod enter;
pub mod fields;
pub mod groups;
pub mod joining;
pub mod label;
pub mod merge;
pub mod problem;
pub mod problems;
pub mod proposals;
pub mod provider;
pub mod redact;
pub mod rights;
pub mod same_event;
pub mod schedule;
pub mod series_labels;
pub mod settle;
pub mod settling;
pub mod sign_in;
pub mod speaker;
pub mod speakers;
pub mod suggest;
pub mod tokens;
pub mod topic;
pub mod topics;
pub mod transcripts;
pub mod trial;
pub mod unchecked;
pub mod upload;

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::App;
use super::cache::Policy;
use super::error::Error;
use super::page::Page;
use crate::auth::{self, Refused};

/// How long an act waits for the index to show it.
const INDEX_PATIENCE: Duration = Duration::from_secs(5);

/// Waits until readers see what was done at this position of the feed.
pub(super) async fn shown(app: &App, position: u64) {
    let shown = async {
        while app.index.position() < position {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    // A slow index is no failure: it is done, and the index will follow.
    let _ = tokio::time::timeout(INDEX_PATIENCE, shown).await;
}

/// A page of editors, which nobody keeps, with its status.
fn private(status: StatusCode, page: impl askama::Template) -> Response {
    (status, Policy::Never, Page(page)).into_response()
}

/// Shows a form again that was refused, with what was wrong. What whoever asks can do nothing about is an error.
fn again<T: askama::Template>(error: auth::Error, page: impl FnOnce(String) -> T) -> Result<Response, Error> {
    let refused = match error {
        auth::Error::Refused(refused) => refused,
        auth::Error::Provider(cause) => {
            tracing::warn!(cause, "the provider of OpenID Connect");
            let sentence = "It cannot be reached right now. Please try again in a minute, or use your password.";
            return Ok(
                (StatusCode::SERVICE_UNAVAILABLE, Policy::Never, Page(page(sentence.to_owned()))).into_response()
            );
        }
        error => return Err(error.into()),
    };
    let status = match refused {
        Refused::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
        Refused::Wrong | Refused::WrongPassword | Refused::NotThere | Refused::NobodyHere => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    let mut response = (status, Policy::Never, Page(page(refused.to_string()))).into_response();
    if let Refused::TooOften(wait) = refused {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    }
    Ok(response)
}
