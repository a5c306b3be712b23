//! `GET /api/v1/changed?link=...`: whether words that somebody cited have changed since.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::analysis::revisions::Change;
use crate::domain::Audience;
use crate::store::utterances;
use crate::web::cache::Policy;
use crate::web::difference::{self, Edit, Told};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::public::cite::{self, Pin};
use crate::web::public::since;
use crate::web::{App, urls};

/// The query.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// A link to cited words that says from which revision: `/briefings/SLUG/41?revision=1`, with or without the host.
    #[param(required = true)]
    link: Option<String>,
}

/// The answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Cited)]
struct Answer {
    link: String,
    /// Whether the cited words are not as they were.
    changed: bool,
    revision: i32,
    present: i32,
    changed_at: Option<Timestamp>,
    changes: Vec<Changed>,
    /// The page that shows everything that changed since.
    difference: Option<String>,
}

/// A change of an utterance.
#[derive(Serialize, ToSchema)]
pub(super) struct Changed {
    number: i32,
    change: &'static str,
    edits: Vec<Edit>,
}

/// Tells whether cited words have changed
///
/// For whoever keeps links to words: asks whether they still stand as they were cited.
#[utoipa::path(
    get,
    path = "/api/v1/changed",
    operation_id = "changed",
    tag = "Asking",
    params(Fields),
    responses((status = 200, body = Answer, description = "What became of the words.")),
)]
pub async fn show(State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let unclear = || {
        let pinned = app.absolute("/briefings/SLUG/41?revision=1");
        Error::BadRequest(format!("Give a link to cited words with the revision it was cited from, such as {pinned}"))
    };
    let link = fields.link.ok_or_else(unclear)?;
    let Cited { slug, numbers, revision } = Cited::read(&app, &link).ok_or_else(unclear)?;
    let mut conn = app.pool.acquire().await?;
    let (briefing, _, pinned) = cite::find(&mut conn, &slug, &Pin::of(revision)).await?;
    let positions = match numbers {
        None => (0, i32::MAX),
        Some((first, last)) => {
            utterances::positions(&mut conn, pinned.id, first, last).await?.ok_or(Error::NotFound)?
        }
    };
    let cited = utterances::of_revision(&mut conn, pinned.id, Audience::Readers, positions.0, positions.1).await?;
    let cited: Vec<i32> = cited.iter().filter_map(|one| one.number).collect();
    let since = since::since(&mut conn, briefing.listed.id, pinned.number, &cited).await?;
    // Of a whole briefing everything is cited, also its title and date.
    let changed = !since.here.is_empty() || (numbers.is_none() && since.elsewhere > 0);
    let differs = (pinned.present != pinned.number).then(|| urls::changes(&slug, pinned.number, pinned.present));
    let answer = Answer {
        link,
        changed,
        revision: pinned.number,
        present: pinned.present,
        changed_at: pinned.changed_at,
        changes: since.here.iter().map(told).collect(),
        difference: differs.map(|path| app.absolute(&path)),
    };
    Ok((Policy::Archive, Json(answer)).into_response())
}

pub(super) fn told(told: &Told) -> Changed {
    let (change, edits) = match &told.change {
        Change::Words { stretches, .. } => ("words", difference::edits(stretches)),
        Change::Voice { was, is, .. } => ("label", vec![Edit { was: was.clone(), is: is.clone() }]),
        Change::Split { text, .. } => ("split", vec![Edit { was: Some(text.clone()), is: None }]),
        Change::Joined { .. } => ("joined", Vec::new()),
        Change::Added { text, .. } => ("added", vec![Edit { was: None, is: Some(text.clone()) }]),
        Change::Removed { text, .. } => ("removed", vec![Edit { was: Some(text.clone()), is: None }]),
    };
    Changed { number: told.change.number(), change, edits }
}

/// What a link cites.
struct Cited {
    slug: String,
    /// First and last number, or nothing for all of it.
    numbers: Option<(i32, i32)>,
    revision: i32,
}

impl Cited {
    /// Reads a link to words of this archive, with or without its host.
    fn read(app: &App, link: &str) -> Option<Self> {
        let path = link.strip_prefix(&app.settings.public_url).unwrap_or(link);
        let path = path.split('#').next()?.strip_prefix("/briefings/")?;
        let (path, query) = path.split_once('?')?;
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        let revision = fields.find(|(name, _)| name == "revision")?.1.parse().ok()?;
        let (slug, numbers) = match path.split_once('/') {
            None => (path, None),
            Some((slug, numbers)) => (slug, Some(cite::read_numbers(numbers)?)),
        };
        Some(Self { slug: slug.to_owned(), numbers, revision })
    }
}
