//! From what was read to what will be written. Pure.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde_json::Value;

use super::attribution;
use super::sidecar::Described;
use crate::analysis::{people, series, topics};
use crate::domain::{
    AskedBy, BriefingKind, Draft, DraftUtterance, Mark, MarkKind, Rights, Slug, TopicId, UtteranceKind,
};
use crate::transcript::model::{self, DateFound, DateOrigin, Embargo, Format, Kind, Segment, SegmentKind};
use crate::transcript::{Diagnostic, Parsed, Severity, dates};

/// What is known from outside the source when it is planned.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What a sidecar or the person who imports says of it.
    pub described: &'a Described,
    /// A date given by the person who imports: it outranks all others.
    pub given_date: Option<Date>,
    /// Name of the file.
    pub name: Option<&'a str>,
    /// What it is tagged with.
    pub terms: &'a topics::Terms,
}

/// Everything that an import will write of one source.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// The briefing with its words.
    pub draft: Draft,
    /// Which words readers may see.
    pub rights: Rights,
    /// The format of the source.
    pub format: Format,
    /// The words extracted from the source.
    pub source_text: String,
    /// What an editor should know.
    pub diagnostics: Vec<Diagnostic>,
    /// What people are resolved from.
    pub evidence: Value,
    /// Topics of each utterance.
    pub topics: Vec<Vec<TopicId>>,
    /// The version of the terms that found them.
    pub terms_version: i64,
    /// The series it belongs to.
    pub series: Option<SeriesPlan>,
    /// The readable part of the address, if it is still free.
    pub slug: Slug,
    /// A line that restricts publication.
    pub embargo_text: Option<String>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// The official address.
    pub url: Option<String>,
    /// Who published the source.
    pub publisher: Option<String>,
}

/// A series to be found by its slug, or made.
#[derive(Debug, Clone)]
pub struct SeriesPlan {
    /// Readable part of its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The office that holds the briefings.
    pub office: Option<String>,
    /// IANA name of the time zone.
    pub time_zone: Option<String>,
}

/// Plans the import of one source. The error is a sentence for the person who imports.
pub fn plan(parsed: Parsed, known: Known<'_>) -> Result<ImportPlan, String> {
    let Parsed { format, source_text, mut transcript, mut diagnostics } = parsed;
    if format == Format::Unreadable || transcript.segments.is_empty() {
        return Err(refusal(&diagnostics));
    }
    let described = known.described;
    let in_text = dates::choose(&transcript.dates).date;
    let dates = all_dates(std::mem::take(&mut transcript.dates), &known);
    let choice = dates::choose(&dates);
    // What the text alone says of its dates is part of what all of them say.
    diagnostics.retain(|diagnostic| diagnostic.code != "date-conflict");
    diagnostics.retain(|diagnostic| diagnostic.code != "published-before-event" || choice.date == in_text);
    diagnostics.extend(choice.conflicts);
    // A date from outside answers what the text left open.
    diagnostics.retain(|diagnostic| diagnostic.code != "date-missing" || choice.date.is_none());
    let url = described.url.clone().or(transcript.url.take()).filter(|url| is_address(url));
    let embargo = transcript.embargo.take();
    let mut draft = draft(transcript, described, known.name);
    draft.date = choice.date;
    draft.date_origin = choice.date.and(choice.origin).map(kebab);
    let series = series_plan(described.series.as_deref(), &draft, url.as_deref());
    draft.series = series.as_ref().map(|series| series.name.clone());
    let zone = series.as_ref().and_then(|series| series.time_zone.as_deref());
    diagnostics.extend(attribution::finding(&draft));
    Ok(ImportPlan {
        rights: described.rights.unwrap_or_default(),
        format,
        source_text,
        evidence: serde_json::json!(people::evidence(&draft)),
        topics: tagged(&draft, known.terms),
        terms_version: known.terms.version,
        slug: Slug::of_briefing(draft.date, &draft.title),
        embargo_until: embargo.as_ref().and_then(|embargo| end_of(embargo, choice.date, zone)),
        embargo_text: embargo.map(|embargo| embargo.text),
        diagnostics,
        series,
        url,
        publisher: described.publisher.clone(),
        draft,
    })
}

fn refusal(diagnostics: &[Diagnostic]) -> String {
    let worst = diagnostics.iter().max_by_key(|diagnostic| diagnostic.severity);
    worst.filter(|diagnostic| diagnostic.severity == Severity::Error).map_or_else(
        || "There are no words in this file. Check that it is the right one.".to_owned(),
        |diagnostic| diagnostic.message.clone(),
    )
}

fn all_dates(mut dates: Vec<DateFound>, known: &Known<'_>) -> Vec<DateFound> {
    let mut add = |date: Option<Date>, origin, evidence: Option<&str>| {
        let found = |date: Date| DateFound { date, origin, evidence: evidence.map_or(date.to_string(), str::to_owned) };
        dates.extend(date.map(found));
    };
    add(known.given_date, DateOrigin::Given, None);
    add(known.described.date, DateOrigin::Sidecar, None);
    if let Some((date, evidence)) = known.described.url.as_deref().and_then(dates::from_name) {
        add(Some(date), DateOrigin::Address, Some(&evidence));
    }
    dates.sort_by_key(|found| found.origin);
    dates
}

fn draft(transcript: model::Transcript, described: &Described, name: Option<&str>) -> Draft {
    let (starts, zone) = transcript.starts.map_or((None, None), |at| (Some(at.time), at.zone));
    let title = described.title.clone().or(transcript.title).filter(|title| !title.trim().is_empty());
    Draft {
        briefing_kind: match described.kind.unwrap_or(transcript.kind) {
            Kind::Transcript => BriefingKind::Transcript,
            Kind::Statement => BriefingKind::Statement,
            Kind::Report => BriefingKind::Report,
        },
        title: title.unwrap_or_else(|| title_of(&transcript.segments, name)),
        date: None,
        date_origin: None,
        starts: starts.or(described.time),
        ends: transcript.ends.map(|at| at.time),
        zone,
        place: described.place.clone().or(transcript.place),
        series: None,
        issuer: described.issuer.clone().or(transcript.issuer),
        language: described.language.clone().or(transcript.language),
        subjects: transcript.subjects.into_iter().map(|subject| subject.name).collect(),
        utterances: utterances(transcript.segments),
    }
}

/// Something to call a text without a title: its first words, else the name of its file.
fn title_of(segments: &[Segment], name: Option<&str>) -> String {
    const WORDS: usize = 12;
    let words: Vec<&str> =
        segments.iter().flat_map(|segment| segment.text.split_whitespace()).take(WORDS + 1).collect();
    match (words.len(), name) {
        (0, name) => name.unwrap_or("Untitled").to_owned(),
        (1..=WORDS, _) => words.join(" "),
        _ => format!("{} …", words.get(..WORDS).unwrap_or_default().join(" ")),
    }
}

/// A turn without a label continues the one before it: the speaker goes on after a heading.
fn utterances(segments: Vec<Segment>) -> Vec<DraftUtterance> {
    let mut speaking: Option<String> = None;
    let utterance = |segment: Segment| {
        let goes_on = segment.kind == SegmentKind::Turn && segment.label.is_none();
        let label = segment.label.or_else(|| speaking.clone()).filter(|_| segment.kind == SegmentKind::Turn);
        if label.is_some() {
            speaking.clone_from(&label);
        }
        DraftUtterance {
            kind: match segment.kind {
                SegmentKind::Turn if label.is_some() => UtteranceKind::Turn,
                SegmentKind::Heading => UtteranceKind::Heading,
                SegmentKind::Note => UtteranceKind::Note,
                SegmentKind::Turn | SegmentKind::Paragraph => UtteranceKind::Paragraph,
            },
            goes_on: goes_on && label.is_some(),
            label,
            text: segment.text,
            marks: segment.marks.into_iter().map(mark).collect(),
            asked_by: segment.asked_by.map(|by| AskedBy { name: by.name, outlet: by.outlet, evidence: by.evidence }),
            starts_at_ms: segment.starts_at_ms,
        }
    };
    segments.into_iter().map(utterance).collect()
}

fn mark(mark: model::Mark) -> Mark {
    let kind = match mark.kind {
        model::MarkKind::Strike => MarkKind::Strike,
        model::MarkKind::Insertion => MarkKind::Insertion,
        model::MarkKind::StageDirection => MarkKind::StageDirection,
        model::MarkKind::EditorNote => MarkKind::EditorNote,
    };
    Mark { kind, start: mark.start, end: mark.end }
}

/// Whether something can be gone to: a link to anything else is none.
fn is_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn series_plan(given: Option<&str>, draft: &Draft, url: Option<&str>) -> Option<SeriesPlan> {
    let guess = guessed_series(draft, url);
    let Some(given) = given else { return guess };
    let slug = Slug::from_text(given)?;
    // A slug that nothing else names is read as words.
    let words = || if slug.as_str() == given { capitalised(&given.replace('-', " ")) } else { given.to_owned() };
    Some(guess.filter(|guess| guess.slug == slug).unwrap_or_else(|| SeriesPlan {
        name: words(),
        slug: slug.clone(),
        office: None,
        time_zone: None,
    }))
}

fn guessed_series(draft: &Draft, url: Option<&str>) -> Option<SeriesPlan> {
    let guess = series::guess(draft, url)?;
    Some(SeriesPlan {
        slug: Slug::from_text(&guess.name)?,
        name: guess.name,
        office: guess.office,
        time_zone: guess.time_zone,
    })
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn tagged(draft: &Draft, terms: &topics::Terms) -> Vec<Vec<TopicId>> {
    let context = topics::Context { home: topics::home_of(draft.series.as_deref(), draft.issuer.as_deref()) };
    let tags = draft.utterances.iter().map(|utterance| {
        if utterance.kind == UtteranceKind::Note {
            return Vec::new();
        }
        terms.topics(&utterance.text, draft.language.as_deref(), &context)
    });
    tags.collect()
}

/// The moment until which the words are held back. A line with a date and no time ends when that day begins; one with
/// a time and no date speaks of the day of the event.
fn end_of(embargo: &Embargo, held: Option<Date>, series_zone: Option<&str>) -> Option<Timestamp> {
    let at = embargo.until_time.as_ref();
    let date = embargo.until.or(held.filter(|_| at.is_some()))?;
    let moment = DateTime::from_parts(date, at.map_or(Time::midnight(), |at| at.time));
    let zone = at
        .and_then(|at| printed_zone(at.zone.as_deref()?))
        .or_else(|| TimeZone::get(series_zone?).ok())
        .unwrap_or(TimeZone::UTC);
    moment.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

/// Zones as English and Spanish transcripts print them.
fn printed_zone(zone: &str) -> Option<TimeZone> {
    let hours = match zone {
        "EST" | "CDT" => -5,
        "EDT" | "AST" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" | "AKDT" => -8,
        "AKST" => -9,
        "HST" => -10,
        "ET" => return TimeZone::get("America/New_York").ok(),
        "CT" => return TimeZone::get("America/Chicago").ok(),
        "PT" => return TimeZone::get("America/Los_Angeles").ok(),
        "GMT" | "UTC" | "Z" | "WET" => 0,
        "BST" | "CET" | "WEST" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "JST" | "KST" => 9,
        _ => return None,
    };
    Some(TimeZone::fixed(Offset::constant(hours)))
}

fn kebab(origin: DateOrigin) -> String {
    serde_json::to_value(origin).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
