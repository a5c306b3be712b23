//! A program that shows a bearer token.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::auth::{Token, tokens};
use crate::domain::{Actor, TokenScope};
use crate::web::App;
use crate::web::error::Error;

/// Proof that a program asks with a token that is good; what it may do is in the scope.
pub struct Program {
    /// For whom it acts.
    pub actor: Actor,
    /// What its token allows.
    pub scope: TokenScope,
}

impl Program {
    /// Refuses what the token does not allow.
    pub fn may(&self, scope: TokenScope) -> Result<(), Error> {
        if self.scope >= scope {
            return Ok(());
        }
        let (has, wanted) = (self.scope.as_str(), scope.as_str());
        Err(Error::Forbidden(format!(
            "This token may only {has}. Make one that may {wanted}, under /editor/account/tokens."
        )))
    }
}

impl FromRequestParts<App> for Program {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let shown = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let missing = Error::NoToken(
            "Send a token in the header: Authorization: Bearer TOKEN. Editors make tokens under /editor/account/tokens.",
        );
        let Some((scheme, token)) = shown.and_then(|shown| shown.split_once(' ')) else { return Err(missing) };
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(missing);
        }
        let wrong = Error::NoToken(
            "This token is unknown, revoked or too old. Editors make new ones under /editor/account/tokens.",
        );
        let Some(token) = Token::parse(token.trim()) else { return Err(wrong) };
        let mut conn = app.pool.acquire().await?;
        let (holder, scope) = tokens::holder(&mut conn, &token, (app.clock)()).await?.ok_or(wrong)?;
        Ok(Self { actor: Actor { account: Some(holder.id), name: holder.email }, scope })
    }
}
