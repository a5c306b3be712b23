//! What every answer tells a browser not to do, and which requests are refused whoever sends them.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::Error;

/// Own style sheets, own modules, own pictures; nothing inline, nothing from elsewhere, no frames.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Refuses requests that change something when they come from another site.
pub async fn refuse(request: Request, next: Next) -> Response {
    if from_elsewhere(&request) {
        return Error::Forbidden("This request came from another site.".to_owned()).into_response();
    }
    next.run(request).await
}

/// Adds the headers.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // What came from elsewhere says for itself that nothing of it may run.
        if name != header::CONTENT_SECURITY_POLICY || !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Browsers say where a request comes from; programs send neither header and are not what this protects from.
fn from_elsewhere(request: &Request) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let value = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = value("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (value("origin"), value("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, sender)| sender != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(headers: &[(&str, &str)]) -> Request {
        let mut request = Request::post("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(axum::body::Body::empty()).unwrap()
    }

    #[test]
    fn only_writes_from_other_sites_are_refused() {
        assert!(from_elsewhere(&post(&[("sec-fetch-site", "cross-site")])));
        assert!(from_elsewhere(&post(&[("origin", "https://evil.example"), ("host", "onrecord.example")])));
        assert!(from_elsewhere(&post(&[("origin", "null"), ("host", "onrecord.example")])));
        assert!(!from_elsewhere(&post(&[("sec-fetch-site", "same-origin")])));
        assert!(!from_elsewhere(&post(&[("origin", "https://onrecord.example"), ("host", "onrecord.example")])));
        assert!(!from_elsewhere(&post(&[("host", "onrecord.example")])));
    }
}
