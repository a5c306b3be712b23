//! The audit log: what was done, by whom, in order, as a chain of hashes.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::Actor;

/// Writes an entry. It holds the one row of the feed until the commit, as [`super::feed::advance`] does, so it comes at
/// the end of a transaction, just before that.
///
/// `refs` holds ids and fixed words only, never anybody's text: what a redaction destroys must not be in here.
///
/// The hash of an entry is the SHA-256 of the hash before it (of the first: SHA-256 of "onrecord audit"), followed by
/// these in UTF-8, each ended by a line feed: number, position, microseconds since 1970, number of the account (or
/// nothing), act, references as stored.
pub async fn append(
    conn: &mut Connection,
    actor: &Actor,
    act: &str,
    refs: &Value,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query!(
        r#"with next as (
               update feed
               set audit_length = audit_length + 1,
                   audit_head = sha256(audit_head || convert_to(
                       (audit_length + 1) || E'\n' || position || E'\n' || $1::bigint || E'\n'
                       || coalesce($2::bigint::text, '') || E'\n' || $3::text || E'\n' || $4::text || E'\n', 'UTF8'))
               returning audit_length, audit_head, position
           )
           insert into audit_entry (id, position, at, account_id, act, refs, hash)
           select audit_length, position, $5, $2, $3, $4::json, audit_head from next"#,
        now.as_microsecond(),
        actor.account.map(|id| id.0),
        act,
        refs.to_string(),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
