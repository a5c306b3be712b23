//! Pages about what went wrong: each says what happened and offers a way on.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::store::directory::{self, Family, Named, Near};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::problem::Problem;
use crate::web::{App, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/not_found.html")]
pub struct ProblemPage {
    frame: Frame,
    problem: Problem,
    near: Vec<Place>,
    words: String,
}

/// A page that may be what somebody was looking for.
pub struct Place {
    url: String,
    name: String,
    what: &'static str,
}

/// What every address without a page answers.
pub async fn fallback() -> Error {
    Error::NotFound
}

/// Shows a problem. Never fails, and asks the database only when it is likely to answer.
pub async fn page(app: &App, path: &str, problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let words = words_of(path);
    let near = if status == StatusCode::NOT_FOUND { near(app, &words).await.unwrap_or_default() } else { Vec::new() };
    let frame = Frame::bare(app, path);
    let page = Page(ProblemPage { frame, problem, near, words: words.join(" ") }).into_response();
    let mut response = (status, Policy::Never, page).into_response();
    response.extensions_mut().insert(Policy::Never);
    response
}

/// The words of an address, as far as they can be part of another.
fn words_of(path: &str) -> Vec<String> {
    path.trim_start_matches('/')
        .split(['/', '-', '_', '+', '.', ' '])
        .skip_while(|part| matches!(*part, "briefings" | "speakers" | "topics" | "series" | "dates"))
        .filter(|part| part.len() > 1 && part.chars().all(char::is_alphanumeric))
        .take(12)
        .map(str::to_lowercase)
        .collect()
}

async fn near(app: &App, words: &[String]) -> Result<Vec<Place>, Error> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut conn = app.pool.acquire().await?;
    let found = directory::nearest(&mut conn, words, 6).await?;
    let overview = app.overview().await?;
    // Subjects of which readers see nothing are none of theirs.
    let is_seen = |near: &Near| match near {
        Near::Topic(named) => overview.named(Family::Topic, &named.slug).is_some(),
        _ => true,
    };
    let place = |url: fn(&str) -> String, named: Named, what| Place { url: url(&named.slug), name: named.name, what };
    Ok(found
        .into_iter()
        .filter(is_seen)
        .map(|near| match near {
            Near::Briefing(named) => place(urls::briefing, named, "briefing"),
            Near::Speaker(named) => place(urls::speaker, named, "speaker"),
            Near::Topic(named) => place(urls::topic, named, "topic"),
            Near::Series(named) => place(urls::series, named, "series"),
        })
        .collect())
}
