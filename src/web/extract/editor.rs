//! Who is asking: an editor with an open session, or nobody who may.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::auth::{self, Token};
use crate::web::App;
use crate::web::error::Error;

/// The name of the cookie that holds a session's token.
pub const SESSION_COOKIE: &str = "onrecord_session";

/// Proof that an editor asks; a handler that takes it refuses everybody else.
pub struct Editor(());

impl FromRequestParts<App> for Editor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let refused =
            Error::Forbidden("Only editors see this. The start of the server prints a link that signs one in.");
        let Some(token) = session(parts) else { return Err(refused) };
        let mut conn = app.pool.acquire().await?;
        if auth::is_editor(&mut conn, &token, (app.clock)()).await? { Ok(Self(())) } else { Err(refused) }
    }
}

fn session(parts: &Parts) -> Option<Token> {
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION_COOKIE).then(|| Token::parse(value)).flatten())
}
