//! `/editor/batches/{id}`: what became of what was uploaded at once, grouped by what is in doubt, and one act for each
//! group.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::behind::{self, Question, Said};
use super::groups::{self, Class, Finding, Label};
use super::private;
use crate::domain::{BatchId, Behind, BriefingId, LabelDoubt};
use crate::editorial::{self, Refused, Word};
use crate::store::batches::{self, Batch, Left};
use crate::store::labels;
use crate::store::waiting::{self, RESTRICTION, Waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path, Query};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// How soon the page looks again while sources are being read, in seconds.
const AGAIN: &str = "2";
/// What of each group stands on the page of the whole upload; the rest has pages of its own.
const SOME: usize = 20;
/// What of one group stands on a page of its own.
const MANY: usize = 100;

/// What is said of acts that came before people were resolved.
const UNRESOLVED: &str = "Who speaks in these drafts is still being worked out. Nothing was written; go back in a few seconds, the page will then say what is in doubt.";

/// The query.
#[derive(Deserialize, Default)]
pub struct View {
    /// Only this group: `clear`, `held`, `left`, a doubt about labels, the code of a finding.
    only: Option<String>,
    page: Option<usize>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/batch.html")]
pub struct BatchPage {
    frame: Frame,
    batch: Batch,
    /// Drafts about which there is no doubt.
    clear: Vec<Waiting>,
    held: Vec<Waiting>,
    /// How many drafts have labels that people have yet to be found for.
    unresolved: usize,
    /// Drafts that seem to be of events that are here already.
    same: Vec<Waiting>,
    classes: Vec<Class>,
    findings: Vec<Finding>,
    /// How many of its briefings readers see.
    published: usize,
    left: Vec<Left>,
    /// The group that is shown alone.
    only: Option<String>,
    /// Its page, from 1.
    page: usize,
    /// A label with what was said of it and what is asked back.
    asked: Option<(Settlement, Question)>,
}

impl BatchPage {
    /// Whether a group is shown here.
    fn shows(&self, group: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == group)
    }

    /// The part of a group that is shown here.
    fn some<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let (from, most) = if self.only.is_some() { ((self.page - 1) * MANY, MANY) } else { (0, SOME) };
        all.get(from..).unwrap_or_default().get(..most).unwrap_or_else(|| all.get(from..).unwrap_or_default())
    }

    /// The way to the rest of a group: address and name.
    fn rest(&self, group: &str, all: usize) -> Vec<(String, String)> {
        let at = |page: usize| {
            let page = page.to_string();
            urls::with_query(&urls::editor_batch(&self.batch.id), &[("only", group), ("page", &page)])
        };
        match self.only {
            None if all > SOME => vec![(at(1), format!("All {}", phrase::count(all)))],
            None => Vec::new(),
            Some(_) => {
                let before = (self.page > 1).then(|| (at(self.page - 1), "Before".to_owned()));
                let after = (self.page * MANY < all).then(|| (at(self.page + 1), "Next".to_owned()));
                before.into_iter().chain(after).collect()
            }
        }
    }

    /// What tells one form of the page from the others.
    fn key(&self, doubt: &LabelDoubt, place: &usize) -> String {
        format!("{}-{place}", doubt.as_str())
    }

    /// What was said of a label and what is asked back.
    fn asked(&self, doubt: &LabelDoubt, label: &Label) -> Option<&(Settlement, Question)> {
        self.asked.as_ref().filter(|(said, _)| said.why == doubt.as_str() && said.label == label.label)
    }

    fn said(&self, doubt: &LabelDoubt, label: &Label) -> Said {
        self.asked(doubt, label).map(|(settlement, _)| settlement.said.clone()).unwrap_or_default()
    }

    fn question(&self, doubt: &LabelDoubt, label: &Label) -> Option<Question> {
        self.asked(doubt, label).map(|(_, question)| question.clone())
    }

    fn hidden(&self, doubt: &LabelDoubt, label: &str) -> Vec<(&'static str, String)> {
        let mut hidden = vec![("why", doubt.as_str().to_owned()), ("label", label.to_owned())];
        hidden.extend(self.only.clone().map(|only| ("only", only)));
        hidden
    }
}

/// `GET`: shows it; as long as something is being read, it comes again by itself.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(view): Query<View>,
) -> Result<Response, Error> {
    page(frame, &app, BatchId(id), view, None).await
}

async fn page(
    frame: Frame,
    app: &App,
    id: BatchId,
    view: View,
    asked: Option<(Settlement, Question)>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let batch = batches::list(&mut conn, Some(id)).await?.pop().ok_or(Error::NotFound)?;
    let drafts = waiting::of_batch(&mut conn, id).await?;
    let unresolved = drafts.iter().filter(|draft| !draft.resolved).count();
    let again = (batch.waiting > 0 || unresolved > 0) && asked.is_none();
    let now = (app.clock)();
    let (held, drafts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| draft.is_held(now));
    let page = BatchPage {
        left: batches::left(&mut conn, id).await?,
        published: batches::published(&mut conn, id).await?.len(),
        classes: groups::classes(&drafts),
        findings: groups::findings(&drafts),
        same: drafts.iter().filter(|draft| draft.same_event).cloned().collect(),
        clear: drafts.into_iter().filter(|draft| !draft.is_doubtful()).collect(),
        page: view.page.unwrap_or(1).clamp(1, 1000),
        only: view.only,
        frame,
        batch,
        held,
        unresolved,
        asked,
    };
    let response = private(StatusCode::OK, page);
    if !again {
        return Ok(response);
    }
    Ok(([(HeaderName::from_static("refresh"), HeaderValue::from_static(AGAIN))], response).into_response())
}

/// `POST`: publishes the drafts about which there is no doubt, in one act; returns when readers can find them.
pub async fn publish(editor: Editor, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let now: Timestamp = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let drafts = waiting::of_batch(&mut tx, BatchId(id)).await?;
    let unresolved = drafts.iter().any(|draft| !draft.resolved);
    let clear: Vec<BriefingId> =
        drafts.iter().filter(|draft| !draft.is_doubtful() && !draft.is_held(now)).map(|draft| draft.id).collect();
    if clear.is_empty() && unresolved {
        return Err(Error::BadRequest(UNRESOLVED.to_owned()));
    }
    if clear.is_empty() {
        return Err(Error::BadRequest(
            "No draft of this batch is free of doubt. Open those that are left and publish them one by one.".to_owned(),
        ));
    }
    let position = editorial::publish_drafts(&mut tx, &clear, false, &editor.actor, now).await? as u64;
    tx.commit().await?;
    super::shown(&app, position).await;
    Ok((Policy::Never, Redirect::to(&urls::editor_batch(&BatchId(id)))).into_response())
}

/// Labels in one sort of doubt, or one label, and what is said of them.
#[derive(Debug, Clone, Deserialize)]
pub struct Settlement {
    why: String,
    /// The label; none: all that are in this doubt.
    #[serde(default)]
    label: String,
    /// The group that was shown alone.
    only: Option<String>,
    /// One act for all of the group.
    all: Option<String>,
    #[serde(flatten)]
    said: Said,
}

/// `POST`: settles a label, or all labels in one sort of doubt, in all drafts of the batch; a label also for its series.
pub async fn settle(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<Settlement>,
) -> Result<Response, Error> {
    let (id, now) = (BatchId(id), (app.clock)());
    let doubt = LabelDoubt::parse(&form.why).ok_or(Error::NotFound)?;
    let mut tx = app.pool.begin().await?;
    let word = match (&form.all, doubt) {
        (Some(_), LabelDoubt::Unknown) => Ok(Word::Behind(Behind::Nobody)),
        (Some(_), _) => Ok(Word::Right),
        (None, _) => behind::word(&mut tx, &form.said, None, &editor.actor, now).await?,
    };
    let label = Some(form.label.as_str()).filter(|_| form.all.is_none());
    let labels = labels::in_doubt(&mut tx, id, doubt, label).await?;
    if labels.is_empty() && waiting::of_batch(&mut tx, id).await?.iter().any(|draft| !draft.resolved) {
        return Err(Error::BadRequest(UNRESOLVED.to_owned()));
    }
    let question = match word {
        Ok(Word::Behind(behind)) if form.said.series.is_some() && label.is_some() => {
            let made = editorial::settle_for_their_series(&mut tx, &labels, behind, &editor.actor, now).await?;
            (!made).then(|| {
                Question::wrong("None of these drafts has both a series and a date. Settle it for them alone.")
            })
        }
        Ok(word) => {
            editorial::settle_labels(&mut tx, &labels, word, &editor.actor, now).await?;
            None
        }
        Err(question) => Some(question),
    };
    if let Some(question) = question {
        tx.rollback().await?;
        let view = View { only: form.only.clone(), page: None };
        let page = page(frame, &app, id, view, Some((form, question))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    tx.commit().await?;
    Ok(back(&id, form.only.as_deref()))
}

fn back(id: &BatchId, only: Option<&str>) -> Response {
    let address = urls::with_query(&urls::editor_batch(id), &[("only", only.unwrap_or_default())]);
    (Policy::Never, Redirect::to(&address)).into_response()
}

/// What an editor has looked at.
#[derive(Deserialize)]
pub struct Looked {
    code: String,
    doubt: String,
}

/// `POST`: what drafts of the batch are in doubt about, as one finding says it, is right as it stands.
pub async fn looked(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<Looked>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let drafts = waiting::of_batch(&mut tx, BatchId(id)).await?;
    let group = groups::findings(&drafts).into_iter().find(|one| one.code == form.code && one.doubt == form.doubt);
    let drafts: Vec<BriefingId> = group.iter().flat_map(|group| &group.drafts).map(|draft| draft.id).collect();
    if !drafts.is_empty() {
        editorial::settle_doubt(&mut tx, &drafts, &form.code, &editor.actor, (app.clock)()).await?;
    }
    tx.commit().await?;
    Ok(back(&BatchId(id), None))
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
