//! Attempts to sign in that have not succeeded, of all servers together.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};

/// How often somebody tried since a moment, and when first.
#[derive(Debug, Clone, Copy)]
pub struct Tried {
    /// This account from this address.
    pub account: i64,
    /// The first of them.
    pub account_since: Option<Timestamp>,
    /// Any account from this address.
    pub address: i64,
    /// The first of them.
    pub address_since: Option<Timestamp>,
}

/// Counts the attempts from an address since a moment. Until the transaction ends nobody else counts this address, so
/// that attempts at the same time are counted one by one.
pub async fn tried(conn: &mut Connection, email: &str, address: &str, since: Timestamp) -> Result<Tried, Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", address).execute(&mut *conn).await?;
    let row = sqlx::query!(
        r#"select count(*) filter (where email = $1) as "account!", min(at) filter (where email = $1) as account_since,
                  count(*) as "address!", min(at) as address_since
           from sign_in_failure where address = $2 and at > $3"#,
        email,
        address,
        since.to_sqlx() as _
    )
    .fetch_one(conn)
    .await?;
    Ok(Tried {
        account: row.account,
        account_since: row.account_since.map(jiff_sqlx::Timestamp::to_jiff),
        address: row.address,
        address_since: row.address_since.map(jiff_sqlx::Timestamp::to_jiff),
    })
}

/// Counts an attempt as failed, before it is known whether it is. Those before a moment go.
pub async fn add(
    conn: &mut Connection,
    email: &str,
    address: &str,
    now: Timestamp,
    forget: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "delete from sign_in_failure where ctid = any(array(
           select ctid from sign_in_failure where at <= $1 limit 1000 for update skip locked))",
        forget.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into sign_in_failure (email, address, at) values ($1, $2, $3)",
        email,
        address,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Forgets the attempts of an account from an address: it was its owner.
pub async fn clear(conn: &mut Connection, email: &str, address: &str) -> Result<(), Error> {
    sqlx::query!("delete from sign_in_failure where email = $1 and address = $2", email, address)
        .execute(conn)
        .await
        .map(drop)
}
