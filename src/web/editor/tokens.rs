//! `/editor/account/tokens`: the tokens with which an editor's programs ask.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::auth::tokens as acts;
use crate::domain::TokenScope;
use crate::store::tokens::{self, ApiToken};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The form.
#[derive(Deserialize)]
pub struct Wanted {
    #[serde(default)]
    name: String,
    scope: Option<String>,
    #[serde(default)]
    days: String,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/tokens.html")]
pub struct TokensPage {
    frame: Frame,
    tokens: Vec<ApiToken>,
    /// The one that was just made: shown now and never again.
    made: Option<String>,
    name: String,
    mistake: Option<String>,
    now: Timestamp,
}

impl TokensPage {
    fn is_good(&self, token: &ApiToken) -> bool {
        token.revoked_at.is_none() && token.expires_at > self.now
    }
}

/// `GET`: the list.
pub async fn show(editor: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    Ok((Policy::Never, Page(page(&editor, frame, &app).await?)).into_response())
}

async fn page(editor: &Editor, frame: Frame, app: &App) -> Result<TokensPage, Error> {
    let account = editor.actor.account.ok_or(Error::NotFound)?;
    let tokens = tokens::list(&mut *app.pool.acquire().await?, account).await?;
    Ok(TokensPage { frame, tokens, made: None, name: String::new(), mistake: None, now: (app.clock)() })
}

/// `POST`: makes one.
pub async fn make(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Form(form): Form<Wanted>,
) -> Result<Response, Error> {
    let unscoped = || Error::BadRequest("Choose what the token allows: read, upload or edit.".to_owned());
    let scope = form.scope.as_deref().and_then(TokenScope::parse).ok_or_else(unscoped)?;
    let days = form.days.trim().parse().unwrap_or(0);
    let made = acts::make(&app.pool, &editor.actor, &form.name, scope, days, (app.clock)()).await;
    let page = page(&editor, frame, &app).await?;
    match made {
        Ok(token) => Ok((Policy::Never, Page(TokensPage { made: Some(token.to_string()), ..page })).into_response()),
        Err(error) => super::again(error, |mistake| TokensPage { name: form.name, mistake: Some(mistake), ..page }),
    }
}

/// `POST`: ends one.
pub async fn revoke(editor: Editor, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    if !acts::revoke(&app.pool, &editor.actor, id, (app.clock)()).await? {
        return Err(Error::NotFound);
    }
    Ok((Policy::Never, Redirect::to(urls::TOKENS)).into_response())
}
