//! `onrecord verify`: computes every hash of the record again.

use std::process::ExitCode;

use clap::Args;

use super::archive::Archive;
use crate::jobs::verify;
use crate::{config, store};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Say it in JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(settings: &config::Archive, options: Options) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(settings).await?;
    let mut tx = store::snapshot(&archive.pool).await?;
    let done = verify::verify(&mut tx).await?;
    drop(tx);
    if options.json {
        println!("{}", serde_json::to_string(&done)?);
    } else {
        println!(
            "{} sources, {} revisions, {} utterances, {} entries of the audit log match their hashes",
            done.sources, done.revisions, done.utterances, done.audit_entries
        );
        if done.redacted > 0 {
            println!("{} utterances and sources are gone, each by a redaction that is on record", done.redacted);
        }
        match &done.mismatch {
            None => println!("the audit log ends with {}", done.audit_head),
            Some(mismatch) => println!("does not match: {mismatch}"),
        }
    }
    archive.close().await;
    Ok(if done.mismatch.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
