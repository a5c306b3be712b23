//! `GET /topics`: countries, organisations and issues that are spoken about.

use std::collections::HashMap;

use axum::extract::State;

use super::spread::{self, Counted};
use crate::domain::{TopicId, TopicKind};
use crate::store::directory::Named;
use crate::store::topics;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Topics named first, by how often they are mentioned.
const MOST: usize = 10;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/topics.html")]
pub struct Topics {
    frame: Frame,
    most: Vec<Counted>,
    kinds: Vec<(TopicKind, Vec<(Named, u64)>)>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<Topics>, Error> {
    let overview = app.overview().await?;
    let counts: HashMap<TopicId, u64> = overview.facets.topic.iter().copied().collect();
    let mut conn = app.pool.acquire().await?;
    let names = &overview.directory;
    let all = topics::all(&mut conn).await?;
    let of_kind = |kind: TopicKind| -> Vec<(Named, u64)> {
        let kept = all.iter().filter(|topic| topic.kind == kind);
        kept.filter_map(|topic| Some((topic.named.clone(), *counts.get(&topic.id)?))).collect()
    };
    let kinds = TopicKind::ALL.into_iter().map(|kind| (kind, of_kind(kind))).filter(|(_, topics)| !topics.is_empty());
    let kinds: Vec<_> = kinds.collect();
    let most = spread::rows(
        &overview.facets.topic,
        MOST,
        |id| names.topics.get(id).cloned(),
        |topic| urls::topic(&topic.slug),
    );
    // With few topics the lists themselves are at hand.
    let most = if overview.facets.topic.len() > MOST * 2 { most } else { Vec::new() };
    Ok(Page(Topics { frame, most, kinds }))
}
