//! The web server: pages for people and JSON for programs.
//!
//! Invariant: a handler extracts, loads, decides and renders; no SQL and no rule is in here, only readers' words.

mod assets;
mod cache;
mod error;
mod extract;
mod observe;
mod overview;
mod page;
mod phrase;
mod public;
mod routes;
mod security;
mod urls;
mod words;

use std::sync::Arc;

pub use error::Error;
pub use routes::router;

use crate::store::Pool;

/// What the web needs to know of the settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address under which others reach this site, without a slash at the end.
    pub public_url: String,
}

/// Everything a handler can reach.
#[derive(Clone)]
pub struct App {
    /// The database: *what* utterances say.
    pub pool: Pool,
    /// Settings.
    pub settings: Arc<Settings>,
    overview: Arc<overview::Cache>,
}

impl App {
    /// Everything a handler needs.
    pub fn new(pool: Pool, settings: Settings) -> Self {
        Self { pool, settings: Arc::new(settings), overview: Arc::default() }
    }

    /// The position of the feed up to which readers see the archive.
    fn position(&self) -> u64 {
        0
    }
}

/// Serves until `stopped` resolves; requests under way are answered first.
pub async fn serve(
    listener: tokio::net::TcpListener,
    app: App,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(stopped).await
}
