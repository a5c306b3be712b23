//! `/editor/topics`: all topics, with what editors changed of their terms, and making a new one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::private;
use super::topic::sentence;
use crate::domain::TopicKind;
use crate::editorial;
use crate::store::topics::{self, Kept};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/topics.html")]
pub struct TopicsPage {
    frame: Frame,
    kinds: Vec<(TopicKind, Vec<Kept>)>,
    behind: i64,
    sent: New,
    refusal: Option<String>,
}

impl TopicsPage {
    fn is_kind(&self, kind: &TopicKind) -> bool {
        self.sent.kind == kind.as_str()
    }
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct New {
    name: String,
    kind: String,
}

/// `GET`: the list.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    page(frame, &app, New::default(), None).await
}

async fn page(frame: Frame, app: &App, sent: New, refusal: Option<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let all = topics::kept(&mut conn, None).await?;
    let behind = topics::behind(&mut conn).await?;
    let of = |kind: TopicKind| all.iter().filter(|topic| topic.kind == kind).cloned().collect::<Vec<_>>();
    let kinds = TopicKind::ALL.into_iter().map(|kind| (kind, of(kind))).collect();
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(private(status, TopicsPage { frame, kinds, behind, sent, refusal }))
}

/// `POST`: makes a topic, and leads to where its terms are given.
pub async fn add(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Form(sent): Form<New>,
) -> Result<Response, Error> {
    let kind = TopicKind::parse(&sent.kind).unwrap_or(TopicKind::Issue);
    let mut tx = app.pool.begin().await?;
    match editorial::add_topic(&mut tx, &sent.name, kind, &editor.actor, (app.clock)()).await? {
        Ok((slug, position)) => {
            tx.commit().await?;
            super::shown(&app, position as u64).await;
            Ok((Policy::Never, Redirect::to(&urls::editor_topic(slug.as_str()))).into_response())
        }
        Err(refused) => {
            drop(tx);
            page(frame, &app, sent, Some(sentence(&refused))).await
        }
    }
}
