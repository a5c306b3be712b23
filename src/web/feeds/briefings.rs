//! `GET /feeds/briefings.atom`: the newest briefings.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;

use super::atom::{Feed, Head, moment};
use crate::domain::BriefingId;
use crate::store::briefings::{self, Filter};
use crate::store::publication;
use crate::web::error::Error;
use crate::web::{App, phrase, urls};

/// Briefings in the feed.
const ENTRIES: i64 = 50;

/// The handler.
pub async fn show(State(app): State<App>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let listed = briefings::list(&mut conn, &Filter::default(), None, ENTRIES).await?;
    let ids: Vec<BriefingId> = listed.iter().map(|briefing| briefing.id).collect();
    let moments = publication::moments(&mut conn, &ids).await?;
    let latest = publication::latest(&mut conn).await?.unwrap_or(Timestamp::UNIX_EPOCH);
    let updated = moments.values().map(|moments| moments.updated).max().unwrap_or(latest);
    let head = Head { title: "Onrecord: latest briefings", page: urls::BRIEFINGS, own: urls::BRIEFINGS_FEED, updated };
    let mut feed = Feed::new(&app, &head);
    for briefing in &listed {
        let Some(moments) = moments.get(&briefing.id) else { continue };
        let url = app.absolute(&urls::briefing(&briefing.slug));
        let doc = &mut feed.0;
        doc.open("entry", &[]);
        doc.words("id", &[], &url);
        let language = briefing.language.as_deref().unwrap_or("en");
        doc.words("title", &[("xml:lang", language)], &briefing.title);
        doc.words("published", &[], &moment(moments.published));
        doc.words("updated", &[], &moment(moments.updated));
        doc.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
        let series = briefing.series.as_ref();
        if let Some(series) = series {
            doc.empty("category", &[("term", &series.slug), ("label", &series.name)]);
        }
        let held = phrase::date_or_undated(briefing.date);
        let about = match series {
            Some(series) => format!("{}: {}, {held}", series.name, phrase::kind(briefing.kind)),
            None => format!("{}, {held}", phrase::kind(briefing.kind)),
        };
        doc.words("summary", &[], &about);
        doc.close();
    }
    Ok(feed.answer())
}
