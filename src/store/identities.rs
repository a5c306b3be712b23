//! Who editors are at a provider of OpenID Connect, and sign-ins through it that are under way.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::AccountId;

/// A sign-in that is under way.
#[derive(Clone)]
pub struct Begun {
    /// What the provider's word must repeat.
    pub nonce: String,
    /// The secret of PKCE.
    pub verifier: String,
    /// Where to go on.
    pub next: String,
}

/// How many sign-ins are under way. Those that took too long go.
pub async fn begun_now(conn: &mut Connection, now: Timestamp) -> Result<i64, Error> {
    sqlx::query!(
        "delete from sign_in_begun where state_sha256 in
           (select state_sha256 from sign_in_begun where expires_at <= $1 for update skip locked)",
        now.to_sqlx() as _
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!(r#"select count(*) as "count!" from sign_in_begun"#).fetch_one(conn).await
}

/// Keeps a sign-in that begins.
pub async fn begin(
    conn: &mut Connection,
    state_sha256: &[u8; 32],
    browser_sha256: &[u8; 32],
    begun: &Begun,
    until: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into sign_in_begun (state_sha256, browser_sha256, nonce, verifier, next, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        state_sha256.as_slice(),
        browser_sha256.as_slice(),
        begun.nonce,
        begun.verifier,
        begun.next,
        until.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Takes a sign-in that this browser began, once.
pub async fn take(
    conn: &mut Connection,
    state_sha256: &[u8; 32],
    browser_sha256: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Begun>, Error> {
    sqlx::query_as!(
        Begun,
        "delete from sign_in_begun where state_sha256 = $1 and browser_sha256 = $2 and expires_at > $3
         returning nonce, verifier, next",
        state_sha256.as_slice(),
        browser_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// The account that belongs to somebody at a provider.
pub async fn account(conn: &mut Connection, issuer: &str, subject: &str) -> Result<Option<AccountId>, Error> {
    sqlx::query_scalar!(
        r#"select account_id as "id: AccountId" from identity where issuer = $1 and subject = $2"#,
        issuer,
        subject
    )
    .fetch_optional(conn)
    .await
}

/// Gives an account to somebody at a provider; not if it or they have another there.
pub async fn bind(
    conn: &mut Connection,
    issuer: &str,
    subject: &str,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, Error> {
    let bound = sqlx::query!(
        "insert into identity (issuer, subject, account_id, created_at) values ($1, $2, $3, $4) on conflict do nothing",
        issuer,
        subject,
        account.0,
        now.to_sqlx() as _
    );
    Ok(bound.execute(conn).await?.rows_affected() > 0)
}

/// Forgets who has an account at any provider.
pub async fn forget(conn: &mut Connection, account: AccountId) -> Result<(), Error> {
    sqlx::query!("delete from identity where account_id = $1", account.0).execute(conn).await.map(drop)
}
