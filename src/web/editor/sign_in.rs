//! `/editor/sign-in` and `/editor/sign-out`.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::auth::sign_in;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Form, Peer, Query, Remembered, remember};
use crate::web::page::{Frame, Page};
use crate::web::{App, urls};

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// Where to go on.
    next: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/sign_in.html")]
pub struct SignInPage {
    pub(super) frame: Frame,
    pub(super) email: String,
    pub(super) next: String,
    pub(super) mistake: Option<String>,
    /// The name of a provider through which one can come in, too.
    pub(super) provider: Option<String>,
}

impl SignInPage {
    fn way_to_provider(&self) -> String {
        urls::with_query(urls::PROVIDER, &[("next", if self.next == urls::EDITOR { "" } else { &self.next })])
    }
}

fn provider(app: &App) -> Option<String> {
    app.settings.provider.as_ref().map(|provider| provider.name().to_owned())
}

/// `GET`: the form.
pub async fn show(frame: Frame, State(app): State<App>, Query(fields): Query<Fields>) -> Response {
    let (email, next) = (String::new(), own(fields.next));
    let page = SignInPage { frame, email, next, mistake: None, provider: provider(&app) };
    (Policy::Never, Page(page)).into_response()
}

/// `POST`: signs in, and goes on where somebody wanted to go.
pub async fn sign_in(
    frame: Frame,
    State(app): State<App>,
    Peer(address): Peer,
    Remembered(before): Remembered,
    Form(form): Form<SignIn>,
) -> Result<Response, Error> {
    let next = own(form.next);
    let opened =
        sign_in::sign_in(&app.pool, &form.email, &form.password, address, before.as_ref(), (app.clock)()).await;
    match opened {
        Ok(session) => Ok((remember(&app, Some(&session)), Policy::Never, Redirect::to(&next)).into_response()),
        Err(error) => {
            let (email, provider) = (form.email, provider(&app));
            super::again(error, |mistake| SignInPage { frame, email, next, mistake: Some(mistake), provider })
        }
    }
}

/// `POST`: signs out.
pub async fn sign_out(State(app): State<App>, Remembered(session): Remembered) -> Result<Response, Error> {
    if let Some(session) = session {
        sign_in::sign_out(&app.pool, &session, (app.clock)()).await?;
    }
    Ok((remember(&app, None), Policy::Never, Redirect::to(urls::SIGN_IN)).into_response())
}

/// Where to go on: nowhere but on pages of editors, whatever was asked.
pub(super) fn own(next: Option<String>) -> String {
    let is_own = |next: &String| {
        next.strip_prefix(urls::EDITOR).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
            && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    };
    next.filter(is_own).unwrap_or_else(|| urls::EDITOR.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        let own = |next: &str| own(Some(next.to_owned()));
        for fine in ["/editor", "/editor/drafts/a-b", "/editor/audit?act=session&page=2"] {
            assert_eq!(own(fine), fine);
        }
        for elsewhere in [
            "",
            "/",
            "https://evil.example/editor",
            "//evil.example/editor",
            "/\\evil.example",
            "/editor\\..\\..",
            "/editorial",
            "/editor\r\nLocation: https://evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(own(elsewhere), "/editor", "{elsewhere}");
        }
    }
}
