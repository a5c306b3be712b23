//! Accounts of those who edit.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, AccountRole};

/// Somebody who edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// What they sign in with, in lower case.
    pub email: String,
    /// What they may do.
    pub role: AccountRole,
}

/// The account of this address, made if there is none.
pub async fn ensure(conn: &mut Connection, email: &str, role: AccountRole, now: Timestamp) -> Result<AccountId, Error> {
    sqlx::query_scalar!(
        r#"insert into account (email, role, created_at) values (lower($1), $2, $3)
           on conflict (email) do update set email = excluded.email
           returning id as "id: AccountId""#,
        email,
        role.as_str(),
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}
