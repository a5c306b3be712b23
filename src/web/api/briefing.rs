//! `GET /api/v1/briefings/{slug}`: one briefing with every word of it.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Time;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{BriefingHead, Said};
use crate::domain::{
    AnswerLabel, Attribution, Audience, BriefingStatus, ClaimId, ClaimKind, ExchangeId, Origin, Place, QuotationId,
    QuotationMode, Rights, TopicId, TranscriptStatus,
};

use crate::store::briefings;
use crate::store::quotations::{self, QuotationRow};
use crate::store::suggestions::{self, ClaimRow, ExchangeRow};
use crate::store::topics;
use crate::store::transcripts::{self, Text};
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::reports::{self, Told};
use crate::web::{App, urls};

/// The answer, and a line of an export.
#[derive(Serialize, ToSchema)]
#[schema(as = Briefing)]
pub struct Answer {
    #[serde(flatten)]
    head: BriefingHead,
    date_origin: Option<String>,
    #[schema(value_type = Option<String>)]
    starts: Option<Time>,
    #[schema(value_type = Option<String>)]
    ends: Option<Time>,
    zone: Option<String>,
    place: Option<String>,
    language: Option<String>,
    /// Whether an editor has checked it; else it was read and published by machine.
    checked: bool,
    /// `quotations`: texts hold only sentences with quotations.
    rights: Rights,
    /// `background`, `not-for-attribution`: nobody who speaks is named.
    attribution: Attribution,
    transcripts: Vec<Transcript>,
    utterances: Vec<Numbered>,
    /// What a report quotes, as the machine reads it. Stretches are in the whole text: texts of the utterances joined by
    /// blank lines.
    quotations: Vec<Quotation>,
    exchanges: Vec<Exchange>,
}

/// One text of the briefing.
#[derive(Serialize, ToSchema)]
struct Transcript {
    /// Its place among the transcripts of the briefing.
    number: i32,
    /// Whether it is the one whose utterances are shown, searched and cited.
    main: bool,
    issuer: Option<String>,
    status: TranscriptStatus,
    revision: i32,
    source: Source,
}

/// Where a text came from.
#[derive(Serialize, ToSchema)]
struct Source {
    sha256: String,
    media_type: String,
    url: Option<String>,
    retrieved_at: Timestamp,
    /// Where the bytes can be had, if they are given out.
    download: Option<String>,
}

/// One utterance in its place.
#[derive(Serialize, ToSchema)]
#[schema(as = Utterance)]
struct Numbered {
    position: i32,
    #[serde(flatten)]
    said: Said,
    topics: Vec<Topic>,
    claims: Vec<Claim>,
}

/// A sentence that asserts something checkable.
#[derive(Serialize, ToSchema)]
#[schema(as = ClaimOfUtterance)]
struct Claim {
    #[schema(value_type = i64)]
    id: ClaimId,
    kind: ClaimKind,
    /// How much it deserves a check, from 0 to 1, as the machine sees it.
    score: Option<f32>,
    /// Whether an editor has said so; else the machine suggests it.
    origin: Origin,
    start: usize,
    end: usize,
}

/// Words that a report attributes to somebody.
#[derive(Serialize, ToSchema)]
#[schema(as = Quotation)]
struct Quotation {
    #[schema(value_type = i64)]
    id: QuotationId,
    mode: QuotationMode,
    cue: Option<[usize; 2]>,
    /// Where the report mentions whose words they are.
    mention: Option<[usize; 2]>,
    content: Vec<[usize; 2]>,
    speaker: Option<Voice>,
    origin: Origin,
}

/// Whose words they are, as a report names them; with the speaker of that name, if the archive knows exactly one.
#[derive(Serialize, ToSchema)]
struct Voice {
    name: String,
    slug: Option<String>,
    url: Option<String>,
}

impl Quotation {
    fn of(app: &App, row: QuotationRow) -> Self {
        let linked = row.speaker;
        let voice = |name: String| Voice {
            name,
            url: linked.as_ref().map(|named| app.absolute(&urls::speaker(&named.slug))),
            slug: linked.as_ref().map(|named| named.slug.clone()),
        };
        Self {
            id: row.id,
            mode: row.mode,
            cue: row.cue,
            mention: row.mention,
            content: row.content,
            speaker: row.named.map(voice),
            origin: Origin::Machine,
        }
    }
}

/// Words of an utterance, or a quotation of a report.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum Ref {
    Utterance {
        /// Its number.
        utterance: i32,
        start: usize,
        end: usize,
    },
    Quotation {
        #[schema(value_type = i64)]
        quotation: QuotationId,
    },
}

impl From<&Place> for Ref {
    fn from(place: &Place) -> Self {
        Self::Utterance { utterance: place.number, start: place.start, end: place.end }
    }
}

/// A question with the response to it.
#[derive(Serialize, ToSchema)]
#[schema(as = ExchangeOfBriefing)]
struct Exchange {
    /// None in a report, where the pieces are quotations.
    #[schema(value_type = Option<i64>)]
    id: Option<ExchangeId>,
    question: Vec<Ref>,
    /// Empty where nobody responded.
    response: Vec<Ref>,
    /// The exchange that began the chain of follow-up questions.
    #[schema(value_type = Option<i64>)]
    follows: Option<ExchangeId>,
    label: Option<AnswerLabel>,
    /// How probable the class of the machine's label is, from 0 to 1.
    score: Option<f32>,
    /// Whether an editor has said so; else the machine suggests it.
    origin: Origin,
    /// The words that gave it away, in characters of the parts of the response joined by blank lines.
    because: Option<[usize; 2]>,
}

impl Exchange {
    fn of(row: &ExchangeRow) -> Self {
        Self {
            id: Some(row.id),
            question: row.question.iter().map(Ref::from).collect(),
            response: row.response.iter().map(Ref::from).collect(),
            follows: row.follows,
            label: row.label,
            score: row.score,
            origin: row.origin,
            because: row.because_in_response(),
        }
    }

    fn reported(told: &Told, rows: &[QuotationRow]) -> Self {
        let refs = |all: &[usize]| {
            let ids = all.iter().filter_map(|at| rows.get(*at));
            ids.map(|row| Ref::Quotation { quotation: row.id }).collect()
        };
        Self {
            id: None,
            question: refs(&told.question),
            response: refs(&told.response),
            follows: None,
            label: told.answer.as_ref().map(|answer| answer.label),
            score: told.answer.as_ref().map(|answer| answer.score),
            origin: Origin::Machine,
            because: told.answer.as_ref().and_then(|answer| answer.because.as_ref()).map(|at| [at.start, at.end]),
        }
    }
}

/// A topic of an utterance.
#[derive(Serialize, ToSchema)]
#[schema(as = Tag)]
struct Topic {
    slug: String,
    origin: Origin,
}

/// One briefing with every word of it
///
/// Utterances stand in the order of the main transcript. Offsets of marks are in Unicode characters of the text. Words that
/// may not be shown are left out, and the utterance says why.
#[utoipa::path(
    get,
    path = "/api/v1/briefings/{slug}",
    operation_id = "briefing",
    tag = "Record",
    params(("slug" = String, Path, description = "The end of the address of its page.")),
    responses((status = 200, body = Answer, description = "The briefing.")),
)]
pub async fn show(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let answer = load(&app, &mut conn, &slug).await?.ok_or(Error::NotFound)?;
    Ok((Policy::Archive, Json(answer)).into_response())
}

/// Everything that readers may see of a briefing; `None` if that is nothing.
pub async fn load(app: &App, conn: &mut Connection, slug: &str) -> Result<Option<Answer>, store::Error> {
    let found = briefings::find(conn, slug).await?;
    let Some(briefing) = found.filter(|briefing| briefing.status == BriefingStatus::Published) else { return Ok(None) };
    let id = briefing.listed.id;
    let texts = transcripts::texts(conn, id).await?;
    let utterances = utterances::of_briefing(conn, id, Audience::Readers, 0, i32::MAX).await?;
    let exchanges = suggestions::exchanges(conn, &[id], Audience::Readers).await?;
    let mut claims: HashMap<i32, Vec<ClaimRow>> = HashMap::new();
    for claim in suggestions::claims(conn, &[id], Audience::Readers).await? {
        claims.entry(claim.place.number).or_default().push(claim);
    }
    // Without all of the words, places in them mean nothing.
    let whole = briefing.rights == Rights::Full;
    let quoted = if whole { quotations::readable(conn, id).await? } else { Vec::new() };
    let told = reports::told(&utterances, &quoted);
    let told: Vec<Exchange> = told.iter().map(|told| Exchange::reported(told, &quoted)).collect();
    let topics: HashMap<TopicId, String> =
        topics::all(conn).await?.into_iter().map(|topic| (topic.id, topic.named.slug)).collect();
    Ok(Some(Answer {
        head: BriefingHead::of(app, &briefing.listed),
        date_origin: briefing.date_origin,
        starts: briefing.listed.starts,
        ends: briefing.ends,
        zone: briefing.listed.zone,
        place: briefing.listed.place,
        language: briefing.listed.language,
        checked: briefing.checked,
        rights: briefing.rights,
        attribution: briefing.attribution,
        transcripts: texts.into_iter().map(|text| transcript(app, slug, text)).collect(),
        utterances: utterances
            .iter()
            .map(|utterance| {
                let claims = utterance.number.and_then(|number| claims.remove(&number)).unwrap_or_default();
                numbered(app, slug, utterance, &topics, &claims)
            })
            .collect(),
        exchanges: exchanges.iter().map(Exchange::of).chain(told).collect(),
        quotations: quoted.into_iter().map(|row| Quotation::of(app, row)).collect(),
    }))
}

fn transcript(app: &App, slug: &str, text: Text) -> Transcript {
    let download = text.not_given.is_none().then(|| app.absolute(&urls::source(slug, &text.sha256)));
    Transcript {
        number: text.number,
        main: text.is_main,
        issuer: text.issuer,
        status: text.status,
        revision: text.revision,
        source: Source {
            sha256: hex::encode(text.sha256),
            media_type: text.media_type,
            url: text.url,
            retrieved_at: text.retrieved_at,
            download,
        },
    }
}

fn numbered(
    app: &App,
    slug: &str,
    utterance: &Utterance,
    topics: &HashMap<TopicId, String>,
    claims: &[ClaimRow],
) -> Numbered {
    let topics = utterance.topics.iter().filter_map(|id| topics.get(id));
    Numbered {
        position: utterance.position,
        said: Said::of(app, slug, utterance),
        topics: topics.map(|topic| Topic { slug: topic.clone(), origin: Origin::Machine }).collect(),
        claims: claims.iter().map(claim).collect(),
    }
}

fn claim(row: &ClaimRow) -> Claim {
    let (id, kind, score, origin) = (row.id, row.kind, row.score, row.origin);
    Claim { id, kind, score, origin, start: row.place.start, end: row.place.end }
}
