//! Signing in and out.

use std::net::IpAddr;

use jiff::Timestamp;
use serde_json::json;

use super::password::{self, Verdict};
use super::{Error, Refused, SESSION_LIFETIME, Token, limit};
use crate::domain::{AccountId, Actor, Email};
use crate::store::sessions::{self, Holder};
use crate::store::{Connection, Pool, accounts, audit, sign_in};

/// Signs in with a password. Every session has a new token; the one that the browser came with ends.
pub async fn sign_in(
    pool: &Pool,
    email: &str,
    password: &str,
    address: IpAddr,
    before: Option<&Token>,
    now: Timestamp,
) -> Result<Token, Error> {
    let email = Email::parse(email);
    let tried = email.as_ref().map(Email::as_str).unwrap_or_default();
    let place = limit::place(address);
    limit::count(pool, tried, &place, now).await?;
    let account = match &email {
        Some(email) => accounts::of_email(&mut *pool.acquire().await?, email).await?,
        None => None,
    };
    let account = account.filter(|account| account.disabled_at.is_none());
    let hash = account.as_ref().and_then(|account| account.password_hash.clone());
    let verdict = password::verify(password, hash.clone()).await?;
    let account = account.filter(|_| verdict != Verdict::Wrong).ok_or(Refused::Wrong)?;
    let stronger = if verdict == Verdict::RightButWeak { Some(password::hash(password).await?) } else { None };

    let mut tx = pool.begin().await?;
    // Whoever changed the password or disabled the account meanwhile was first.
    let still = accounts::hold(&mut tx, account.id).await?;
    if still.is_none_or(|still| still.disabled_at.is_some() || still.password_hash != hash) {
        return Err(Refused::Wrong.into());
    }
    if let Some(stronger) = stronger {
        accounts::set_password(&mut tx, account.id, &stronger).await?;
    }
    sign_in::clear(&mut tx, tried, &place).await?;
    if let Some(before) = before {
        sessions::close(&mut tx, &before.sha256()).await?;
    }
    let session = open(&mut tx, account.id, &account.email, "password", now).await?;
    tx.commit().await?;
    Ok(session)
}

/// Opens a session; the last thing that a transaction does.
pub(super) async fn open(
    conn: &mut Connection,
    account: AccountId,
    email: &str,
    by: &str,
    now: Timestamp,
) -> Result<Token, Error> {
    let session = Token::random()?;
    sessions::open(conn, &session.sha256(), account, now, now + SESSION_LIFETIME).await?;
    let actor = Actor { account: Some(account), name: email.to_owned() };
    audit::append(conn, &actor, "session.opened", &json!({ "by": by }), now).await?;
    Ok(session)
}

/// Ends a session.
pub async fn sign_out(pool: &Pool, session: &Token, now: Timestamp) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    let Some(Holder { id, email, .. }) = sessions::holder(&mut tx, &session.sha256(), now).await? else {
        return Ok(());
    };
    if sessions::close(&mut tx, &session.sha256()).await? {
        audit::append(&mut tx, &Actor { account: Some(id), name: email }, "session.closed", &json!({}), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Ends all sessions of whoever asks.
pub async fn sign_out_everywhere(pool: &Pool, actor: &Actor, now: Timestamp) -> Result<(), Error> {
    let Some(account) = actor.account else { return Ok(()) };
    let mut tx = pool.begin().await?;
    sessions::close_all(&mut tx, account).await?;
    audit::append(&mut tx, actor, "sessions.closed", &json!({}), now).await?;
    tx.commit().await?;
    Ok(())
}
