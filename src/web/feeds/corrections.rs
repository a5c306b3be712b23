//! `GET /feeds/corrections.atom`: the newest corrections of the whole archive.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;

use super::atom::{Feed, Head, moment};
use crate::store::record;
use crate::web::error::Error;
use crate::web::{App, phrase, urls};

/// Corrections in the feed.
const ENTRIES: i64 = 50;

/// The handler.
pub async fn show(State(app): State<App>) -> Result<Response, Error> {
    let corrections = record::corrections(&mut *app.pool.acquire().await?, None, ENTRIES).await?;
    let updated = corrections.first().map_or(Timestamp::UNIX_EPOCH, |newest| newest.created_at);
    let (page, own) = (urls::CORRECTIONS, urls::CORRECTIONS_FEED);
    let mut feed = Feed::new(&app, &Head { title: "Onrecord: corrections", page, own, updated });
    for one in &corrections {
        let url = app.absolute(&urls::changes(&one.briefing.slug, one.before, one.number));
        let doc = &mut feed.0;
        doc.open("entry", &[]);
        doc.words("id", &[], &url);
        let language = one.language.as_deref().unwrap_or("en");
        doc.words("title", &[("xml:lang", language)], &one.briefing.name);
        doc.words("published", &[], &moment(one.created_at));
        doc.words("updated", &[], &moment(one.created_at));
        doc.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
        doc.empty("category", &[("term", one.kind.as_str()), ("label", phrase::revision_kind(one.kind))]);
        doc.words("summary", &[], &format!("{}: {}", phrase::revision_kind(one.kind), one.reason));
        doc.close();
    }
    Ok(feed.answer())
}
