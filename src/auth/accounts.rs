//! Acts on accounts: invite, choose and change a password, give a role, disable, enable.

use std::net::IpAddr;

use jiff::Timestamp;
use serde_json::json;

use super::password::{self, Verdict};
use super::{Error, LINK_LIFETIME, Refused, Token, limit, sign_in};
use crate::domain::{AccountId, AccountRole, Actor, Email};
use crate::store::accounts::{self, Account};
use crate::store::{Connection, Pool, audit, identities, sessions, sign_in as sign_in_attempts};

/// Makes an account and a link with which its owner chooses a password.
pub async fn invite(
    pool: &Pool,
    actor: &Actor,
    email: &str,
    role: AccountRole,
    now: Timestamp,
) -> Result<Token, Error> {
    let mut tx = pool.begin().await?;
    let id = add(&mut tx, &Email::parse(email).ok_or(Refused::NoEmail)?, role, now).await?;
    let link = new_link(&mut tx, Some(id), now).await?;
    audit::append(&mut tx, actor, "account.added", &json!({"account": id, "role": role}), now).await?;
    tx.commit().await?;
    Ok(link)
}

/// Makes an account that has a password already.
pub async fn add_with_password(
    pool: &Pool,
    actor: &Actor,
    email: &str,
    role: AccountRole,
    password: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let hash = password::hash(password).await?;
    let mut tx = pool.begin().await?;
    let id = add(&mut tx, &Email::parse(email).ok_or(Refused::NoEmail)?, role, now).await?;
    accounts::set_password(&mut tx, id, &hash).await?;
    audit::append(&mut tx, actor, "account.added", &json!({"account": id, "role": role}), now).await?;
    tx.commit().await?;
    Ok(())
}

async fn add(conn: &mut Connection, email: &Email, role: AccountRole, now: Timestamp) -> Result<AccountId, Error> {
    Ok(accounts::add(conn, email, role, now).await?.ok_or(Refused::Known)?)
}

async fn new_link(conn: &mut Connection, account: Option<AccountId>, now: Timestamp) -> Result<Token, Error> {
    let token = Token::random()?;
    sessions::add_link(conn, &token.sha256(), account, now, now + LINK_LIFETIME).await?;
    Ok(token)
}

/// A link that makes the first admin, as long as there is none who can sign in.
pub async fn first_link(pool: &Pool, now: Timestamp) -> Result<Option<Token>, Error> {
    let mut tx = pool.begin().await?;
    if !accounts::hold_admins(&mut tx).await?.is_empty() {
        return Ok(None);
    }
    let link = new_link(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Some(link))
}

/// A new link for somebody who has lost theirs, or their password; the ones before are good for nothing.
pub async fn renew_link(pool: &Pool, actor: &Actor, id: AccountId, now: Timestamp) -> Result<Token, Error> {
    let mut tx = pool.begin().await?;
    hold(&mut tx, id).await.and_then(usable)?;
    sessions::remove_links(&mut tx, Some(id)).await?;
    let link = new_link(&mut tx, Some(id), now).await?;
    audit::append(&mut tx, actor, "account.link-made", &json!({"account": id}), now).await?;
    tx.commit().await?;
    Ok(link)
}

async fn hold(conn: &mut Connection, id: AccountId) -> Result<Account, Error> {
    Ok(accounts::hold(conn, id).await?.ok_or(Refused::NoAccount)?)
}

fn usable(account: Account) -> Result<Account, Error> {
    if account.disabled_at.is_some() { Err(Refused::Disabled.into()) } else { Ok(account) }
}

/// Whom a link is for: nobody yet, if it makes the first admin.
pub async fn guest(conn: &mut Connection, link: &Token, now: Timestamp) -> Result<Option<Account>, Error> {
    match sessions::link(conn, &link.sha256(), now).await?.ok_or(Refused::UsedLink)? {
        Some(id) => hold(conn, id).await.and_then(usable).map(Some),
        // Left over from before there was an admin, it makes no second one.
        None if accounts::hold_admins(conn).await?.is_empty() => Ok(None),
        None => Err(Refused::UsedLink.into()),
    }
}

/// Uses a link up: its owner (for the first one: of this address) has a password, and a session that is open. Sessions
/// of before end.
pub async fn enter(pool: &Pool, link: &Token, email: &str, password: &str, now: Timestamp) -> Result<Token, Error> {
    // Looked at twice, so that a link that is good for nothing costs no hashing.
    guest(&mut *pool.acquire().await?, link, now).await?;
    let hash = password::hash(password).await?;
    let mut tx = pool.begin().await?;
    let guest = guest(&mut tx, link, now).await?;
    sessions::remove_links(&mut tx, guest.as_ref().map(|account| account.id)).await?;
    let (id, email) = match guest {
        Some(account) => (account.id, account.email),
        None => {
            let email = Email::parse(email).ok_or(Refused::NoEmail)?;
            (add(&mut tx, &email, AccountRole::Admin, now).await?, email.as_str().to_owned())
        }
    };
    accounts::set_password(&mut tx, id, &hash).await?;
    sessions::close_all(&mut tx, id).await?;
    let actor = Actor { account: Some(id), name: email.clone() };
    audit::append(&mut tx, &actor, "password.chosen", &json!({}), now).await?;
    let session = sign_in::open(&mut tx, id, &email, "link", now).await?;
    tx.commit().await?;
    Ok(session)
}

/// Changes a password for whoever knows the present one. All sessions end; the new one is for whoever asks. A session
/// that was stolen is no place to guess passwords either.
pub async fn change_password(
    pool: &Pool,
    actor: &Actor,
    present: &str,
    password: &str,
    address: IpAddr,
    now: Timestamp,
) -> Result<Token, Error> {
    let id = actor.account.ok_or(Refused::NoAccount)?;
    let account = accounts::find(&mut *pool.acquire().await?, id).await?.ok_or(Refused::NoAccount)?;
    let place = limit::place(address);
    limit::count(pool, &account.email, &place, now).await?;
    if password::verify(present, account.password_hash.clone()).await? == Verdict::Wrong {
        return Err(Refused::WrongPassword.into());
    }
    let hash = password::hash(password).await?;
    let mut tx = pool.begin().await?;
    if hold(&mut tx, id).await.and_then(usable)?.password_hash != account.password_hash {
        return Err(Refused::WrongPassword.into());
    }
    accounts::set_password(&mut tx, id, &hash).await?;
    sign_in_attempts::clear(&mut tx, &account.email, &place).await?;
    sessions::remove_links(&mut tx, Some(id)).await?;
    sessions::close_all(&mut tx, id).await?;
    audit::append(&mut tx, actor, "password.changed", &json!({}), now).await?;
    let session = sign_in::open(&mut tx, id, &account.email, "password", now).await?;
    tx.commit().await?;
    Ok(session)
}

/// Gives somebody a role.
pub async fn set_role(
    pool: &Pool,
    actor: &Actor,
    id: AccountId,
    role: AccountRole,
    now: Timestamp,
) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    let admins = accounts::hold_admins(&mut tx).await?;
    let account = hold(&mut tx, id).await?;
    if account.role == role {
        return Ok(());
    }
    if admins == [id] {
        return Err(Refused::LastAdmin.into());
    }
    accounts::set_role(&mut tx, id, role).await?;
    audit::append(&mut tx, actor, "account.role-given", &json!({"account": id, "role": role}), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an account out of use: its sessions and links end, nobody at a provider has it any more, its tokens are good for nothing while it is disabled.
pub async fn disable(pool: &Pool, actor: &Actor, id: AccountId, now: Timestamp) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    let admins = accounts::hold_admins(&mut tx).await?;
    if hold(&mut tx, id).await?.disabled_at.is_some() {
        return Ok(());
    }
    if admins == [id] {
        return Err(Refused::LastAdmin.into());
    }
    accounts::set_disabled(&mut tx, id, Some(now)).await?;
    sessions::remove_links(&mut tx, Some(id)).await?;
    sessions::close_all(&mut tx, id).await?;
    identities::forget(&mut tx, id).await?;
    audit::append(&mut tx, actor, "account.disabled", &json!({"account": id}), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts an account back to use.
pub async fn enable(pool: &Pool, actor: &Actor, id: AccountId, now: Timestamp) -> Result<(), Error> {
    let mut tx = pool.begin().await?;
    if hold(&mut tx, id).await?.disabled_at.is_none() {
        return Ok(());
    }
    accounts::set_disabled(&mut tx, id, None).await?;
    audit::append(&mut tx, actor, "account.enabled", &json!({"account": id}), now).await?;
    tx.commit().await?;
    Ok(())
}
