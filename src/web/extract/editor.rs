//! Who is asking: an editor with an open session, an admin, or nobody who may.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, Method, header};

use crate::auth::{self, SESSION_LIFETIME, Token};
use crate::domain::{AccountRole, Actor};
use crate::store::problems;
use crate::web::App;
use crate::web::error::Error;
use crate::web::page::Desk;

/// The name of the cookie that holds a session's token.
const SESSION_COOKIE: &str = "onrecord_session";

/// Proof that an editor asks; a handler that takes it refuses everybody else.
pub struct Editor {
    /// Who it is, as acts are signed.
    pub actor: Actor,
    /// What they may do.
    pub role: AccountRole,
    /// The session that they ask in.
    pub session: Token,
}

/// Proof that an admin asks.
pub struct Admin(pub Editor);

impl FromRequestParts<App> for Editor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Some(session) = session(parts) else { return Err(refusal(parts)) };
        let mut conn = app.pool.acquire().await?;
        let account = auth::holder(&mut conn, &session, (app.clock)()).await?;
        let Some(account) = account else { return Err(refusal(parts)) };
        let problems = problems::count_open(&mut conn).await?;
        let admin = account.role == AccountRole::Admin;
        parts.extensions.insert(Desk { email: account.email.clone(), admin, problems });
        let actor = Actor { account: Some(account.id), name: account.email };
        Ok(Self { actor, role: account.role, session })
    }
}

/// Whoever looks is led to the sign-in page and back; what they sent cannot be sent again by us.
fn refusal(parts: &Parts) -> Error {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Error::SignIn(parts.uri.path_and_query().map_or("", |address| address.as_str()).to_owned());
    }
    Error::Forbidden("You are not signed in, or no longer. Sign in under /editor, then do it again.".to_owned())
}

impl FromRequestParts<App> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let editor = Editor::from_request_parts(parts, app).await?;
        match editor.role {
            AccountRole::Admin => Ok(Self(editor)),
            AccountRole::Editor => Err(Error::Forbidden("Only admins see this. Ask one of them.".to_owned())),
        }
    }
}

/// The token of the session that a browser remembers, whether or not it is open.
pub struct Remembered(pub Option<Token>);

impl<S: Sync> FromRequestParts<S> for Remembered {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(session(parts)))
    }
}

fn session(parts: &Parts) -> Option<Token> {
    cookie(parts, SESSION_COOKIE).as_deref().and_then(Token::parse)
}

/// What a browser keeps for us under a name.
pub fn cookie(parts: &Parts, wanted: &str) -> Option<String> {
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted).then(|| value.to_owned()))
}

/// Tells a browser which session to remember from now on, or none. It is sent below `/editor` only: no reader's page
/// can depend on it.
pub fn remember(app: &App, session: Option<&Token>) -> [(HeaderName, String); 1] {
    let (token, age) = match session {
        Some(session) => (session.to_string(), SESSION_LIFETIME.as_secs()),
        None => (String::new(), 0),
    };
    let secure = if app.settings.public_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie = format!("{SESSION_COOKIE}={token}; Path=/editor; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    [(header::SET_COOKIE, cookie)]
}
