//! Every address of the site, with who may use it: everybody.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use super::{App, assets, cache, error, observe, public, security};

/// Longest that a reader waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// The whole site.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(public::home::show))
        .route("/briefings", get(public::briefings::show))
        .route("/briefings/{slug}", get(public::briefing::show))
        .route("/briefings/{slug}/{numbers}", get(public::utterance::show))
        .route("/series", get(public::series_list::show))
        .route("/series/{slug}", get(public::series::show))
        .route("/dates", get(public::dates::years))
        .route("/dates/undated", get(public::dates::undated))
        .route("/dates/{year}", get(public::dates::year))
        .route("/dates/{year}/{month}", get(public::dates::month))
        .route("/dates/{year}/{month}/{day}", get(public::dates::day))
        .route("/about", get(public::about::show))
        .route("/static/{hash}/{name}", get(assets::serve))
        .fallback(public::not_found::fallback)
        .route_layer(from_fn(observe::layer))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn_with_state(app.clone(), error::as_page));

    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn(security::layer))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(app.clone(), cache::layer))
        .layer(DefaultBodyLimit::max(64 * 1024));
    pages.layer(around).with_state(app)
}
