//! `/editor/speakers`: everybody who speaks, those with little evidence first; who are perhaps the same, and who are not.

use std::collections::HashSet;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::analysis::people::{Somebody, doubles};
use crate::domain::{Slug, SpeakerId};
use crate::editorial;
use crate::store::directory::Named;
use crate::store::speaker_desk::{self, Listed, NotSame};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Speakers on a page.
const PER_PAGE: usize = 60;
/// Possible doubles shown before all are asked for.
const DOUBLES: usize = 8;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    q: Option<String>,
    page: Option<String>,
    doubles: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/speakers.html")]
pub struct SpeakersPage {
    frame: Frame,
    q: String,
    doubles: Vec<Pair>,
    more_doubles: usize,
    /// Of whom editors say that they are not the same.
    not_same: Vec<NotSame>,
    listed: Vec<Listed>,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// Two who are perhaps the same: the one with fewer turns first.
struct Pair {
    fewer: Named,
    more: Named,
    ids: (SpeakerId, SpeakerId),
    /// What they have in common, and how much each says.
    because: String,
}

/// The handler.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let all = speaker_desk::list(&mut conn).await?;
    let q = fields.q.unwrap_or_default();
    let not_same = if q.is_empty() { speaker_desk::not_same(&mut conn).await? } else { Vec::new() };
    let mut pairs = if q.is_empty() { pairs(&all, &not_same) } else { Vec::new() };
    let shown = if fields.doubles.is_some() { pairs.len() } else { DOUBLES };
    let more_doubles = pairs.len().saturating_sub(shown);
    pairs.truncate(shown);
    let mut listed: Vec<Listed> = all.into_iter().filter(|one| fits(one, &q)).collect();
    if q.is_empty() {
        listed.sort_by(|a, b| {
            let evidence = |one: &Listed| (one.by_editor, one.labels, one.turns);
            evidence(a).cmp(&evidence(b)).then(a.score.total_cmp(&b.score))
        });
    }
    let page = fields.page.and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, 10_000);
    let total = listed.len();
    let turn = |page: usize| urls::with_query(urls::EDITOR_SPEAKERS, &[("q", &q), ("page", &page.to_string())]);
    let page = SpeakersPage {
        frame,
        doubles: pairs,
        more_doubles,
        not_same,
        total,
        previous: (page > 1).then(|| turn(page - 1)),
        next: (page * PER_PAGE < total).then(|| turn(page + 1)),
        listed: listed.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect(),
        q,
    };
    Ok((Policy::Never, Page(page)).into_response())
}

/// Two speakers, by their rows, and what is said of them.
#[derive(Deserialize)]
pub struct Two {
    one: i64,
    other: i64,
    act: String,
}

/// `POST`: says that two are not the same, or takes that back.
pub async fn say(editor: Editor, State(app): State<App>, Form(two): Form<Two>) -> Result<Response, Error> {
    let (pair, now) = ((SpeakerId(two.one), SpeakerId(two.other)), (app.clock)());
    let mut tx = app.pool.begin().await?;
    let place = match two.act.as_str() {
        "not-same" => {
            editorial::part_speakers(&mut tx, pair, &editor.actor, now).await?;
            "doubles"
        }
        "back" => {
            editorial::unpart_speakers(&mut tx, pair, &editor.actor, now).await?;
            "not-same"
        }
        _ => return Err(Error::BadRequest("The form is incomplete. Go back, and send it again.".to_owned())),
    };
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&format!("{}#{place}", urls::EDITOR_SPEAKERS))).into_response())
}

/// Whether each word typed begins a word of a name.
fn fits(one: &Listed, q: &str) -> bool {
    let Some(typed) = Slug::from_text(q) else { return q.trim().is_empty() };
    let name = Slug::from_text(&one.named.name).map(String::from).unwrap_or_default();
    let words: Vec<&str> = name.split('-').chain(one.named.slug.split('-')).collect();
    typed.as_str().split('-').all(|typed| words.iter().any(|word| word.starts_with(typed)))
}

fn pairs(all: &[Listed], not_same: &[NotSame]) -> Vec<Pair> {
    let parted: HashSet<(SpeakerId, SpeakerId)> = not_same.iter().map(|pair| (pair.one.0, pair.other.0)).collect();
    let is_parted = |one: &Listed, other: &Listed| parted.contains(&(one.id.min(other.id), one.id.max(other.id)));
    let series: Vec<Vec<i32>> = all.iter().map(|one| one.series.iter().map(|id| id.0).collect()).collect();
    let somebodies =
        all.iter().zip(&series).map(|(one, series)| Somebody { name: &one.named.name, series, offices: &one.offices });
    let somebodies: Vec<Somebody<'_>> = somebodies.collect();
    let found = doubles(&somebodies);
    let mut pairs: Vec<(i64, Pair)> = found
        .into_iter()
        .map(|double| (&all[double.one], &all[double.other], double.office))
        .filter(|(one, other, _)| !is_parted(one, other))
        .map(|(one, other, office)| {
            let (fewer, more) = if other.turns < one.turns { (other, one) } else { (one, other) };
            let common = match office {
                Some(office) => format!("both speak as {office}"),
                None => "both speak in one series".to_owned(),
            };
            let turns = |one: &Listed| phrase::counted(one.turns, "turn", "turns");
            let because = format!("{common}; {} and {}", turns(fewer), turns(more));
            (
                fewer.turns,
                Pair { fewer: fewer.named.clone(), more: more.named.clone(), ids: (fewer.id, more.id), because },
            )
        })
        .collect();
    pairs.sort_by_key(|(turns, _)| std::cmp::Reverse(*turns));
    pairs.into_iter().map(|(_, pair)| pair).collect()
}
