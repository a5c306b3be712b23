//! A quotation is checked: the index says where to look, the database what stands there, the comparison what that means.

mod alleged;
pub mod statement;

use std::time::Instant;

use jiff::civil::Date;
use serde::Deserialize;

pub use alleged::{Alleged, find};
use utoipa::ToSchema;

use super::App;
use super::coverage::{self, Covered};
use super::error::Error;
use crate::analysis::comparison::{self, Finding, InMarks, Place, Verdict, Voice};
use crate::domain::{Audience, Role, Scope, UtteranceId, UtteranceKind};
use crate::search::{Candidates, Sought, language};
use crate::store::Connection;
use crate::store::passages::{self, Passage};
use crate::store::utterances::{self, Found, Utterance};

/// Longest quotation that is looked for in one piece, in characters: more than a page.
const LONGEST: usize = 4_000;
/// Most quotations of one article.
const MOST_QUOTATIONS: usize = 100;
/// Passages told of one quotation.
const PASSAGES: usize = 8;
/// Words that are looked for where the quotation is not held.
const RAREST: usize = 4;

/// The fields of the form and of the request in JSON.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = Quoted)]
pub struct Fields {
    /// The quotation, or an article with quotations.
    #[schema(required, nullable = false)]
    pub quote: Option<String>,
    /// Who is said to have said it: a slug or a name.
    pub speaker: Option<String>,
    /// First day on which it may have been said: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A request as understood.
pub struct Asked {
    /// The text as sent, without blanks around it.
    pub text: String,
    /// Who is said to have said it.
    pub alleged: Option<Alleged>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// What was asked: one quotation, or each quotation of an article.
pub enum Answer {
    /// One quotation.
    One(Checked),
    /// An article's quotations with where they stand in it.
    Article(Vec<(InMarks, Checked)>),
}

/// A quotation with what was found out about it.
pub struct Checked {
    /// The words looked for.
    pub quotation: String,
    /// The verdict and where it rests.
    pub finding: Finding,
    /// The passages of the finding's places, one for each place.
    pub passages: Vec<Told>,
    /// Said outside of the days asked for.
    pub other_days: bool,
    /// The words that say most about where to look, in the order of the quotation.
    pub rarest: Vec<String>,
}

/// A passage as it is told: the utterance with what was said around it.
pub struct Told {
    /// The utterance.
    pub found: Found,
    /// The utterance before.
    pub before: Option<Utterance>,
    /// The utterance behind.
    pub after: Option<Utterance>,
}

/// Understands a request; what makes no sense is said.
pub async fn understand(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Asked, Error> {
    let text = fields.quote.as_deref().unwrap_or_default().replace('\0', "").trim().to_owned();
    let given =
        |field: &Option<String>| field.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let day = |field: &Option<String>, last: bool| -> Result<Option<Date>, Error> {
        let Some(text) = given(field) else { return Ok(None) };
        let days = language::days(&text)
            .ok_or_else(|| Error::BadRequest(format!("“{text}” is not a date like 2026-03-14, 2026-03 or 2026.")))?;
        Ok(Some(if last { days.1 } else { days.0 }))
    };
    let alleged = match given(&fields.speaker) {
        Some(name) => Some(alleged::find(app, conn, &name).await?),
        None => None,
    };
    let (from, to) = (day(&fields.from, false)?, day(&fields.to, true)?);
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        return Err(Error::BadRequest(format!("The first day, {first}, comes after the last, {last}.")));
    }
    Ok(Asked { text, alleged, from, to })
}

/// What the archive holds of the alleged speaker and the days asked for: what "not found" is worth.
pub async fn covered(app: &App, asked: &Asked) -> Result<Covered, Error> {
    let speaker = match asked.alleged.as_ref().map(|alleged| alleged.speakers.as_slice()) {
        Some([one]) => Some(*one),
        _ => None,
    };
    coverage::of(app, Scope { speaker, series: Vec::new(), from: asked.from, to: asked.to }).await
}

/// Checks what was asked.
pub async fn check(app: &App, conn: &mut Connection, asked: &Asked) -> Result<Answer, Error> {
    if let Some(found) = comparison::quotations(&asked.text) {
        let mut quotations = Vec::new();
        for one in found.into_iter().take(MOST_QUOTATIONS) {
            let checked = quotation(app, conn, asked, &one.text).await?;
            quotations.push((one, checked));
        }
        return Ok(Answer::Article(quotations));
    }
    Ok(Answer::One(quotation(app, conn, asked, comparison::unwrapped(&asked.text)).await?))
}

/// Checks one quotation.
pub async fn quotation(app: &App, conn: &mut Connection, asked: &Asked, text: &str) -> Result<Checked, Error> {
    if text.chars().count() > LONGEST {
        return Err(Error::BadRequest(format!(
            "A quotation can have {LONGEST} characters. Of a longer text, paste an article with its quotations in \
             quotation marks, or a part."
        )));
    }
    let begun = Instant::now();
    let all_days = Asked { text: String::new(), alleged: asked.alleged.clone(), from: None, to: None };
    let restricted = asked.from.is_some() || asked.to.is_some();
    let (mut finding, mut texts, rarest) = judge(app, conn, asked, text).await?;
    let mut other_days = false;
    if restricted && matches!(finding.verdict, Verdict::NotFound | Verdict::Paraphrase) {
        let (elsewhere, elsewhere_texts, _) = judge(app, conn, &all_days, text).await?;
        if !matches!(elsewhere.verdict, Verdict::NotFound | Verdict::Paraphrase) {
            (finding, texts, other_days) = (elsewhere, elsewhere_texts, true);
        }
    }
    finding.places.truncate(PASSAGES);
    let passages = tell(conn, &mut finding.places, &texts).await?;
    metrics::histogram!("onrecord_check_seconds").record(begun.elapsed().as_secs_f64());
    Ok(Checked { quotation: text.to_owned(), finding, passages, other_days, rarest })
}

/// The rarest words of a quotation, in its order.
fn rarest(text: &str, rarity: &[(usize, usize, f32)]) -> Vec<String> {
    // Beside "negotiate", "going" says nothing.
    let least = rarity.iter().map(|(.., weight)| *weight).fold(0.0, f32::max) / 2.0;
    let mut rare: Vec<_> = rarity.iter().filter(|(.., weight)| *weight >= least).collect();
    rare.sort_by(|a, b| b.2.total_cmp(&a.2));
    rare.truncate(RAREST);
    rare.sort_by_key(|(start, ..)| *start);
    let mut words: Vec<String> =
        rare.iter().map(|(start, end, _)| text.chars().skip(*start).take(end - start).collect()).collect();
    words.retain(|word| word.chars().all(char::is_alphanumeric));
    words.dedup();
    words
}

/// Finds passages and compares; also tells the rarest words.
async fn judge(
    app: &App,
    conn: &mut Connection,
    asked: &Asked,
    text: &str,
) -> Result<(Finding, Vec<Passage>, Vec<String>), Error> {
    let speakers = asked.alleged.as_ref().map(|alleged| alleged.speakers.as_slice()).unwrap_or_default();
    let sought = Sought { text, speakers, from: asked.from, to: asked.to };
    let Candidates { utterances, rarity } = app.index.passages(&sought)?;
    let texts = passages::of(conn, &utterances).await?;
    let (text, alleged, rarest) = (text.to_owned(), asked.alleged.clone(), rarest(text, &rarity));
    // A long quotation beside long turns takes a while: other readers must not wait for it.
    let compared = tokio::task::spawn_blocking(move || {
        let voiced: Vec<comparison::Passage<'_>> = texts
            .iter()
            .enumerate()
            .map(|(n, passage)| comparison::Passage {
                text: &passage.text,
                marks: &passage.marks,
                voice: voice(passage, alleged.as_ref()),
                goes_on: n.checked_sub(1).is_some_and(|before| goes_on(&texts[before], passage)),
            })
            .collect();
        (comparison::judge(&text, &voiced, &rarity), texts, rarest)
    });
    compared.await.map_err(|error| Error::Internal(Box::new(error)))
}

fn voice(passage: &Passage, alleged: Option<&Alleged>) -> Voice {
    if matches!(passage.role, Some(Role::Questioner | Role::Audience)) {
        return Voice::Question;
    }
    match alleged {
        Some(_) if passage.label.is_none() => Voice::Unnamed,
        Some(alleged) if !alleged.is(passage) => Voice::Another,
        _ => Voice::Speaker,
    }
}

/// Whether the same voice goes on with nothing but a heading in between.
fn goes_on(before: &Passage, passage: &Passage) -> bool {
    let next = before.briefing_id == passage.briefing_id && passage.position > before.position;
    let paragraphs = before.kind == UtteranceKind::Paragraph && passage.kind == UtteranceKind::Paragraph;
    let same_turn = passage.goes_on && before.label == passage.label && passage.position <= before.position + 3;
    next && (same_turn || (paragraphs && passage.position == before.position + 1))
}

/// Loads what is told of each place. A place whose utterance was replaced in this moment is left out.
async fn tell(conn: &mut Connection, places: &mut Vec<Place>, texts: &[Passage]) -> Result<Vec<Told>, Error> {
    let ids: Vec<UtteranceId> = places.iter().filter_map(|place| Some(texts.get(place.passage)?.id)).collect();
    let found = utterances::found(conn, &ids).await?;
    let mut told = Vec::new();
    let mut kept = Vec::new();
    for place in places.drain(..) {
        let id = texts.get(place.passage).map(|passage| passage.id);
        let Some(found) = found.iter().find(|found| Some(found.utterance.id) == id).cloned() else { continue };
        let at = found.utterance.position;
        let around = utterances::of_briefing(conn, found.briefing.id, Audience::Readers, at - 1, at + 1).await?;
        let beside = |position: i32| around.iter().find(|utterance| utterance.position == position).cloned();
        told.push(Told { before: beside(at - 1), after: beside(at + 1), found });
        kept.push(place);
    }
    *places = kept;
    Ok(told)
}
