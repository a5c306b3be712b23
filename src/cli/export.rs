//! `onrecord export`.
use crate::config;
use std::process::ExitCode;
pub(super) async fn run(_: &config::Archive, _: config::Export) -> anyhow::Result<ExitCode> {
    anyhow::bail!("not yet")
}
