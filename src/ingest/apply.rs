//! Writes a plan as a draft.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::plan::ImportPlan;
use crate::domain::{BriefingId, Rights};
use crate::store::{self, Connection, drafts, rights, sources};
use crate::transcript::model::Format;

/// The bytes of a plan and how they came.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Their SHA-256.
    pub sha256: [u8; 32],
    /// Name of the file.
    pub name: Option<&'a str>,
    /// Who brings them in.
    pub actor: &'a str,
    /// Part of the sample archive.
    pub fiction: bool,
}

/// Writes the draft; `None` when these bytes are in the archive already.
pub async fn apply(
    conn: &mut Connection,
    plan: &ImportPlan,
    received: Received<'_>,
    now: Timestamp,
) -> Result<Option<BriefingId>, store::Error> {
    let source = sources::NewSource {
        sha256: received.sha256,
        bytes: received.bytes,
        media_type: media_type(plan.format),
        file_name: received.name,
        url: plan.url.as_deref(),
        publisher: plan.publisher.as_deref(),
        retrieved_at: now,
        source_text: &plan.source_text,
    };
    let Some(source_id) = sources::insert(conn, &source).await? else { return Ok(None) };
    let series_id = match &plan.series {
        Some(series) => Some(
            drafts::series(conn, &series.slug, &series.name, series.office.as_deref(), series.time_zone.as_deref())
                .await?,
        ),
        None => None,
    };
    let new = drafts::NewDraft {
        draft: &plan.draft,
        slug: &plan.slug,
        series_id,
        source_id,
        format: format_name(plan.format),
        diagnostics: &serde_json::json!(plan.diagnostics),
        evidence: &plan.evidence,
        topics: &plan.topics,
        terms_version: plan.terms_version,
        embargo_text: plan.embargo_text.as_deref(),
        embargo_until: plan.embargo_until,
        fiction: received.fiction,
        actor: received.actor,
    };
    let id = drafts::insert(conn, &new, now).await?;
    if plan.rights != Rights::Full {
        rights::set_words(conn, id, plan.rights).await?;
    }
    Ok(Some(id))
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
