//! Mail to readers who reported a problem, until it has been sent. Where to stands at the problem only.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{BriefingStatus, ProblemId, ProblemOutcome};

/// What a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "kebab-case")]
pub enum Letter {
    /// That the problem was noted, with its number.
    Receipt,
    /// What became of it.
    Reply,
}

impl Letter {
    /// The word used in SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Reply => "reply",
        }
    }
}

/// A letter whose time has come, with everything that stands in it.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its row.
    pub id: i64,
    /// What it is.
    pub letter: Letter,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was put here.
    pub created_at: Timestamp,
    /// The problem.
    pub problem: ProblemId,
    /// The number that the reader keeps.
    pub reference: String,
    /// Where the letter goes; nowhere once the address was forgotten.
    pub email: Option<String>,
    /// The briefing.
    pub briefing: Named,
    /// Who sees it now.
    pub status: BriefingStatus,
    /// Numbers of the first and the last utterance.
    pub numbers: (i32, i32),
    /// What became of the problem.
    pub outcome: Option<ProblemOutcome>,
    /// The same in a sentence.
    pub reason: Option<String>,
    /// The number of the revision that put it right.
    pub revision: Option<i32>,
}

/// Puts a letter here, to be sent at once.
pub async fn add(conn: &mut Connection, problem: ProblemId, letter: Letter, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "insert into outbox (problem_id, letter, created_at, next_at) values ($1, $2, $3, $3)",
        problem.0,
        letter.as_str(),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The next letter whose time has come. It is locked until the end of the transaction, so that others take those behind.
pub async fn due(conn: &mut Connection, now: Timestamp) -> Result<Option<Due>, Error> {
    let row = sqlx::query!(
        r#"select x.id, x.letter as "letter: Letter", x.attempts, x.created_at, p.id as "problem: ProblemId", p.reference,
                  p.email, b.slug, b.title, b.status as "status: BriefingStatus", p.first_number, p.last_number,
                  p.outcome as "outcome: ProblemOutcome", p.reason, o.number as "revision?"
           from outbox x join problem p on p.id = x.problem_id join revision r on r.id = p.revision_id
             join transcript t on t.id = r.transcript_id join briefing b on b.id = t.briefing_id
             left join revision o on o.id = p.outcome_revision_id
           where x.sent_at is null and x.given_up_at is null and x.next_at <= $1
           order by x.next_at, x.id
           limit 1
           for update of x skip locked"#,
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Due {
        id: row.id,
        letter: row.letter,
        attempts: row.attempts,
        created_at: row.created_at.to_jiff(),
        problem: row.problem,
        reference: row.reference,
        email: row.email,
        briefing: Named { slug: row.slug, name: row.title },
        status: row.status,
        numbers: (row.first_number, row.last_number),
        outcome: row.outcome,
        reason: row.reason,
        revision: row.revision,
    }))
}

/// Keeps that a letter was sent.
pub async fn sent(conn: &mut Connection, id: i64, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update outbox set sent_at = $2, attempts = attempts + 1, failure = null where id = $1",
        id,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps that a letter could not be sent, and when it is tried again.
pub async fn failed(conn: &mut Connection, id: i64, failure: &str, next: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update outbox set attempts = attempts + 1, failure = $2, next_at = $3 where id = $1",
        id,
        failure,
        next.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps that a letter is tried no more.
pub async fn given_up(conn: &mut Connection, id: i64, failure: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update outbox set attempts = attempts + 1, failure = $2, given_up_at = $3 where id = $1",
        id,
        failure,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Takes out the letters about a problem that were neither sent nor given up.
pub async fn drop_waiting(conn: &mut Connection, problem: ProblemId) -> Result<(), Error> {
    sqlx::query!("delete from outbox where problem_id = $1 and sent_at is null and given_up_at is null", problem.0)
        .execute(conn)
        .await
        .map(drop)
}

/// Takes out the reply about a problem unless it was sent: another one is to come.
pub async fn drop_reply(conn: &mut Connection, problem: ProblemId) -> Result<(), Error> {
    sqlx::query!("delete from outbox where problem_id = $1 and letter = 'reply' and sent_at is null", problem.0)
        .execute(conn)
        .await
        .map(drop)
}

/// A letter as editors see it.
#[derive(Debug, Clone)]
pub struct Posted {
    /// What it is.
    pub letter: Letter,
    /// The problem.
    pub problem: ProblemId,
    /// The number that the reader keeps.
    pub reference: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried again.
    pub next_at: Timestamp,
    /// What the mail server last said against it.
    pub failure: Option<String>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When it was given up.
    pub given_up_at: Option<Timestamp>,
}

/// The letters about one problem, in order; of all problems the ones that failed since a moment, last first.
pub async fn letters(
    conn: &mut Connection,
    problem: Option<ProblemId>,
    since: Timestamp,
) -> Result<Vec<Posted>, Error> {
    let rows = sqlx::query!(
        r#"select x.letter as "letter: Letter", x.problem_id as "problem: ProblemId", p.reference, x.attempts, x.next_at,
                  x.failure, x.sent_at, x.given_up_at
           from outbox x join problem p on p.id = x.problem_id
           where x.problem_id = $1
              or ($1::bigint is null and x.failure is not null and coalesce(x.given_up_at, x.next_at) > $2)
           order by case when $1::bigint is null then -x.id else x.id end
           limit 20"#,
        problem.map(|id| id.0),
        since.to_sqlx() as _
    )
    .fetch_all(conn)
    .await?;
    let posted = rows.into_iter().map(|row| Posted {
        letter: row.letter,
        problem: row.problem,
        reference: row.reference,
        attempts: row.attempts,
        next_at: row.next_at.to_jiff(),
        failure: row.failure,
        sent_at: row.sent_at.map(jiff_sqlx::Timestamp::to_jiff),
        given_up_at: row.given_up_at.map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(posted.collect())
}
