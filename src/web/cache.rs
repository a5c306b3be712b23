//! How long an answer may be kept: handlers say it as a value, one layer turns it into headers.
//!
//! Every page of the archive is made of what is in the database and the index, so the position of the index (which
//! the database never runs behind) names its state. A browser that has seen that state is told so before any work is
//! done.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};

use super::App;
use super::assets;

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The content never changes under this address.
    Forever,
    /// Right until the archive changes: kept, and asked for again each time.
    Archive,
    /// Not to be kept.
    Never,
}

impl IntoResponseParts for Policy {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// Turns the policy of an answer into headers, and answers "not modified" where nothing has changed.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    // Before the handler reads anything: what it reads is at least as new as this.
    let tag = format!("W/\"{}-{}\"", assets::fingerprint(), app.index.position());
    let tag = HeaderValue::from_str(&tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|sent| {
        let (sent, tag) = (sent.to_str().unwrap_or_default(), tag.to_str().unwrap_or_default());
        sent.split(',').any(|one| one.trim() == tag)
    });
    if known && matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        set(&mut response, Policy::Archive, tag);
        return response;
    }
    let mut response = next.run(request).await;
    let policy = response.extensions().get::<Policy>().copied().unwrap_or(Policy::Never);
    set(&mut response, policy, tag);
    response
}

fn set(response: &mut Response, policy: Policy, tag: HeaderValue) {
    let control = match policy {
        Policy::Forever => "public, max-age=31536000, immutable",
        Policy::Archive => "public, no-cache",
        Policy::Never => "no-store",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(control));
    if policy == Policy::Archive {
        headers.insert(header::ETAG, tag);
    }
}
