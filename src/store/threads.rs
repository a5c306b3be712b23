//! Threads: the same question asked again on later days.
//!
//! The first exchange of a thread has its own row as `thread_id` and no likeness; those that ask again have the row of the
//! first, and how much they are like the one that they ask again. Who belongs to no thread has neither.

use super::{Connection, Error};
use crate::domain::ExchangeId;

/// Of which questions threads were found, and of which they would be found now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The last position of the feed.
    pub position: i64,
    /// The position at which threads were found last.
    pub found_at: i64,
    /// A sum over the questions of which they were found.
    pub found_of: i64,
}

/// How far threads have been found.
pub async fn state(conn: &mut Connection) -> Result<State, Error> {
    sqlx::query_as!(State, "select position, threads_position as found_at, threads_of as found_of from feed")
        .fetch_one(conn)
        .await
}

/// A sum over all questions that readers can see, which is another when any of them is, or the way of finding threads.
pub async fn sum(conn: &mut Connection, version: i32) -> Result<i64, Error> {
    sqlx::query_scalar!(
        r#"select (coalesce(sum(hashtextextended(
                      concat_ws(' ', x.id, a.date, a.revision_id, x.question, x.label = 'answered'), $1::bigint) % 1000000007
                  ), 0) + $1::bigint)::bigint as "sum!"
           from exchange x join analysed_transcript a on a.briefing_id = x.briefing_id
           where not x.rejected and x.question_id is not null and a.date is not null"#,
        i64::from(version)
    )
    .fetch_one(conn)
    .await
}

/// Waits for nobody: says whether nobody else looks for threads, until the end of the transaction.
pub async fn alone(conn: &mut Connection) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext('onrecord: threads')) as "alone!""#)
        .fetch_one(conn)
        .await
}

/// A question as it was asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// The exchange.
    pub id: ExchangeId,
    /// Its words.
    pub text: String,
    /// The day, as days since 1970.
    pub day: i32,
    /// Whether it was answered.
    pub answered: bool,
    /// The thread to which it belongs so far.
    pub thread: Option<ExchangeId>,
    /// How much it is like the question that it asks again, so far.
    pub likeness: Option<f32>,
}

/// All questions that readers can see, those of undated briefings left out.
pub async fn questions(conn: &mut Connection) -> Result<Vec<Question>, Error> {
    sqlx::query_as!(
        Question,
        r#"select x.id as "id!: ExchangeId",
                  coalesce(case when jsonb_array_length(x.question) = 1 then
                    substr(q.text, (x.question -> 0 ->> 1)::int + 1,
                           (x.question -> 0 ->> 2)::int - (x.question -> 0 ->> 1)::int)
                  else
                    (select string_agg(substr(u.text, (p.place ->> 1)::int + 1, (p.place ->> 2)::int - (p.place ->> 1)::int),
                                       ' ' order by p.nth)
                     from jsonb_array_elements(x.question) with ordinality as p (place, nth)
                       join utterance u on u.revision_id = a.revision_id and u.number = (p.place ->> 0)::int)
                  end, '') as "text!",
                  a.date - date '1970-01-01' as "day!", coalesce(x.label = 'answered', false) as "answered!",
                  x.thread_id as "thread: ExchangeId", x.likeness
           from exchange x join analysed_transcript a on a.briefing_id = x.briefing_id
             join utterance q on q.id = x.question_id
           where not x.rejected and a.date is not null
           order by x.id"#
    )
    .fetch_all(conn)
    .await
}

/// Where an exchange belongs from now on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The exchange.
    pub id: ExchangeId,
    /// Its thread, if it belongs to one.
    pub thread: Option<ExchangeId>,
    /// How much it is like the question that it asks again.
    pub likeness: Option<f32>,
}

/// Writes where exchanges belong; those that are gone meanwhile are left out. Says how many were written.
pub async fn place(conn: &mut Connection, placed: &[Placed]) -> Result<u64, Error> {
    let ids: Vec<i64> = placed.iter().map(|one| one.id.0).collect();
    let threads: Vec<Option<i64>> = placed.iter().map(|one| one.thread.map(|id| id.0)).collect();
    let likeness: Vec<Option<f32>> = placed.iter().map(|one| one.likeness).collect();
    let written = sqlx::query!(
        "update exchange x set thread_id = first.id, likeness = case when first.id is not null then placed.likeness end
         from unnest($1::bigint[], $2::bigint[], $3::real[]) as placed (id, thread_id, likeness)
           left join exchange first on first.id = placed.thread_id
         where x.id = placed.id",
        &ids,
        &threads as &[Option<i64>],
        &likeness as &[Option<f32>]
    );
    Ok(written.execute(conn).await?.rows_affected())
}

/// Takes out of their threads what readers cannot see any more; says how many were.
pub async fn take_out_hidden(conn: &mut Connection) -> Result<u64, Error> {
    let taken = sqlx::query!(
        "update exchange x set thread_id = null, likeness = null
         where x.thread_id is not null
           and (x.rejected or x.question_id is null
                or not exists (select from analysed_transcript a where a.briefing_id = x.briefing_id and a.date is not null))"
    );
    Ok(taken.execute(conn).await?.rows_affected())
}

/// Records of which questions threads were found, and that nothing is to be done before this position is passed.
pub async fn found(conn: &mut Connection, of: i64, at: i64) -> Result<(), Error> {
    sqlx::query!("update feed set threads_of = $1, threads_position = $2", of, at).execute(conn).await.map(drop)
}
