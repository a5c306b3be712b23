//! Who is asking.
//!
//! Invariant: secrets are made here, and only their SHA-256 is kept anywhere.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::domain::AccountRole;
use crate::store::accounts::Account;
use crate::store::{self, Connection, accounts, sessions};

/// How long the link that a start prints can be used.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How long an editor stays signed in.
pub const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// The account that the first link opens.
const FIRST: &str = "admin@localhost";

/// A secret of 256 random bits, written as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// Reads one that was sent to us.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
    }

    /// What is kept of it.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(secret)")
    }
}

/// Uses up a link; the session that it opens, if it was good.
pub async fn enter(conn: &mut Connection, link: &Token, session: &Token, now: Timestamp) -> Result<bool, store::Error> {
    if !sessions::use_link(conn, &link.sha256(), now).await? {
        return Ok(false);
    }
    let account = accounts::ensure(conn, FIRST, AccountRole::Admin, now).await?;
    sessions::open(conn, &session.sha256(), account, now, now + SESSION_LIFETIME).await?;
    Ok(true)
}

/// Whose session this is.
pub async fn holder(conn: &mut Connection, session: &Token, now: Timestamp) -> Result<Option<Account>, store::Error> {
    sessions::holder(conn, &session.sha256(), now).await
}
