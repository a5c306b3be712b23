//! Who is asking: an editor with an open session, or nobody who may.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::auth::{self, Token};
use crate::domain::{AccountRole, Actor};
use crate::web::App;
use crate::web::error::Error;

/// The name of the cookie that holds a session's token.
pub const SESSION_COOKIE: &str = "onrecord_session";

/// Proof that an editor asks; a handler that takes it refuses everybody else.
pub struct Editor {
    /// Who it is, as acts are signed.
    pub actor: Actor,
    /// What they may do.
    pub role: AccountRole,
}

impl FromRequestParts<App> for Editor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let refused =
            Error::Forbidden("Only editors see this. The start of the server prints a link that signs one in.");
        let Some(token) = session(parts) else { return Err(refused) };
        let mut conn = app.pool.acquire().await?;
        let account = auth::holder(&mut conn, &token, (app.clock)()).await?.ok_or(refused)?;
        Ok(Self { actor: Actor { account: Some(account.id), name: account.email }, role: account.role })
    }
}

fn session(parts: &Parts) -> Option<Token> {
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION_COOKIE).then(|| Token::parse(value)).flatten())
}
