//! `/editor/sign-in/provider`: signing in through a provider of OpenID Connect, where one is set.

use axum::extract::State;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::sign_in::{self, SignInPage};
use crate::auth::oidc::{PATIENCE, Provider, Return};
use crate::auth::{self, Token};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Query, Remembered, cookie, remember};
use crate::web::page::Frame;
use crate::web::{App, urls};

/// The name of the cookie that tells the browser that began.
const COOKIE: &str = "onrecord_sign_in";

/// The query of the way there.
#[derive(Deserialize)]
pub struct Begin {
    /// Where to go on.
    next: Option<String>,
}

/// The query of the way back.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    iss: Option<String>,
}

/// `GET`: leads to the provider.
pub async fn begin(frame: Frame, State(app): State<App>, Query(query): Query<Begin>) -> Result<Response, Error> {
    let provider = provider(&app)?;
    let next = sign_in::own(query.next);
    match provider.begin(&app.pool, &back_here(&app), &next, (app.clock)()).await {
        Ok(departure) => {
            let cookie = kept(&app, &departure.browser.to_string(), PATIENCE.as_secs());
            Ok((AppendHeaders([cookie]), Policy::Never, Redirect::to(&departure.to)).into_response())
        }
        Err(error) => again(error, frame, &app, next),
    }
}

/// `GET`: whoever comes back is signed in, and goes on.
pub async fn back(
    frame: Frame,
    State(app): State<App>,
    Remembered(before): Remembered,
    Query(query): Query<Back>,
    parts: Parts,
) -> Result<Response, Error> {
    let provider = provider(&app)?;
    let brought = Return {
        browser: cookie(&parts, COOKIE).and_then(|value| Token::parse(&value)),
        state: &query.state,
        code: &query.code,
        issuer: query.iss.as_deref(),
    };
    let entered = provider.enter(&app.pool, &back_here(&app), brought, before.as_ref(), (app.clock)()).await;
    let gone = AppendHeaders([kept(&app, "", 0)]);
    match entered {
        Ok(entered) => {
            let session = remember(&app, Some(&entered.session));
            let next = sign_in::own(Some(entered.next));
            Ok((AppendHeaders(session), gone, Policy::Never, Redirect::to(&next)).into_response())
        }
        Err(error) => Ok((gone, again(error, frame, &app, urls::EDITOR.to_owned())?).into_response()),
    }
}

fn provider(app: &App) -> Result<&Provider, Error> {
    app.settings.provider.as_ref().ok_or(Error::NotFound)
}

fn back_here(app: &App) -> String {
    app.absolute(urls::PROVIDER_BACK)
}

/// The sign-in page with what went wrong: a password still does.
fn again(error: auth::Error, frame: Frame, app: &App, next: String) -> Result<Response, Error> {
    let name = provider(app)?.name().to_owned();
    super::again(error, |mistake| SignInPage {
        frame,
        email: String::new(),
        next,
        mistake: Some(mistake),
        provider: Some(name),
    })
}

/// The cookie of the browser that began, for as long as it may take.
fn kept(app: &App, value: &str, seconds: i64) -> (header::HeaderName, String) {
    let secure = if app.settings.public_url.starts_with("https://") { "; Secure" } else { "" };
    let path = urls::SIGN_IN;
    (header::SET_COOKIE, format!("{COOKIE}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
}
