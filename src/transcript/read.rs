//! Puts reading together: from bytes to [`Parsed`].

use std::collections::HashSet;

use jiff::tz::{Offset, TimeZone};

use super::asked;
use super::blocks::Metadata;
use super::dates;
use super::detect;
use super::diagnostic::{Diagnostic, Severity};
use super::document::{Document, Scalars};
use super::event;
use super::evidence;
use super::format;
use super::kind;
use super::model::{
    DateFound, DateOrigin, Format, Input, Kind, Mark, MarkKind, Parsed, Segment, SegmentKind, Transcript,
};
use super::prose;
use super::turns::{self, Piece, Split};

/// Reads a source. Never fails and never panics: what cannot be understood is a diagnostic.
pub fn parse(input: Input<'_>) -> Parsed {
    let detected = detect::detect(input);
    let mut reading = format::read(input.bytes, &detected);
    let mut diagnostics = detected.diagnostics;
    diagnostics.append(&mut reading.diagnostics);
    let document = Document::new(reading.blocks);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if failed || document.text.is_empty() {
        return nothing(detected.format, diagnostics, failed);
    }
    let starts = evidence::starts(&document);
    let Split { pieces, head, ends } = turns::split(&document, &starts, reading.metadata.title.clone());
    let segments = segments(&document, &pieces);
    if let Some(diagnostic) = too_many(&segments) {
        diagnostics.push(diagnostic);
        return nothing(detected.format, diagnostics, true);
    }
    let captions = matches!(detected.format, Format::WebVtt | Format::SubRip);
    let kind = if captions { Kind::Transcript } else { kind::of(&segments, reading.metadata.author.is_some()) };
    let mut transcript = Transcript {
        kind,
        place: head.place().or_else(|| reading.metadata.place.clone()),
        title: head.title.or_else(|| reading.metadata.title.clone()).or_else(|| event::name(&segments)),
        dates: dated(with_signature(head.dates, kind, &segments), &reading.metadata, input.name),
        starts: head.starts,
        ends,
        issuer: reading.metadata.issuer.clone().or(head.issuer),
        url: reading.metadata.url.clone(),
        language: language(&segments, &reading.metadata),
        subjects: head.subjects,
        embargo: head.embargo,
        segments,
    };
    asked::fill(&mut transcript.segments);
    diagnostics.extend(findings(&transcript));
    diagnostics.extend(published_early(&transcript, &reading.metadata));
    Parsed { format: detected.format, source_text: document.text, transcript, diagnostics }
}

/// Most pieces of a transcript: a day of parliament has a tenth of it.
const MAX_SEGMENTS: usize = 30_000;
/// Most labels that differ from each other: a hearing with all its witnesses has a tenth of it.
const MAX_LABELS: usize = 3_000;

/// Why this is no transcript but a list or a table, or a whole archive in one file.
fn too_many(segments: &[Segment]) -> Option<Diagnostic> {
    let labels: HashSet<&str> = segments.iter().filter_map(|segment| segment.label.as_deref()).collect();
    let (count, what) = match (segments.len(), labels.len()) {
        (segments, _) if segments > MAX_SEGMENTS => (segments, "turns and paragraphs"),
        (_, labels) if labels > MAX_LABELS => (labels, "different labels of speakers"),
        _ => return None,
    };
    let message = format!(
        "This file has {count} {what}, far more than any transcript. Split it into one file per briefing, and leave out \
         what is a list or a table."
    );
    Some(Diagnostic::new(Severity::Error, "too-many", message))
}

/// A source without words.
fn nothing(format: Format, mut diagnostics: Vec<Diagnostic>, failed: bool) -> Parsed {
    if !failed {
        let message = "No words were found in this file. Check that it holds text and not only pictures of it.";
        diagnostics.push(Diagnostic::new(Severity::Error, "empty", message));
    }
    Parsed { format, source_text: String::new(), transcript: Transcript::default(), diagnostics }
}

fn segments(document: &Document, pieces: &[Piece]) -> Vec<Segment> {
    let mut scalars = Scalars::new(&document.text);
    pieces.iter().map(|piece| segment(document, piece, &mut scalars)).collect()
}

fn segment(document: &Document, piece: &Piece, scalars: &mut Scalars<'_>) -> Segment {
    let (text, mut marks) = prose::join(document, &piece.parts);
    if piece.editors {
        marks = vec![Mark { kind: MarkKind::EditorNote, start: 0, end: text.chars().count() }];
    }
    let first = piece.label.as_ref().map(|label| label.start).or(piece.parts.first().map(|part| part.range.start));
    let last = piece.parts.last().map(|part| part.range.end).or(piece.label.as_ref().map(|label| label.end));
    Segment {
        kind: piece.kind,
        label: piece.label.clone().map(|label| prose::line(document.get(label))),
        text,
        marks,
        source: (scalars.at(first.unwrap_or_default()), scalars.at(last.unwrap_or_default())),
        starts_at_ms: piece.starts_at_ms,
        asked_by: None,
    }
}

/// A statement may be dated at its end, on a line of its own below the signature.
fn with_signature(mut found: Vec<DateFound>, kind: Kind, segments: &[Segment]) -> Vec<DateFound> {
    if kind == Kind::Statement && found.is_empty() {
        for segment in segments.iter().rev().take(4).filter(|segment| segment.text.split_whitespace().count() <= 7) {
            for (date, evidence) in dates::in_text(&segment.text) {
                found.push(DateFound { date, origin: DateOrigin::Head, evidence });
            }
        }
    }
    found
}

/// All dates, best first: head and title, then front matter, file name, address.
fn dated(mut found: Vec<DateFound>, metadata: &Metadata, name: Option<&str>) -> Vec<DateFound> {
    // When it was posted says nothing where the day of the event stands beside it.
    if let Some(date) = metadata.date.or(metadata.published) {
        found.push(DateFound { date, origin: DateOrigin::FrontMatter, evidence: date.to_string() });
    }
    if let Some((date, evidence)) = name.and_then(dates::from_name) {
        found.push(DateFound { date, origin: DateOrigin::FileName, evidence });
    }
    if let Some((date, evidence)) = metadata.url.as_deref().and_then(dates::from_name) {
        found.push(DateFound { date, origin: DateOrigin::Address, evidence });
    }
    found.sort_by_key(|found| found.origin);
    found.dedup();
    found
}

/// The language of the words, not of the template around them.
fn language(segments: &[Segment], metadata: &Metadata) -> Option<String> {
    let mut sample = String::new();
    for segment in segments.iter().filter(|segment| matches!(segment.kind, SegmentKind::Turn | SegmentKind::Paragraph))
    {
        sample.extend(segment.text.chars().take(800));
        sample.push(' ');
        if sample.len() > 3000 {
            break;
        }
    }
    let detected = whatlang::detect(&sample).filter(|found| found.is_reliable() || sample.len() > 400);
    let declared = || metadata.language.as_deref().and_then(|code| code.get(..2)).map(str::to_lowercase);
    detected.and_then(|found| iso(found.lang())).map(str::to_owned).or_else(declared)
}

/// ISO 639-1 codes of the languages that are told apart.
fn iso(language: whatlang::Lang) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("eng", "en"),
        ("spa", "es"),
        ("por", "pt"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ita", "it"),
        ("nld", "nl"),
        ("pol", "pl"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("ara", "ar"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("tur", "tr"),
        ("heb", "he"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("bul", "bg"),
        ("ell", "el"),
        ("hin", "hi"),
        ("pes", "fa"),
        ("vie", "vi"),
        ("ind", "id"),
        ("cat", "ca"),
        ("est", "et"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("slv", "sl"),
        ("tha", "th"),
        ("urd", "ur"),
        ("kat", "ka"),
    ];
    CODES.iter().find(|(three, _)| *three == language.code()).map(|(_, two)| *two)
}

/// What an editor should know about the outcome.
fn findings(transcript: &Transcript) -> Vec<Diagnostic> {
    let choice = dates::choose(&transcript.dates);
    let mut findings = choice.conflicts;
    if choice.date.is_none() {
        findings.push(Diagnostic::new(Severity::Warning, "date-missing", undated(transcript)));
    }
    if let Some(embargo) = &transcript.embargo {
        let message = format!("The text restricts its use: \"{}\". Check before publishing.", embargo.text);
        findings.push(Diagnostic::new(Severity::Warning, "embargo", message));
    }
    if transcript.kind == Kind::Transcript {
        let loose: Vec<&Segment> =
            transcript.segments.iter().filter(|segment| segment.kind == SegmentKind::Paragraph).collect();
        if let (Some(first), Some(last)) = (loose.first(), loose.last()) {
            let message =
                format!("{} paragraph(s) name no speaker. Say who speaks, or mark them as notes.", loose.len());
            let info = Diagnostic::new(Severity::Info, "unattributed", message);
            findings.push(if loose.len() == 1 {
                info.at(first.source.0, last.source.1)
            } else {
                info.at(first.source.0, first.source.1)
            });
        }
    }
    findings
}

/// A text that came out before the hour at which its event began that day is of an earlier day. Which one is not guessed.
fn published_early(transcript: &Transcript, metadata: &Metadata) -> Option<Diagnostic> {
    let date = dates::choose(&transcript.dates).date?;
    let starts = transcript.starts.as_ref()?;
    let hours: i8 = match starts.zone.as_deref()? {
        "EST" | "ET" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "GMT" | "UTC" => 0,
        "BST" | "CET" => 1,
        "CEST" => 2,
        _ => return None,
    };
    let zone = TimeZone::fixed(Offset::constant(hours));
    let began = date.to_datetime(starts.time).to_zoned(zone.clone()).ok()?;
    let published = metadata.published_at?.to_zoned(zone);
    (published < began && published.date() == date).then(|| {
        let message = format!(
            "The text came out on {date} at {}, before the hour at which it says that the event began ({}): the event was \
             on an earlier day. Check the date.",
            published.strftime("%H:%M"),
            starts.time.strftime("%H:%M"),
        );
        Diagnostic::new(Severity::Warning, "published-before-event", message)
    })
}

/// The sentence about a missing date; weekdays are named but never guessed into dates.
fn undated(transcript: &Transcript) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut named: Vec<&str> = Vec::new();
    if transcript.kind != Kind::Transcript {
        for segment in &transcript.segments {
            for word in segment.text.split(|c: char| !c.is_alphabetic()) {
                if let Some(day) = DAYS.iter().find(|day| **day == word)
                    && !named.contains(day)
                {
                    named.push(day);
                }
            }
        }
    }
    let advice = "Give the date of the event (--date, or the date field).";
    match named.as_slice() {
        [] => format!("No date of the event was found. {advice}"),
        [day] => format!("No date of the event was found; the text only says {day}. {advice}"),
        days => format!(
            "No date of the event was found; the text only names weekdays, which conflict: {}. {advice}",
            days.join(", ")
        ),
    }
}
