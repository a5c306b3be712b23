//! Accounts of those who edit.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, AccountRole, Email};

/// Somebody who edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// What they sign in with, in lower case.
    pub email: String,
    /// What they may do.
    pub role: AccountRole,
    /// Argon2id in PHC form; none before an invitation is accepted.
    pub password_hash: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it cannot be used.
    pub disabled_at: Option<Timestamp>,
}

/// Makes an account without a password; nothing if there is one of this address.
pub async fn add(
    conn: &mut Connection,
    email: &Email,
    role: AccountRole,
    now: Timestamp,
) -> Result<Option<AccountId>, Error> {
    sqlx::query_scalar!(
        r#"insert into account (email, role, created_at) values ($1, $2, $3)
           on conflict (email) do nothing
           returning id as "id: AccountId""#,
        email.as_str(),
        role.as_str(),
        now.to_sqlx() as _
    )
    .fetch_optional(conn)
    .await
}

/// All accounts, by address.
pub async fn list(conn: &mut Connection) -> Result<Vec<Account>, Error> {
    select(conn, None, None).await
}

/// An account.
pub async fn find(conn: &mut Connection, id: AccountId) -> Result<Option<Account>, Error> {
    Ok(select(conn, Some(id), None).await?.pop())
}

/// An account that does not change before the transaction ends.
pub async fn hold(conn: &mut Connection, id: AccountId) -> Result<Option<Account>, Error> {
    sqlx::query!("select 1 as one from account where id = $1 for update", id.0).fetch_optional(&mut *conn).await?;
    find(conn, id).await
}

/// The account of an address.
pub async fn of_email(conn: &mut Connection, email: &Email) -> Result<Option<Account>, Error> {
    Ok(select(conn, None, Some(email)).await?.pop())
}

struct Row {
    id: AccountId,
    email: String,
    role: AccountRole,
    password_hash: Option<String>,
    created_at: jiff_sqlx::Timestamp,
    disabled_at: Option<jiff_sqlx::Timestamp>,
}

async fn select(conn: &mut Connection, id: Option<AccountId>, email: Option<&Email>) -> Result<Vec<Account>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: AccountId", email, role as "role: AccountRole", password_hash, created_at, disabled_at
           from account
           where ($1::bigint is null or id = $1) and ($2::text is null or email = $2)
           order by email"#,
        id.map(|id| id.0),
        email.map(Email::as_str)
    )
    .fetch_all(conn)
    .await?;
    let account = |row: Row| Account {
        id: row.id,
        email: row.email,
        role: row.role,
        password_hash: row.password_hash,
        created_at: row.created_at.to_jiff(),
        disabled_at: row.disabled_at.map(jiff_sqlx::Timestamp::to_jiff),
    };
    Ok(rows.into_iter().map(account).collect())
}

/// Keeps the hash of a password.
pub async fn set_password(conn: &mut Connection, id: AccountId, hash: &str) -> Result<(), Error> {
    sqlx::query!("update account set password_hash = $2 where id = $1", id.0, hash).execute(conn).await.map(drop)
}

/// Gives a role.
pub async fn set_role(conn: &mut Connection, id: AccountId, role: AccountRole) -> Result<(), Error> {
    sqlx::query!("update account set role = $2 where id = $1", id.0, role.as_str()).execute(conn).await.map(drop)
}

/// Takes an account out of use, or with nothing puts it back.
pub async fn set_disabled(conn: &mut Connection, id: AccountId, since: Option<Timestamp>) -> Result<(), Error> {
    sqlx::query!(
        "update account set disabled_at = $2 where id = $1",
        id.0,
        since.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Timestamp>
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The admins who can sign in. None of them changes before the transaction ends.
pub async fn hold_admins(conn: &mut Connection) -> Result<Vec<AccountId>, Error> {
    sqlx::query_scalar!(
        r#"select id as "id: AccountId" from account
           where role = 'admin' and disabled_at is null and password_hash is not null
           order by id for update"#
    )
    .fetch_all(conn)
    .await
}
