//! `/editor/briefings/{slug}/redact`: an admin destroys words by order of law, after seeing what that takes with it.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::private;
use crate::domain::Actor;
use crate::editorial::{self, Order, Plan, RedactionRefused};
use crate::store;
use crate::store::record::{self, Open};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Admin, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// How often it is tried where it collides with another transaction.
const ATTEMPTS: u32 = 8;
/// What an admin types to say that they mean it.
const WORD: &str = "destroy";

/// What the form sends, and the page after it again with what was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    revision: i32,
    /// "numbers" or "all".
    what: String,
    numbers: String,
    labels: Option<String>,
    title: Option<String>,
    reason: String,
    reference: String,
    /// Empty: look first. [`WORD`]: do it.
    confirm: String,
    /// Sent by the page that asks for confirmation.
    asked: Option<String>,
}

/// The page: the form, then what it would destroy.
#[derive(askama::Template)]
#[template(path = "editor/redact.html")]
pub struct RedactPage {
    frame: Frame,
    open: Open,
    sent: Sent,
    refusal: Option<String>,
    /// What would be destroyed, once that was asked.
    plan: Option<Plan>,
}

/// `GET`: the form.
pub async fn show(_: Admin, frame: Frame, State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    page(frame, &app, &slug, Sent::default(), None, None).await
}

/// `POST`: shows what would be destroyed; destroys it once that is confirmed.
pub async fn redact(
    Admin(admin): Admin,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let numbers = if sent.what == "all" { Some(None) } else { read_numbers(&sent.numbers).map(Some) };
    let Some(numbers) = numbers else {
        let sentence = "Say which turns, by their numbers: 41, 43-45. Or choose all of it.".to_owned();
        return refused(frame, &app, &slug, sent, sentence, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let order = Order {
        slug: &slug,
        made_from: sent.revision,
        numbers: numbers.as_ref(),
        labels: sent.labels.is_some(),
        title: sent.title.is_some(),
        reason: &sent.reason,
        reference: &sent.reference,
    };
    let confirmed = sent.confirm.trim().eq_ignore_ascii_case(WORD);
    let done = if confirmed { carry_out(&app, &order, &admin.actor).await? } else { look(&app, &order).await? };
    match done {
        Ok(Done::Redacted(slug)) => Ok((Policy::Never, Redirect::to(&urls::editor_briefing(&slug))).into_response()),
        Ok(Done::Looked(plan)) => {
            let unsaid = sent.asked.is_some();
            let refusal = unsaid.then(|| format!("Nothing was destroyed. To confirm, type the word {WORD}."));
            page(frame, &app, &slug, sent, refusal, Some(plan)).await
        }
        Err(RedactionRefused::NoSuchBriefing) => Err(Error::NotFound),
        Err(why) => {
            let status = match why {
                RedactionRefused::Overtaken { .. } => StatusCode::CONFLICT,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            refused(frame, &app, &slug, sent, sentence(&why), status).await
        }
    }
}

/// What came of it.
enum Done {
    /// The words are gone; the briefing has this address.
    Redacted(String),
    /// This would go.
    Looked(Plan),
}

async fn look(app: &App, order: &Order<'_>) -> Result<Result<Done, RedactionRefused>, Error> {
    if order.reason.trim().is_empty() {
        return Ok(Err(RedactionRefused::NoReason));
    }
    // Never committed.
    let mut tx = app.pool.begin().await?;
    Ok(editorial::plan_redaction(&mut tx, order).await?.map(Done::Looked))
}

async fn carry_out(app: &App, order: &Order<'_>, actor: &Actor) -> Result<Result<Done, RedactionRefused>, Error> {
    let mut attempt = 1;
    loop {
        let mut tx = app.pool.begin().await?;
        match editorial::redact(&mut tx, order, actor, (app.clock)()).await {
            Ok(Ok(done)) => {
                tx.commit().await?;
                if let Some(position) = done.position {
                    super::shown(app, position as u64).await;
                }
                app.kept.clear();
                return Ok(Ok(Done::Redacted(done.slug)));
            }
            Ok(Err(refused)) => return Ok(Err(refused)),
            Err(error) if store::collided(&error) && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

async fn refused(
    frame: Frame,
    app: &App,
    slug: &str,
    sent: Sent,
    sentence: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let page = page(frame, app, slug, sent, Some(sentence), None).await?;
    Ok((status, page).into_response())
}

async fn page(
    frame: Frame,
    app: &App,
    slug: &str,
    sent: Sent,
    refusal: Option<String>,
    plan: Option<Plan>,
) -> Result<Response, Error> {
    let open = record::open(&mut *app.pool.acquire().await?, slug).await?.ok_or(Error::NotFound)?;
    Ok(private(StatusCode::OK, RedactPage { frame, open, sent, refusal, plan }))
}

/// "41, 43-45".
fn read_numbers(text: &str) -> Option<BTreeSet<i32>> {
    const MOST: i32 = 100_000;
    let mut numbers = BTreeSet::new();
    let text = text.replace(['\u{2013}', '\u{2014}'], "-");
    for part in text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (i32, i32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        if first < 1 || last < first || last - first > MOST {
            return None;
        }
        numbers.extend(first..=last);
    }
    (!numbers.is_empty()).then_some(numbers)
}

fn sentence(refused: &RedactionRefused) -> String {
    match refused {
        RedactionRefused::NoSuchBriefing => "There is no such briefing.",
        RedactionRefused::Overtaken { present } => {
            return format!("Revision {present} was made while you were writing. Look at it, then send this again.");
        }
        RedactionRefused::NoReason => "Say why, in a sentence: readers see it in place of the words.",
        RedactionRefused::NothingThere => "No turn with these numbers has words that are still there.",
        RedactionRefused::Repeats => {
            "The reason or the order repeats words that would be destroyed. Readers will see both: say it without them."
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_read() {
        let read = |text: &str| read_numbers(text).map(|numbers| numbers.into_iter().collect::<Vec<_>>());
        assert_eq!(read("41, 43\u{2013}45"), Some(vec![41, 43, 44, 45]));
        assert_eq!(read("3 1-2"), Some(vec![1, 2, 3]));
        for wrong in ["", " , ", "0", "-1", "4-2", "a", "1-999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
