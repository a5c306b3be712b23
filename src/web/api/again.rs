//! Asking again: a program that sends the same key with the same request gets the answer of the first time.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::domain::AccountId;
use crate::store::Connection;
use crate::store::answers::{self, Given};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Program;
use crate::web::problem;

/// The header by which a program that asks again gets the answer of the first time.
const KEY: &str = "idempotency-key";
/// Says that an answer is that of the first time.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Longest key, in bytes.
pub const LONGEST_KEY: usize = 200;

/// The key of a request, if it has one, and whose it is.
pub struct Key {
    account: Option<AccountId>,
    key: Option<String>,
    path: String,
}

impl Key {
    /// The key of a request of a program.
    pub fn of(program: &Program, key: Sent) -> Self {
        Self { account: program.actor.account, key: key.key, path: key.path }
    }

    /// What was answered under this key before, if anything. Others who come with it wait for this transaction.
    pub async fn before(&self, conn: &mut Connection, now: Timestamp) -> Result<Option<Given>, Error> {
        match (self.account, &self.key) {
            (Some(account), Some(key)) => Ok(answers::claim(conn, account, key, now).await?),
            _ => Ok(None),
        }
    }

    /// Keeps an answer for the next time. Comes at the very end of a transaction.
    pub async fn keep(&self, conn: &mut Connection, asked: &[u8], given: (StatusCode, &Value)) -> Result<(), Error> {
        let (Some(account), Some(key)) = (self.account, &self.key) else { return Ok(()) };
        let (status, body) = given;
        let given = Given { asked_sha256: self.asked(asked), status: status.as_u16(), body: body.clone() };
        Ok(answers::keep(conn, account, key, &given).await?)
    }

    /// The answer of the first time, if the same is asked.
    pub fn again(&self, asked: &[u8], given: &Given) -> Result<Response, Error> {
        if given.asked_sha256 != self.asked(asked) {
            return Err(problem::KEY_USED.into());
        }
        let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
        Ok(([(REPLAYED, HeaderValue::from_static("true"))], answer(status, &given.body)).into_response())
    }

    fn asked(&self, asked: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.path.as_bytes());
        hash.update(b"\n");
        hash.update(asked);
        hash.finalize().to_vec()
    }
}

/// An answer to a program that did something; where there is a `url` for it, in the header too.
pub fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let body = serde_json::to_value(body).unwrap_or_default();
    let location = body["url"].as_str().and_then(|url| HeaderValue::from_str(url).ok());
    let mut response = (status, Policy::Never, Json(body)).into_response();
    if let Some(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The key as it was sent, and where to.
pub struct Sent {
    key: Option<String>,
    path: String,
}

impl<S: Sync> FromRequestParts<S> for Sent {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let path = parts.uri.path().to_owned();
        let Some(key) = parts.headers.get(KEY) else { return Ok(Self { key: None, path }) };
        match key.to_str() {
            Ok(key) if !key.is_empty() && key.len() <= LONGEST_KEY => Ok(Self { key: Some(key.to_owned()), path }),
            _ => Err(Error::BadRequest(format!("An Idempotency-Key has 1 to {LONGEST_KEY} letters, digits or signs."))),
        }
    }
}
