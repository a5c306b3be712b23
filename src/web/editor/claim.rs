//! `/editor/claims/{id}`: an editor says what a claim is, how it stands to others, and what fact-checkers found.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{ClaimId, ClaimKind, ClaimLinkId, ClaimLinkKind, ClaimReviewId, Origin};
use crate::editorial::{self, ClaimRefused, ClaimWord, ReviewWanted};
use crate::store::claim_desk::{self, Kept};
use crate::store::claims::{Claim, Review};
use crate::store::{Connection, feed};
use crate::web::cache::Policy;
use crate::web::claims::{self as told, words as named};
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::public::claim::{Linked, Offered, linked, offered};
use crate::web::public::claims::ClaimView;
use crate::web::{App, phrase, urls};

/// What a form sends: which act, and the fields of that act.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    act: String,
    kind: String,
    /// How this claim stands to the other.
    stands: String,
    /// The other: its number or address as typed.
    other: String,
    /// Or a candidate that was chosen.
    candidate: String,
    link: String,
    review: String,
    verdict: String,
    publisher: String,
    url: String,
    day: String,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/claim.html")]
pub struct EditClaim {
    frame: Frame,
    kept: Kept,
    /// The words; none where they no longer stand in what is published.
    view: Option<ClaimView>,
    reviews: Vec<Review>,
    linked: Vec<Linked>,
    candidates: Vec<Offered>,
    sent: Sent,
    /// Why nothing was written.
    refusal: Option<&'static str>,
}

impl EditClaim {
    fn is_kind(&self, kind: &ClaimKind) -> bool {
        ClaimKind::parse(&self.sent.kind).unwrap_or(self.kept.kind) == *kind
    }

    fn stands(&self, kind: &ClaimLinkKind) -> bool {
        self.sent.stands == kind.as_str()
    }

    fn is_candidate(&self, id: &ClaimId) -> bool {
        self.sent.candidate == id.0.to_string()
    }

    /// Whether there is a machine's word to go back to, and nothing hangs on the editor's.
    fn goes_back(&self) -> bool {
        let hang = !self.linked.is_empty() || !self.reviews.is_empty();
        self.kept.origin == Origin::Editor && self.kept.suggested.is_some() && !hang
    }
}

/// `GET`: the page.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let page = page(&app, &mut conn, frame, ClaimId(id), Sent::default()).await?;
    Ok(super::private(StatusCode::OK, page))
}

async fn page(app: &App, conn: &mut Connection, frame: Frame, id: ClaimId, sent: Sent) -> Result<EditClaim, Error> {
    let kept = claim_desk::find(conn, id).await?.ok_or(Error::NotFound)?;
    let told = match claim(&kept) {
        Some(claim) => told::load(app, conn, vec![claim]).await?.pop(),
        None => None,
    };
    let linked = linked(app, conn, id).await?;
    let candidates = match &told {
        Some(told) if !kept.rejected => offered(app, conn, told, &linked).await?,
        _ => Vec::new(),
    };
    let reviews = told::reviews(conn, &[id]).await?.remove(&id).unwrap_or_default();
    let view = told.map(|told| ClaimView::of(told, Vec::new()));
    Ok(EditClaim { frame, kept, view, reviews, linked, candidates, sent, refusal: None })
}

/// The claim as readers would see it, whether or not they do.
fn claim(kept: &Kept) -> Option<Claim> {
    Some(Claim {
        id: kept.id,
        briefing_id: kept.briefing_id,
        utterance_id: kept.utterance_id?,
        place: kept.place,
        kind: kept.kind,
        origin: kept.origin,
        score: kept.score,
    })
}

/// `POST`: does one act, or says why not and keeps what was typed.
pub async fn act(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let id = ClaimId(id);
    let mut tx = app.pool.begin().await?;
    claim_desk::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    match done(&app, &mut tx, &editor, id, &sent).await? {
        Ok(position) => {
            tx.commit().await?;
            super::shown(&app, position as u64).await;
            Ok((Policy::Never, Redirect::to(&urls::editor_claim(&id))).into_response())
        }
        Err((status, sentence)) => {
            tx.rollback().await?;
            let mut conn = app.pool.acquire().await?;
            let page = page(&app, &mut conn, frame, id, sent).await?;
            Ok(super::private(status, EditClaim { refusal: Some(sentence), ..page }))
        }
    }
}

/// Does what was sent; gives the position at which readers see it, or why it was not done.
async fn done(
    app: &App,
    conn: &mut Connection,
    editor: &Editor,
    id: ClaimId,
    sent: &Sent,
) -> Result<Result<i64, (StatusCode, &'static str)>, Error> {
    let (actor, now) = (&editor.actor, (app.clock)());
    let number = |text: &str| text.parse::<i64>().map_err(|_| incomplete());
    let done = match sent.act.as_str() {
        "kind" => match ClaimKind::parse(&sent.kind) {
            Some(kind) => return decided(conn, id, ClaimWord::Is(kind), editor, app).await,
            None => return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, "Choose of what kind it is."))),
        },
        "reject" => return decided(conn, id, ClaimWord::Rejected, editor, app).await,
        "back" => return decided(conn, id, ClaimWord::Back, editor, app).await,
        "link" => {
            let Some(kind) = ClaimLinkKind::parse(&sent.stands) else {
                let sentence = "Choose how this claim stands to the other one.";
                return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, sentence)));
            };
            let typed = if sent.other.trim().is_empty() { &sent.candidate } else { &sent.other };
            match read_claim(typed) {
                Some(other) => editorial::link_claims(conn, (id, kind, other), actor, now).await?,
                None => Err(ClaimRefused::NoSuchOther),
            }
        }
        "unlink" => editorial::unlink_claims(conn, id, ClaimLinkId(number(&sent.link)?), actor, now).await?,
        "review" => {
            let wanted =
                ReviewWanted { verdict: &sent.verdict, publisher: &sent.publisher, url: &sent.url, day: &sent.day };
            editorial::review_claim(conn, id, wanted, super::days::today(app), actor, now).await?
        }
        "take-back-review" => {
            editorial::take_back_review(conn, id, ClaimReviewId(number(&sent.review)?), actor, now).await?
        }
        _ => return Err(incomplete()),
    };
    Ok(done.map_err(|refused| sentence(&refused)))
}

async fn decided(
    conn: &mut Connection,
    id: ClaimId,
    word: ClaimWord,
    editor: &Editor,
    app: &App,
) -> Result<Result<i64, (StatusCode, &'static str)>, Error> {
    if !editorial::decide_claim(conn, id, word, &editor.actor, (app.clock)()).await? {
        let sentence = match word {
            ClaimWord::Back => {
                "There is no editor’s word to take back, or links or fact-checks hang on it: take those back first."
            }
            ClaimWord::Is(_) | ClaimWord::Rejected => "It is so already.",
        };
        return Ok(Err((StatusCode::CONFLICT, sentence)));
    }
    Ok(Ok(feed::position(conn).await?))
}

fn incomplete() -> Error {
    Error::BadRequest("The form is incomplete. Go back, and send it again.".to_owned())
}

/// "41", "#41", "/claims/41" and whole addresses that have that in them: a claim by its number or address.
fn read_claim(text: &str) -> Option<ClaimId> {
    let text = text.trim().trim_start_matches('#');
    let digits =
        text.rsplit_once("/claims/").map_or(text, |(_, rest)| rest.split(['?', '#', '/']).next().unwrap_or_default());
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain).map(ClaimId)
}

/// Why nothing was written, and what to do.
fn sentence(refused: &ClaimRefused) -> (StatusCode, &'static str) {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match refused {
        ClaimRefused::NoSuchClaim => {
            (StatusCode::CONFLICT, "This claim is rejected. Say of what kind it is first, then link or review it.")
        }
        ClaimRefused::NoSuchOther => (
            unprocessable,
            "No such other claim is known. Choose a candidate, or give the number or the address of a claim’s page, \
             such as /claims/41.",
        ),
        ClaimRefused::Itself => (unprocessable, "This is the same claim. Give the number of another one."),
        ClaimRefused::LinkedAlready => (StatusCode::CONFLICT, "The two are linked so already."),
        ClaimRefused::NoVerdict => {
            (unprocessable, "Give the verdict in the fact-checker’s words, in at most 200 characters.")
        }
        ClaimRefused::NoPublisher => (unprocessable, "Say who published the review, in at most 200 characters."),
        ClaimRefused::NoAddress => {
            (unprocessable, "Give the address of the review as a browser shows it. It begins with https:// or http://.")
        }
        ClaimRefused::NoDay => {
            (unprocessable, "The day is written as 2026-03-14 and cannot lie ahead. Leave it empty if it is not known.")
        }
        ClaimRefused::ReviewedAlready => {
            (StatusCode::CONFLICT, "A review from this address is attached already. Take that one back to change it.")
        }
        ClaimRefused::TakenBack => (StatusCode::CONFLICT, "It was taken back already."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_named_by_its_number_or_address() {
        for text in
            ["41", " #41 ", "/claims/41", "https://onrecord.example/claims/41", "onrecord.example/claims/41?a=b#c"]
        {
            assert_eq!(read_claim(text), Some(ClaimId(41)), "{text}");
        }
        for text in ["", "forty-one", "-41", "/claims/", "/briefings/41", "41 42", "99999999999999999999"] {
            assert_eq!(read_claim(text), None, "{text}");
        }
    }
}
