//! Answers that programs were given: one that asks again with the same key gets the same.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::AccountId;

/// How long an answer is kept, at least.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was asked and answered before.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// SHA-256 over what was asked.
    pub asked_sha256: Vec<u8>,
    /// The HTTP status.
    pub status: u16,
    /// The answer.
    pub body: Value,
}

/// Takes a key, or gives what was answered under it before. Whoever comes with the same key meanwhile waits until this
/// transaction ends; it must keep an answer, or come to nothing. Answers that are too old go.
pub async fn claim(
    conn: &mut Connection,
    account: AccountId,
    key: &str,
    now: Timestamp,
) -> Result<Option<Given>, Error> {
    sqlx::query!(
        "delete from answer where ctid = any(array(
           select ctid from answer where created_at < $1 limit 1000 for update skip locked))",
        (now - KEPT).to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    let claimed = sqlx::query!(
        "insert into answer (account_id, key, created_at) values ($1, $2, $3) on conflict do nothing",
        account.0,
        key,
        now.to_sqlx() as _
    );
    if claimed.execute(&mut *conn).await?.rows_affected() > 0 {
        return Ok(None);
    }
    let given = sqlx::query!(
        r#"select asked_sha256 as "asked_sha256!", status as "status!", body as "body!: Value" from answer
           where account_id = $1 and key = $2 and body is not null"#,
        account.0,
        key
    );
    let given = given.fetch_optional(conn).await?;
    Ok(given.map(|row| Given { asked_sha256: row.asked_sha256, status: row.status as u16, body: row.body }))
}

/// Keeps the answer under a key that this transaction has claimed.
pub async fn keep(conn: &mut Connection, account: AccountId, key: &str, given: &Given) -> Result<(), Error> {
    sqlx::query!(
        "update answer set asked_sha256 = $3, status = $4, body = $5::json where account_id = $1 and key = $2",
        account.0,
        key,
        given.asked_sha256,
        given.status as i16,
        given.body as _
    )
    .execute(conn)
    .await
    .map(drop)
}
