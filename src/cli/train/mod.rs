//! `onrecord train`: rewrites the models that lie beside the code, from labelled data that does not.

mod answers;
mod claims;
mod quotations;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Whether a question was answered.
    Answers(Options),
    /// Which sentences deserve to be checked.
    Claims(Options),
    /// Who says what in an article.
    Quotations(Options),
}

/// What to learn from.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Folder of the labelled data.
    #[arg(long, env = "ONRECORD_LABELLED", value_name = "DIR")]
    labelled: PathBuf,
}

pub(super) fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Answers(options) => answers::run(&options.labelled),
        Command::Claims(options) => claims::run(&options.labelled),
        Command::Quotations(options) => quotations::run(&options.labelled),
    }
}

/// Writes a file of the source tree, named from `src`.
fn write(file: &str, text: &str) -> anyhow::Result<()> {
    write_bytes(file, text.as_bytes())
}

/// The same for a file that is no text.
fn write_bytes(file: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let tree = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    ensure!(tree.is_dir(), "The source tree is not at {} any more: run this from a checkout", tree.display());
    let path = tree.join(file);
    std::fs::write(&path, bytes).with_context(|| format!("Cannot write {}", path.display()))?;
    println!("{} ({} bytes)", path.display(), bytes.len());
    Ok(())
}
