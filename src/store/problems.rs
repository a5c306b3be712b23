//! Problems: what readers say is wrong with a passage, who looks after it, and what became of it.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{
    AccountId, BriefingId, BriefingStatus, Email, ProblemId, ProblemKind, ProblemOutcome, Reference, RevisionId,
};

/// The words that a problem is about, as the reader saw them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The revision.
    pub revision: RevisionId,
    /// Number of the first utterance.
    pub first: i32,
    /// Number of the last.
    pub last: i32,
}

/// A problem with everything that editors see of it.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Its row.
    pub id: ProblemId,
    /// The number that the reader keeps.
    pub reference: String,
    /// How many acts it has seen.
    pub version: i32,
    /// The briefing.
    pub briefing_id: BriefingId,
    /// Its address and title.
    pub briefing: Named,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Who sees it now.
    pub status: BriefingStatus,
    /// The words it is about.
    pub passage: Passage,
    /// The number of their revision.
    pub revision: i32,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The same in the reader's words.
    pub text: String,
    /// Whether a reply can be sent.
    pub has_address: bool,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Who looks after it.
    pub owner: Option<Owner>,
    /// What became of it.
    pub settled: Option<Settled>,
}

/// The editor who looks after a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: String,
}

/// What became of a problem.
#[derive(Debug, Clone)]
pub struct Settled {
    /// In a word.
    pub outcome: ProblemOutcome,
    /// In a sentence, for everybody.
    pub reason: Option<String>,
    /// The number of the revision that put it right.
    pub revision: Option<i32>,
    /// When.
    pub at: Timestamp,
}

/// A time that a problem was opened again.
#[derive(Debug, Clone)]
pub struct Reopened {
    /// What had become of it until then.
    pub outcome: ProblemOutcome,
    /// The same in a sentence.
    pub settled_reason: Option<String>,
    /// When that was said.
    pub settled_at: Timestamp,
    /// Why it was opened again, for everybody.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Which problems are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// This one.
    Id(ProblemId),
    /// The one with this number.
    Reference(&'a Reference),
    /// All that wait for an outcome, oldest first.
    Open,
    /// Those of them that an editor looks after.
    OpenOf(AccountId),
    /// All that have an outcome, settled last first.
    Settled,
}

/// Keeps a problem; nothing if its reference is taken.
pub async fn add(
    conn: &mut Connection,
    reference: &Reference,
    passage: &Passage,
    kind: ProblemKind,
    text: &str,
    email: Option<&Email>,
    now: Timestamp,
) -> Result<Option<ProblemId>, Error> {
    sqlx::query_scalar!(
        r#"insert into problem (reference, revision_id, first_number, last_number, kind, text, email, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (reference) do nothing
           returning id as "id: ProblemId""#,
        reference.as_str(),
        passage.revision.0,
        passage.first,
        passage.last,
        kind.as_str(),
        text,
        email.map(Email::as_str),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// Some problems, and how many there are of that sort.
pub async fn list(
    conn: &mut Connection,
    wanted: Wanted<'_>,
    skip: i64,
    take: i64,
) -> Result<(Vec<Problem>, i64), Error> {
    let (id, reference, settled, owner) = match wanted {
        Wanted::Id(id) => (Some(id.0), None, None, None),
        Wanted::Reference(reference) => (None, Some(reference.as_str()), None, None),
        Wanted::Open => (None, None, Some(false), None),
        Wanted::OpenOf(owner) => (None, None, Some(false), Some(owner.0)),
        Wanted::Settled => (None, None, Some(true), None),
    };
    let rows = sqlx::query!(
        r#"select p.id as "id: ProblemId", p.reference, p.version, b.id as "briefing_id: BriefingId", b.slug, b.title,
                  coalesce(b.language, e.language) as language, b.status as "status: BriefingStatus",
                  p.revision_id as "revision_id: RevisionId", r.number, p.first_number, p.last_number,
                  p.kind as "kind: ProblemKind", p.text, p.email is not null as "has_address!", p.created_at,
                  p.owner_id as "owner_id: AccountId", a.email as "owner?", p.outcome as "outcome: ProblemOutcome",
                  p.reason, o.number as "outcome_revision?", p.settled_at, count(*) over () as "total!"
           from problem p join revision r on r.id = p.revision_id join transcript t on t.id = r.transcript_id
             join briefing b on b.id = t.briefing_id left join series e on e.id = b.series_id
             left join account a on a.id = p.owner_id left join revision o on o.id = p.outcome_revision_id
           where ($1::bigint is null or p.id = $1) and ($2::text is null or p.reference = $2)
             and ($3::boolean is null or (p.settled_at is not null) = $3) and ($4::bigint is null or p.owner_id = $4)
           order by p.settled_at desc nulls last, p.created_at, p.id
           offset $5 limit $6"#,
        id,
        reference,
        settled,
        owner,
        skip,
        take
    )
    .fetch_all(conn)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let problems = rows.into_iter().map(|row| Problem {
        id: row.id,
        reference: row.reference,
        version: row.version,
        briefing_id: row.briefing_id,
        briefing: Named { slug: row.slug, name: row.title },
        language: row.language,
        status: row.status,
        passage: Passage { revision: row.revision_id, first: row.first_number, last: row.last_number },
        revision: row.number,
        kind: row.kind,
        text: row.text,
        has_address: row.has_address,
        created_at: row.created_at.to_jiff(),
        owner: row.owner_id.zip(row.owner).map(|(id, email)| Owner { id, email }),
        settled: row.outcome.zip(row.settled_at).map(|(outcome, at)| Settled {
            outcome,
            reason: row.reason,
            revision: row.outcome_revision,
            at: at.to_jiff(),
        }),
    });
    Ok((problems.collect(), total))
}

/// One problem.
pub async fn find(conn: &mut Connection, wanted: Wanted<'_>) -> Result<Option<Problem>, Error> {
    Ok(list(conn, wanted, 0, 1).await?.0.pop())
}

/// A problem that nobody else changes before the transaction ends.
pub async fn hold(conn: &mut Connection, id: ProblemId) -> Result<Option<Problem>, Error> {
    sqlx::query!("select 1 as one from problem where id = $1 for update", id.0).fetch_optional(&mut *conn).await?;
    find(conn, Wanted::Id(id)).await
}

/// How many problems wait for an outcome.
pub async fn count_open(conn: &mut Connection) -> Result<i64, Error> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from problem where settled_at is null"#).fetch_one(conn).await
}

/// Says who looks after a problem, or with nothing that nobody does.
pub async fn set_owner(conn: &mut Connection, id: ProblemId, owner: Option<AccountId>) -> Result<(), Error> {
    sqlx::query!(
        "update problem set owner_id = $2, version = version + 1 where id = $1",
        id.0,
        owner.map(|owner| owner.0)
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps what became of a problem. Whoever settles what nobody looked after has looked after it.
pub async fn settle(
    conn: &mut Connection,
    id: ProblemId,
    outcome: ProblemOutcome,
    reason: Option<&str>,
    revision: Option<RevisionId>,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "update problem
         set outcome = $2, reason = $3, outcome_revision_id = $4, owner_id = coalesce(owner_id, $5), settled_at = $6,
             version = version + 1
         where id = $1",
        id.0,
        outcome.as_str(),
        reason,
        revision.map(|id| id.0),
        by.map(|id| id.0),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Opens a problem again that has an outcome, and keeps what that was.
pub async fn reopen(
    conn: &mut Connection,
    id: ProblemId,
    reason: &str,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        r#"insert into problem_reopened (problem_id, outcome, settled_reason, settled_at, reason, account_id, reopened_at)
           select id, outcome, reason, settled_at, $2, $3, $4 from problem where id = $1"#,
        id.0,
        reason,
        by.map(|id| id.0),
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update problem
         set outcome = null, reason = null, outcome_revision_id = null, settled_at = null, version = version + 1
         where id = $1",
        id.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Every time that a problem was opened again, first to last.
pub async fn reopened(conn: &mut Connection, id: ProblemId) -> Result<Vec<Reopened>, Error> {
    let rows = sqlx::query!(
        r#"select outcome as "outcome: ProblemOutcome", settled_reason, settled_at, reason, reopened_at
           from problem_reopened where problem_id = $1 order by id"#,
        id.0
    )
    .fetch_all(conn)
    .await?;
    let reopened = rows.into_iter().map(|row| Reopened {
        outcome: row.outcome,
        settled_reason: row.settled_reason,
        settled_at: row.settled_at.to_jiff(),
        reason: row.reason,
        at: row.reopened_at.to_jiff(),
    });
    Ok(reopened.collect())
}

/// How many problems were sent from a place since a moment, and when the first of them was. Until the transaction ends
/// nobody else counts this place.
pub async fn sent_from(
    conn: &mut Connection,
    place: &str,
    since: Timestamp,
) -> Result<(i64, Option<Timestamp>), Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('problem ' || $1, 0))", place)
        .execute(&mut *conn)
        .await?;
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(at) as first from problem_sent where address = $1 and at > $2"#,
        place,
        since.to_sqlx() as _
    )
    .fetch_one(conn)
    .await?;
    Ok((row.count, row.first.map(jiff_sqlx::Timestamp::to_jiff)))
}

/// Counts a problem that is sent from a place.
pub async fn count_sent(conn: &mut Connection, place: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query!("insert into problem_sent (address, at) values ($1, $2)", place, now.to_sqlx() as _)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets from where problems were sent before a moment.
pub async fn forget_places(conn: &mut Connection, before: Timestamp) -> Result<(), Error> {
    sqlx::query!("delete from problem_sent where at <= $1", before.to_sqlx() as _).execute(conn).await.map(drop)
}

/// How many problems since a moment have left this mail address.
pub async fn count_of_address(conn: &mut Connection, email: &Email, since: Timestamp) -> Result<i64, Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from problem where email = $1 and created_at > $2"#,
        email.as_str(),
        since.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// Takes out the mail address of a problem.
pub async fn forget_address(conn: &mut Connection, id: ProblemId) -> Result<(), Error> {
    sqlx::query!("update problem set email = null where id = $1", id.0).execute(conn).await.map(drop)
}

/// Takes out the mail addresses of problems for which nothing was done since a moment, with the mail that waits for them.
/// Those that somebody is at are left for the next time.
pub async fn forget_addresses(conn: &mut Connection, before: Timestamp) -> Result<u64, Error> {
    let ids = sqlx::query_scalar!(
        "update problem set email = null
         where id in (select id from problem where email is not null and coalesce(settled_at, created_at) <= $1
                      for update skip locked)
         returning id",
        before.to_sqlx() as _
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query!("delete from outbox where problem_id = any($1) and sent_at is null", &ids).execute(conn).await?;
    Ok(ids.len() as u64)
}
