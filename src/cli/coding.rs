//! `onrecord sample`: draws what people are to code without knowing what the machine says of it.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::archive::Archive;
use crate::config;
use crate::store::coding;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Questions with their responses, lines of JSON in which `label` is left empty: two people fill it in, each in a copy of
    /// their own, and `evaluate exchanges` compares the two.
    Exchanges(Options),
}

/// What is drawn.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// How many.
    #[arg(long, default_value_t = 200)]
    n: u32,
    /// The same archive and the same seed give the same sample.
    #[arg(long, default_value_t = 1)]
    seed: i64,
}

/// An exchange to be coded.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Coded {
    /// Its number in the archive.
    pub(super) id: i64,
    briefing: String,
    date: Option<Date>,
    /// The number of the utterance in which the question begins.
    number: i32,
    /// The words of the question; parts that an interruption tore apart are joined by a blank.
    pub(super) question: String,
    /// The words of the response, in parts joined by blank lines.
    pub(super) response: String,
    /// An answer label; empty until somebody has coded it, and where nobody can.
    pub(super) label: String,
}

pub(super) async fn run(settings: &config::Archive, command: Command) -> anyhow::Result<ExitCode> {
    let Command::Exchanges(options) = command;
    let archive = Archive::open(settings).await?;
    let mut conn = archive.pool.acquire().await?;
    let drawn = coding::drawn(&mut conn, options.seed, i64::from(options.n)).await?;
    let (found, wanted) = (drawn.len(), options.n as usize);
    let mut out = io::stdout().lock();
    for one in drawn {
        let line = Coded {
            id: one.id.0,
            briefing: one.slug,
            date: one.date,
            number: one.number,
            question: one.question.join(" "),
            response: one.response.join("\n\n"),
            label: String::new(),
        };
        writeln!(out, "{}", serde_json::to_string(&line)?).context("The sample cannot be written")?;
    }
    drop(conn);
    archive.close().await;
    if found < wanted {
        eprintln!("The archive holds only {found} questions with a response.");
    }
    Ok(ExitCode::SUCCESS)
}
