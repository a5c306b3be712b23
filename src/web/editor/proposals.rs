//! `/editor/proposals` and `/editor/proposals/{id}`: newer versions of transcripts, and what becomes of them.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use super::correct;
use crate::domain::{BriefingStatus, ProposalId};
use crate::editorial::{self, Refused};
use crate::store;
use crate::store::proposals::{self, Proposal};
use crate::web::cache::Policy;
use crate::web::difference::{self, Difference, Of};
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// How often an act is tried that collides with another transaction.
const ATTEMPTS: u32 = 8;

/// The list.
#[derive(askama::Template)]
#[template(path = "editor/proposals.html")]
pub struct Proposals {
    frame: Frame,
    proposals: Vec<Proposal>,
    now: Timestamp,
}

/// One of them.
#[derive(askama::Template)]
#[template(path = "editor/proposal.html")]
pub struct ProposalPage {
    frame: Frame,
    proposal: Proposal,
    /// What would change; nothing once it is decided.
    difference: Option<Difference>,
    /// A reason that is ready.
    reason: String,
}

/// `GET`: the list.
pub async fn list(_: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    let proposals = proposals::open(&mut *app.pool.acquire().await?).await?;
    Ok((Policy::Never, Page(Proposals { frame, proposals, now: (app.clock)() })).into_response())
}

/// `GET`: one of them, word by word.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let proposal = proposals::find(&mut tx, ProposalId(id)).await?.ok_or(Error::NotFound)?;
    let preview = match proposal.decided_at {
        None => editorial::preview(&mut tx, &proposal).await?,
        Some(_) => None,
    };
    let difference = preview.map(|(before, after)| difference::of(&before, &after, Of::Revisions));
    let reason = format!(
        "{} changed this text; the change was found on {}.",
        proposal.issuer.as_deref().unwrap_or("The issuer"),
        phrase::moment(proposal.source.retrieved_at)
    );
    Ok((Policy::Never, Page(ProposalPage { frame, proposal, difference, reason })).into_response())
}

/// What is sent: why, and the revision that the editor was looking at.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    reason: String,
    revision: i32,
}

/// `POST`: makes it the next revision; returns when readers see it.
pub async fn adopt(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let (id, now) = (ProposalId(id), (app.clock)());
    let mut attempt = 1;
    let done = loop {
        let mut tx = app.pool.begin().await?;
        match editorial::adopt(&mut tx, id, fields.revision, &fields.reason, &editor.actor, now).await {
            Ok(Ok(done)) => {
                tx.commit().await?;
                break done;
            }
            Ok(Err(refused)) => return Err(refusal(&refused)),
            Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    };
    if let Some(position) = done.position {
        super::shown(&app, position as u64).await;
    }
    let proposal = proposals::find(&mut *app.pool.acquire().await?, id).await?.ok_or(Error::NotFound)?;
    let back = match proposal.status {
        BriefingStatus::Published => urls::history(&proposal.briefing.slug),
        _ => urls::editor_transcripts(&proposal.briefing.slug),
    };
    Ok((Policy::Never, Redirect::to(&back)).into_response())
}

/// `POST`: declines it.
pub async fn decline(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let id = ProposalId(id);
    proposals::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let declined = editorial::decline(&mut tx, id, &fields.reason, &editor.actor, (app.clock)()).await?;
    declined.map_err(|refused| refusal(&refused))?;
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(urls::PROPOSALS)).into_response())
}

/// Why no version takes the place of what was redacted.
pub(super) const REDACTED: &str =
    "Words of this transcript were redacted, and a newer version may bring them back: none can take its place.";

fn refusal(refused: &Refused) -> Error {
    let sentence = match refused {
        Refused::NoSuchBriefing => return Error::NotFound,
        Refused::Overtaken { present } => format!(
            "Revision {present} was made while you were looking. Open the page again: it shows what would change now."
        ),
        Refused::Unchanged => "This was decided already.".to_owned(),
        Refused::Redacted => REDACTED.to_owned(),
        refused => correct::sentence(refused),
    };
    Error::BadRequest(format!("{sentence} Nothing was written."))
}
