//! Problems that readers report: noting one, who looks after it, settling it, and opening it again. Each is one transaction with one entry
//! in the audit log, which never holds what anybody wrote.

mod told;
mod touching;

pub use told::{LONGEST, Mistake, Told};
pub use touching::{stands, touching};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::domain::{AccountId, Actor, ProblemId, ProblemOutcome, Reference, RevisionId};
use crate::store::outbox::{self, Letter};
use crate::store::problems::{self, Passage, Problem};
use crate::store::{self, Connection, accounts, audit};

/// Receipts that one mail address gets within a day: whoever types somebody else's must not be able to flood it.
const RECEIPTS: i64 = 10;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What an editor does with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemAct {
    /// Looks after it from now on.
    Take,
    /// Looks after it no more.
    GiveBack,
    /// Lets somebody else look after it.
    HandOver(AccountId),
    /// Says what became of it.
    Settle(Settlement),
    /// Takes that back, for a reason that everybody reads.
    Reopen(String),
}

impl ProblemAct {
    /// The word for it in the audit log.
    const fn name(&self) -> &'static str {
        match self {
            Self::Take => "problem.taken",
            Self::GiveBack => "problem.given-back",
            Self::HandOver(_) => "problem.handed-over",
            Self::Settle(_) => "problem.settled",
            Self::Reopen(_) => "problem.reopened",
        }
    }
}

/// What became of a problem, as an editor says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// In a word.
    pub outcome: Option<ProblemOutcome>,
    /// In a sentence, for everybody.
    pub reason: String,
    /// The number of the revision that put it right; without, the last one that touched the passage.
    pub revision: Option<i32>,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemRefused {
    /// There is no such problem.
    NoSuchProblem,
    /// Somebody else did something with it meanwhile.
    Overtaken,
    /// It has an outcome already.
    Settled,
    /// It has none.
    Open,
    /// It is so already.
    Unchanged,
    /// There is no such account, or it is disabled.
    NoSuchEditor,
    /// What became of it must be said.
    NoOutcome,
    /// What is declined is declined for a reason.
    NoReason,
    /// What is opened again is opened for a reason.
    NoReasonToReopen,
    /// The sentence has more characters than anybody wants to read.
    TooLong,
    /// No revision since, or not this one, touched the passage.
    NotTouched,
}

/// Notes what a reader told; nothing if the reference is taken. Who asks for a reply gets a receipt.
pub async fn note_problem(
    conn: &mut Connection,
    passage: &Passage,
    told: &Told,
    reference: &Reference,
    now: Timestamp,
) -> Result<Option<ProblemId>, store::Error> {
    let email = told.email.as_ref();
    let receipts = match email {
        Some(email) => Some(problems::count_of_address(conn, email, now - DAY).await?),
        None => None,
    };
    let Some(id) = problems::add(conn, reference, passage, told.kind, &told.text, email, now).await? else {
        return Ok(None);
    };
    if receipts.is_some_and(|before| before < RECEIPTS) {
        outbox::add(conn, id, Letter::Receipt, now).await?;
    }
    let refs = json!({"problem": id, "revision_id": passage.revision, "first": passage.first, "last": passage.last});
    audit::append(conn, &Actor::machine("reader"), "problem.noted", &refs, now).await?;
    Ok(Some(id))
}

/// Does something with a problem; `seen` is the version of it that the editor was looking at. Must be all of its
/// transaction, which is rolled back when it is refused.
pub async fn act_on_problem(
    conn: &mut Connection,
    id: ProblemId,
    seen: i32,
    act: &ProblemAct,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(), ProblemRefused>, store::Error> {
    let Some(problem) = problems::hold(conn, id).await? else { return Ok(Err(ProblemRefused::NoSuchProblem)) };
    match (act, problem.settled.is_some()) {
        (ProblemAct::Reopen(_), false) => return Ok(Err(ProblemRefused::Open)),
        (ProblemAct::Reopen(_), true) | (_, false) => {}
        (_, true) => return Ok(Err(ProblemRefused::Settled)),
    }
    if problem.version != seen {
        return Ok(Err(ProblemRefused::Overtaken));
    }
    let done = match act {
        ProblemAct::Take => give(conn, &problem, actor.account).await?,
        ProblemAct::GiveBack => give_back(conn, &problem).await?,
        ProblemAct::HandOver(to) => give(conn, &problem, Some(*to)).await?,
        ProblemAct::Settle(settlement) => settle(conn, &problem, settlement, actor, now).await?,
        ProblemAct::Reopen(reason) => reopen(conn, &problem, reason, actor, now).await?,
    };
    let refs = match done {
        Ok(refs) => refs,
        Err(refused) => return Ok(Err(refused)),
    };
    audit::append(conn, actor, act.name(), &refs, now).await?;
    Ok(Ok(()))
}

async fn give(
    conn: &mut Connection,
    problem: &Problem,
    to: Option<AccountId>,
) -> Result<Result<Value, ProblemRefused>, store::Error> {
    let account = match to {
        Some(to) => accounts::find(conn, to).await?,
        None => None,
    };
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
        return Ok(Err(ProblemRefused::NoSuchEditor));
    };
    if problem.owner.as_ref().is_some_and(|owner| owner.id == account.id) {
        return Ok(Err(ProblemRefused::Unchanged));
    }
    problems::set_owner(conn, problem.id, Some(account.id)).await?;
    Ok(Ok(json!({"problem": problem.id, "account": account.id})))
}

async fn give_back(conn: &mut Connection, problem: &Problem) -> Result<Result<Value, ProblemRefused>, store::Error> {
    if problem.owner.is_none() {
        return Ok(Err(ProblemRefused::Unchanged));
    }
    problems::set_owner(conn, problem.id, None).await?;
    Ok(Ok(json!({"problem": problem.id})))
}

async fn settle(
    conn: &mut Connection,
    problem: &Problem,
    settlement: &Settlement,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Value, ProblemRefused>, store::Error> {
    let reason = told::tidy(&settlement.reason);
    let outcome = match settlement.outcome {
        None => return Ok(Err(ProblemRefused::NoOutcome)),
        Some(_) if reason.chars().count() > LONGEST => return Ok(Err(ProblemRefused::TooLong)),
        Some(ProblemOutcome::Declined) if reason.is_empty() => return Ok(Err(ProblemRefused::NoReason)),
        Some(outcome) => outcome,
    };
    let revision = match revision(conn, problem, outcome, settlement.revision).await? {
        Ok(revision) => revision,
        Err(refused) => return Ok(Err(refused)),
    };
    let reason = Some(reason.as_str()).filter(|reason| !reason.is_empty());
    problems::settle(conn, problem.id, outcome, reason, revision, actor.account, now).await?;
    if problem.has_address {
        // The reply says all that a receipt would have said.
        outbox::drop_waiting(conn, problem.id).await?;
        outbox::add(conn, problem.id, Letter::Reply, now).await?;
    }
    Ok(Ok(json!({"problem": problem.id, "outcome": outcome, "revision_id": revision})))
}

async fn reopen(
    conn: &mut Connection,
    problem: &Problem,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Value, ProblemRefused>, store::Error> {
    let reason = told::tidy(reason);
    match reason.chars().count() {
        0 => return Ok(Err(ProblemRefused::NoReasonToReopen)),
        count if count > LONGEST => return Ok(Err(ProblemRefused::TooLong)),
        _ => {}
    }
    problems::reopen(conn, problem.id, &reason, actor.account, now).await?;
    // A reply that has not gone out would say what no longer holds.
    outbox::drop_reply(conn, problem.id).await?;
    Ok(Ok(json!({"problem": problem.id})))
}

/// The revision that an outcome points to; what is declined points to none.
async fn revision(
    conn: &mut Connection,
    problem: &Problem,
    outcome: ProblemOutcome,
    wanted: Option<i32>,
) -> Result<Result<Option<RevisionId>, ProblemRefused>, store::Error> {
    if outcome == ProblemOutcome::Declined {
        return Ok(Ok(None));
    }
    let touched = touching(conn, problem.briefing_id, &problem.passage).await?;
    let meant = touched.into_iter().rev().find(|entry| wanted.is_none_or(|number| entry.number == number));
    Ok(meant.map(|entry| Some(entry.id)).ok_or(ProblemRefused::NotTouched))
}
