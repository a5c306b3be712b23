//! `POST /editor/drafts/{slug}/settle` and `.../looked`: settling what the machine is in doubt about in one draft.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::behind::{self, Question, Said};
use super::draft::{self, Shown};
use super::settling::Asked;
use crate::domain::{BriefingId, LabelId};
use crate::editorial::{self, Word};
use crate::store::{Connection, editing, labels, waiting};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, urls};

/// A label, by its row, and what is said of it.
#[derive(Deserialize)]
pub struct Settlement {
    label: String,
    #[serde(flatten)]
    said: Said,
}

/// `POST .../settle`: settles one label, and leads on to the next that is in doubt.
pub async fn label(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(Settlement { label, said }): Form<Settlement>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let id = LabelId(label.parse().map_err(|_| Error::NotFound)?);
    let mut tx = app.pool.begin().await?;
    let draft = editing::lock(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let label = labels::of_briefing(&mut tx, draft.id, id).await?.ok_or(Error::NotFound)?;
    let word = behind::word(&mut tx, &said, label.date, &editor.actor, now).await?;
    let question = match word {
        Err(question) => Some(question),
        Ok(Word::Behind(behind)) if said.series.is_some() => {
            let made = editorial::settle_for_series(&mut tx, &label, id, behind, &editor.actor, now).await?;
            made.is_none().then(|| {
                Question::wrong("This draft has no series or no date. Give it both, or settle it for this draft alone.")
            })
        }
        Ok(Word::Back) if label.by_series.is_some() => {
            if let Some(decision) = label.by_series {
                editorial::unsettle_for_series(&mut tx, decision, &editor.actor, now).await?;
            }
            None
        }
        Ok(word) => {
            editorial::settle_labels(&mut tx, &[id], word, &editor.actor, now).await?;
            None
        }
    };
    if let Some(question) = question {
        tx.rollback().await?;
        let asked = Asked { label: id, said, question: Some(question) };
        let shown = Shown { asked: Some(asked), ..Shown::default() };
        let page = draft::page(frame, &app, &slug, shown).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    tx.commit().await?;
    let mut conn = app.pool.acquire().await?;
    let place = next(&mut conn, draft.id, id).await?;
    Ok((Policy::Never, Redirect::to(&format!("{}#{place}", urls::editor_draft(&slug)))).into_response())
}

/// Where an editor goes on: at the next label in doubt, else where they were.
async fn next(conn: &mut Connection, draft: BriefingId, after: LabelId) -> Result<String, Error> {
    let all = waiting::labels(conn, draft).await?;
    let at = all.iter().position(|label| label.id == after).unwrap_or_default();
    let (before, behind) = all.split_at(at);
    let next = behind.iter().chain(before).find(|label| label.doubt.is_some());
    Ok(format!("label-{}", next.map_or(after, |label| label.id).0))
}

/// What an editor has looked at.
#[derive(Deserialize)]
pub struct Looked {
    code: String,
}

/// `POST .../looked`: what a finding is about is right as it stands.
pub async fn looked(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Looked>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    let known = form.code == waiting::RESTRICTION || draft.diagnostics.iter().any(|noticed| noticed.code == form.code);
    if !known {
        return Err(Error::BadRequest("There is no such finding. Go back, and look at the draft again.".to_owned()));
    }
    editorial::settle_doubt(&mut tx, &[draft.id], &form.code, &editor.actor, (app.clock)()).await?;
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&format!("{}#findings", urls::editor_draft(&slug)))).into_response())
}
