//! Who is asking: accounts, passwords, sessions, tokens, OpenID Connect.
//!
//! Invariant: secrets are made here, only their hashes are kept anywhere, and every act is in the audit log.

pub mod accounts;
pub mod limit;
pub mod oidc;
pub mod password;
pub mod sign_in;
mod token;
pub mod tokens;

use jiff::{SignedDuration, Timestamp};

pub use token::Token;

use crate::store::sessions::{self, Holder};
use crate::store::{self, Connection};

/// How long the link that a start prints, or that invites, can be used.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How long an editor stays signed in, whatever they do.
pub const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Whoever asks can do something about it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database did not do it.
    #[error("the accounts")]
    Store(#[from] store::Error),
    /// This machine has no secrets to give.
    #[error("making a secret")]
    Random(#[from] getrandom::Error),
    /// The provider of OpenID Connect is away, or makes no sense.
    #[error("the provider of OpenID Connect: {0}")]
    Provider(String),
    /// A password could not be hashed.
    #[error("hashing a password")]
    Hash(#[from] argon2::password_hash::Error),
}

/// Why it was refused, in a sentence for whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Which of the two it is, is not said.
    #[error("E-mail address and password do not belong together. Please type both again, or ask an admin for a link.")]
    Wrong,
    /// Nothing is heard for so long.
    #[error("Too many attempts failed from where you are. Please try again in {} minutes.", .0.as_mins() + 1)]
    TooOften(SignedDuration),
    /// Too short.
    #[error("A password has at least {} characters. Several words in a row are easy to remember.", password::SHORTEST)]
    Short,
    /// Typed twice, differently.
    #[error("The two passwords are not the same. Please type both again.")]
    Unequal,
    /// The password that is to be changed is another.
    #[error("The present password is not right. Please type it again.")]
    WrongPassword,
    /// Nobody can be written to there.
    #[error("An e-mail address is written like name@example.org. Please type it again.")]
    NoEmail,
    /// There is one already.
    #[error("There is an account of this address already. Choose another address, or look it up in the list.")]
    Known,
    /// There is none.
    #[error("There is no account of this address. “onrecord editors list” shows all accounts.")]
    NoAccount,
    /// It cannot be used.
    #[error("This account is disabled. An admin can enable it.")]
    Disabled,
    /// Nobody could look after accounts any more.
    #[error("This is the last admin who can sign in. Make somebody else an admin first.")]
    LastAdmin,
    /// Used, too old, or never ours.
    #[error(
        "This link was used already or is too old. Ask an admin for a new one; as long as there is no admin, every \
         start of the server prints one."
    )]
    UsedLink,
    /// Nobody began this sign-in here.
    #[error("This sign-in was begun in another browser, took too long or was used already. Please begin again.")]
    NotBegun,
    /// The provider does not say who it is, or is not believed.
    #[error("Signing in there did not work. Please begin again, or use your password.")]
    NotThere,
    /// Nobody edits here who is known there, or not any more.
    #[error(
        "You are known there, but no account here is yours. Ask an admin for one with the e-mail address that you have \
         there."
    )]
    NobodyHere,
    /// A token without a name cannot be told from others.
    #[error("Say in a few words what the token is for, in at most 100 characters.")]
    NoName,
    /// A token that ends before it begins, or lives too long.
    #[error("A token is good for at least one day and at most 366.")]
    Days,
}

/// Whose session this is.
pub async fn holder(conn: &mut Connection, session: &Token, now: Timestamp) -> Result<Option<Holder>, store::Error> {
    sessions::holder(conn, &session.sha256(), now).await
}
