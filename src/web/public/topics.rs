//! `GET /topics`: countries, organisations and issues that are spoken about.

use std::collections::HashMap;

use axum::extract::State;

use crate::domain::{TopicId, TopicKind};
use crate::store::directory::Named;
use crate::store::topics;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/topics.html")]
pub struct Topics {
    frame: Frame,
    kinds: Vec<(TopicKind, Vec<(Named, u64)>)>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Topics>, Error> {
    let overview = app.overview().await?;
    let counts: HashMap<TopicId, u64> = overview.facets.topic.iter().copied().collect();
    let mut conn = app.pool.acquire().await?;
    let all = topics::all(&mut conn).await?;
    let of_kind = |kind: TopicKind| -> Vec<(Named, u64)> {
        let kept = all.iter().filter(|topic| topic.kind == kind);
        kept.filter_map(|topic| Some((topic.named.clone(), *counts.get(&topic.id)?))).collect()
    };
    let kinds = TopicKind::ALL.into_iter().map(|kind| (kind, of_kind(kind))).filter(|(_, topics)| !topics.is_empty());
    Ok(Page(Topics { frame, kinds: kinds.collect() }))
}
