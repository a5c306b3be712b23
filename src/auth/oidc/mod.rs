//! Signing in through a provider of OpenID Connect: the code flow with PKCE, a state and a nonce.
//!
//! Nobody comes into being by it: an account must be there, its address must be one that the provider has verified, and
//! from the first time on the account belongs to that person at that provider. What somebody may do stays ours.

mod exchange;
mod line;

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::CoreResponseType;
use openidconnect::{AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde_json::json;
use url::Url;

use self::exchange::Claims;
use self::line::{Line, is_trusted};
use super::{Error, Refused, Token, sign_in};
use crate::domain::{Actor, Email};
use crate::store::identities::{self, Begun};
use crate::store::{Connection, Pool, accounts, audit, sessions};

/// How long somebody may take to sign in at the provider.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Sign-ins under way at the same time, far more than there are editors.
const MOST_BEGUN: i64 = 2_000;

/// A provider, and who we are there.
#[derive(Clone)]
pub struct Provider {
    issuer: String,
    client_id: String,
    client_secret: Option<String>,
    name: String,
    line: Line,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Where a browser is sent, and what it must bring back beside what the provider gives it.
#[derive(Debug)]
pub struct Departure {
    /// The page of the provider.
    pub to: String,
    /// Kept by the browser.
    pub browser: Token,
}

/// What a browser brings back.
#[derive(Debug, Default)]
pub struct Return<'a> {
    /// What the browser kept.
    pub browser: Option<Token>,
    /// Which of the sign-ins under way it is.
    pub state: &'a str,
    /// What the provider will tell us against it.
    pub code: &'a str,
    /// Who says so, where it is said.
    pub issuer: Option<&'a str>,
}

/// A session that was opened, and where its owner wanted to go.
#[derive(Debug)]
pub struct Entered {
    /// The session.
    pub session: Token,
    /// A page of editors.
    pub next: String,
}

impl Provider {
    /// A provider by its address, which is `https`, or on this very machine.
    pub fn new(issuer: &str, client_id: &str, client_secret: Option<String>, name: &str) -> Result<Self, Error> {
        if !is_trusted(issuer) {
            return Err(Error::Provider(format!("{issuer} does not begin with https://")));
        }
        let name = match Url::parse(issuer) {
            Ok(url) if name.is_empty() => url.host_str().unwrap_or_default().to_owned(),
            _ => name.to_owned(),
        };
        let (issuer, client_id) = (issuer.to_owned(), client_id.to_owned());
        Ok(Self { issuer, client_id, client_secret, name, line: Line::new()? })
    }

    /// How editors know it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Begins a sign-in that comes back to an address of ours, and goes on at `next`.
    pub async fn begin(&self, pool: &Pool, back: &str, next: &str, now: Timestamp) -> Result<Departure, Error> {
        let us = self.us(&self.metadata().await?, back)?;
        let (browser, state) = (Token::random()?, Token::random()?);
        let begun = Begun {
            nonce: Token::random()?.to_string(),
            verifier: Token::random()?.to_string(),
            next: next.to_owned(),
        };
        let mut tx = pool.begin().await?;
        if identities::begun_now(&mut tx, now).await? >= MOST_BEGUN {
            return Err(Refused::TooOften(PATIENCE).into());
        }
        identities::begin(&mut tx, &state.sha256(), &browser.sha256(), &begun, now + PATIENCE).await?;
        tx.commit().await?;
        let (state, nonce) = (CsrfToken::new(state.to_string()), Nonce::new(begun.nonce));
        let proof = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(begun.verifier));
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let asked = us.authorize_url(flow, move || state, move || nonce);
        let (to, ..) = asked.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(proof).url();
        Ok(Departure { to: to.into(), browser })
    }

    /// Signs in whoever comes back. Each sign-in that was begun is good for one return, whatever it brings.
    pub async fn enter(
        &self,
        pool: &Pool,
        back: &str,
        brought: Return<'_>,
        before: Option<&Token>,
        now: Timestamp,
    ) -> Result<Entered, Error> {
        let (state, browser) = (Token::parse(brought.state), brought.browser);
        let (state, browser) = state.zip(browser).ok_or(Refused::NotBegun)?;
        let begun = identities::take(&mut *pool.acquire().await?, &state.sha256(), &browser.sha256(), now).await?;
        let begun = begun.ok_or(Refused::NotBegun)?;
        if brought.code.is_empty() {
            return Err(Refused::NotThere.into());
        }
        let metadata = self.metadata().await?;
        let silent = !metadata.additional_metadata().authorization_response_iss_parameter_supported;
        if !brought.issuer.map_or(silent, |issuer| issuer == self.issuer) {
            return Err(Refused::NotThere.into());
        }
        let us = self.us(&metadata, back)?;
        let claims = self.exchange(&us, brought.code, &begun, now).await?;
        let mut tx = pool.begin().await?;
        let (account, email) = self.account(&mut tx, &claims, now).await?;
        if let Some(before) = before {
            sessions::close(&mut tx, &before.sha256()).await?;
        }
        let session = sign_in::open(&mut tx, account, &email, "provider", now).await?;
        tx.commit().await?;
        Ok(Entered { session, next: begun.next })
    }

    /// The account of somebody, which is theirs from now on.
    async fn account(
        &self,
        conn: &mut Connection,
        claims: &Claims,
        now: Timestamp,
    ) -> Result<(crate::domain::AccountId, String), Error> {
        if let Some(id) = identities::account(conn, &self.issuer, claims.subject()).await? {
            let account = accounts::hold(conn, id).await?.filter(|account| account.disabled_at.is_none());
            let account = account.ok_or(Refused::NobodyHere)?;
            return Ok((account.id, account.email));
        }
        // An address counts if the provider stands for it.
        let email = claims.email().filter(|_| claims.email_verified() == Some(true));
        let email = email.and_then(|email| Email::parse(email)).ok_or(Refused::NobodyHere)?;
        let found = accounts::of_email(conn, &email).await?.ok_or(Refused::NobodyHere)?;
        let account = accounts::hold(conn, found.id).await?.filter(|account| account.disabled_at.is_none());
        let account = account.ok_or(Refused::NobodyHere)?;
        // An account that belongs to somebody there already is not given to another with the same address.
        if !identities::bind(conn, &self.issuer, claims.subject(), account.id, now).await? {
            return Err(Refused::NobodyHere.into());
        }
        let actor = Actor { account: Some(account.id), name: account.email.clone() };
        audit::append(conn, &actor, "identity.bound", &json!({"account": account.id}), now).await?;
        Ok((account.id, account.email))
    }
}
