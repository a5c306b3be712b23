//! `POST /editor/drafts/{slug}/same-event`: what an editor says of a draft that is of an event that is here already, or
//! seems to be.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::correct;
use crate::domain::TranscriptStatus;
use crate::editorial::{self, Choice, ChoiceRefused, Refused};
use crate::store::same_event::{self, FoundBy, Same};
use crate::store::transcripts;
use crate::store::waiting::Waiting;
use crate::store::{self, Connection};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::{App, urls};

/// Why a draft cannot be published yet.
pub const UNSETTLED: &str = "The same event seems to be here already. Say at the top of the draft’s page what it is: \
                             another transcript, a newer version, or a briefing of its own.";

/// How often an act is tried that collides with another transaction.
const ATTEMPTS: u32 = 8;

/// What the page of a draft says of it.
pub struct SameEvent {
    /// Briefings that seem to be of the same event, the likeliest first.
    pub found: Vec<Same>,
    /// Who issued the draft, as its text says.
    pub issuer: String,
}

impl SameEvent {
    /// What is known of a draft.
    pub async fn of(conn: &mut Connection, draft: &Waiting) -> Result<Self, store::Error> {
        let found = same_event::of_draft(conn, draft.id).await?;
        let texts = transcripts::texts(conn, draft.id).await?;
        let issuer = texts.into_iter().next().and_then(|text| text.issuer.or(text.publisher)).unwrap_or_default();
        Ok(Self { found, issuer })
    }

    /// "84 %".
    pub fn percent(&self, same: &Same) -> String {
        percent(same.alike)
    }

    /// By what it was found, as a sentence.
    pub fn found_by(&self, same: &Same) -> &'static str {
        match same.found_by {
            FoundBy::Address => "Both came from the same address.",
            FoundBy::Day => "Both are of the same day in the same series.",
            FoundBy::Words => "It was found by its words.",
        }
    }
}

/// "84 %": what is not all of it is not called so.
pub(super) fn percent(share: f32) -> String {
    format!("{} %", if share < 1.0 { (share * 100.0).floor() } else { 100.0 })
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    choice: String,
    of: String,
    issuer: String,
    status: String,
    reason: String,
}

/// The handler: returns when readers see what was done.
pub async fn choose(
    editor: Editor,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let choice = match fields.choice.as_str() {
        "second" => {
            let status = TranscriptStatus::parse(&fields.status).unwrap_or(TranscriptStatus::Official);
            Choice::Second { of: &fields.of, issuer: &fields.issuer, status }
        }
        "newer" => Choice::Newer { of: &fields.of, reason: &fields.reason },
        "own" => Choice::Own,
        _ => return Err(Error::BadRequest("Say what the draft is, by one of the three buttons.".to_owned())),
    };
    let now = (app.clock)();
    let mut attempt = 1;
    let position = loop {
        let mut tx = app.pool.begin().await?;
        match editorial::choose(&mut tx, &slug, choice, &editor.actor, now).await {
            Ok(Ok(position)) => {
                tx.commit().await?;
                break position;
            }
            Ok(Err(refused)) => return Err(refusal(&refused)),
            Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    };
    if let Some(position) = position {
        super::shown(&app, position as u64).await;
    }
    let back = match choice {
        Choice::Own => urls::editor_draft(&slug),
        _ => urls::editor_transcripts(&fields.of),
    };
    Ok((Policy::Never, Redirect::to(&back)).into_response())
}

fn refusal(refused: &ChoiceRefused) -> Error {
    let sentence = match refused {
        ChoiceRefused::NoSuchDraft => return Error::NotFound,
        ChoiceRefused::NoSuchBriefing => "There is no such briefing any more. Look at the draft again.".to_owned(),
        ChoiceRefused::IsWithdrawn => "That briefing is withdrawn. Put it back first.".to_owned(),
        ChoiceRefused::HasOthers => {
            "This draft has other transcripts itself, so it stays a briefing of its own. Open the other briefing, if that \
             is the draft, and make it a transcript of this one."
                .to_owned()
        }
        ChoiceRefused::NothingOpen => "That was said already.".to_owned(),
        ChoiceRefused::NoIssuer => "Say who issued this text: readers must know whose it is.".to_owned(),
        ChoiceRefused::NotAdopted(Refused::Redacted) => super::proposals::REDACTED.to_owned(),
        ChoiceRefused::NotAdopted(refused) => correct::sentence(refused),
    };
    Error::BadRequest(format!("{sentence} Nothing was written."))
}
