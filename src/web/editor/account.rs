//! `/editor/account`: an editor's own account: password, sessions.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::auth::{Refused, accounts, password, sign_in};
use crate::domain::AccountRole;
use crate::store::sessions::{self, Session};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Peer, remember};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The form that changes the password.
#[derive(Deserialize)]
pub struct Change {
    #[serde(default)]
    present: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/account.html")]
pub struct AccountPage {
    frame: Frame,
    email: String,
    role: AccountRole,
    /// Each with whether it is the one that asks.
    sessions: Vec<(Session, bool)>,
    mistake: Option<String>,
}

/// `GET`: the page.
pub async fn show(editor: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    Ok((Policy::Never, Page(page(&editor, frame, &app).await?)).into_response())
}

async fn page(editor: &Editor, frame: Frame, app: &App) -> Result<AccountPage, Error> {
    let mut conn = app.pool.acquire().await?;
    let account = editor.actor.account.ok_or(Error::NotFound)?;
    let own = editor.session.sha256();
    let sessions = sessions::list(&mut conn, account, (app.clock)()).await?;
    let sessions = sessions.into_iter().map(|session| {
        let is_own = session.token_sha256 == own;
        (session, is_own)
    });
    let (email, role) = (editor.actor.name.clone(), editor.role);
    Ok(AccountPage { frame, email, role, sessions: sessions.collect(), mistake: None })
}

/// `POST`: changes the password; other sessions end.
pub async fn change_password(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Peer(address): Peer,
    Form(form): Form<Change>,
) -> Result<Response, Error> {
    let changed = if form.password == form.again {
        let now = (app.clock)();
        accounts::change_password(&app.pool, &editor.actor, &form.present, &form.password, address, now).await
    } else {
        Err(Refused::Unequal.into())
    };
    match changed {
        Ok(session) => Ok((remember(&app, Some(&session)), Policy::Never, Redirect::to(urls::ACCOUNT)).into_response()),
        Err(error) => {
            let page = page(&editor, frame, &app).await?;
            super::again(error, |mistake| AccountPage { mistake: Some(mistake), ..page })
        }
    }
}

/// `POST`: ends all sessions, this one too.
pub async fn sign_out_everywhere(editor: Editor, State(app): State<App>) -> Result<Response, Error> {
    sign_in::sign_out_everywhere(&app.pool, &editor.actor, (app.clock)()).await?;
    Ok((remember(&app, None), Policy::Never, Redirect::to(urls::SIGN_IN)).into_response())
}
