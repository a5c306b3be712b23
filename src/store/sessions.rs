//! One-time links and sessions. Their tokens are kept as SHA-256 only.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, AccountRole};

/// Whose session or token something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: String,
    /// What it may do.
    pub role: AccountRole,
}

/// An open session.
#[derive(Debug, Clone)]
pub struct Session {
    /// SHA-256 of its token.
    pub token_sha256: Vec<u8>,
    /// When somebody signed in.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// Keeps a link that can be used once; without an account it makes the first one. Links that are too old go.
pub async fn add_link(
    conn: &mut Connection,
    token_sha256: &[u8; 32],
    account: Option<AccountId>,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    sqlx::query!("delete from one_time_link where expires_at <= $1", now.to_sqlx() as _).execute(&mut *conn).await?;
    sqlx::query!(
        "insert into one_time_link (token_sha256, account_id, expires_at) values ($1, $2, $3)",
        token_sha256.as_slice(),
        account.map(|id| id.0),
        until.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What a link that is good is for: an account, or the first one. It stays good until it is used.
pub async fn link(
    conn: &mut Connection,
    token_sha256: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Option<AccountId>>, Error> {
    sqlx::query_scalar!(
        r#"select account_id as "account_id: AccountId" from one_time_link where token_sha256 = $1 and expires_at > $2
           for update"#,
        token_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// Takes back all links of an account, or all that would make the first one.
pub async fn remove_links(conn: &mut Connection, account: Option<AccountId>) -> Result<(), Error> {
    sqlx::query!("delete from one_time_link where account_id is not distinct from $1", account.map(|id| id.0))
        .execute(conn)
        .await
        .map(drop)
}

/// Opens a session of an account. Sessions that have ended go.
pub async fn open(
    conn: &mut Connection,
    token_sha256: &[u8; 32],
    account: AccountId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "delete from session where token_sha256 in
           (select token_sha256 from session where expires_at <= $1 for update skip locked)",
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into session (token_sha256, account_id, created_at, expires_at) values ($1, $2, $3, $4)",
        token_sha256.as_slice(),
        account.0,
        now.to_sqlx() as _,
        until.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whose session this is, while it is open and the account is in use.
pub async fn holder(conn: &mut Connection, token_sha256: &[u8; 32], now: Timestamp) -> Result<Option<Holder>, Error> {
    sqlx::query_as!(
        Holder,
        r#"select a.id as "id: AccountId", a.email, a.role as "role: AccountRole"
           from session s join account a on a.id = s.account_id
           where s.token_sha256 = $1 and s.expires_at > $2 and a.disabled_at is null"#,
        token_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// The open sessions of an account, newest first.
pub async fn list(conn: &mut Connection, account: AccountId, now: Timestamp) -> Result<Vec<Session>, Error> {
    let rows = sqlx::query!(
        "select token_sha256, created_at, expires_at from session where account_id = $1 and expires_at > $2
         order by created_at desc, token_sha256",
        account.0,
        now.to_sqlx() as _
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Session {
            token_sha256: row.token_sha256,
            created_at: row.created_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
        })
        .collect())
}

/// Ends a session; says whether it was there.
pub async fn close(conn: &mut Connection, token_sha256: &[u8; 32]) -> Result<bool, Error> {
    let closed = sqlx::query!("delete from session where token_sha256 = $1", token_sha256.as_slice());
    Ok(closed.execute(conn).await?.rows_affected() > 0)
}

/// Ends all sessions of an account.
pub async fn close_all(conn: &mut Connection, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from session where account_id = $1", account.0).execute(conn).await.map(drop)
}
