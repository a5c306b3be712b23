//! Writes a plan as a draft.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::plan::ImportPlan;
use super::same_event::{look, words};
use crate::domain::{BriefingId, Rights, SeriesId, SourceId};
use crate::store::drafts::{self, Written};
use crate::store::{self, Connection, refetches, rights, same_event, sources};
use crate::transcript::model::Format;

/// How long after it was fetched first a source is fetched again: an hour, a day, a week, a month.
pub const AGAIN: [SignedDuration; 4] = [
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(24),
    SignedDuration::from_hours(7 * 24),
    SignedDuration::from_hours(30 * 24),
];

/// The bytes of a plan and how they came.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// Name of the file.
    pub name: Option<&'a str>,
    /// The address that they were fetched from.
    pub fetched: Option<&'a str>,
    /// Who brings them in.
    pub actor: &'a str,
    /// Part of the sample archive.
    pub fiction: bool,
}

/// A draft that was written.
#[derive(Debug, Clone, Copy)]
pub struct Applied {
    /// The briefing.
    pub briefing: BriefingId,
    /// It seems to be of an event that is here already: an editor says what it is before it is published.
    pub same_event: bool,
}

/// Writes the draft; `None` when these bytes are in the archive already.
pub async fn apply(
    conn: &mut Connection,
    plan: &ImportPlan,
    received: Received<'_>,
    now: Timestamp,
) -> Result<Option<Applied>, store::Error> {
    if !received.fiction {
        same_event::one_at_a_time(conn).await?;
    }
    let Some(source) = sources::insert(conn, &new_source(plan, &received, now)).await? else { return Ok(None) };
    let series = match &plan.series {
        Some(series) => Some(
            drafts::series(conn, &series.slug, &series.name, series.office.as_deref(), series.time_zone.as_deref())
                .await?,
        ),
        None => None,
    };
    let words = words(&plan.draft);
    let fingerprint = words.fingerprint();
    let diagnostics = json!(plan.diagnostics);
    let new = new_draft(plan, &received, source, series, &fingerprint, &diagnostics);
    let Written { briefing_id, transcript_id } = drafts::insert(conn, &new, now).await?;
    if let Some((url, host)) =
        received.fetched.and_then(|url| Some((url, Url::parse(url).ok()?.host_str()?.to_owned())))
    {
        let first = now.checked_add(AGAIN[0]).unwrap_or(now);
        refetches::begin(conn, transcript_id, url, &host, now, first).await?;
    }
    if plan.rights != Rights::Full {
        rights::set_words(conn, briefing_id, plan.rights).await?;
    }
    let same_event = !received.fiction && look(conn, briefing_id, &words, &fingerprint).await?;
    Ok(Some(Applied { briefing: briefing_id, same_event }))
}

/// Writes a newer version of a transcript as a draft that is only there to be put beside it. Its bytes may have been here
/// before: publishers go back to what they had.
pub async fn apply_version(
    conn: &mut Connection,
    plan: &ImportPlan,
    received: Received<'_>,
    now: Timestamp,
) -> Result<(Written, SourceId), store::Error> {
    let source = match sources::insert(conn, &new_source(plan, &received, now)).await? {
        Some(source) => source,
        None => sources::of_sha256(conn, &received.sha256).await?.ok_or(store::Error::RowNotFound)?,
    };
    let fingerprint = words(&plan.draft).fingerprint();
    let diagnostics = json!(plan.diagnostics);
    let new = new_draft(plan, &received, source, None, &fingerprint, &diagnostics);
    let new = drafts::NewDraft { proposed: true, ..new };
    Ok((drafts::insert(conn, &new, now).await?, source))
}

fn new_source<'a>(plan: &'a ImportPlan, received: &Received<'a>, now: Timestamp) -> sources::NewSource<'a> {
    sources::NewSource {
        sha256: received.sha256,
        bytes: received.bytes,
        media_type: media_type(plan.format),
        file_name: received.name,
        url: plan.url.as_deref(),
        publisher: plan.publisher.as_deref(),
        retrieved_at: now,
        source_text: &plan.source_text,
    }
}

fn new_draft<'a>(
    plan: &'a ImportPlan,
    received: &Received<'a>,
    source_id: SourceId,
    series_id: Option<SeriesId>,
    fingerprint: &'a [i32],
    diagnostics: &'a Value,
) -> drafts::NewDraft<'a> {
    drafts::NewDraft {
        draft: &plan.draft,
        slug: &plan.slug,
        series_id,
        source_id,
        format: format_name(plan.format),
        diagnostics,
        evidence: &plan.evidence,
        topics: &plan.topics,
        terms_version: plan.terms_version,
        embargo_text: plan.embargo_text.as_deref(),
        embargo_until: plan.embargo_until,
        fiction: received.fiction,
        actor: received.actor,
        proposed: false,
        fingerprint,
    }
}

/// The name under which bytes are kept.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

const fn format_name(format: Format) -> &'static str {
    match format {
        Format::Plain => "plain",
        Format::Markdown => "markdown",
        Format::Html => "html",
        Format::Pdf => "pdf",
        Format::Docx => "docx",
        Format::WebVtt => "web-vtt",
        Format::SubRip => "sub-rip",
        Format::Unreadable => "unreadable",
    }
}

const fn media_type(format: Format) -> &'static str {
    match format {
        Format::Plain => "text/plain",
        Format::Markdown => "text/markdown",
        Format::Html => "text/html",
        Format::Pdf => "application/pdf",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::WebVtt => "text/vtt",
        Format::SubRip => "application/x-subrip",
        Format::Unreadable => "application/octet-stream",
    }
}
