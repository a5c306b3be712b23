//! A world to test in: a database of its own for each test, an index, the whole site, and builders to fill them.

pub mod answer;
mod briefing;
mod cluster;
pub mod provider;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use onrecord::auth::oidc::Provider;
use onrecord::search::{Access, Index};
use onrecord::store::{Pool, feed};
use onrecord::web::{self, App, Settings};
use tower::ServiceExt as _;

pub use answer::Answer;
pub use briefing::BriefingBuilder;

/// Address under which the site of a test calls itself.
pub const PUBLIC_URL: &str = "https://onrecord.example";

/// The site, with everything behind it.
pub struct World {
    pub pool: Pool,
    pub index: Arc<Index>,
    pub router: Router,
    folder: PathBuf,
}

impl World {
    /// An empty archive.
    pub async fn new() -> Self {
        Self::set_up(None, false).await
    }

    /// An empty archive that can send mail.
    pub async fn with_mail() -> Self {
        Self::set_up(None, true).await
    }

    /// An empty archive whose editors may come in through a provider.
    pub async fn with_provider(provider: Provider) -> Self {
        Self::set_up(Some(provider), false).await
    }

    async fn set_up(provider: Option<Provider>, sends_mail: bool) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let cluster = cluster::get();
        let pool = Pool::connect(&cluster.database(number).await).await.expect("the database of the test");
        let folder = cluster::scratch(number);
        let index = Arc::new(Index::open(&folder, Access::Writer).expect("the index of the test"));
        let settings =
            Settings { public_url: PUBLIC_URL.to_owned(), trusted_proxies: Vec::new(), provider, sends_mail };
        let router = web::router(App::new(pool.clone(), Arc::clone(&index), settings, None, now));
        Self { pool, index, router, folder }
    }

    /// Begins a briefing with this title.
    pub fn briefing<'a>(&'a self, title: &str) -> BriefingBuilder<'a> {
        BriefingBuilder::new(self, title)
    }

    /// Gets a page.
    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole answer");
        Answer { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Brings the index up to date, as the follower would.
    pub async fn follow(&self) {
        let mut conn = self.pool.acquire().await.expect("a connection");
        // The position first: what is read after it is at least as new, also while somebody publishes.
        let position = feed::position(&mut conn).await.expect("the position");
        let changed = feed::changed_after(&mut conn, self.index.position() as i64).await.expect("the feed");
        let changes = feed::changes(&mut conn, &changed).await.expect("the changes");
        self.index.apply(position as u64, changes.into_iter().map(Ok)).expect("the index takes them");
    }

    /// Changes rows that no builder knows of, and publishes the change.
    pub async fn change(&self, sql: &'static str) {
        let mut conn = self.pool.acquire().await.expect("a connection");
        sqlx::raw_sql(sql).execute(&mut *conn).await.expect("the change");
        let all: Vec<i64> = sqlx::query_scalar("select id from briefing").fetch_all(&mut *conn).await.expect("rows");
        let all: Vec<_> = all.into_iter().map(onrecord::domain::BriefingId).collect();
        feed::advance(&mut conn, &all).await.expect("the feed");
        drop(conn);
        self.follow().await;
    }
}

impl World {
    /// Every folder in which words of the archive may lie: tables, and the index.
    pub fn folders(&self) -> [PathBuf; 2] {
        [cluster::get().tables(), self.folder.clone()]
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The day on which all tests happen.
fn now() -> jiff::Timestamp {
    "2026-11-22T12:00:00Z".parse().expect("a moment")
}
