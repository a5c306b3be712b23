//! `onrecord index`: rebuild and status.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use clap::Subcommand;

use super::archive::Archive;
use crate::config;
use crate::jobs::follower;
use crate::search::Access;
use crate::store::feed;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the index anew from the database and switch to it at once.
    Rebuild,
    /// Say how far the index is behind the database.
    Status,
}

pub(super) async fn run(settings: &config::Archive, command: Command) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(settings).await?;
    let (index, access) = archive.index()?;
    match command {
        Command::Status => {
            let target = feed::position(&mut *archive.pool.acquire().await?).await?;
            println!("database at position {target}, index at {}, {} utterances", index.position(), index.utterances());
        }
        Command::Rebuild if access == Access::Reader => {
            bail!("Another process writes this index (a running server?). Stop it, then rebuild.")
        }
        Command::Rebuild => {
            let position = follower::rebuild(&archive.pool, &Arc::clone(&index)).await?;
            println!("rebuilt up to position {position}, {} utterances", index.utterances());
        }
    }
    drop(index);
    archive.close().await;
    Ok(ExitCode::SUCCESS)
}
