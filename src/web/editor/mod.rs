//! What only editors see: the drafts and the act that makes one public, corrections, and the days without a briefing.
//!
//! Invariant: every handler here but `enter` takes [`crate::web::extract::Editor`], which refuses everybody else.

pub mod batch;
pub mod briefing;
pub mod correct;
pub mod days;
pub mod draft;
pub mod drafts;
pub mod enter;
pub mod schedule;
pub mod upload;

use std::time::Duration;

use super::App;

/// How long an act waits for the index to show it.
const INDEX_PATIENCE: Duration = Duration::from_secs(5);

/// Waits until readers see what was done at this position of the feed.
async fn shown(app: &App, position: u64) {
    let shown = async {
        while app.index.position() < position {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    // A slow index is no failure: it is done, and the index will follow.
    let _ = tokio::time::timeout(INDEX_PATIENCE, shown).await;
}
