//! The command line: one file per subcommand.
//!
//! Invariant: nobody imports `cli`; it alone reads the clock, opens the archive and starts the server.

mod analyse;
mod archive;
mod coding;
mod editors;
mod evaluate;
mod export;
mod first_start;
mod import;
mod index;
mod labelled;
mod sample;
mod serve;
mod train;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config;

#[derive(Debug, Parser)]
#[command(name = "onrecord", version, about = "A press briefing archive: who said what, when, and in answer to what.")]
struct Cli {
    #[command(flatten)]
    archive: config::Archive,
    #[command(flatten)]
    serve: config::Serve,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the archive (what happens without a subcommand, too).
    Serve(config::Serve),
    /// Bring transcripts, statements and reports into the archive.
    Import(config::Import),
    /// Write published briefings in a format that people take away.
    Export(config::Export),
    /// Look after those who may edit.
    Editors {
        #[command(subcommand)]
        command: editors::Command,
    },
    /// Look after the search index.
    Index {
        #[command(subcommand)]
        command: index::Command,
    },
    /// Compute every hash of the record again and name the first thing that does not match.
    Verify(verify::Options),
    /// Say what texts mean: lines of JSON in, lines of JSON out. No archive is opened.
    Analyse {
        #[command(subcommand)]
        command: analyse::Command,
    },
    /// Draw what people are to code without knowing what the machine says of it.
    Sample {
        #[command(subcommand)]
        command: coding::Command,
    },
    /// Score the analysis on labelled files. No archive is opened.
    Evaluate {
        #[command(subcommand)]
        command: evaluate::Command,
    },
    /// Rewrite the models of the analysis in the source tree.
    Train {
        #[command(subcommand)]
        command: train::Command,
    },
    /// Read sources from standard input and write what they say (used by the importer).
    #[command(hide = true)]
    ParseWorker,
}

/// Runs the command line. Exit code 0: all went well; 1: some of it failed; 2: wrong usage.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Some(Command::ParseWorker)) {
        return if crate::ingest::child::worker_main().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    crate::telemetry::logs(cli.archive.log_json);
    let outcome = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(anyhow::Error::from);
    let outcome = outcome.and_then(|runtime| runtime.block_on(command(cli)));
    outcome.unwrap_or_else(|error| {
        eprintln!("onrecord: {error:#}");
        ExitCode::FAILURE
    })
}

async fn command(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        None => serve::run(&cli.archive, cli.serve).await,
        Some(Command::Serve(serve)) => serve::run(&cli.archive, serve).await,
        Some(Command::Import(import)) => import::run(&cli.archive, import).await,
        Some(Command::Export(export)) => export::run(&cli.archive, export).await,
        Some(Command::Editors { command }) => editors::run(&cli.archive, command).await,
        Some(Command::Index { command }) => index::run(&cli.archive, command).await,
        Some(Command::Verify(options)) => verify::run(&cli.archive, options).await,
        Some(Command::Analyse { command }) => analyse::run(&command),
        Some(Command::Sample { command }) => coding::run(&cli.archive, command).await,
        Some(Command::Evaluate { command }) => evaluate::run(&command),
        Some(Command::Train { command }) => train::run(&command),
        Some(Command::ParseWorker) => Ok(ExitCode::SUCCESS),
    }
}

/// The settings as the README lists them: a Markdown table of options, variables, defaults and meanings.
pub fn settings_table() -> String {
    let command = Cli::command();
    let import = command.find_subcommand("import").into_iter().flat_map(clap::Command::get_arguments);
    let settings = command.get_arguments().chain(import).filter(|argument| argument.get_env().is_some());
    let rows = settings.filter(|argument| !argument.is_hide_set()).map(|argument| {
        let option = argument.get_long().unwrap_or_default();
        let variable = argument.get_env().unwrap_or_default().to_string_lossy();
        let default = argument.get_default_values().first().map(|value| format!("`{}`", value.to_string_lossy()));
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        format!("| `--{option}` | `{variable}` | {} | {help} |\n", default.unwrap_or_default())
    });
    let head = "| option | variable | default | meaning |\n|---|---|---|---|\n".to_owned();
    rows.fold(head, |table, row| table + row.as_str())
}

/// The present moment. The only place that looks at a clock.
#[expect(clippy::disallowed_methods, reason = "the command line is where time enters")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
