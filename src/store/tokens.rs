//! Bearer tokens of programs, kept as SHA-256 only.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;

use super::sessions::Holder;
use super::{Connection, Error};
use crate::domain::{AccountId, AccountRole, TokenScope};

/// A token, without its secret.
#[derive(Debug, Clone)]
pub struct ApiToken {
    /// Its row.
    pub id: i64,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// What it allows.
    pub scope: TokenScope,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Since when it is good for nothing.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, give or take a minute.
    pub used_at: Option<Timestamp>,
}

/// Keeps a token.
pub async fn add(
    conn: &mut Connection,
    account: AccountId,
    name: &str,
    token_sha256: &[u8; 32],
    scope: TokenScope,
    now: Timestamp,
    until: Timestamp,
) -> Result<i64, Error> {
    sqlx::query_scalar!(
        "insert into api_token (account_id, name, token_sha256, scope, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6) returning id",
        account.0,
        name,
        token_sha256.as_slice(),
        scope.as_str(),
        now.to_sqlx() as _,
        until.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// The tokens of an account, newest first.
pub async fn list(conn: &mut Connection, account: AccountId) -> Result<Vec<ApiToken>, Error> {
    let rows = sqlx::query!(
        r#"select id, name, scope as "scope: TokenScope", created_at, expires_at, revoked_at, used_at
           from api_token where account_id = $1 order by id desc limit 1000"#,
        account.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ApiToken {
            id: row.id,
            name: row.name,
            scope: row.scope,
            created_at: row.created_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            revoked_at: row.revoked_at.map(jiff_sqlx::Timestamp::to_jiff),
            used_at: row.used_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// Ends a token of an account; says whether there was one to end.
pub async fn revoke(conn: &mut Connection, account: AccountId, id: i64, now: Timestamp) -> Result<bool, Error> {
    let revoked = sqlx::query!(
        "update api_token set revoked_at = $3 where id = $2 and account_id = $1 and revoked_at is null",
        account.0,
        id,
        now.to_sqlx() as _
    );
    Ok(revoked.execute(conn).await?.rows_affected() > 0)
}

/// Whose token this is, and what it allows, while it is good and the account is in use; notes that it was used.
pub async fn holder(
    conn: &mut Connection,
    token_sha256: &[u8; 32],
    now: Timestamp,
) -> Result<Option<(Holder, TokenScope)>, Error> {
    let row = sqlx::query!(
        r#"select t.id, t.scope as "scope: TokenScope", t.used_at, a.id as "account: AccountId", a.email,
                  a.role as "role: AccountRole"
           from api_token t join account a on a.id = t.account_id
           where t.token_sha256 = $1 and t.expires_at > $2 and t.revoked_at is null and a.disabled_at is null"#,
        token_sha256.as_slice(),
        now.to_sqlx() as _
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let lately = row.used_at.is_some_and(|used| now.duration_since(used.to_jiff()) < SignedDuration::from_mins(1));
    if !lately {
        sqlx::query!("update api_token set used_at = $2 where id = $1", row.id, now.to_sqlx() as _)
            .execute(conn)
            .await?;
    }
    Ok(Some((Holder { id: row.account, email: row.email, role: row.role }, row.scope)))
}
