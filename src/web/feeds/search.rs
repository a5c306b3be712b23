//! `GET /feeds/search.atom`: the newest results of any search, for those who want to be told of more.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;

use super::atom::{Feed, Head, moment};
use crate::domain::{BriefingId, UtteranceId};
use crate::search::Sort;
use crate::store::publication::{self, Moments};
use crate::store::utterances::{self, Found};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::find::{self, DEEPEST, Fields};
use crate::web::{App, phrase, urls};

/// Entries of one document, unless asked otherwise.
const ENTRIES: usize = 50;
/// Characters of the words in a title.
const TITLE: usize = 90;

/// The handler.
pub async fn show(State(app): State<App>, Query(mut fields): Query<Fields>) -> Result<Response, Error> {
    // A feed is newest first, whatever the page was sorted by.
    fields.sort = None;
    let mut conn = app.pool.acquire().await?;
    let mut asked = find::understand(&app, &mut conn, &fields).await?;
    if fields.per_page.is_none() {
        asked.query.limit = ENTRIES;
        asked.page = asked.page.min(DEEPEST / ENTRIES);
        asked.query.offset = (asked.page - 1) * ENTRIES;
    }
    asked.query.sort = Sort::Newest;
    let answer = find::search(&app, &asked.query)?;
    let ids: Vec<UtteranceId> = answer.hits.iter().map(|hit| hit.utterance_id).collect();
    let found = utterances::found(&mut conn, &ids).await?;
    let briefings: Vec<BriefingId> = found.iter().map(|found| found.briefing.id).collect();
    let moments = publication::moments(&mut conn, &briefings).await?;
    let latest = moments.values().map(|moments| moments.updated).max();
    let latest = match latest {
        Some(latest) => latest,
        None => publication::latest(&mut conn).await?.unwrap_or(Timestamp::UNIX_EPOCH),
    };
    let title = if fields.ask() { asked.read_as.clone() } else { "everything said".to_owned() };
    let page = if asked.page > 1 { asked.page.to_string() } else { String::new() };
    let own = fields.at(urls::SEARCH_FEED, &[("page", &page)]);
    let head = Head {
        title: &format!("Onrecord: {title}"),
        page: &fields.with(&[("sort", "newest")]),
        own: &own,
        updated: latest,
    };
    let mut feed = Feed::new(&app, &head);
    steps(&app, &mut feed, &fields, asked.page, asked.query.limit, answer.total);
    let total = answer.total.to_string();
    feed.0.words("opensearch:totalResults", &[], &total);
    feed.0.words("opensearch:startIndex", &[], &(asked.query.offset + 1).to_string());
    feed.0.words("opensearch:itemsPerPage", &[], &asked.query.limit.to_string());
    feed.0.empty(
        "opensearch:Query",
        &[("role", "request"), ("searchTerms", &asked.read_as), ("startPage", &asked.page.to_string())],
    );
    for found in &found {
        entry(&app, &mut feed, found, &moments);
    }
    Ok(feed.answer())
}

/// The ways to the documents before and after (RFC 5005).
fn steps(app: &App, feed: &mut Feed, fields: &Fields, page: usize, limit: usize, total: u64) {
    let at = |page: usize| {
        let number = if page > 1 { page.to_string() } else { String::new() };
        app.absolute(&fields.at(urls::SEARCH_FEED, &[("page", &number)]))
    };
    let mut link = |rel: &str, page: usize| {
        feed.0.empty("link", &[("rel", rel), ("type", "application/atom+xml"), ("href", &at(page))]);
    };
    link("first", 1);
    if page > 1 {
        link("previous", page - 1);
    }
    if ((page * limit) as u64) < total.min(DEEPEST as u64) {
        link("next", page + 1);
    }
}

fn entry(app: &App, feed: &mut Feed, found: &Found, moments: &HashMap<BriefingId, Moments>) {
    // Between the search and now the briefing may have gone.
    let Some(moments) = moments.get(&found.briefing.id) else { return };
    let (utterance, briefing) = (&found.utterance, &found.briefing);
    let place = utterance.number.map_or_else(|| urls::briefing(&briefing.slug), |n| urls::utterance(&briefing.slug, n));
    let url = app.absolute(&place);
    // Words that have no number have no address of their own either.
    let id = utterance.number.map_or_else(|| format!("{url}?utterance={}", utterance.id.0), |_| url.clone());
    let by = utterance.by.as_ref();
    let who = by.map(|by| by.speaker.as_ref().map_or(by.label.as_str(), |speaker| speaker.name.as_str()));
    let words: String = utterance.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = match words.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{} …", words[..at].rfind(' ').map_or(&words[..at], |blank| &words[..blank])),
        None => words,
    };
    let title = who.map_or_else(|| short.clone(), |who| format!("{who}: {short}"));
    let doc = &mut feed.0;
    doc.open("entry", &[]);
    doc.words("id", &[], &id);
    let language = found.language.as_deref().unwrap_or("en");
    doc.words("title", &[("xml:lang", language)], &title);
    doc.words("published", &[], &moment(moments.published));
    doc.words("updated", &[], &moment(moments.updated));
    if let Some(by) = by {
        doc.open("author", &[]);
        doc.words("name", &[], who.unwrap_or(&by.label));
        if let Some(speaker) = &by.speaker {
            doc.words("uri", &[], &app.absolute(&urls::speaker(&speaker.slug)));
        }
        doc.close();
    }
    doc.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
    if let Some(series) = &briefing.series {
        doc.empty("category", &[("term", &series.slug), ("label", &series.name)]);
    }
    let about = format!("{}, {}", briefing.title, phrase::date_or_undated(briefing.date));
    doc.words("summary", &[], &about);
    doc.words("content", &[("type", "text"), ("xml:lang", language)], &utterance.text);
    doc.close();
}
