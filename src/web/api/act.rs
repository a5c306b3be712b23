//! `POST /api/v1/briefings/{slug}/corrections`, `/withdraw`, `/republish` and `/publish`: what editors do on their pages,
//! for programs.

use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::acts::{self, Asked};
use super::again::{self, Key, Sent};
use super::changed;
use crate::analysis::revisions::fact_changes;
use crate::domain::{Audience, BriefingStatus, TokenScope};
use crate::editorial::{self, Act, Correction, Refused};
use crate::store::{self, editing, record, waiting};
use crate::web::editor::{self, correct};
use crate::web::error::Error;
use crate::web::extract::{Json, Path, Program};
use crate::web::problem::{self, Problem};
use crate::web::{App, difference, urls};

/// What was done.
#[derive(Serialize, ToSchema)]
struct Done<'a> {
    slug: &'a str,
    /// Where editors see it, and everybody once it is published.
    url: String,
    /// What was done, by its name.
    act: &'static str,
    /// The revision that it made; publishing makes none.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<i32>,
    /// Its position in the feed, which the index of this server has reached; a draft has none.
    position: Option<i64>,
}

/// Who asks for something, and under which key.
pub struct Asking {
    program: Program,
    key: Key,
}

impl FromRequestParts<App> for Asking {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let program = Program::from_request_parts(parts, app).await?;
        program.may(TokenScope::Edit)?;
        let key = Key::of(&program, Sent::from_request_parts(parts, app).await?);
        Ok(Self { program, key })
    }
}

/// Makes one correction
///
/// Each is a revision that readers can look up, with its reason. If another revision came between, nothing is written, and
/// the answer tells what that one changed.
#[utoipa::path(
    post,
    path = "/api/v1/briefings/{slug}/corrections",
    operation_id = "correct",
    tag = "Writing",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    request_body(content = acts::InFull, description = "What to do, from which revision, and why."),
    responses((status = 200, body = Done<'_>, description = "It was done, and readers of this server see it.")),
    security(("token" = ["edit"])),
)]
pub async fn correct(
    asking: Asking,
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Value>,
) -> Result<Response, Error> {
    let (asked, act) = acts::read(body.clone())?;
    let act = act.complete(&app, &slug, asked.revision).await?;
    done(&app, &asking, &body, &slug, (&asked, &act)).await
}

/// Takes a briefing out of sight
///
/// Its page says from then on that it was withdrawn, when and why.
#[utoipa::path(
    post,
    path = "/api/v1/briefings/{slug}/withdraw",
    operation_id = "withdraw",
    tag = "Writing",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    request_body(content = Asked, description = "From which revision, and why."),
    responses((status = 200, body = Done<'_>, description = "It was done, and readers of this server see it.")),
    security(("token" = ["edit"])),
)]
pub async fn withdraw(
    asking: Asking,
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Value>,
) -> Result<Response, Error> {
    let asked = acts::read_bare(body.clone())?;
    done(&app, &asking, &body, &slug, (&asked, &Act::Withdraw)).await
}

/// Puts a withdrawn briefing back
#[utoipa::path(
    post,
    path = "/api/v1/briefings/{slug}/republish",
    operation_id = "republish",
    tag = "Writing",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    request_body(content = Asked, description = "From which revision, and why."),
    responses((status = 200, body = Done<'_>, description = "It was done, and readers of this server see it.")),
    security(("token" = ["edit"])),
)]
pub async fn republish(
    asking: Asking,
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Value>,
) -> Result<Response, Error> {
    let asked = acts::read_bare(body.clone())?;
    done(&app, &asking, &body, &slug, (&asked, &Act::Republish)).await
}

/// Makes a draft public
///
/// Unless it is held back, or seems to be of an event that is here already. There is nothing to send.
#[utoipa::path(
    post,
    path = "/api/v1/briefings/{slug}/publish",
    operation_id = "publish",
    tag = "Writing",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    responses((status = 200, body = Done<'_>, description = "It was done, and readers of this server see it.")),
    security(("token" = ["edit"])),
)]
pub async fn publish(
    Asking { program, key }: Asking,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    if let Some(given) = key.before(&mut tx, now).await? {
        return key.again(b"", &given);
    }
    let draft = waiting::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?;
    if draft.is_held(now) {
        let until = draft.embargo_until.map(|until| until.to_string());
        return Err(Problem::from(problem::HELD).with("until", until).into());
    }
    if draft.same_event {
        return Err(Problem::from(problem::SAME_EVENT).into());
    }
    // No program has checked what it publishes; its address is that of the date and title that it has by now.
    let position = editorial::publish_drafts(&mut tx, &[draft.id], false, &program.actor, now).await?;
    let slug = editing::address(&mut tx, draft.id).await?;
    let url = app.absolute(&urls::briefing(&slug));
    let done = Done { slug: &slug, url, act: "publish", revision: None, position: Some(position) };
    finish(&app, tx, &key, b"", &done).await
}

/// Does an act; returns when readers see what was done.
async fn done(
    app: &App,
    Asking { program, key }: &Asking,
    body: &Value,
    slug: &str,
    (asked, act): (&Asked, &Act),
) -> Result<Response, Error> {
    let wanted = Correction { slug, made_from: asked.revision, act, reason: &asked.reason };
    let (body, now) = (body.to_string(), (app.clock)());
    let mut attempt = 1;
    loop {
        let mut tx = app.pool.begin().await?;
        if let Some(given) = key.before(&mut tx, now).await? {
            return key.again(body.as_bytes(), &given);
        }
        match editorial::correct(&mut tx, &wanted, &program.actor, now).await {
            Ok(Ok(made)) => {
                let path = act.number().map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number));
                let (url, position) = (app.absolute(&path), made.position);
                let done = Done { slug, url, act: act.name(), revision: Some(made.revision), position };
                return finish(app, tx, key, body.as_bytes(), &done).await;
            }
            Ok(Err(refused)) => {
                drop(tx);
                return Err(refusal(app, slug, asked.revision, &refused).await?);
            }
            Err(error) if store::collided(&error) && attempt < correct::ATTEMPTS => attempt += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// Keeps the answer with what was done, and gives it when readers see that.
async fn finish(
    app: &App,
    mut tx: store::Transaction<'_, store::Postgres>,
    key: &Key,
    asked: &[u8],
    done: &Done<'_>,
) -> Result<Response, Error> {
    let body = json!(done);
    key.keep(&mut tx, asked, (StatusCode::OK, &body)).await?;
    tx.commit().await?;
    if let Some(position) = done.position {
        editor::shown(app, position as u64).await;
    }
    Ok(again::answer(StatusCode::OK, &body))
}

/// Why nothing was done; whoever was overtaken is told by what.
async fn refusal(app: &App, slug: &str, made_from: i32, refused: &Refused) -> Result<Error, Error> {
    let told = Problem { name: refused.name(), ..problem::REFUSED.into() }.saying(correct::sentence(refused));
    let present = match refused {
        Refused::NoSuchBriefing => return Ok(Error::NotFound),
        Refused::Overtaken { present } => *present,
        _ => return Ok(told.into()),
    };
    let told = Problem::from(problem::OVERTAKEN)
        .saying(format!("Revision {present} is the present one. See what it changed, and send again from there."))
        .with("present", present);
    let mut conn = app.pool.acquire().await?;
    let Some(open) = record::open(&mut conn, slug).await? else { return Ok(Error::NotFound) };
    let history = record::history(&mut conn, open.id).await?;
    let Some(from) = history.iter().find(|entry| entry.number == made_from) else { return Ok(told.into()) };
    let difference = difference::between(&mut conn, from, &open.present, Audience::Editors).await?;
    let turns: Vec<_> = difference.turns.iter().map(changed::told).collect();
    let facts = fact_changes(&from.facts, &open.present.facts);
    let facts = facts.into_iter().map(|fact| {
        let name = if fact.is_label { format!("label {}", fact.name) } else { fact.name };
        json!({ "name": name, "was": fact.was, "is": fact.is })
    });
    let is_public = open.status == BriefingStatus::Published;
    let url = is_public.then(|| app.absolute(&urls::changes(slug, made_from, open.present.number)));
    let difference = json!({ "url": url, "facts": facts.collect::<Vec<_>>(), "turns": turns });
    Ok(told.with("difference", difference).into())
}
