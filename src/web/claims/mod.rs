//! Claims for people and programs: what is asked for, and each with its words, which no table of claims holds.

mod asked;
pub mod candidates;
pub mod words;

use std::collections::HashMap;

pub use asked::{Asked, Fields, understand};

use super::App;
use super::error::Error;
use crate::analysis::claims::numbers::{Number, numbers};
use crate::analysis::claims::{self as judging};
use crate::analysis::exchanges::Turn;
use crate::domain::{ClaimId, Mark, UtteranceId};
use crate::store::Connection;
use crate::store::claims::{self, Claim, Link, Review};
use crate::store::directory::Named;
use crate::store::utterances::{self, Found};

/// A claim with its words.
pub struct Told {
    /// The claim.
    pub claim: Claim,
    /// The utterance in which it stands, and its briefing.
    pub found: Found,
    /// Its sentence.
    pub sentence: String,
    /// The numbers in it, by characters of the sentence.
    pub numbers: Vec<Number>,
    /// What the utterance is about.
    pub topics: Vec<Named>,
}

impl Told {
    /// The marks of the utterance that lie in the sentence.
    pub fn marks(&self) -> Vec<Mark> {
        let (start, end) = (self.claim.place.start, self.claim.place.end);
        let marks = self.found.utterance.marks.iter().filter(|mark| mark.start < end && mark.end > start);
        let inside = marks.map(|mark| Mark {
            kind: mark.kind,
            start: mark.start.saturating_sub(start),
            end: mark.end.min(end) - start,
        });
        inside.collect()
    }

    /// The words that make it one of its kind, where the machine says the same kind and they are not all of it.
    pub fn because(&self) -> Option<String> {
        let utterance = &self.found.utterance;
        let asks = Turn::asks_by(utterance.by.as_ref().and_then(|by| by.role));
        let place = self.claim.place.range();
        let judged = judging::claims(&utterance.text, asks).into_iter().find(|claim| claim.span == place)?;
        let reason = judged.because.into_iter().find(|reason| reason.span.is_some())?;
        let part = !reason.what.is_empty() && 2 * reason.what.len() < self.sentence.len();
        Some(reason.what).filter(|_| judged.kind == self.claim.kind && part)
    }
}

/// Loads the words of claims, in their order. What was replaced in this moment is left out.
pub async fn load(app: &App, conn: &mut Connection, claims: Vec<Claim>) -> Result<Vec<Told>, Error> {
    let mut ids: Vec<UtteranceId> = claims.iter().map(|claim| claim.utterance_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = utterances::found(conn, &ids).await?;
    let found: HashMap<UtteranceId, Found> = found.into_iter().map(|found| (found.utterance.id, found)).collect();
    let overview = app.overview().await?;
    let told = claims.into_iter().filter_map(|claim| {
        let found = found.get(&claim.utterance_id)?.clone();
        let sentence = claim.place.words(&found.utterance.text).to_owned();
        let topics = found.utterance.topics.iter().filter_map(|id| overview.directory.topics.get(id).cloned());
        let (topics, numbers) = (topics.collect(), numbers(&sentence));
        Some(Told { claim, found, sentence, numbers, topics }).filter(|told| !told.sentence.is_empty())
    });
    Ok(told.collect())
}

/// Reviews by the claim that they are of.
pub async fn reviews(conn: &mut Connection, of: &[ClaimId]) -> Result<HashMap<ClaimId, Vec<Review>>, Error> {
    let mut by_claim: HashMap<ClaimId, Vec<Review>> = HashMap::new();
    for review in claims::reviews(conn, of).await? {
        by_claim.entry(review.claim_id).or_default().push(review);
    }
    Ok(by_claim)
}

/// A link as seen from one of its two claims.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The link.
    pub link: Link,
    /// The claim at its other end.
    pub other: ClaimId,
    /// What this claim does to that one, in words: "repeats", "is repeated by".
    pub phrase: &'static str,
}

/// Links by each claim that they are of, those left out of which readers do not see the other end.
pub async fn links(conn: &mut Connection, of: &[ClaimId]) -> Result<HashMap<ClaimId, Vec<Seen>>, Error> {
    let links = claims::links(conn, of).await?;
    let mut ends: Vec<ClaimId> = links.iter().flat_map(|link| [link.claim_id, link.other_id]).collect();
    ends.sort_unstable();
    ends.dedup();
    let visible: Vec<ClaimId> = claims::some(conn, &ends).await?.into_iter().map(|claim| claim.id).collect();
    let mut by_claim: HashMap<ClaimId, Vec<Seen>> = HashMap::new();
    for link in links {
        let ends = [(link.claim_id, link.other_id, true), (link.other_id, link.claim_id, false)];
        for (this, other, forth) in ends {
            if of.contains(&this) && visible.contains(&other) {
                by_claim.entry(this).or_default().push(seen(link.clone(), other, forth));
            }
        }
    }
    Ok(by_claim)
}

fn seen(link: Link, other: ClaimId, forth: bool) -> Seen {
    Seen { phrase: words::link(link.kind, forth), other, link }
}
