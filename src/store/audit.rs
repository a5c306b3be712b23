//! The audit log: what was done, by whom, in order, as a chain of hashes.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::{AccountId, Actor};

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

/// An entry as admins read it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When it was done.
    pub at: Timestamp,
    /// The address of whoever did it; none: the machine itself or the command line.
    pub email: Option<String>,
    /// What was done.
    pub act: String,
    /// What it was done to.
    pub refs: Value,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Done by this account.
    pub account: Option<AccountId>,
    /// This act, or all that begin with it and a full stop.
    pub act: Option<String>,
    /// Done to something: its references hold one of these.
    pub object: Option<Vec<Value>>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub before: Option<Timestamp>,
}

/// Entries, newest first, with how many there are.
pub async fn list(conn: &mut Connection, wanted: &Wanted, skip: i64, take: i64) -> Result<(Vec<Entry>, i64), Error> {
    let time = |moment: Option<Timestamp>| moment.map(ToSqlx::to_sqlx);
    let rows = sqlx::query!(
        r#"select e.id, e.at, a.email as "email?", e.act, e.refs as "refs: Value", e.hash,
                  count(*) over () as "total!"
           from audit_entry e left join account a on a.id = e.account_id
           where ($1::bigint is null or e.account_id = $1)
             and ($2::text is null or e.act = $2 or starts_with(e.act, $2 || '.'))
             and ($3::timestamptz is null or e.at >= $3) and ($4::timestamptz is null or e.at < $4)
             and ($5::jsonb[] is null or e.refs::jsonb @> any($5))
           order by e.id desc offset $6 limit $7"#,
        wanted.account.map(|id| id.0),
        wanted.act,
        time(wanted.from) as Option<jiff_sqlx::Timestamp>,
        time(wanted.before) as Option<jiff_sqlx::Timestamp>,
        wanted.object.as_deref() as _,
        skip,
        take
    )
    .fetch_all(conn)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let entries = rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            at: row.at.to_jiff(),
            email: row.email,
            act: row.act,
            refs: row.refs,
            hash: row.hash,
        })
        .collect();
    Ok((entries, total))
}

/// Every act that was ever done.
pub async fn acts(conn: &mut Connection) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!("select distinct act from audit_entry order by act").fetch_all(conn).await
}
