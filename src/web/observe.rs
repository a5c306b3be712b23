//! What we learn from every request: how long it took, by route, and a line for the log.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Says in the answer which route gave it, for those who look at it from outside the router.
pub async fn name_route(route: MatchedPath, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(route);
    response
}

/// Measures one request.
pub async fn layer(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = response.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let seconds = begun.elapsed().as_secs_f64();
    let status = response.status().as_u16().to_string();
    tracing::debug!(%method, route, status, seconds, "answered");
    metrics::histogram!("onrecord_http_request_seconds", "method" => method.to_string(), "route" => route,
        "status" => status)
    .record(seconds);
    response
}
