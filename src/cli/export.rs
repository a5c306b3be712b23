//! `onrecord export`: published briefings, a line of JSON each, in the form of `GET /api/v1/briefings/{slug}`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Context;

use super::archive::Archive;
use crate::config;
use crate::store::briefings;
use crate::web::{self, App};

pub(super) async fn run(settings: &config::Archive, export: config::Export) -> anyhow::Result<ExitCode> {
    let archive = Archive::open(settings).await?;
    let (index, _) = archive.index()?;
    let app = App::new(
        archive.pool.clone(),
        index,
        web::Settings {
            public_url: export.public_url.clone(),
            trusted_proxies: Vec::new(),
            provider: None,
            sends_mail: false,
        },
        None,
        super::now,
    );
    let mut conn = archive.pool.acquire().await?;
    let slugs = if export.slugs.is_empty() { briefings::slugs(&mut conn).await? } else { export.slugs.clone() };
    let mut out = output(&export)?;
    let mut missing = 0;
    for slug in &slugs {
        match web::briefing_json(&app, &mut conn, slug).await? {
            Some(line) => writeln!(out, "{line}").context("The export cannot be written")?,
            None => {
                missing += 1;
                eprintln!("{slug}: there is no published briefing of this slug");
            }
        }
    }
    out.flush().context("The export cannot be written")?;
    drop((conn, app));
    archive.close().await;
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn output(export: &config::Export) -> anyhow::Result<Box<dyn Write + Send>> {
    let Some(folder) = &export.out else { return Ok(Box::new(BufWriter::new(io::stdout()))) };
    fs::create_dir_all(folder).with_context(|| format!("Cannot make {}", folder.display()))?;
    let file = folder.join("briefings.jsonl");
    let file = File::create(&file).with_context(|| format!("Cannot write {}", file.display()))?;
    Ok(Box::new(BufWriter::new(file)))
}
