//! `GET /claims`: sentences that assert something checkable, by kind, speaker, topic, series and date.

use axum::extract::State;

use super::turns::Who;
use crate::domain::{ClaimId, ClaimKind, Origin};
use crate::store::Connection;
use crate::store::claims::Review;
use crate::store::directory::Named;
use crate::web::claims::{self as told, Asked, Fields, Told, words as named};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls, words};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/claims.html")]
pub struct ClaimsPage {
    frame: Frame,
    fields: Fields,
    asked: Asked,
    total: i64,
    claims: Vec<ClaimView>,
    previous: Option<String>,
    next: Option<String>,
}

impl ClaimsPage {
    /// What the first one of this page is among all.
    fn first(&self) -> usize {
        self.asked.skipped() + 1
    }

    fn is_kind(&self, kind: &ClaimKind) -> bool {
        self.asked.wanted.kind == Some(*kind)
    }

    /// Restrictions in force, each with the address without it.
    fn in_force(&self) -> Vec<(String, String)> {
        let names = |named: &[Named], typed: &Option<String>| match named {
            [] => typed.clone().unwrap_or_default(),
            some => some.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(" or "),
        };
        let f = &self.fields;
        [
            (&f.kind, "kind", text(&f.kind).to_owned()),
            (&f.speaker, "speaker", names(&self.asked.speakers, &f.speaker)),
            (&f.topic, "topic", names(&self.asked.topics, &f.topic)),
            (&f.series, "series", names(&self.asked.series, &f.series)),
            (&f.from, "from", format!("from {}", text(&f.from))),
            (&f.to, "to", format!("to {}", text(&f.to))),
            (&f.reviewed, "reviewed", "with a fact-check".to_owned()),
        ]
        .into_iter()
        .filter(|(field, ..)| field.is_some())
        .map(|(_, name, shown)| (shown, f.with(&[(name, "")])))
        .collect()
    }
}

/// A field as it stands in the form.
fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

/// A claim as it stands in a list.
pub struct ClaimView {
    /// The claim with its words.
    pub told: Told,
    /// Who says it.
    pub who: Option<Who>,
    /// The sentence.
    pub html: String,
    /// Its own page.
    pub url: String,
    /// The permanent link of its turn.
    pub turn: String,
    /// The numbers of something in it, read out.
    pub numbers: Vec<String>,
    /// What fact-checkers found.
    pub reviews: Vec<Review>,
}

impl ClaimView {
    /// Shows a claim.
    pub fn of(told: Told, reviews: Vec<Review>) -> Self {
        let utterance = &told.found.utterance;
        let mut numbers: Vec<String> = Vec::new();
        for read in told.numbers.iter().filter(|number| number.unit.is_some()) {
            let read = named::number(read, &told.sentence);
            if !numbers.contains(&read) {
                numbers.push(read);
            }
        }
        Self {
            who: utterance.by.as_ref().map(|by| Who::of(by, utterance, true)),
            html: words::line(&told.sentence, &told.marks(), &[]),
            url: urls::claim(&told.claim.id),
            turn: urls::utterance(&told.found.briefing.slug, told.claim.place.number),
            numbers,
            reviews,
            told,
        }
    }

    /// "high" and "0.71".
    pub fn worth(&self) -> Option<(&'static str, String)> {
        self.told.claim.score.map(|score| (named::worth(score), format!("{score:.2}")))
    }
}

/// Claims as they stand in a list, with what fact-checkers found.
pub async fn views(conn: &mut Connection, claims: Vec<Told>) -> Result<Vec<ClaimView>, Error> {
    let ids: Vec<ClaimId> = claims.iter().map(|told| told.claim.id).collect();
    let mut reviews = told::reviews(conn, &ids).await?;
    let view = |told: Told| {
        let reviews = reviews.remove(&told.claim.id).unwrap_or_default();
        ClaimView::of(told, reviews)
    };
    Ok(claims.into_iter().map(view).collect())
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Page<ClaimsPage>, Error> {
    let mut conn = app.pool.acquire().await?;
    let asked = told::understand(&app, &mut conn, &fields).await?;
    let (total, found) = asked.page(&mut conn).await?;
    let shown = told::load(&app, &mut conn, found).await?;
    let at = |page: usize| fields.with(&[("page", &page.to_string())]);
    let page = ClaimsPage {
        frame,
        total,
        previous: (asked.page > 1).then(|| at(asked.page - 1)),
        next: (((asked.skipped() + asked.per_page) as i64) < total).then(|| at(asked.page + 1)),
        claims: views(&mut conn, shown).await?,
        fields,
        asked,
    };
    Ok(Page(page))
}
