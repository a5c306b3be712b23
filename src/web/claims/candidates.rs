//! Claims at other dates that may say the same as one: the index says where to look, the words decide what is offered.

use std::collections::HashMap;

use super::{Told, load};
use crate::analysis::claims::alike::{Alike, Sought};
use crate::domain::{ClaimId, UtteranceId};
use crate::search;
use crate::store::{Connection, claims, passages};
use crate::web::App;
use crate::web::error::Error;

/// Candidates offered.
const OFFERED: usize = 10;
/// Figures by which they are looked for, beside the whole sentence.
const FIGURES: usize = 2;
/// Characters of a sentence that are looked for.
const LONGEST: usize = 2_000;
/// Claims that are laid beside it.
const MOST: i64 = 2_000;

/// A claim that may say the same.
pub struct Candidate {
    /// The claim.
    pub told: Told,
    /// What it has in common with the other.
    pub alike: Alike,
}

/// Claims at other dates that share the figure or what is rare in the words; those left out that are in `linked`.
pub async fn candidates(
    app: &App,
    conn: &mut Connection,
    of: &Told,
    linked: &[ClaimId],
) -> Result<Vec<Candidate>, Error> {
    let sentence: String = of.sentence.chars().take(LONGEST).collect();
    let found = app.index.passages(&search::Sought { text: &sentence, ..search::Sought::default() })?;
    let sought = Sought::new(&sentence, &found.rarity);
    let mut utterances: Vec<UtteranceId> = found.utterances;
    for number in sought.figures().take(FIGURES) {
        let figure: String = sentence.chars().skip(number.span.start).take(number.span.len()).collect();
        let sought = search::Sought { text: &figure, ..search::Sought::default() };
        utterances.extend(app.index.passages(&sought)?.utterances);
    }
    utterances.sort_unstable();
    utterances.dedup();
    let date = of.found.briefing.date;
    let texts = passages::of(conn, &utterances).await?.into_iter();
    let texts: HashMap<UtteranceId, String> = texts
        .filter(|one| one.briefing_id != of.found.briefing.id && (one.date.is_none() || one.date != date))
        .map(|one| (one.id, one.text))
        .collect();
    let likely: Vec<UtteranceId> = texts.keys().copied().collect();
    let mut alike: HashMap<ClaimId, Alike> = HashMap::new();
    let mut ranked = Vec::new();
    for claim in claims::of_utterances(conn, &likely, MOST).await? {
        let words = texts.get(&claim.utterance_id).map(|text| claim.place.words(text)).unwrap_or_default();
        if let Some(found) = sought.beside(words).filter(|_| !linked.contains(&claim.id)) {
            ranked.push((found.score, claim.clone()));
            alike.insert(claim.id, found);
        }
    }
    // Of equals the latest comes first, as they were read.
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(OFFERED);
    let told = load(app, conn, ranked.into_iter().map(|(_, claim)| claim).collect()).await?;
    let candidate = |told: Told| Some(Candidate { alike: alike.remove(&told.claim.id)?, told });
    Ok(told.into_iter().filter_map(candidate).collect())
}
