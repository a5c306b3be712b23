//! `/editor/problems/{id}`: what a reader says is wrong, the words then and now, and what an editor does with it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::domain::{AccountId, BriefingStatus, ProblemId, ProblemOutcome};
use crate::editorial::{self, ProblemAct, ProblemRefused, Settlement};
use crate::store;
use crate::store::Connection;
use crate::store::accounts;
use crate::store::briefings;
use crate::store::outbox::{self, Posted};
use crate::store::problems::{self, Owner, Problem, Reopened, Wanted};
use crate::store::record::Entry;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::public::cite::{self, read_numbers, write_numbers};
use crate::web::public::passage::{self, Shown};
use crate::web::public::since;
use crate::web::public::utterance::what;
use crate::web::{App, phrase, urls};

/// How often an act is tried that collides with another transaction.
const ATTEMPTS: u32 = 8;

/// What a form sends: which act, on which version of the problem, and the fields of that act.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    act: String,
    version: i32,
    to: Option<i64>,
    outcome: String,
    reason: String,
    revision: String,
}

impl Sent {
    fn act(&self) -> Result<ProblemAct, Error> {
        let unclear =
            || Error::BadRequest("The form is incomplete. Go back, and send it from the page again.".to_owned());
        Ok(match self.act.as_str() {
            "take" => ProblemAct::Take,
            "give-back" => ProblemAct::GiveBack,
            "hand-over" => ProblemAct::HandOver(AccountId(self.to.ok_or_else(unclear)?)),
            "settle" => ProblemAct::Settle(Settlement {
                outcome: ProblemOutcome::parse(&self.outcome),
                reason: self.reason.clone(),
                revision: self.revision.parse().ok(),
            }),
            "reopen" => ProblemAct::Reopen(self.reason.clone()),
            _ => return Err(unclear()),
        })
    }
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/problem.html")]
pub struct ProblemPage {
    frame: Frame,
    problem: Problem,
    what: String,
    /// The address of the words as they were.
    pinned: String,
    /// The words as the reader saw them, and as they stand now where they differ.
    then: Option<Shown>,
    present: Option<Shown>,
    /// The forms by which each turn of the passage is corrected, with its number.
    corrections: Vec<(i32, String)>,
    /// The revisions since that touched the passage, last first.
    touched: Vec<Entry>,
    /// Editors to whom it can be handed.
    others: Vec<Owner>,
    letters: Vec<Posted>,
    /// Times that it was opened again.
    reopened: Vec<Reopened>,
    sent: Sent,
    /// Why nothing was written.
    refusal: Option<&'static str>,
    me: Option<AccountId>,
    now: Timestamp,
}

impl ProblemPage {
    fn is_mine(&self) -> bool {
        self.problem.owner.as_ref().is_some_and(|owner| Some(owner.id) == self.me)
    }

    fn is_outcome(&self, outcome: &ProblemOutcome) -> bool {
        let obvious = self.sent.outcome.is_empty() && *outcome == ProblemOutcome::Corrected && !self.touched.is_empty();
        self.sent.outcome == outcome.as_str() || obvious
    }

    /// Nothing was corrected as long as no revision touched the passage.
    fn is_possible(&self, outcome: &ProblemOutcome) -> bool {
        *outcome == ProblemOutcome::Declined || !self.touched.is_empty()
    }

    fn is_revision(&self, entry: &Entry) -> bool {
        self.sent.revision == entry.number.to_string()
    }

    fn whole(&self) -> String {
        urls::correcting(&urls::editor_briefing(&self.problem.briefing.slug), &self.problem.id)
    }
}

/// `GET`: the page.
pub async fn show(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let page = page(frame, &app, &mut conn, &editor, ProblemId(id), Sent::default()).await?;
    Ok((Policy::Never, Page(page)).into_response())
}

async fn page(
    frame: Frame,
    app: &App,
    conn: &mut Connection,
    editor: &Editor,
    id: ProblemId,
    sent: Sent,
) -> Result<ProblemPage, Error> {
    let problem = problems::find(conn, Wanted::Id(id)).await?.ok_or(Error::NotFound)?;
    let slug = problem.briefing.slug.as_str();
    let numbers = (problem.passage.first, problem.passage.last);
    let then = passage::load(conn, slug, problem.passage.revision, numbers).await?;
    let present = present(conn, &problem).await?;
    let cited = then.as_ref().map_or(&[][..], |then| &then.numbers);
    let since = since::since(conn, problem.briefing_id, problem.revision, cited).await?;
    let changed = !since.here.is_empty();
    let mut touched = editorial::touching(conn, problem.briefing_id, &problem.passage).await?;
    touched.reverse();
    let accounts = accounts::list(conn).await?.into_iter().filter(|account| account.disabled_at.is_none());
    let owner = problem.owner.as_ref().map(|owner| owner.id);
    let me = editor.actor.account;
    let form = |number: i32| urls::correcting(&urls::editor_turn(slug, number), &problem.id);
    Ok(ProblemPage {
        frame,
        what: what(numbers.0, numbers.1),
        pinned: urls::pinned(&urls::utterance(slug, write_numbers(numbers.0, numbers.1)), problem.revision),
        then: if changed { then.map(Shown::without_numbers) } else { then },
        corrections: present.iter().flat_map(|now| &now.numbers).map(|number| (*number, form(*number))).collect(),
        present: present.filter(|_| changed),
        touched,
        others: accounts
            .filter(|account| Some(account.id) != owner && Some(account.id) != me)
            .map(|account| Owner { id: account.id, email: account.email })
            .collect(),
        letters: outbox::letters(conn, Some(id), problem.created_at).await?,
        reopened: problems::reopened(conn, id).await?,
        sent,
        refusal: None,
        me,
        now: (app.clock)(),
        problem,
    })
}

/// The passage as it stands now, under the numbers to which its own lead on; nothing where it is no longer there.
async fn present(conn: &mut Connection, problem: &Problem) -> Result<Option<Shown>, Error> {
    let slug = &problem.briefing.slug;
    let Some(now) = briefings::revision(conn, problem.briefing_id, None).await? else { return Ok(None) };
    let numbers = (problem.passage.first, problem.passage.last);
    let moved = cite::moved(conn, slug, numbers).await?;
    let numbers = moved.as_deref().and_then(read_numbers).unwrap_or(numbers);
    Ok(passage::load(conn, slug, now.id, numbers).await?)
}

/// `POST`: does one act, or says why not and keeps what was written.
pub async fn act(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let (id, act, now) = (ProblemId(id), sent.act()?, (app.clock)());
    let mut attempt = 1;
    let refused = loop {
        let mut tx = app.pool.begin().await?;
        match editorial::act_on_problem(&mut tx, id, sent.version, &act, &editor.actor, now).await {
            Ok(Ok(())) => {
                tx.commit().await?;
                return Ok((Policy::Never, Redirect::to(&urls::editor_problem(&id))).into_response());
            }
            Ok(Err(refused)) => break refused,
            Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    };
    let status = match refused {
        ProblemRefused::NoSuchProblem => return Err(Error::NotFound),
        ProblemRefused::Overtaken | ProblemRefused::Settled | ProblemRefused::Open => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut conn = app.pool.acquire().await?;
    let mut page = page(frame, &app, &mut conn, &editor, id, sent).await?;
    page.refusal = Some(sentence(&refused));
    Ok((status, Policy::Never, Page(page)).into_response())
}

/// Why nothing was written, and what to do.
fn sentence(refused: &ProblemRefused) -> &'static str {
    match refused {
        ProblemRefused::NoSuchProblem => "There is no such problem.",
        ProblemRefused::Overtaken => {
            "Somebody else did something with this problem while you were looking at it. It stands below as it is now; \
             what you wrote is still in the form."
        }
        ProblemRefused::Settled => "Somebody else has settled this problem meanwhile. The outcome stands below.",
        ProblemRefused::Open => "This problem is open already.",
        ProblemRefused::NoReasonToReopen => {
            "Say why it is opened again, in a sentence: whoever has the number of the problem reads it."
        }
        ProblemRefused::Unchanged => "It is so already.",
        ProblemRefused::NoSuchEditor => "There is no such account, or it is disabled. Choose somebody else.",
        ProblemRefused::NoOutcome => "Choose what became of it.",
        ProblemRefused::NoReason => {
            "Say why nothing is changed, in a sentence: the reader gets it, and everybody sees it."
        }
        ProblemRefused::TooLong => "The sentence is longer than anybody wants to read. Make it shorter.",
        ProblemRefused::NotTouched => {
            "No such revision since has touched this passage, so it was not put right yet. Correct it or add the note \
             first; you then come back here."
        }
    }
}
