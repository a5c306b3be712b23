//! `GET /claims/{id}`: one claim in its context, what fact-checkers found, and how it stands to other claims.

use std::collections::HashMap;

use axum::extract::State;

use super::claims::{self as listed, ClaimView};
use super::turns::{self, Piece};
use crate::analysis::claims::numbers::Number;
use crate::domain::{Audience, ClaimId, Origin, Place};
use crate::store::utterances::{self, Found};
use crate::store::{Connection, claims};
use crate::web::claims::candidates::{Candidate, candidates};
use crate::web::claims::{self as told, Seen, Told, words as named};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Utterances before the claim in which its question may stand.
const BEFORE: i32 = 3;
/// Words told that a candidate has in common with the claim.
const WORDS: usize = 4;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/claim.html")]
pub struct ClaimPage {
    frame: Frame,
    view: ClaimView,
    /// The words that make it one of its kind.
    because: Option<String>,
    /// Its numbers as they stand there, and read out.
    numbers: Vec<(String, String)>,
    context: Vec<Piece>,
    linked: Vec<Linked>,
    candidates: Vec<Offered>,
}

/// A claim to which this one is linked.
pub struct Linked {
    /// The link.
    pub seen: Seen,
    /// The other claim.
    pub view: ClaimView,
}

/// A claim that may say the same.
pub struct Offered {
    /// What both have in common, in words.
    pub shared: String,
    /// The claim.
    pub view: ClaimView,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(id): Path<i64>) -> Result<Page<ClaimPage>, Error> {
    let mut conn = app.pool.acquire().await?;
    let claim = claims::find(&mut conn, ClaimId(id)).await?.ok_or(Error::NotFound)?;
    let told = told::load(&app, &mut conn, vec![claim]).await?.pop().ok_or(Error::NotFound)?;
    let linked = linked(&app, &mut conn, told.claim.id).await?;
    let candidates = offered(&app, &mut conn, &told, &linked).await?;
    let mut reviews = told::reviews(&mut conn, &[told.claim.id]).await?;
    let reviews = reviews.remove(&told.claim.id).unwrap_or_default();
    let page = ClaimPage {
        frame,
        because: told.because(),
        numbers: told
            .numbers
            .iter()
            .map(|number| (as_said(&told, number), named::number(number, &told.sentence)))
            .collect(),
        context: context(&mut conn, &told.found, &told.claim.place).await?,
        view: ClaimView::of(told, reviews),
        linked,
        candidates,
    };
    Ok(Page(page))
}

fn as_said(told: &Told, number: &Number) -> String {
    told.sentence.chars().skip(number.span.start).take(number.span.len()).collect()
}

/// The question, what was said after it, and the turn itself with the claim marked.
async fn context(conn: &mut Connection, found: &Found, place: &Place) -> Result<Vec<Piece>, Error> {
    let (slug, at) = (found.briefing.slug.as_str(), found.utterance.position);
    let around = utterances::of_briefing(conn, found.briefing.id, Audience::Readers, at - BEFORE, at).await?;
    let question = found.question.as_ref().and_then(|question| question.number);
    let asked = around.iter().find(|one| one.number.is_some() && one.number == question);
    let first = asked.map_or(at - 1, |one| one.position);
    let shown = around.iter().filter(|one| one.position >= first).map(|one| {
        let is_it = one.position == at;
        let marked = [(place.start, place.end)];
        Piece { cited: is_it, ..turns::piece(slug, one, if is_it { &marked } else { &[] }, true) }
    });
    Ok(shown.collect())
}

/// The claims to which one is linked, with how it stands to them.
pub async fn linked(app: &App, conn: &mut Connection, id: ClaimId) -> Result<Vec<Linked>, Error> {
    let links = told::links(conn, &[id]).await?.remove(&id).unwrap_or_default();
    let others: Vec<ClaimId> = links.iter().map(|seen| seen.other).collect();
    let others = claims::some(conn, &others).await?;
    let others = told::load(app, conn, others).await?;
    let views = listed::views(conn, others).await?;
    let mut views: HashMap<ClaimId, ClaimView> = views.into_iter().map(|view| (view.told.claim.id, view)).collect();
    Ok(links.into_iter().filter_map(|seen| Some(Linked { view: views.remove(&seen.other)?, seen })).collect())
}

/// What may say the same, beside what is linked already.
pub async fn offered(app: &App, conn: &mut Connection, told: &Told, linked: &[Linked]) -> Result<Vec<Offered>, Error> {
    let linked: Vec<ClaimId> = linked.iter().map(|one| one.seen.other).collect();
    let found = candidates(app, conn, told, &linked).await?;
    let (shared, claims): (Vec<String>, Vec<Told>) =
        found.into_iter().map(|candidate| (shared(&candidate), candidate.told)).unzip();
    let views = listed::views(conn, claims).await?;
    Ok(shared.into_iter().zip(views).map(|(shared, view)| Offered { shared, view }).collect())
}

/// "both name 1,200 containers and both say Kallenport, harbour".
fn shared(candidate: &Candidate) -> String {
    let figures: Vec<String> = candidate.alike.figures.iter().map(|figure| named::number(figure, "")).collect();
    let words: Vec<&str> = candidate.alike.words.iter().take(WORDS).map(String::as_str).collect();
    let figures = (!figures.is_empty()).then(|| format!("both name {}", figures.join(", ")));
    let words = (!words.is_empty()).then(|| format!("both say {}", words.join(", ")));
    [figures, words].into_iter().flatten().collect::<Vec<_>>().join(" and ")
}
