//! How long an answer may be kept: handlers say it as a value, one layer turns it into headers.
//!
//! Every page of the archive is made of what is in the database and the index, so the position of the index (which
//! the database never runs behind) names its state. A browser that has seen that state is told so before any work is
//! done, and what was answered in that state is answered again.

use axum::extract::{self, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};

use super::App;
use super::assets;
use super::kept::Question;

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

/// Which state of the archive an answer shows, and on which day: position and generation of the index, days since 1970.
pub type Stamp = (u64, u32, i64);

/// The state of the archive at this moment. The day belongs to it, since some pages show what was held on this day.
fn stamp(app: &App) -> Stamp {
    const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;
    let (position, generation) = app.index.stamp();
    (position, generation, (app.clock)().as_second() / SECONDS_OF_A_DAY)
}

/// Turns the policy of an answer into headers, answers "not modified" where nothing has changed, and gives the same
/// answer again to the same question.
pub async fn layer(extract::State(app): extract::State<App>, request: Request, next: Next) -> Response {
    // Before the handler reads anything: what it reads is at least as new as this.
    let stamp = stamp(&app);
    let tag = format!("W/\"{}-{}-{}\"", assets::fingerprint(), stamp.0, stamp.2);
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
    let question = Question::of(&request);
    if let Some(answer) = question.as_ref().and_then(|question| app.kept.get(question, stamp)) {
        return answer;
    }
    let mut response = next.run(request).await;
    let policy = response.extensions().get::<Policy>().copied().unwrap_or(Policy::Never);
    set(&mut response, policy, tag);
    match question {
        Some(question) if policy == Policy::Archive && response.status() == StatusCode::OK => {
            app.kept.keep(question, stamp, response).await
        }
        _ => response,
    }
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
