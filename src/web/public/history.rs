//! `GET /briefings/{slug}/history`: every revision of a briefing, with why it was made.

use axum::extract::State;

use super::cite;
use crate::store::briefings::Briefing;
use crate::store::record::{self, Entry};
use crate::store::transcripts::{self, Text};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/history.html")]
pub struct History {
    frame: Frame,
    briefing: Briefing,
    /// Newest first.
    entries: Vec<Entry>,
    /// What it was read from.
    texts: Vec<Text>,
    /// Transcripts that are not the main one, with their revisions, newest first.
    others: Vec<(Text, Vec<Entry>)>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(slug): Path<String>) -> Result<Page<History>, Error> {
    let mut conn = app.pool.acquire().await?;
    let (briefing, ..) = cite::find(&mut conn, &slug, &cite::Pin::default()).await?;
    let mut entries = record::history(&mut conn, briefing.listed.id).await?;
    entries.reverse();
    let texts = transcripts::texts(&mut conn, briefing.listed.id).await?;
    let mut others = Vec::new();
    for text in texts.iter().filter(|text| !text.is_main) {
        let mut revisions = record::of_transcript(&mut conn, briefing.listed.id, text.id).await?;
        revisions.reverse();
        others.push((text.clone(), revisions));
    }
    Ok(Page(History { frame, briefing, entries, texts, others }))
}
