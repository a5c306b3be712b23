//! `onrecord analyse transcript`: what an import would make of a source, with everything that can be suggested about it.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::analysis::exchanges::{self, Part};
use crate::analysis::follow_ups::FollowUp;
use crate::analysis::suggestions::{self, Judged, suggestions};
use crate::analysis::topics;
use crate::domain::{
    AnswerLabel, AskedBy, BriefingKind, ClaimKind, Draft, DraftUtterance, Mark, Origin, PromiseKind, Role,
    UtteranceKind,
};
use crate::ingest::child::{Pool, WorkerCommand};
use crate::ingest::plan::{Known, plan};
use crate::ingest::sidecar::Described;
use crate::transcript::Diagnostic;
use crate::transcript::model::Format;

/// What a line looks like.
pub(super) const FORM: &str =
    r#"{"name": "briefing.txt", "text": "MS. VOSS: Good afternoon. ..."}, or with "base64" instead of "text""#;

/// One source.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    /// The name of the file, which may hold a date.
    name: Option<String>,
    text: Option<String>,
    base64: Option<String>,
}

/// A source as it was read, with suggestions.
#[derive(Debug, Serialize)]
pub(super) struct Analysed {
    format: Format,
    briefing_kind: BriefingKind,
    title: String,
    date: Option<jiff::civil::Date>,
    date_origin: Option<String>,
    starts: Option<jiff::civil::Time>,
    ends: Option<jiff::civil::Time>,
    zone: Option<String>,
    place: Option<String>,
    series: Option<String>,
    issuer: Option<String>,
    language: Option<String>,
    subjects: Vec<String>,
    utterances: Vec<Utterance>,
    exchanges: Vec<Paired>,
    follow_ups: Vec<Promised>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Serialize)]
struct Utterance {
    /// The number it gets when the transcript is published as it is.
    number: usize,
    position: usize,
    kind: UtteranceKind,
    label: Option<String>,
    role: Option<Role>,
    asked_by: Option<AskedBy>,
    text: String,
    marks: Vec<Mark>,
    topics: Vec<Tagged>,
    claims: Vec<Claimed>,
}

#[derive(Debug, Serialize)]
struct Tagged {
    slug: &'static str,
    origin: Origin,
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct Claimed {
    kind: ClaimKind,
    score: f32,
    origin: Origin,
    start: usize,
    end: usize,
}

/// Words of an utterance.
#[derive(Debug, Serialize)]
struct Ref {
    /// Its number.
    utterance: usize,
    start: usize,
    end: usize,
}

/// An exchange.
#[derive(Debug, Serialize)]
struct Paired {
    question: Vec<Ref>,
    response: Vec<Ref>,
    /// The exchange, by its place in this list, that began the chain of follow-ups.
    follows: Option<usize>,
    asked: Vec<Ref>,
    /// What became of the question; nothing where nobody responded.
    label: Option<AnswerLabel>,
    score: Option<f32>,
    /// The words that gave it away, in characters of the parts of the response joined by blank lines.
    because: Option<[usize; 2]>,
    origin: Origin,
}

/// A promise to come back.
#[derive(Debug, Serialize)]
struct Promised {
    #[serde(flatten)]
    promise: Ref,
    kind: PromiseKind,
    /// The exchange whose question is owed, by its place in the list of exchanges.
    exchange: usize,
    origin: Origin,
}

/// Reads sources in a limited child.
#[derive(Debug)]
pub(super) struct Reader(Pool);

impl Reader {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(Pool::new(1, WorkerCommand::current()?)))
    }

    pub(super) fn read(&self, line: Line) -> Result<Analysed, String> {
        let Line { name, text, base64 } = line;
        let bytes = match (text, base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(base64)) => {
                STANDARD.decode(base64.trim()).map_err(|error| format!("“base64” cannot be decoded: {error}"))?
            }
            _ => return Err(format!("A line has either “text” or “base64”. Send one line like {FORM}")),
        };
        let name = name.as_deref();
        let parsed = block_in_place(|| Handle::current().block_on(self.0.parse(name, bytes)));
        let (described, terms) = (Described::default(), topics::Terms::default());
        let known = Known { described: &described, given_date: None, name, terms: &terms };
        let planned = plan(parsed, known)?;
        Ok(analysed(planned.draft, planned.format, planned.diagnostics))
    }
}

fn analysed(draft: Draft, format: Format, diagnostics: Vec<Diagnostic>) -> Analysed {
    let turns = exchanges::turns_of(&draft);
    let found = suggestions(&turns);
    let follow_ups = found.follow_ups.iter().map(promised).collect();
    let exchanges = found.exchanges.iter().map(paired).collect();
    let mut claims: Vec<Vec<Claimed>> = turns.iter().map(|_| Vec::new()).collect();
    for claim in &found.claims {
        claims.get_mut(claim.part.turn).into_iter().for_each(|of_turn| of_turn.push(claimed(claim)));
    }
    let topics = topics_of(&draft);
    let roles: Vec<Option<Role>> = turns.iter().map(|turn| turn.role).collect();
    let suggestions = roles.into_iter().zip(topics).zip(claims);
    let utterances = draft.utterances.into_iter().zip(suggestions).enumerate();
    Analysed {
        utterances: utterances
            .map(|(at, (one, ((role, topics), claims)))| utterance(at, one, role, topics, claims))
            .collect(),
        exchanges,
        follow_ups,
        format,
        briefing_kind: draft.briefing_kind,
        title: draft.title,
        date: draft.date,
        date_origin: draft.date_origin,
        starts: draft.starts,
        ends: draft.ends,
        zone: draft.zone,
        place: draft.place,
        series: draft.series,
        issuer: draft.issuer,
        language: draft.language,
        subjects: draft.subjects,
        diagnostics,
    }
}

fn utterance(
    position: usize,
    one: DraftUtterance,
    role: Option<Role>,
    topics: Vec<Tagged>,
    claims: Vec<Claimed>,
) -> Utterance {
    Utterance {
        number: position + 1,
        position,
        kind: one.kind,
        label: one.label,
        role,
        asked_by: one.asked_by,
        text: one.text,
        marks: one.marks,
        topics,
        claims,
    }
}

fn topics_of(draft: &Draft) -> Vec<Vec<Tagged>> {
    let home = topics::home_of(draft.series.as_deref(), draft.issuer.as_deref());
    let tagged = |utterance: &DraftUtterance| {
        if utterance.kind == UtteranceKind::Note {
            return Vec::new();
        }
        let spans = topics::tag(&utterance.text, draft.language.as_deref(), &topics::Context { home });
        let slug = |topic: usize| topics::all().get(topic).map(|topic| topic.slug);
        let tagged = spans.into_iter().filter_map(|span| {
            Some(Tagged { slug: slug(span.topic)?, origin: Origin::Machine, start: span.start, end: span.end })
        });
        tagged.collect()
    };
    draft.utterances.iter().map(tagged).collect()
}

fn claimed(claim: &suggestions::Claimed) -> Claimed {
    let (kind, score, span) = (claim.kind, claim.score, &claim.part.span);
    Claimed { kind, score, origin: Origin::Machine, start: span.start, end: span.end }
}

fn paired(Judged { exchange, answer }: &Judged) -> Paired {
    Paired {
        question: refs(&exchange.question),
        response: refs(&exchange.response),
        follows: exchange.follows,
        asked: refs(&exchange.asked),
        label: answer.as_ref().map(|answer| answer.label),
        score: answer.as_ref().map(|answer| answer.score),
        because: answer.as_ref().and_then(|answer| answer.because.as_ref()).map(|range| [range.start, range.end]),
        origin: Origin::Machine,
    }
}

fn promised(found: &FollowUp) -> Promised {
    Promised { promise: to_ref(&found.promise), kind: found.kind, exchange: found.exchange, origin: Origin::Machine }
}

fn refs(parts: &[Part]) -> Vec<Ref> {
    parts.iter().map(to_ref).collect()
}

fn to_ref(part: &Part) -> Ref {
    Ref { utterance: part.turn + 1, start: part.span.start, end: part.span.end }
}
