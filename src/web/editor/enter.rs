//! `/editor/enter`: a one-time link, with which somebody chooses a password and is signed in.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::auth::{Refused, Token, accounts, password};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Form, Query, remember};
use crate::web::page::{Frame, Page};
use crate::web::{App, urls};

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    token: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct Choice {
    #[serde(default)]
    token: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// The page: nothing is used up before somebody presses the button, as mail scanners and previews follow links.
#[derive(askama::Template)]
#[template(path = "editor/enter.html")]
pub struct Enter {
    frame: Frame,
    token: String,
    /// Whom the link is for; nobody yet, if it makes the first admin.
    guest: Option<String>,
    email: String,
    mistake: Option<String>,
}

/// `GET`: asks for a password.
pub async fn show(frame: Frame, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let incomplete = || Error::BadRequest("The link is incomplete: copy all of the line that it stood in.".to_owned());
    let token = fields.token.as_deref().and_then(Token::parse).ok_or_else(incomplete)?;
    let guest = guest(&app, &token).await?;
    let page = Enter { frame, token: token.to_string(), guest, email: String::new(), mistake: None };
    Ok((Policy::Never, Page(page)).into_response())
}

/// `POST`: uses the link up.
pub async fn enter(frame: Frame, State(app): State<App>, Form(form): Form<Choice>) -> Result<Response, Error> {
    let token = Token::parse(&form.token).ok_or_else(|| Error::from(crate::auth::Error::from(Refused::UsedLink)))?;
    let guest = guest(&app, &token).await?;
    let entered = if form.password == form.again {
        accounts::enter(&app.pool, &token, &form.email, &form.password, (app.clock)()).await
    } else {
        Err(Refused::Unequal.into())
    };
    match entered {
        Ok(session) => Ok((remember(&app, Some(&session)), Policy::Never, Redirect::to(urls::EDITOR)).into_response()),
        Err(error) => super::again(error, |mistake| {
            let (token, email) = (token.to_string(), form.email);
            Enter { frame, token, guest, email, mistake: Some(mistake) }
        }),
    }
}

async fn guest(app: &App, token: &Token) -> Result<Option<String>, Error> {
    let mut conn = app.pool.acquire().await?;
    Ok(accounts::guest(&mut conn, token, (app.clock)()).await?.map(|account| account.email))
}
