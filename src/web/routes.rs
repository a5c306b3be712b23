//! Every address of the site, with who may use it: everybody, and below `/editor` editors.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use super::{App, api, assets, cache, editor, error, feeds, observe, probes, public, security};

/// Longest that a reader waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Longest that an upload may take.
const UPLOAD_PATIENCE: Duration = Duration::from_mins(15);
/// Bytes of the longest turn that can be sent at once.
const LONGEST_TURN: usize = 4 << 20;
/// Bytes of the most terms that can be sent as a form.
const MOST_TERMS: usize = 2 << 20;
/// Bytes of what a reader may send about a problem before it is looked at.
const LONGEST_PROBLEM: usize = 1 << 20;

/// The whole site.
pub fn router(app: App) -> Router {
    let slow = StatusCode::SERVICE_UNAVAILABLE;
    let pages = fenced(pages().merge(transcripts()).merge(desk()), slow, PATIENCE);
    let api = fenced(programs(), slow, PATIENCE);
    // Files take as long as the line takes.
    let uploads = fenced(uploads(), StatusCode::REQUEST_TIMEOUT, UPLOAD_PATIENCE);
    let from_programs = fenced(uploads_of_programs(), StatusCode::REQUEST_TIMEOUT, UPLOAD_PATIENCE);
    let pages = pages.merge(uploads).layer(from_fn_with_state(app.clone(), error::as_page));
    let api = api.merge(from_programs).layer(from_fn_with_state(app.clone(), error::as_json));

    let around = ServiceBuilder::new()
        .layer(from_fn(observe::layer))
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn(security::headers))
        .layer(from_fn_with_state(app.clone(), cache::layer))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(64 * 1024));
    pages.merge(api).layer(around).with_state(app)
}

/// What holds for every route, below the layers that explain refusals to people and programs.
fn fenced(routes: Router<App>, too_slow: StatusCode, patience: Duration) -> Router<App> {
    routes
        .route_layer(from_fn(observe::name_route))
        .layer(from_fn(security::refuse))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(too_slow, patience))
}

/// What editors send in.
fn uploads() -> Router<App> {
    Router::new().route(
        "/editor/upload",
        get(editor::upload::show).post(editor::upload::take).layer(DefaultBodyLimit::max(editor::upload::MOST_BYTES)),
    )
}

/// What programs send in.
fn uploads_of_programs() -> Router<App> {
    let most = DefaultBodyLimit::max(editor::upload::MOST_BYTES);
    Router::new().route("/api/v1/briefings", post(api::upload::take).layer(most))
}

/// What people read.
fn pages() -> Router<App> {
    Router::new()
        .route("/", get(public::home::show))
        .route("/briefings", get(public::briefings::show))
        .route("/briefings/{slug}", get(public::briefing::show))
        .route("/briefings/{slug}/cite", get(public::cite_files::choose))
        .route("/briefings/{slug}/cite/{format}", get(public::cite_files::briefing))
        .route("/briefings/{slug}/card.png", get(public::card::briefing))
        .route("/briefings/{slug}/history", get(public::history::show))
        .route("/briefings/{slug}/quotations", get(public::quotations::show))
        .route("/briefings/{slug}/sources/{sha256}", get(public::source::download))
        .route("/briefings/{slug}/changes/{range}", get(public::changes::show))
        .route("/briefings/{slug}/{numbers}", get(public::utterance::show))
        .route("/briefings/{slug}/{numbers}/chronology", get(public::chronology::show))
        .route("/briefings/{slug}/{numbers}/card.png", get(public::card::words))
        .route("/briefings/{slug}/{numbers}/cite/{format}", get(public::cite_files::words))
        // Who has pasted too much is told so, and keeps it.
        .route(
            "/briefings/{slug}/{numbers}/problem",
            get(public::problem_form::show)
                .post(public::problem_form::send)
                .layer(DefaultBodyLimit::max(LONGEST_PROBLEM)),
        )
        .route("/problems", get(public::problem::find))
        .route("/problems/{reference}", get(public::problem::show))
        .route("/series", get(public::series_list::show))
        .route("/series/{slug}", get(public::series::show))
        .route("/dates", get(public::dates::years))
        .route("/dates/undated", get(public::dates::list::undated))
        .route("/dates/{year}", get(public::dates::year::show))
        .route("/dates/{year}/{month}", get(public::dates::list::month))
        .route("/dates/{year}/{month}/{day}", get(public::dates::list::day))
        .route("/speakers", get(public::speakers::show))
        .route("/speakers/{slug}", get(public::speaker::show))
        .route("/speakers/{slug}/topics/{topic}", get(public::speaker_topic::show))
        .route("/topics", get(public::topics::show))
        .route("/topics/{slug}", get(public::topic::show))
        .route("/search", get(public::search::show))
        .route("/questions", get(public::questions::show))
        .route("/check", get(public::check::show).post(public::check::ask))
        .route("/claims", get(public::claims::show))
        .route("/claims/{id}", get(public::claim::show))
        .route("/search.csv", get(public::search_csv::show))
        .route("/trends", get(public::trends::show))
        .route("/trends.csv", get(public::trends::csv))
        .route("/follow-ups", get(public::follow_ups::show))
        .route("/on-this-day", get(public::on_this_day::of_today))
        .route("/on-this-day/{month}/{day}", get(public::on_this_day::of_day))
        .route("/corrections", get(public::corrections::show))
        .route("/feeds/corrections.atom", get(feeds::corrections::show))
        .route("/feeds/search.atom", get(feeds::search::show))
        .route("/feeds/briefings.atom", get(feeds::briefings::show))
        .route("/opensearch.xml", get(feeds::opensearch::show))
        .route("/sitemap.xml", get(feeds::sitemap::show))
        .route("/robots.txt", get(feeds::sitemap::robots))
        .route("/help/search", get(public::search_help::show))
        .route("/about", get(public::about::show))
        .route("/api", get(public::programs::show))
        .route("/about/answers", get(public::answers::show))
        .route("/about/integrity", get(public::integrity::show))
        .route("/about/coverage", get(public::coverage::show))
        .route("/about/coverage.csv", get(public::coverage::csv))
        .route("/about/coverage.json", get(public::coverage::json))
        .route("/static/{hash}/{name}", get(assets::serve))
        .fallback(public::not_found::fallback)
}

/// What editors see and do.
fn desk() -> Router<App> {
    Router::new()
        .route("/editor", get(editor::drafts::show))
        .route("/editor/enter", get(editor::enter::show).post(editor::enter::enter))
        .route("/editor/batches/{id}", get(editor::batch::show))
        .route("/editor/batches/{id}/publish", post(editor::batch::publish))
        .route("/editor/batches/{id}/settle", post(editor::batch::settle))
        .route("/editor/batches/{id}/withdraw", post(editor::batch::withdraw))
        .route("/editor/sign-in", get(editor::sign_in::show).post(editor::sign_in::sign_in))
        .route("/editor/sign-in/provider", get(editor::provider::begin))
        .route("/editor/sign-in/provider/back", get(editor::provider::back))
        .route("/editor/sign-out", post(editor::sign_in::sign_out))
        .route("/editor/account", get(editor::account::show))
        .route("/editor/account/password", post(editor::account::change_password))
        .route("/editor/account/sign-out-everywhere", post(editor::account::sign_out_everywhere))
        .route("/editor/account/tokens", get(editor::tokens::show).post(editor::tokens::make))
        .route("/editor/account/tokens/{id}/revoke", post(editor::tokens::revoke))
        .route("/editor/accounts", get(editor::accounts::show).post(editor::accounts::invite))
        .route("/editor/accounts/{id}/role", post(editor::accounts::give_role))
        .route("/editor/accounts/{id}/link", post(editor::accounts::renew_link))
        .route("/editor/accounts/{id}/disable", post(editor::accounts::disable))
        .route("/editor/accounts/{id}/enable", post(editor::accounts::enable))
        .route("/editor/audit", get(editor::audit::show))
        .route("/editor/audit.csv", get(editor::audit::csv))
        .route("/editor/audit.json", get(editor::audit::json))
        .route("/editor/drafts/{slug}", get(editor::draft::show))
        .route("/editor/drafts/{slug}/publish", post(editor::draft::publish))
        .route("/editor/drafts/{slug}/schedule", post(editor::schedule::set))
        .route("/editor/briefings/{slug}", get(editor::briefing::show))
        // A long speech is one turn.
        .route(
            "/editor/briefings/{slug}/correct",
            post(editor::correct::correct).layer(DefaultBodyLimit::max(LONGEST_TURN)),
        )
        .route("/editor/briefings/{slug}/settle", post(editor::label::settle))
        .route("/editor/briefings/{slug}/rights", post(editor::rights::set))
        .route("/editor/briefings/{slug}/redact", get(editor::redact::show).post(editor::redact::redact))
        .route("/editor/briefings/{slug}/{number}", get(editor::briefing::turn))
        .route("/editor/claims/{id}", get(editor::claim::show).post(editor::claim::act))
        .route("/editor/problems", get(editor::problems::show))
        .route("/editor/problems/{id}", get(editor::problem::show).post(editor::problem::act))
        .route("/editor/series/{slug}/days", get(editor::days::show).post(editor::days::mark))
        .merge(people_and_topics())
        .merge(drafts())
}

/// Where editors look after people and topics.
fn people_and_topics() -> Router<App> {
    Router::new()
        .route("/editor/speakers", get(editor::speakers::show).post(editor::speakers::say))
        .route("/editor/speakers/{slug}", get(editor::speaker::show).post(editor::speaker::say))
        .route("/editor/speakers/{slug}/merge", get(editor::merge::show).post(editor::merge::merge))
        .route("/editor/speakers/{slug}/split", post(editor::speaker::split))
        .route("/editor/speakers/{slug}/undo", post(editor::speaker::undo))
        .route("/editor/topics", get(editor::topics::show).post(editor::topics::add))
        // Thousands of terms are one form.
        .route(
            "/editor/topics/{slug}",
            get(editor::topic::show).post(editor::topic::change).layer(DefaultBodyLimit::max(MOST_TERMS)),
        )
}

/// Settling and completing drafts, and saying what was checked.
fn drafts() -> Router<App> {
    Router::new()
        .route("/editor/drafts/{slug}/save", post(editor::fields::save))
        .route("/editor/drafts/{slug}/settle", post(editor::settle::label))
        .route("/editor/drafts/{slug}/looked", post(editor::settle::looked))
        .route("/editor/batches/{id}/looked", post(editor::batch::looked))
        .route("/editor/briefings/{slug}/checked", post(editor::unchecked::check))
        .route("/editor/unchecked", get(editor::unchecked::show))
        .route("/editor/review", get(editor::review::show).post(editor::review::decide))
        .route("/editor/suggest", get(editor::suggest::show))
        .route("/editor/series/{slug}/labels", get(editor::series_labels::show).post(editor::series_labels::take_back))
}

/// Several transcripts of one event, and newer versions of them.
fn transcripts() -> Router<App> {
    Router::new()
        .route("/briefings/{slug}/transcripts/{number}", get(public::transcript::show))
        .route("/briefings/{slug}/compare/{range}", get(public::compare::show))
        .route("/editor/drafts/{slug}/same-event", get(editor::joining::show).post(editor::same_event::choose))
        .route("/editor/proposals", get(editor::proposals::list))
        .route("/editor/proposals/{id}", get(editor::proposals::show))
        .route("/editor/proposals/{id}/adopt", post(editor::proposals::adopt))
        .route("/editor/proposals/{id}/decline", post(editor::proposals::decline))
        .route("/editor/briefings/{slug}/transcripts", get(editor::transcripts::show))
        .route("/editor/briefings/{slug}/transcripts/main", post(editor::transcripts::make_main))
        .route("/editor/briefings/{slug}/transcripts/fetch", post(editor::transcripts::fetch))
}

/// What programs read.
fn programs() -> Router<App> {
    Router::new()
        .route("/api/v1/search", get(api::search::show))
        .route("/api/v1/check", post(api::check::show))
        .route("/api/v1/questions", get(api::questions::list))
        .route("/api/v1/claims", get(api::claims::list))
        .route("/api/v1/changed", get(api::changed::show))
        .route("/api/v1/suggest", get(api::suggest::show))
        .route("/api/v1/trends", get(api::trends::show))
        .route("/api/v1/briefings", get(api::briefings::list))
        .route("/api/v1/briefings/{slug}", get(api::briefing::show))
        // A long speech is one turn.
        .route(
            "/api/v1/briefings/{slug}/corrections",
            post(api::act::correct).layer(DefaultBodyLimit::max(LONGEST_TURN)),
        )
        .route("/api/v1/briefings/{slug}/withdraw", post(api::act::withdraw))
        .route("/api/v1/briefings/{slug}/republish", post(api::act::republish))
        .route("/api/v1/briefings/{slug}/publish", post(api::act::publish))
        .route("/api/v1/batches/{id}", get(api::upload::show))
        .route("/api/v1/series", get(api::briefings::series))
        .route("/api/v1/series/{slug}/coverage", get(api::coverage::series))
        .route("/api/v1/coverage", get(api::coverage::show))
        .route("/api/v1/speakers", get(api::people::speakers))
        .route("/api/v1/speakers/{slug}", get(api::people::speaker))
        .route("/api/v1/follow-ups", get(api::follow_ups::show))
        .route("/api/v1/topics", get(api::people::topics))
        .route("/api/v1/topics/{slug}", get(api::people::topic))
        .route("/api/v1/token", get(api::token::show))
        .route("/api/v1/openapi.json", get(api::document::show))
        .route("/api/", any(api::fallback))
        .route("/api/{*rest}", any(api::fallback))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(probes::metrics))
}
