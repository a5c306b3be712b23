//! One-time links and the sessions they open. Tokens are kept as SHA-256 only.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::accounts::Account;
use super::{Connection, Error};
use crate::domain::{AccountId, AccountRole};

/// Keeps a link that can be used once.
pub async fn add_link(conn: &mut Connection, token_sha256: &[u8; 32], until: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "insert into one_time_link (token_sha256, expires_at) values ($1, $2)",
        token_sha256.as_slice(),
        until.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a link up, and all others with it; says whether it was good.
pub async fn use_link(conn: &mut Connection, token_sha256: &[u8; 32], now: Timestamp) -> Result<bool, Error> {
    let good = sqlx::query_scalar!(
        r#"with used as (delete from one_time_link where token_sha256 = $1 and expires_at > $2 returning 1),
                others as (delete from one_time_link where exists (select from used) returning 1)
           select exists (select from used) as "good!""#,
        token_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await?;
    Ok(good)
}

/// Opens a session of an account.
pub async fn open(
    conn: &mut Connection,
    token_sha256: &[u8; 32],
    account: AccountId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
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
pub async fn holder(conn: &mut Connection, token_sha256: &[u8; 32], now: Timestamp) -> Result<Option<Account>, Error> {
    sqlx::query_as!(
        Account,
        r#"select a.id as "id: AccountId", a.email, a.role as "role: AccountRole"
           from session s join account a on a.id = s.account_id
           where s.token_sha256 = $1 and s.expires_at > $2 and a.disabled_at is null"#,
        token_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// Ends a session.
pub async fn close(conn: &mut Connection, token_sha256: &[u8; 32]) -> Result<(), Error> {
    sqlx::query!("delete from session where token_sha256 = $1", token_sha256.as_slice()).execute(conn).await?;
    Ok(())
}

/// Whether any session is open.
pub async fn any(conn: &mut Connection, now: Timestamp) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select exists (select from session where expires_at > $1) as "any!""#, now.to_sqlx() as _)
        .fetch_one(conn)
        .await
}
