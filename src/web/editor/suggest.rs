//! `GET /editor/suggest`: names of speakers completed while they are typed, also of those whom readers do not see yet.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::store::directory::Family;
use crate::store::labels;
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Query};
use crate::web::names::{Nameable, Names};

/// Names offered.
const MOST: usize = 8;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    q: Option<String>,
}

/// The handler, in the form of `/api/v1/suggest`.
pub async fn show(_: Editor, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let anybody = labels::anybody(&mut conn).await?;
    let nameable = anybody.into_iter().map(|one| Nameable::new(Family::Speaker, one.id.0, one.named, one.turns as u64));
    let names = Names::new(nameable.collect());
    let suggestions: Vec<Value> = names
        .completions(fields.q.as_deref().unwrap_or_default(), None, MOST)
        .into_iter()
        .map(|one| {
            let url = app.absolute(&one.url());
            json!({ "kind": "speaker", "slug": one.named.slug, "name": one.named.name, "count": one.count, "url": url })
        })
        .collect();
    Ok((Policy::Never, Json(json!({ "suggestions": suggestions }))).into_response())
}
