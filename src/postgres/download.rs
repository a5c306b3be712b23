//! Binaries of `PostgreSQL` from the web, for machines that have none: checked, unpacked and put in place as a whole.
//!
//! Invariants: nothing is unpacked before its SHA-256 is right; a folder under its final name is complete; several
//! processes may do this at once.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// The binaries are about 12 MB packed and 60 MB unpacked; far more than that is something else.
pub const MAX_ARCHIVE_BYTES: usize = 200 * 1024 * 1024;
const MAX_UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;
const MAX_ENTRIES: usize = 50_000;

/// Why there are no binaries.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The web could not be reached, or has no such file.
    #[error(
        "PostgreSQL is not installed, and its binaries could not be downloaded from {url} ({cause}). Install PostgreSQL \
         (for example \"apt-get install postgresql\" or \"brew install postgresql\"), or set DATABASE_URL to a running one."
    )]
    Unreachable {
        /// What was asked for.
        url: String,
        /// Why it did not come.
        cause: String,
    },
    /// The bytes are not those that were published.
    #[error(
        "What was downloaded from {url} is not what was published there (its SHA-256 differs). Nothing was installed; try again, \
         or install PostgreSQL yourself."
    )]
    WrongChecksum {
        /// What was downloaded.
        url: String,
    },
    /// The archive is not what it should be.
    #[error("The archive of PostgreSQL's binaries from {url} cannot be used ({cause}). Install PostgreSQL yourself.")]
    BadArchive {
        /// What was downloaded.
        url: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The disk does not take it.
    #[error("PostgreSQL's binaries could not be put into {} ({cause}).", path.display())]
    Disk {
        /// Where they should go.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

/// Downloads `PostgreSQL` `version` ("17.5.0") for `target` ("x86_64-unknown-linux-gnu") below `into` and returns the folder
/// with `postgres` and `initdb`. What is there already is used as it is. `get` fetches an address; `base_url` holds a
/// folder for each version, as the releases of `theseus-rs/postgresql-binaries` do.
pub async fn download(
    base_url: &str,
    version: &str,
    target: &str,
    into: &Path,
    get: impl AsyncFn(&str) -> Result<Vec<u8>, String>,
) -> Result<PathBuf, DownloadError> {
    let name = format!("postgresql-{version}-{target}");
    let home = into.join(&name);
    if let Some(bin) = bin_of(&home) {
        return Ok(bin);
    }
    let url = format!("{}/{version}/{name}.tar.gz", base_url.trim_end_matches('/'));
    let fetch = async |url: String| match get(&url).await {
        Ok(bytes) => Ok(bytes),
        Err(cause) => Err(DownloadError::Unreachable { url, cause }),
    };
    let checksum = fetch(format!("{url}.sha256")).await?;
    let archive = fetch(url.clone()).await?;
    if archive.len() > MAX_ARCHIVE_BYTES || published(&checksum).as_deref() != Some(&sha256(&archive)) {
        return Err(DownloadError::WrongChecksum { url });
    }
    install(&archive, &url, into, &home)
}

/// Unpacks beside the final place and renames: others see all of it or nothing.
fn install(archive: &[u8], url: &str, into: &Path, home: &Path) -> Result<PathBuf, DownloadError> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let disk = |cause: io::Error| DownloadError::Disk { path: into.to_owned(), cause };
    let bad = |cause: String| DownloadError::BadArchive { url: url.to_owned(), cause };
    fs::create_dir_all(into).map_err(disk)?;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let scratch = Scratch(into.join(format!(".unpacking-{}-{number}", std::process::id())));
    fs::create_dir(&scratch.0).map_err(disk)?;
    unpack(archive, &scratch.0).map_err(|error| bad(error.to_string()))?;
    // Most archives hold one folder; some hold the content itself.
    let only = only_folder(&scratch.0).filter(|folder| bin_of(folder).is_some());
    let root = only.unwrap_or_else(|| scratch.0.clone());
    if bin_of(&root).is_none() {
        return Err(bad("it holds no bin/postgres and bin/initdb".to_owned()));
    }
    match fs::rename(&root, home) {
        Ok(()) => {}
        // Somebody else was faster, which is as good.
        Err(_) if bin_of(home).is_some() => {}
        Err(cause) => return Err(disk(cause)),
    }
    bin_of(home).ok_or_else(|| bad("it is incomplete".to_owned()))
}

/// A folder that is removed when it is no longer needed.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The folder with the programs, if this is a complete installation.
fn bin_of(home: &Path) -> Option<PathBuf> {
    let bin = home.join("bin");
    (bin.join("postgres").is_file() && bin.join("initdb").is_file()).then_some(bin)
}

fn only_folder(folder: &Path) -> Option<PathBuf> {
    let mut entries = fs::read_dir(folder).ok()?;
    let first = entries.next()?.ok()?.path();
    (entries.next().is_none() && first.is_dir()).then_some(first)
}

/// The hexadecimal digits of a checksum file: alone, or before the file's name.
fn published(checksum: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(checksum);
    let digits = text.split_whitespace().next()?.to_ascii_lowercase();
    (digits.len() == 64 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())).then_some(digits)
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Unpacks a `.tar.gz`. `unpack_in` never writes outside `folder`, also not through links; a path that would is an error here.
fn unpack(archive: &[u8], folder: &Path) -> io::Result<()> {
    let wrong = |message: &str| io::Error::new(io::ErrorKind::InvalidData, message.to_owned());
    let mut tar = tar::Archive::new(GzDecoder::new(archive).take(MAX_UNPACKED_BYTES));
    tar.set_preserve_permissions(true);
    tar.set_preserve_ownerships(false);
    for (count, entry) in tar.entries()?.enumerate() {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if count > MAX_ENTRIES {
            return Err(wrong("it has too many files"));
        }
        if !(kind.is_file() || kind.is_dir() || kind.is_symlink() || kind.is_hard_link()) {
            continue; // Headers that say something about the next entry, and devices that nobody needs.
        }
        if let Some(link) = entry.link_name()?
            && !stays_inside(&entry.path()?, &link, kind.is_symlink())
        {
            return Err(wrong("a link leads out of it"));
        }
        if !entry.unpack_in(folder)? {
            return Err(wrong("a path leads out of it"));
        }
    }
    Ok(())
}

/// Whether a link, seen from its own folder if it is a symbolic one, leads to something inside the archive.
fn stays_inside(path: &Path, link: &Path, symbolic: bool) -> bool {
    let from = if symbolic { path.parent().unwrap_or(Path::new("")) } else { Path::new("") };
    let mut depth = 0_i32;
    for component in from.join(link).components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::ParentDir => depth -= 1,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return false,
        }
        if depth < 0 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
