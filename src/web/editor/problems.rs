//! `GET /editor/problems`: what readers say is wrong, the oldest first, with who looks after it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::domain::AccountId;
use crate::store::outbox::{self, Letter, Posted};
use crate::store::problems::{self, Problem, Wanted};
use crate::web::App;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Query};
use crate::web::page::{Frame, Page};
use crate::web::public::utterance::what;
use crate::web::{phrase, urls};

/// Problems on one page.
const ON_A_PAGE: i64 = 50;
/// How long it is shown that mail could not be sent.
const FAILURES_SHOWN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Which problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// All that wait.
    Open,
    /// Those that the editor looks after.
    Mine,
    /// All that have an outcome.
    Settled,
}

impl Sort {
    const ALL: [(Self, &str, &str); 3] =
        [(Self::Open, "", "Open"), (Self::Mine, "mine", "Mine"), (Self::Settled, "settled", "Settled")];

    fn read(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|one| Some(one.1) == word).map_or(Self::Open, |one| one.0)
    }

    fn wanted(self, me: Option<AccountId>) -> Wanted<'static> {
        match (self, me) {
            (Self::Mine, Some(me)) => Wanted::OpenOf(me),
            (Self::Settled, _) => Wanted::Settled,
            _ => Wanted::Open,
        }
    }
}

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    show: Option<String>,
    page: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/problems.html")]
pub struct Problems {
    frame: Frame,
    sort: Sort,
    problems: Vec<Problem>,
    total: i64,
    failed: Vec<Posted>,
    before: Option<String>,
    after: Option<String>,
    me: Option<AccountId>,
    now: Timestamp,
}

impl Problems {
    fn is_shown(&self, sort: &Sort) -> bool {
        *sort == self.sort
    }

    fn what(&self, problem: &Problem) -> String {
        what(problem.passage.first, problem.passage.last).to_lowercase()
    }

    fn is_mine(&self, problem: &Problem) -> bool {
        problem.owner.as_ref().is_some_and(|owner| Some(owner.id) == self.me)
    }
}

/// The handler.
pub async fn show(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let sort = Sort::read(fields.show.as_deref());
    let page = fields.page.as_deref().and_then(|page| page.parse().ok()).filter(|page| (1..100_000).contains(page));
    let page: i64 = page.unwrap_or(1);
    let (me, now) = (editor.actor.account, (app.clock)());
    let mut conn = app.pool.acquire().await?;
    let wanted = sort.wanted(me);
    let (problems, total) = problems::list(&mut conn, wanted, (page - 1) * ON_A_PAGE, ON_A_PAGE).await?;
    let failed = outbox::letters(&mut conn, None, now - FAILURES_SHOWN).await?;
    let at = |page: i64| {
        let page = page.to_string();
        urls::with_query(urls::EDITOR_PROBLEMS, &[("show", fields.show.as_deref().unwrap_or("")), ("page", &page)])
    };
    let before = (page > 1).then(|| at(page - 1));
    let after = (page * ON_A_PAGE < total).then(|| at(page + 1));
    let page = Problems { frame, sort, problems, total, failed, before, after, me, now };
    Ok((Policy::Never, Page(page)).into_response())
}

/// A letter, as editors call it.
pub(super) fn letter(letter: &Letter) -> &'static str {
    match letter {
        Letter::Receipt => "receipt",
        Letter::Reply => "reply",
    }
}
