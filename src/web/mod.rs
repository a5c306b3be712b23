//! The web server: pages for people and JSON for programs.
//!
//! Invariant: a handler extracts, loads, decides and renders; no SQL and no rule is in here, only readers' words.

mod answers;
mod api;
mod assets;
mod cache;
mod check;
mod claims;
mod coverage;
mod difference;
mod editor;
mod error;
mod extract;
mod feeds;
mod find;
mod kept;
mod meant;
mod names;
mod observe;
mod overview;
mod owed;
mod page;
mod phrase;
mod probes;
mod problem;
mod public;
mod questions;
mod rates;
mod reports;
mod routes;
mod security;
mod table;
mod trends;
mod urls;
mod words;

use std::net::SocketAddr;
use std::sync::Arc;

use ipnet::IpNet;
use jiff::Timestamp;

use metrics_exporter_prometheus::PrometheusHandle;

pub use api::examples;
pub use error::Error;
pub use routes::router;

use crate::auth::oidc::Provider;
use crate::search::Index;
use crate::store::{self, Connection, Pool};

/// What the web needs to know of the settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address under which others reach this site, without a slash at the end.
    pub public_url: String,
    /// Networks of proxies whose word on who asks is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether mail can be sent, so that readers can be promised a reply.
    pub sends_mail: bool,
    /// Through whom editors may come in, beside their passwords.
    pub provider: Option<Provider>,
}

/// Everything a handler can reach.
#[derive(Clone)]
pub struct App {
    /// The database: *what* utterances say.
    pub pool: Pool,
    /// The index: *which* utterances match.
    pub index: Arc<Index>,
    /// Settings.
    pub settings: Arc<Settings>,
    /// What was measured, where a recorder is installed.
    pub measures: Option<PrometheusHandle>,
    /// The present moment.
    pub clock: fn() -> Timestamp,
    overview: Arc<overview::Cache>,
    kept: Arc<kept::Kept>,
}

impl App {
    /// Everything a handler needs.
    pub fn new(
        pool: Pool,
        index: Arc<Index>,
        mut settings: Settings,
        measures: Option<PrometheusHandle>,
        clock: fn() -> Timestamp,
    ) -> Self {
        settings.public_url.truncate(settings.public_url.trim_end_matches('/').len());
        Self {
            pool,
            index,
            settings: Arc::new(settings),
            measures,
            clock,
            overview: Arc::default(),
            kept: Arc::default(),
        }
    }

    /// An address of this site as others should write it.
    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url)
    }
}

/// A published briefing as the JSON of the API, on one line; `None` if readers see none of this slug.
pub async fn briefing_json(app: &App, conn: &mut Connection, slug: &str) -> Result<Option<String>, ExportError> {
    let briefing = api::briefing::load(app, conn, slug).await?;
    Ok(briefing.map(|briefing| serde_json::to_string(&briefing)).transpose()?)
}

/// Why a briefing could not be put into JSON.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database did not answer.
    #[error("reading the briefing")]
    Store(#[from] store::Error),
    /// It could not be written down.
    #[error("writing the briefing as JSON")]
    Json(#[from] serde_json::Error),
}

/// Serves until `stopped` resolves; requests under way are answered first.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stopped).await
}
