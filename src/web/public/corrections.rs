//! `GET /corrections`: what was corrected in the whole archive, newest first.

use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;

use crate::domain::RevisionId;
use crate::store::record::{self, Correction};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Corrections on a page.
const SHOWN: usize = 50;

/// The query: where the page before ended.
#[derive(Deserialize)]
pub struct Fields {
    after: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/corrections.html")]
pub struct Corrections {
    frame: Frame,
    corrections: Vec<Correction>,
    /// The address of the page with older ones.
    older: Option<String>,
    is_first: bool,
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Page<Corrections>, Error> {
    let after = fields.after.as_deref().and_then(read_cursor);
    let mut conn = app.pool.acquire().await?;
    let mut corrections = record::corrections(&mut conn, after, SHOWN as i64 + 1).await?;
    let more = corrections.len() > SHOWN;
    corrections.truncate(SHOWN);
    let older = corrections.last().filter(|_| more).map(|last| {
        let cursor = format!("{}-{}", last.created_at.as_microsecond(), last.id.0);
        urls::with_query(urls::CORRECTIONS, &[("after", &cursor)])
    });
    Ok(Page(Corrections { frame, corrections, older, is_first: after.is_none() }))
}

/// "1763812800000000-41": a moment in microseconds and a row.
fn read_cursor(text: &str) -> Option<(Timestamp, RevisionId)> {
    let (moment, id) = text.split_once('-')?;
    Some((Timestamp::from_microsecond(moment.parse().ok()?).ok()?, RevisionId(id.parse().ok()?)))
}
