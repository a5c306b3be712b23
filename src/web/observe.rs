//! What we learn from every request: how long it took, by route, and a line for the log.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Measures one request.
pub async fn layer(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let seconds = begun.elapsed().as_secs_f64();
    let status = response.status().as_u16().to_string();
    tracing::debug!(%method, route, status, seconds, "answered");
    metrics::histogram!("onrecord_http_request_seconds", "method" => method.to_string(), "route" => route,
        "status" => status)
    .record(seconds);
    response
}
