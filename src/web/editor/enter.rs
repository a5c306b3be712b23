//! `/editor/enter`: uses up a one-time link and signs the editor in.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::auth::{self, SESSION_LIFETIME, Token};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Form, Query, SESSION_COOKIE};
use crate::web::page::{Frame, Page};
use crate::web::{App, urls};

/// The token, in the link and in the form.
#[derive(Deserialize)]
pub struct Fields {
    token: Option<String>,
}

/// The page: nothing is used up before somebody presses the button, as mail scanners and previews follow links.
#[derive(askama::Template)]
#[template(path = "editor/enter.html")]
pub struct Enter {
    frame: Frame,
    token: String,
}

/// `GET`: asks for the button.
pub async fn show(frame: Frame, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let incomplete =
        || Error::BadRequest("The link is incomplete: copy all of the line that the server printed.".to_owned());
    let token = fields.token.ok_or_else(incomplete)?;
    Ok((Policy::Never, Page(Enter { frame, token })).into_response())
}

/// `POST`: signs in.
pub async fn enter(State(app): State<App>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let used =
        Error::Forbidden("This link was used already or is too old. Start the server again: it prints a new one.");
    let Some(link) = fields.token.as_deref().and_then(Token::parse) else { return Err(used) };
    let session = Token::random().map_err(|error| Error::Internal(Box::new(error)))?;
    let mut tx = app.pool.begin().await?;
    if !auth::enter(&mut tx, &link, &session, (app.clock)()).await? {
        return Err(used);
    }
    tx.commit().await?;
    let secure = if app.settings.public_url.starts_with("https://") { "; Secure" } else { "" };
    let age = SESSION_LIFETIME.as_secs();
    let cookie = format!("{SESSION_COOKIE}={session}; Path=/editor; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    Ok(([(header::SET_COOKIE, cookie)], Policy::Never, Redirect::to(urls::EDITOR)).into_response())
}
