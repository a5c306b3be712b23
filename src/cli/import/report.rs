//! What an import says of itself: a line for each bad file and each warning, the sums at the end.

use std::collections::HashSet;
use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use crate::config;
use crate::domain::BriefingId;
use crate::ingest::plan::ImportPlan;
use crate::store::{self, Connection, same_event};
use crate::transcript::Severity;

/// Warnings that are told one by one; a large import has many small ones.
const MOST_WARNINGS: usize = 20;

/// What happened, as told at the end.
#[derive(Debug, Default, Serialize)]
pub(in crate::cli) struct Report {
    pub(super) imported: usize,
    pub(super) unchanged: usize,
    failed: usize,
    utterances: usize,
    words: usize,
    pub(super) seconds: f64,
    failures: Vec<Failure>,
    /// Sources that came in, or had come, and stay drafts: the archive seems to have their event already.
    kept_as_drafts: Vec<Kept>,
    #[serde(skip)]
    pub(super) published: usize,
    #[serde(skip)]
    held_back: Vec<(String, String)>,
    /// What a dry run would have written by now.
    #[serde(skip)]
    tried: HashSet<[u8; 32]>,
    /// What an editor should know of sources that came in.
    #[serde(skip)]
    warnings: Vec<(String, String)>,
}

/// A draft that is not published before an editor has said what it is.
#[derive(Debug, Serialize)]
pub(super) struct Kept {
    file: String,
    #[serde(skip)]
    pub(super) briefing: BriefingId,
    reason: String,
    /// The briefing that is here already.
    same_event: Option<String>,
    /// Share of the draft's words that stand in it in the same order.
    alike: f32,
}

#[derive(Debug, Serialize)]
struct Failure {
    file: String,
    reason: String,
}

impl Report {
    /// A source could not be read.
    pub(super) fn fail(&mut self, file: &str, reason: impl Into<String>) {
        self.failed += 1;
        self.failures.push(Failure { file: file.to_owned(), reason: reason.into() });
    }

    /// A source came in.
    pub(super) fn count(&mut self, path: &str, plan: &ImportPlan) {
        let warnings = plan.diagnostics.iter().filter(|found| found.severity == Severity::Warning);
        self.warnings.extend(warnings.map(|found| (path.to_owned(), found.message.clone())));
        self.imported += 1;
        self.utterances += plan.draft.utterances.len();
        self.words += plan.draft.utterances.iter().map(|u| u.text.split_whitespace().count()).sum::<usize>();
    }

    /// A source would have come in, if it had not done so before.
    pub(super) fn count_tried(&mut self, path: &str, sha256: [u8; 32], plan: &ImportPlan) {
        if self.tried.insert(sha256) {
            self.count(path, plan);
        } else {
            self.unchanged += 1;
        }
    }

    /// A source came in and may not be shown yet.
    pub(super) fn hold_back(&mut self, path: &str, plan: &ImportPlan, until: Timestamp) {
        let line = plan.embargo_text.as_deref().unwrap_or_default();
        self.held_back.push((path.to_owned(), format!("“{line}” (until {until})")));
    }

    /// A source is kept as a draft, because the archive seems to have its event already.
    pub(super) fn keep(&mut self, path: &str, briefing: BriefingId) {
        let reason = "The same event seems to be here already.".to_owned();
        self.kept_as_drafts.push(Kept { file: path.to_owned(), briefing, reason, same_event: None, alike: 0.0 });
    }

    /// Says of each draft that is kept which briefing is of the same event.
    pub(super) async fn explain(&mut self, conn: &mut Connection) -> Result<(), store::Error> {
        for kept in &mut self.kept_as_drafts {
            let Some(same) = same_event::of_draft(conn, kept.briefing).await?.into_iter().next() else { continue };
            kept.alike = same.alike;
            kept.reason = format!(
                "{:.0} % of its words stand in {}, so it seems to be of the same event. \
                 Say at /editor what it is: then it can be published.",
                same.alike * 100.0,
                same.briefing.slug
            );
            kept.same_event = Some(same.briefing.slug);
        }
        Ok(())
    }

    /// Each file that failed, with why.
    pub(in crate::cli) fn failures(&self) -> impl Iterator<Item = String> {
        self.failures.iter().map(|failure| format!("{}: {}", failure.file, failure.reason))
    }

    /// 0 when all went well, else 1.
    pub(super) fn exit_code(&self) -> ExitCode {
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// Tells it: sentences to the person, or one line of JSON to the program, that asked.
    pub(super) fn tell(&self, import: &config::Import) -> anyhow::Result<()> {
        for failure in self.failures() {
            eprintln!("{failure}");
        }
        for (file, warning) in self.warnings.iter().take(MOST_WARNINGS) {
            eprintln!("{file}: warning: {warning}");
        }
        if let Some(more @ 1..) = self.warnings.len().checked_sub(MOST_WARNINGS) {
            eprintln!("{more} more warnings stand with the briefings.");
        }
        for (file, why) in &self.held_back {
            eprintln!("{file}: held back as a draft: {why}");
        }
        for kept in self.kept_as_drafts.iter().take(MOST_WARNINGS) {
            eprintln!("{}: kept as a draft: {}", kept.file, kept.reason);
        }
        if import.json {
            println!("{}", serde_json::to_string(self)?);
            return Ok(());
        }
        let verb = if import.dry_run { "would be imported" } else { "imported" };
        println!(
            "{} {verb} ({} utterances, {} words), {} unchanged, {} failed, in {:.1} s",
            self.imported, self.utterances, self.words, self.unchanged, self.failed, self.seconds
        );
        if self.imported > 0 && self.published == 0 && !import.dry_run {
            println!("They are drafts: only editors see them. Import with --publish to show them to readers.");
        }
        Ok(())
    }
}
