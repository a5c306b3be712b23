//! `/editor/batches/{id}`: what became of what was uploaded at once, grouped by what is in doubt.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::domain::{BatchId, BriefingId};
use crate::editorial::{self, Refused};
use crate::store::batches::{self, Batch, Left};
use crate::store::waiting::{self, Waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// How soon the page looks again while sources are being read, in seconds.
const AGAIN: &str = "2";
/// Drafts named of each group; the number says how many there are.
const NAMED: usize = 20;

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/batch.html")]
pub struct BatchPage {
    frame: Frame,
    batch: Batch,
    /// Drafts about which there is no doubt.
    clear: Vec<Waiting>,
    held: Vec<Waiting>,
    groups: Vec<Group>,
    /// How many of its briefings readers see.
    published: usize,
    left: Vec<Left>,
}

/// Drafts with the same doubt.
pub struct Group {
    doubt: String,
    /// The label that stands for nobody known, if that is the doubt.
    label: Option<String>,
    drafts: Vec<Waiting>,
}

impl Group {
    fn named(&self) -> &[Waiting] {
        &self.drafts[..self.drafts.len().min(NAMED)]
    }
}

/// `GET`: shows it; as long as something is being read, it comes again by itself.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let id = BatchId(id);
    let mut conn = app.pool.acquire().await?;
    let batch = batches::list(&mut conn, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let drafts = waiting::of_batch(&mut conn, id).await?;
    let left = batches::left(&mut conn, id).await?;
    let published = batches::published(&mut conn, id).await?.len();
    let again = batch.waiting > 0;
    let now = (app.clock)();
    let (held, drafts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| draft.is_held(now));
    let groups = groups(&drafts);
    let clear = drafts.into_iter().filter(|draft| !draft.is_doubtful()).collect();
    let page = (Policy::Never, Page(BatchPage { frame, batch, clear, held, groups, published, left })).into_response();
    if !again {
        return Ok(page);
    }
    Ok(([(HeaderName::from_static("refresh"), HeaderValue::from_static(AGAIN))], page).into_response())
}

/// `POST`: publishes the drafts about which there is no doubt, in one act; returns when readers can find them.
pub async fn publish(editor: Editor, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let now: Timestamp = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let drafts = waiting::of_batch(&mut tx, BatchId(id)).await?;
    let clear: Vec<BriefingId> =
        drafts.iter().filter(|draft| !draft.is_doubtful() && !draft.is_held(now)).map(|draft| draft.id).collect();
    if clear.is_empty() {
        return Err(Error::BadRequest(
            "No draft of this batch is free of doubt. Open those that are left and publish them one by one.".to_owned(),
        ));
    }
    let position = editorial::publish_drafts(&mut tx, &clear, &editor.actor, now).await? as u64;
    tx.commit().await?;
    super::shown(&app, position).await;
    Ok((Policy::Never, Redirect::to(&urls::editor_batch(&BatchId(id)))).into_response())
}

/// Whom a label stands for.
#[derive(Deserialize)]
pub struct Settlement {
    label: String,
    speaker: String,
}

/// `POST`: puts somebody behind a label in all drafts of the batch in which nobody is known for it.
pub async fn settle(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<Settlement>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let (id, now) = (BatchId(id), (app.clock)());
    let done = editorial::settle_label(&mut tx, id, &form.label, &form.speaker, &editor.actor, now).await?;
    done.map_err(|refused| refusal(&refused))?;
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&urls::editor_batch(&id))).into_response())
}

/// Why a batch is withdrawn.
#[derive(Deserialize)]
pub struct Withdrawal {
    reason: String,
}

/// `POST`: withdraws everything of the batch that readers see; returns when they see it no more.
pub async fn withdraw(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<Withdrawal>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let (id, now) = (BatchId(id), (app.clock)());
    let done = editorial::withdraw_batch(&mut tx, id, &form.reason, &editor.actor, now).await?;
    let done = done.map_err(|refused| refusal(&refused))?;
    tx.commit().await?;
    if let Some(position) = done.position {
        super::shown(&app, position as u64).await;
    }
    Ok((Policy::Never, Redirect::to(&urls::editor_batch(&id))).into_response())
}

fn refusal(refused: &Refused) -> Error {
    Error::BadRequest(format!("{} Nothing was written.", super::correct::sentence(refused)))
}

/// Drafts by doubt, the commonest first. A draft with two doubts is in two groups.
fn groups(drafts: &[Waiting]) -> Vec<Group> {
    let mut by_doubt: BTreeMap<(String, Option<String>), Vec<Waiting>> = BTreeMap::new();
    for draft in drafts {
        let unknown = |label: &String| (format!("Nobody is known for the label “{label}”"), Some(label.clone()));
        let labels = draft.unknown.iter().map(unknown);
        let warnings = draft.warnings().map(|noticed| (phrase::doubt(&noticed.code, &noticed.message), None));
        let same = draft.same_event.then(|| ("The same event is here already".to_owned(), None));
        let restricted = draft.embargo_text.iter().map(|_| ("A line restricts publication".to_owned(), None));
        for doubt in same.into_iter().chain(labels).chain(warnings).chain(restricted) {
            let group = by_doubt.entry(doubt).or_default();
            if group.last().is_none_or(|last| last.id != draft.id) {
                group.push(draft.clone());
            }
        }
    }
    let mut groups: Vec<Group> =
        by_doubt.into_iter().map(|((doubt, label), drafts)| Group { doubt, label, drafts }).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.drafts.len()));
    groups
}
