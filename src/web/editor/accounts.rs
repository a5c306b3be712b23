//! `/editor/accounts`: who may edit, for admins.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;

use crate::auth::{self, Token, accounts as acts};
use crate::domain::{AccountId, AccountRole};
use crate::store::accounts::{self, Account};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Admin, Form, Path};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The form that invites.
#[derive(Deserialize)]
pub struct Invitation {
    #[serde(default)]
    email: String,
    role: Option<String>,
}

/// The form that gives a role.
#[derive(Deserialize)]
pub struct RoleGiven {
    role: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/accounts.html")]
pub struct AccountsPage {
    frame: Frame,
    accounts: Vec<Account>,
    /// A link that was just made: for whom, the address, until when.
    link: Option<(String, String, Timestamp)>,
    email: String,
    mistake: Option<String>,
}

/// `GET`: the list.
pub async fn show(_: Admin, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    Ok((Policy::Never, Page(page(frame, &app).await?)).into_response())
}

async fn page(frame: Frame, app: &App) -> Result<AccountsPage, Error> {
    let accounts = accounts::list(&mut *app.pool.acquire().await?).await?;
    Ok(AccountsPage { frame, accounts, link: None, email: String::new(), mistake: None })
}

/// `POST`: invites somebody.
pub async fn invite(
    Admin(admin): Admin,
    frame: Frame,
    State(app): State<App>,
    Form(form): Form<Invitation>,
) -> Result<Response, Error> {
    match acts::invite(&app.pool, &admin.actor, &form.email, role(form.role.as_deref())?, (app.clock)()).await {
        Ok(token) => link_page(frame, &app, form.email, &token).await,
        Err(error) => {
            let page = page(frame, &app).await?;
            super::again(error, |mistake| AccountsPage { email: form.email, mistake: Some(mistake), ..page })
        }
    }
}

/// `POST`: a new link for somebody who has lost theirs, or their password.
pub async fn renew_link(
    Admin(admin): Admin,
    frame: Frame,
    State(app): State<App>,
    Path(id): Path<i64>,
) -> Result<Response, Error> {
    let account = accounts::find(&mut *app.pool.acquire().await?, AccountId(id)).await?.ok_or(Error::NotFound)?;
    let token = acts::renew_link(&app.pool, &admin.actor, account.id, (app.clock)()).await?;
    link_page(frame, &app, account.email, &token).await
}

/// The list, with a link that is shown only now.
async fn link_page(frame: Frame, app: &App, email: String, token: &Token) -> Result<Response, Error> {
    let address = app.absolute(&urls::with_query(urls::EDITOR_ENTER, &[("token", &token.to_string())]));
    let link = Some((email, address, (app.clock)() + auth::LINK_LIFETIME));
    Ok((Policy::Never, Page(AccountsPage { link, ..page(frame, app).await? })).into_response())
}

/// `POST`: gives a role.
pub async fn give_role(
    Admin(admin): Admin,
    State(app): State<App>,
    Path(id): Path<i64>,
    Form(form): Form<RoleGiven>,
) -> Result<Response, Error> {
    acts::set_role(&app.pool, &admin.actor, AccountId(id), role(form.role.as_deref())?, (app.clock)()).await?;
    Ok(back())
}

/// `POST`: disables an account.
pub async fn disable(Admin(admin): Admin, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    acts::disable(&app.pool, &admin.actor, AccountId(id), (app.clock)()).await?;
    Ok(back())
}

/// `POST`: enables it again.
pub async fn enable(Admin(admin): Admin, State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Error> {
    acts::enable(&app.pool, &admin.actor, AccountId(id), (app.clock)()).await?;
    Ok(back())
}

fn role(named: Option<&str>) -> Result<AccountRole, Error> {
    let unnamed = || Error::BadRequest("Choose a role: editor or admin.".to_owned());
    named.and_then(AccountRole::parse).ok_or_else(unnamed)
}

fn back() -> Response {
    (Policy::Never, Redirect::to(urls::ACCOUNTS)).into_response()
}
