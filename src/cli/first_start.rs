//! What only a first start does: the sample archive and the link for the first editor.

use indicatif::ProgressBar;

use super::archive::Archive;
use super::editors;
use super::import::{self, Manner};
use super::sample::FILES;
use crate::auth::accounts;
use crate::domain::Actor;
use crate::ingest::sidecar::{self, Described, SidecarForm};
use crate::ingest::walk::Item;
use crate::store::drafts;

/// Loads the sample archive into an empty archive, so that every page has something to show before the first import.
pub(super) async fn load_sample(archive: &Archive) -> anyhow::Result<()> {
    if !drafts::is_empty(&mut *archive.pool.acquire().await?).await? {
        return Ok(());
    }
    let index = FILES.iter().find(|(name, _)| *name == "index.jsonl").map_or(&[][..], |(_, bytes)| bytes);
    let described = sidecar::read(SidecarForm::JsonLines, index).files;
    let items: Vec<Item> = FILES
        .iter()
        .filter(|(name, _)| *name != "index.jsonl")
        .map(|(name, bytes)| Item::in_memory(name, bytes.to_vec(), described.get(*name).cloned()))
        .collect();
    let manner = Manner {
        overrides: Described::default(),
        given_date: None,
        actor: Actor::machine("sample archive"),
        publish: true,
        fiction: true,
        dry_run: false,
    };
    let mut report = import::Report::default();
    import::bring_in(archive, items, &manner, &ProgressBar::hidden(), &mut report).await?;
    for failure in report.failures() {
        tracing::error!(%failure, "a file of the sample archive could not be read");
    }
    Ok(())
}

/// A link with which somebody becomes the first admin, as long as there is none who can sign in.
pub(super) async fn editor_link(archive: &Archive, public_url: &str) -> anyhow::Result<Option<String>> {
    let token = accounts::first_link(&archive.pool, super::now()).await?;
    Ok(token.map(|token| editors::link(public_url, &token)))
}
