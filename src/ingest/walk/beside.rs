//! The sidecars that speak about the files of a folder: its own and those of the folders around it, the nearest first.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::ingest::sidecar::{self, Described, MAX_SIDECAR_BYTES, Sidecar, SidecarForm};
use crate::transcript::{Diagnostic, Severity};

/// Sidecars with the folder each lies in, the outermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    sidecars: Vec<(PathBuf, Arc<Sidecar>)>,
}

impl Beside {
    /// Adds the sidecars of a folder; returns their names with what is wrong with them.
    pub(super) fn enter(&mut self, folder: &Path) -> Vec<(String, Diagnostic)> {
        let mut problems = Vec::new();
        for (name, form) in names_in(folder) {
            let path = folder.join(&name);
            let length = fs::metadata(&path).map_or(0, |metadata| metadata.len());
            if length > MAX_SIDECAR_BYTES {
                let message = "This file of descriptions is too large to be read. Split the folder.";
                problems.push((name, Diagnostic::new(Severity::Warning, "sidecar", message)));
                continue;
            }
            let Ok(bytes) = fs::read(&path) else { continue };
            let sidecar = sidecar::read(form, &bytes);
            let missing = missing(&sidecar, |file| folder.join(file).exists());
            problems.extend(sidecar.diagnostics.iter().cloned().chain(missing).map(|problem| (name.clone(), problem)));
            self.sidecars.push((folder.to_owned(), Arc::new(sidecar)));
        }
        problems
    }

    /// The same for a folder that nobody asked about: what is wrong there is none of our business.
    pub(super) fn enter_quietly(&mut self, folder: &Path) {
        drop(self.enter(folder));
    }

    /// Adds a sidecar at a path inside an archive.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8], exists: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let path = Path::new(path);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(form) = SidecarForm::of(&name) else { return Vec::new() };
        let sidecar = sidecar::read(form, bytes);
        let missing = missing(&sidecar, |file| exists(&folder.join(file).to_string_lossy()));
        let problems = sidecar.diagnostics.iter().cloned().chain(missing).collect();
        self.sidecars.push((folder, Arc::new(sidecar)));
        problems
    }

    /// What the sidecars say about a file: the nearest one's word counts, the others fill its gaps.
    pub(super) fn about(&self, file: &Path) -> Option<Described> {
        self.find(|folder| file.strip_prefix(folder).ok().map(|path| vec![sidecar::tidy(&path.to_string_lossy())]))
    }

    /// What they say about an entry of an archive: by its path in there, with or without the archive's name in front.
    pub(super) fn about_entry(&self, archive: &Path, entry: &str) -> Option<Described> {
        self.find(|folder| {
            let path = sidecar::tidy(&archive.strip_prefix(folder).ok()?.to_string_lossy());
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let mut names = vec![format!("{path}/{entry}"), format!("{stem}/{entry}")];
            // The bare path is the entry's only if no file of the folder has it.
            if !folder.join(entry).exists() {
                names.push(entry.to_owned());
            }
            Some(names)
        })
    }

    fn find(&self, names: impl Fn(&Path) -> Option<Vec<String>>) -> Option<Described> {
        let mut found: Option<Described> = None;
        let mut nearest_first: Vec<_> = self.sidecars.iter().collect();
        // Stable: of two sidecars in one folder the first counts.
        nearest_first.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.components().count()));
        for (folder, sidecar) in nearest_first {
            let described = names(folder).unwrap_or_default().iter().find_map(|name| sidecar.files.get(name)).cloned();
            found = match (found, described) {
                (Some(nearer), Some(farther)) => Some(nearer.or(farther)),
                (nearer, farther) => nearer.or(farther),
            };
        }
        found
    }
}

fn names_in(folder: &Path) -> Vec<(String, SidecarForm)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| SidecarForm::of(&name).map(|form| (name, form)))
        .collect();
    names.sort_by(|a, b| a.0.cmp(&b.0));
    names
}

/// One finding about all the files a sidecar describes that are not there.
fn missing(sidecar: &Sidecar, exists: impl Fn(&str) -> bool) -> Option<Diagnostic> {
    let in_archive = |file: &str| file.to_ascii_lowercase().contains(".zip/");
    let mut missing: Vec<&str> =
        sidecar.files.keys().map(String::as_str).filter(|file| !in_archive(file) && !exists(file)).collect();
    missing.sort_unstable();
    let first = missing.first()?;
    let message = match missing.len() {
        1 => format!("{first} is described here, but is not there. Check the name."),
        more => format!("{more} files are described here, but are not there. Check the names; the first is {first}."),
    };
    Some(Diagnostic::new(Severity::Warning, "sidecar-missing", message))
}
