//! `POST /editor/briefings/{slug}/correct`: does one act of correction, or says why not and keeps what was written.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::briefing::{self, Notice};
use super::settling::Asked;
use crate::domain::{ProblemId, RevisionKind};
use crate::editorial::{self, Act, Correction, Description, Refused};
use crate::store;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, urls};

/// How often an act is tried that collides with another transaction.
pub const ATTEMPTS: u32 = 8;

/// What a form sends: which act, from which revision, why, and the fields of that act.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub(super) act: String,
    pub(super) revision: i32,
    pub(super) number: Option<i32>,
    pub(super) reason: String,
    pub(super) text: String,
    pub(super) compared: Option<String>,
    pub(super) kind: String,
    pub(super) label: String,
    pub(super) begins: String,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) series: String,
    pub(super) place: String,
    pub(super) language: String,
    /// The problem because of which something is corrected: the way leads back to it.
    pub(super) problem: Option<ProblemId>,
    /// What was said of a label and could not be done.
    #[serde(skip)]
    pub(super) asked: Option<Asked>,
}

impl Sent {
    fn act(&self) -> Result<Act, Error> {
        let unclear =
            || Error::BadRequest("The form is incomplete. Go back, and send it from the page again.".to_owned());
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
        let number = self.number.ok_or_else(unclear);
        Ok(match self.act.as_str() {
            "words" => Act::Words { number: number?, text: self.text.clone(), compared: self.compared.is_some() },
            "note" => Act::Note { number: number?, text: self.text.clone(), kind: self.note_kind() },
            "voice" => Act::Voice { number: number?, label: self.label.clone() },
            "split" => Act::Split { number: number?, begins: self.begins.clone(), label: some(&self.label) },
            "join" => Act::Join { number: number? },
            "describe" => Act::Describe(Description {
                title: self.title.clone(),
                date: self.date()?,
                series: some(&self.series),
                place: some(&self.place),
                language: some(&self.language),
            }),
            "withdraw" => Act::Withdraw,
            "republish" => Act::Republish,
            _ => return Err(unclear()),
        })
    }

    /// The address of other forms, from which the way leads back to the same problem.
    pub(super) fn because(&self, path: &str) -> String {
        self.problem.as_ref().map_or_else(|| path.to_owned(), |id| urls::correcting(path, id))
    }

    fn note_kind(&self) -> RevisionKind {
        match self.kind.as_str() {
            "issuer" => RevisionKind::Issuer,
            "speaker" => RevisionKind::Speaker,
            _ => RevisionKind::Ours,
        }
    }

    fn date(&self) -> Result<Option<jiff::civil::Date>, Error> {
        let unreadable = || Error::BadRequest("A date is written as 2026-03-14. Go back and fill it in.".to_owned());
        let date = self.date.trim();
        if date.is_empty() { Ok(None) } else { date.parse().map(Some).map_err(|_| unreadable()) }
    }
}

/// The handler: returns when readers see what was done.
pub async fn correct(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let act = sent.act()?;
    let wanted = Correction { slug: &slug, made_from: sent.revision, act: &act, reason: &sent.reason };
    let now = (app.clock)();
    let mut attempt = 1;
    let refused = loop {
        let mut tx = app.pool.begin().await?;
        match editorial::correct(&mut tx, &wanted, &editor.actor, now).await {
            Ok(Ok(done)) => {
                tx.commit().await?;
                if let Some(position) = done.position {
                    super::shown(&app, position as u64).await;
                }
                let there = || match (act.number(), done.position) {
                    // A draft is worked through on its own page.
                    (Some(number), None) => format!("{}#{number}", urls::editor_draft(&slug)),
                    (Some(number), Some(_)) => urls::editor_turn(&slug, number),
                    (None, _) => urls::editor_briefing(&slug),
                };
                let back = sent.problem.as_ref().map(urls::editor_problem);
                return Ok((Policy::Never, Redirect::to(&back.unwrap_or_else(there))).into_response());
            }
            Ok(Err(refused)) => break refused,
            Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    };
    let status = match refused {
        Refused::NoSuchBriefing => return Err(Error::NotFound),
        Refused::Overtaken { .. } => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let overtaken = matches!(refused, Refused::Overtaken { .. }).then_some(sent.revision);
    let notice = Notice { sentence: sentence(&refused), overtaken };
    let page = briefing::page(frame, &app, &slug, act.number(), sent, Some(notice)).await?;
    Ok((status, page).into_response())
}

/// Why nothing was written, and what to do.
pub fn sentence(refused: &Refused) -> String {
    match refused {
        Refused::Overtaken { present } => {
            return format!(
                "Revision {present} was made while you were writing. What changed stands \
                 below, and your words are still in the form: look whether they still hold, then send again."
            );
        }
        Refused::NoReason => "Say why, in a sentence: readers see it beside the change.",
        Refused::NoSuchTurn | Refused::NoSuchBriefing => {
            "There is no such turn any more. It may have been joined with the one before it."
        }
        Refused::Unchanged => "It is so already.",
        Refused::NoWords => "There must be words. To take words out of the record, withdraw the briefing with a reason.",
        Refused::NotInSource => {
            "These words do not stand in what was read from the source. Words are never changed against it. If the source \
             itself says so and was read wrongly, tick that you compared them; else add a note."
        }
        Refused::NotSpoken => "A heading or a note has no label. Only turns and paragraphs can be given one.",
        Refused::NoPlaceToCut => {
            "Those words do not stand in this turn, or only at its very beginning. Copy the first words of the second part."
        }
        Refused::PlacesToCut => "Those words stand there more than once. Copy some more of what follows them.",
        Refused::NothingToJoin => "There is no next turn of the same kind. A turn is joined with the one right after it.",
        Refused::NoSuchLabel => "Give a label. If you gave one, it is so already, or the transcript has no such label.",
        Refused::NoSuchSpeaker => {
            "No speaker, or more than one, has this name. Give the last part of the address of the speaker’s page."
        }
        Refused::NoSuchSeries => "A series needs a name with letters or digits.",
        Refused::NotPublished => "Only what is published can be withdrawn.",
        Refused::NotWithdrawn => "It is not withdrawn, so it cannot be put back.",
        Refused::Redacted => "The words of this turn were redacted. A note can be added behind it, nothing else.",
        Refused::IsWithdrawn => "This briefing is withdrawn. Put it back first, then correct it.",
    }
    .to_owned()
}
