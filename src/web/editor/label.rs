//! `POST /editor/briefings/{slug}/settle`: who stands behind a label of a briefing, in this transcript or in its whole
//! series from that day on.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::behind::{self, Question, Said};
use super::briefing::{self, Notice};
use super::correct::{Sent, sentence};
use super::settling::Asked;
use crate::domain::{LabelId, ProblemId};
use crate::editorial::{self, Act, Corrected, Correction, Refused, Word};
use crate::store::{labels, record};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, urls};

/// A label, by its row, and what is said of it, from which revision and why.
#[derive(Debug, Clone, Deserialize)]
pub struct Settlement {
    label: String,
    revision: String,
    #[serde(default)]
    reason: String,
    /// The problem because of which something is corrected: the way leads back to it.
    problem: Option<String>,
    #[serde(flatten)]
    said: Said,
}

/// What became of it.
enum Outcome {
    Done(Corrected),
    Asked(Question),
    Refused(Refused),
}

/// The handler: returns when readers see what was done.
pub async fn settle(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Settlement>,
) -> Result<Response, Error> {
    let id = LabelId(form.label.parse().map_err(|_| Error::NotFound)?);
    let made_from: i32 = form.revision.parse().map_err(|_| Error::NotFound)?;
    let outcome = decide(&editor, &app, &slug, id, (made_from, &form)).await?;
    let problem = form.problem.as_deref().and_then(|id| id.parse().ok()).map(ProblemId);
    let asked = |question| Some(Asked { label: id, said: form.said.clone(), question });
    let sent = Sent {
        act: "speaker".to_owned(),
        revision: made_from,
        reason: form.reason.clone(),
        problem,
        ..Sent::default()
    };
    let (status, sent, notice) = match outcome {
        Outcome::Done(done) => {
            if let Some(position) = done.position {
                super::shown(&app, position as u64).await;
            }
            let there = || format!("{}#label-{}", urls::editor_briefing(&slug), id.0);
            let back = sent.problem.as_ref().map(urls::editor_problem);
            return Ok((Policy::Never, Redirect::to(&back.unwrap_or_else(there))).into_response());
        }
        Outcome::Refused(Refused::NoSuchBriefing | Refused::NoSuchLabel) => return Err(Error::NotFound),
        Outcome::Asked(question) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Sent { asked: asked(Some(question)), ..sent }, None)
        }
        Outcome::Refused(refused) => {
            let overtaken = matches!(refused, Refused::Overtaken { .. });
            let status = if overtaken { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let notice = Notice { sentence: sentence(&refused), overtaken: overtaken.then_some(made_from) };
            (status, Sent { asked: asked(None), ..sent }, Some(notice))
        }
    };
    let page = briefing::page(frame, &app, &slug, None, sent, notice).await?;
    Ok((status, page).into_response())
}

/// Understands what is said, and does it.
async fn decide(
    editor: &Editor,
    app: &App,
    slug: &str,
    id: LabelId,
    (made_from, form): (i32, &Settlement),
) -> Result<Outcome, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let open = record::open(&mut tx, slug).await?.ok_or(Error::NotFound)?;
    let label = labels::of_briefing(&mut tx, open.id, id).await?.ok_or(Error::NotFound)?;
    let behind = match behind::word(&mut tx, &form.said, label.date, &editor.actor, now).await? {
        Ok(Word::Behind(behind)) => behind,
        Ok(Word::Right | Word::Back) => return Err(Error::NotFound),
        Err(question) => return Ok(Outcome::Asked(question)),
    };
    let wide = form.said.series.is_some();
    if wide && label.series.zip(label.date).is_none() {
        let sentence = "This briefing has no series or no date. Give it both, or settle it for this briefing alone.";
        return Ok(Outcome::Asked(Question::wrong(sentence)));
    }
    let act = Act::Behind { label: id, behind };
    let wanted = Correction { slug, made_from, act: &act, reason: &form.reason };
    let done = if wide {
        editorial::correct_for_series(&mut tx, &wanted, &label, behind, &editor.actor, now).await?
    } else {
        editorial::correct(&mut tx, &wanted, &editor.actor, now).await?
    };
    match done {
        Ok(done) => {
            tx.commit().await?;
            Ok(Outcome::Done(done))
        }
        Err(refused) => Ok(Outcome::Refused(refused)),
    }
}
