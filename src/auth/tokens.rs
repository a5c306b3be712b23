//! Bearer tokens of programs: made, shown once, revoked.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Error, Refused, Token};
use crate::domain::{Actor, TokenScope};
use crate::store::{Connection, Pool, audit, sessions, tokens};

/// Days for which a token may be good.
const DAYS: std::ops::RangeInclusive<i64> = 1..=366;
/// Characters of its name.
const LONGEST_NAME: usize = 100;

/// Makes a token that is good for so many days.
pub async fn make(
    pool: &Pool,
    actor: &Actor,
    name: &str,
    scope: TokenScope,
    days: i64,
    now: Timestamp,
) -> Result<Token, Error> {
    let account = actor.account.ok_or(Refused::NoAccount)?;
    let name = name.replace(char::is_control, " ");
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Refused::NoName.into());
    }
    if !DAYS.contains(&days) {
        return Err(Refused::Days.into());
    }
    let token = Token::random()?;
    let until = now + SignedDuration::from_hours(24 * days);
    let mut tx = pool.begin().await?;
    let id = tokens::add(&mut tx, account, name, &token.sha256(), scope, now, until).await?;
    audit::append(&mut tx, actor, "token.made", &json!({"token": id, "scope": scope}), now).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends a token of whoever asks.
pub async fn revoke(pool: &Pool, actor: &Actor, id: i64, now: Timestamp) -> Result<bool, Error> {
    let account = actor.account.ok_or(Refused::NoAccount)?;
    let mut tx = pool.begin().await?;
    if !tokens::revoke(&mut tx, account, id, now).await? {
        return Ok(false);
    }
    audit::append(&mut tx, actor, "token.revoked", &json!({"token": id}), now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whose token this is, and what it allows.
pub async fn holder(
    conn: &mut Connection,
    token: &Token,
    now: Timestamp,
) -> Result<Option<(sessions::Holder, TokenScope)>, Error> {
    Ok(tokens::holder(conn, &token.sha256(), now).await?)
}
