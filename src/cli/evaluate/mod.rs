//! `onrecord evaluate`: scores the analysis on labelled files. What was kept aside in training is marked.

mod answers;
mod claims;
mod exchanges;
mod quotations;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Whether clear replies, ambivalent ones and clear non-replies are told apart: JSON lines of `interview_question`,
    /// `interview_answer`, `question` (what is asked) and `clarity_label`.
    Answers(Options),
    /// Whether sentences that fact-checkers chose come first: tab-separated files of line, speaker, sentence, 0 or 1.
    Claims(Options),
    /// How far people agree who coded the same sample (`sample exchanges`), each in a file of their own, and the machine with
    /// them.
    Exchanges(Options),
    /// Whether sources, cues and contents are found as readers marked them: articles as lines of JSON.
    Quotations(Options),
}

/// What to score.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Labelled files.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Say it in JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Answers(options) => answers::run(options),
        Command::Claims(options) => claims::run(options),
        Command::Exchanges(options) => exchanges::run(options),
        Command::Quotations(options) => quotations::run(options),
    }
}
