//! `GET /problems/{reference}`: how a problem stands that a reader reported; `GET /problems`: where its number is typed.
//!
//! Anybody who has the address may see this page, and addresses are passed on. So it shows what the archive itself says:
//! the passage, which of four things is wrong, how far it is, and the editor's sentence. What the reader wrote it does
//! not show, since nobody has read it before it would stand here, and it may say who they are or accuse somebody; nor
//! whether there is a mail address, nor which editor looks after it. Words that have been withdrawn since are gone here too.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::cite::write_numbers;
use super::passage::{self, Shown};
use super::utterance::what;
use crate::domain::{BriefingStatus, ProblemOutcome, Reference};
use crate::store::problems::{self, Problem, Reopened, Wanted};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/problem.html")]
pub struct ProblemPage {
    frame: Frame,
    problem: Problem,
    what: String,
    /// The address of the words.
    path: String,
    /// The words, where readers see any.
    words: Option<Shown>,
    /// Times that it was opened again.
    reopened: Vec<Reopened>,
}

impl ProblemPage {
    fn is_public(&self) -> bool {
        self.problem.status == BriefingStatus::Published
    }
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(asked): Path<String>) -> Result<Response, Error> {
    let reference = Reference::parse(&asked).ok_or(Error::NotFound)?;
    if reference.as_str() != asked {
        return Ok((Policy::Never, Redirect::permanent(&urls::problem_page(reference))).into_response());
    }
    let mut conn = app.pool.acquire().await?;
    let problem = problems::find(&mut conn, Wanted::Reference(&reference)).await?.ok_or(Error::NotFound)?;
    let (first, last) = (problem.passage.first, problem.passage.last);
    let slug = &problem.briefing.slug;
    let words = match problem.status {
        BriefingStatus::Published => passage::load(&mut conn, slug, problem.passage.revision, (first, last)).await?,
        _ => None,
    };
    let path = urls::utterance(slug, write_numbers(first, last));
    let reopened = problems::reopened(&mut conn, problem.id).await?;
    let page = ProblemPage { frame, reopened, what: what(first, last), path, words, problem };
    Ok((Policy::Never, Page(page)).into_response())
}

/// The query of the page where a number is typed.
#[derive(Deserialize)]
pub struct Typed {
    number: Option<String>,
}

/// The page where a number is typed.
#[derive(askama::Template)]
#[template(path = "public/problems.html")]
pub struct FindPage {
    frame: Frame,
    typed: String,
    /// Why it leads nowhere.
    mistake: Option<&'static str>,
}

/// Leads to the page of a number, or asks for one.
pub async fn find(
    frame: Frame,
    State(app): State<App>,
    Query(Typed { number }): Query<Typed>,
) -> Result<Response, Error> {
    let typed = number.unwrap_or_default();
    let reference = Reference::parse(&typed);
    let known = match &reference {
        Some(reference) => {
            problems::find(&mut *app.pool.acquire().await?, Wanted::Reference(reference)).await?.is_some()
        }
        None => false,
    };
    let mistake = match reference {
        Some(reference) if known => {
            return Ok((Policy::Never, Redirect::to(&urls::problem_page(reference))).into_response());
        }
        _ if typed.trim().is_empty() => None,
        Some(_) => Some("No problem has this number. Compare it with what you noted, letter by letter."),
        None => {
            Some("That is no number of a problem. One looks like P-7KQ4-M2XD: a P and twice four letters or digits.")
        }
    };
    let status = if mistake.is_some() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    Ok((status, Policy::Never, Page(FindPage { frame, typed, mistake })).into_response())
}
