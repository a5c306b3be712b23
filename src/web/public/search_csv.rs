//! `GET /search.csv`: the results of a search as a table to take away.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures::stream;

use crate::domain::UtteranceId;
use crate::store::utterances::{self, Found};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::find::{self, DEEPEST, Fields};
use crate::web::{App, phrase, table, urls};

/// Rows that are read from the database at once.
const AT_ONCE: usize = 200;

const HEAD: [&str; 14] = [
    "date", "series", "briefing", "kind", "number", "label", "speaker", "office", "role", "asked_by", "text",
    "question", "url", "fiction",
];

/// The handler. The rows come while they are read, so that ten thousand of them need no more memory than a few.
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let mut asked = find::understand(&app, &mut conn, &fields).await?;
    drop(conn);
    (asked.query.offset, asked.query.limit) = (0, DEEPEST);
    let hits = find::search(&app, &asked.query)?.hits;
    let mut ids: Vec<UtteranceId> = hits.into_iter().map(|hit| hit.utterance_id).collect();
    ids.reverse();
    let rows = stream::try_unfold((app, ids), |(app, mut ids)| async move {
        let next = ids.split_off(ids.len().saturating_sub(AT_ONCE));
        if next.is_empty() {
            return Ok(None);
        }
        let some = rows(&app, next).await.map_err(|_| std::io::Error::other("the archive went away"))?;
        Ok::<_, std::io::Error>(Some((some, (app, ids))))
    });
    let head = Bytes::from(table::row(HEAD)?);
    let body = Body::from_stream(stream::StreamExt::chain(stream::iter([Ok(head)]), rows));
    Ok((table::headers("search"), body).into_response())
}

/// The rows of these utterances, which come last first.
async fn rows(app: &App, mut ids: Vec<UtteranceId>) -> Result<Bytes, Error> {
    ids.reverse();
    let mut conn = app.pool.acquire().await?;
    let mut written = Vec::new();
    for found in utterances::found(&mut conn, &ids).await? {
        written.extend(row(app, &found)?);
    }
    Ok(Bytes::from(written))
}

fn row(app: &App, found: &Found) -> Result<Vec<u8>, Error> {
    let (briefing, utterance) = (&found.briefing, &found.utterance);
    let by = utterance.by.as_ref();
    let path = utterance.number.map_or_else(|| urls::briefing(&briefing.slug), |n| urls::utterance(&briefing.slug, n));
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let cells: [String; HEAD.len()] = [
        briefing.date.map(|date| date.to_string()).unwrap_or_default(),
        briefing.series.as_ref().map(|series| series.name.clone()).unwrap_or_default(),
        briefing.title.clone(),
        phrase::kind(briefing.kind).to_owned(),
        utterance.number.map(|number| number.to_string()).unwrap_or_default(),
        by.map(|by| by.label.clone()).unwrap_or_default(),
        by.and_then(|by| by.speaker.as_ref()).map(|speaker| speaker.name.clone()).unwrap_or_default(),
        text(by.and_then(|by| by.office.as_ref())),
        by.and_then(|by| by.role).map(|role| phrase::role(role).to_owned()).unwrap_or_default(),
        utterance.asked_by.as_ref().map(|asked| asked.name.clone()).unwrap_or_default(),
        utterance.text.clone(),
        found.question.as_ref().map(|question| question.text.clone()).unwrap_or_default(),
        app.absolute(&path),
        if briefing.fiction { "fiction".to_owned() } else { String::new() },
    ];
    table::row(cells.iter().map(String::as_str))
}
