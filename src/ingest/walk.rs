//! From the paths that people name to the list of sources in them: files, folders, zip archives, with what sidecars say.
//!
//! Invariants: the order is that of the names, whatever the file system's; nothing is read before [`Item::load`] but
//! sidecars and the lists of archives; hidden files, sidecars and links that run in circles are left out.

mod beside;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::archive::{Archive, Bounds, Entry, is_hidden, is_zip};
use super::child::{MAX_SOURCE_BYTES, too_large};
use super::sidecar::{Described, SidecarForm};
use crate::transcript::{Diagnostic, Severity};
use beside::Beside;

/// Folders nested deeper than this are no archive of transcripts.
const MAX_DEPTH: usize = 64;

/// What was found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The sources, in order.
    pub items: Vec<Item>,
    /// Paths that are no source, and bad lines of sidecars.
    pub refused: Vec<(String, Diagnostic)>,
}

/// One source, not yet read.
#[derive(Debug, Clone)]
pub struct Item {
    /// The path as people named it, that of an archive's entry behind the archive's.
    pub path: String,
    /// What the sidecars say about it.
    pub described: Option<Described>,
    /// The address that it was fetched from.
    pub fetched: Option<String>,
    origin: Origin,
}

#[derive(Clone)]
enum Origin {
    File(PathBuf),
    Entry(Arc<Mutex<Archive<Box<dyn Bytes>>>>, Entry),
    Memory(Arc<Vec<u8>>),
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Entry(_, entry) => f.debug_tuple("Entry").field(entry).finish(),
            Self::Memory(bytes) => f.debug_tuple("Memory").field(&bytes.len()).finish(),
        }
    }
}

/// Where an archive lies: a file, or bytes in memory.
trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

impl Item {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// About how many bytes there are to read; not to be trusted.
    pub fn size(&self) -> u64 {
        match &self.origin {
            Origin::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Origin::Entry(_, entry) => entry.size,
            // These take their room already.
            Origin::Memory(_) => 0,
        }
    }

    /// Reads the bytes, never more than [`MAX_SOURCE_BYTES`]. This blocks.
    pub fn load(&self) -> Result<Vec<u8>, Diagnostic> {
        match &self.origin {
            Origin::File(path) => load_file(path),
            Origin::Entry(archive, entry) => archive.lock().unwrap_or_else(PoisonError::into_inner).read(entry),
            Origin::Memory(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// A source that is in memory already, such as one fetched from an address.
    pub fn in_memory(path: &str, bytes: Vec<u8>, described: Option<Described>) -> Self {
        Self { path: path.to_owned(), described, fetched: None, origin: Origin::Memory(Arc::new(bytes)) }
    }
}

/// The sources at these paths.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        let shown = path.to_string_lossy().trim_end_matches('/').to_owned();
        match fs::canonicalize(path) {
            Ok(real) => {
                // A sidecar may also lie beside a folder or archive: it names the files with the folder in front.
                let mut beside = Beside::default();
                if let Some(parent) = real.parent() {
                    beside.enter_quietly(parent);
                }
                let before = walk.items.len() + walk.refused.len();
                walk.visit(&real, &shown, &beside, &mut HashSet::new(), 0);
                if walk.items.len() + walk.refused.len() == before {
                    let message = "There is nothing in here that could be imported.";
                    walk.refused.push((shown, Diagnostic::new(Severity::Error, "empty", message)));
                }
            }
            Err(error) => walk.refuse(&shown, &error),
        }
    }
    walk
}

/// The sources in an archive that was uploaded under this name.
pub fn walk_archive(name: &str, bytes: Vec<u8>) -> Walk {
    let mut walk = Walk::default();
    walk.unfold(Box::new(Cursor::new(bytes)), name, &Beside::default(), Path::new(name));
    walk
}

impl Walk {
    fn refuse(&mut self, shown: &str, error: &io::Error) {
        let message = match error.kind() {
            io::ErrorKind::NotFound => "There is no file or folder of this name.".to_owned(),
            io::ErrorKind::PermissionDenied => "This may not be read. Change its permissions and try again.".to_owned(),
            _ => format!("This cannot be read ({error})."),
        };
        self.refused.push((shown.to_owned(), Diagnostic::new(Severity::Error, "file", message)));
    }

    fn visit(&mut self, real: &Path, shown: &str, beside: &Beside, above: &mut HashSet<PathBuf>, depth: usize) {
        match fs::metadata(real) {
            Err(error) => self.refuse(shown, &error),
            Ok(metadata) if metadata.is_dir() => self.folder(real, shown, beside, above, depth),
            Ok(metadata) if metadata.is_file() => match archive_at(real) {
                Ok(Some(file)) => self.unfold(Box::new(file), shown, beside, real),
                Ok(None) => self.items.push(Item {
                    path: shown.to_owned(),
                    described: beside.about(real),
                    fetched: None,
                    origin: Origin::File(real.to_owned()),
                }),
                Err(error) => self.refuse(shown, &error),
            },
            Ok(_) => {
                let message = "This is neither a file nor a folder.";
                self.refused.push((shown.to_owned(), Diagnostic::new(Severity::Error, "file", message)));
            }
        }
    }

    fn folder(&mut self, real: &Path, shown: &str, beside: &Beside, above: &mut HashSet<PathBuf>, depth: usize) {
        // A link to a folder that we are in: its files come anyway.
        let Ok(identity) = fs::canonicalize(real) else { return };
        if depth > MAX_DEPTH || !above.insert(identity.clone()) {
            return;
        }
        let mut beside = beside.clone();
        for (name, problem) in beside.enter(real) {
            self.refused.push((format!("{shown}/{name}"), problem));
        }
        let mut names: Vec<_> = match fs::read_dir(real) {
            Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.file_name()).collect(),
            Err(error) => {
                self.refuse(shown, &error);
                Vec::new()
            }
        };
        names.sort();
        for name in names {
            let text = name.to_string_lossy();
            if is_hidden(&text) || SidecarForm::of(&text).is_some() {
                continue;
            }
            self.visit(&real.join(&name), &format!("{shown}/{text}"), &beside, above, depth + 1);
        }
        above.remove(&identity);
    }

    fn unfold(&mut self, reader: Box<dyn Bytes>, shown: &str, beside: &Beside, real: &Path) {
        let mut archive = match Archive::open(reader, Bounds::default()) {
            Ok(archive) => archive,
            Err(problem) => {
                self.refused.push((shown.to_owned(), problem));
                return;
            }
        };
        let (entries, refused) = archive.entries();
        self.refused.extend(refused.into_iter().map(|(path, problem)| (format!("{shown}/{path}"), problem)));
        let (sidecars, entries): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| SidecarForm::of(last(&entry.path)).is_some());
        let mut inside = Beside::default();
        let known: HashSet<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
        for entry in sidecars {
            let problems = match archive.read(&entry) {
                Ok(bytes) => inside.add(&entry.path, &bytes, |path| known.contains(path)),
                Err(problem) => vec![problem],
            };
            self.refused.extend(problems.into_iter().map(|problem| (format!("{shown}/{}", entry.path), problem)));
        }
        let archive = Arc::new(Mutex::new(archive));
        for entry in entries {
            self.items.push(Item {
                path: format!("{shown}/{}", entry.path),
                described: inside.about(Path::new(&entry.path)).or_else(|| beside.about_entry(real, &entry.path)),
                fetched: None,
                origin: Origin::Entry(Arc::clone(&archive), entry),
            });
        }
    }
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The file, if it is an archive of sources. Documents of office programs are zip files too.
fn archive_at(path: &Path) -> io::Result<Option<File>> {
    let mut file = File::open(path)?;
    let mut magic = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut magic)?;
    if !is_zip(&magic) {
        return Ok(None);
    }
    file.rewind()?;
    if let Ok(zip) = zip::ZipArchive::new(&file)
        && ["[Content_Types].xml", "mimetype"].iter().any(|name| zip.index_for_name(name).is_some())
    {
        return Ok(None);
    }
    let document = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"));
    file.rewind()?;
    Ok(if document { None } else { Some(file) })
}

fn load_file(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: io::Error| {
        let message = format!("This file cannot be read ({error}).");
        Diagnostic::new(Severity::Error, "file", message)
    };
    let file = File::open(path).map_err(unreadable)?;
    let length = file.metadata().map_err(unreadable)?.len();
    let most = MAX_SOURCE_BYTES as u64;
    if length > most {
        return Err(too_large(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // The file may grow while it is read.
    file.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}
