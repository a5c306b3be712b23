//! Where an index lies: numbered folders, and a small file that names the one in use.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::query::IndexError;
use super::schema::VERSION;

const CURRENT: &str = "current";
const LOCK: &str = "writer.lock";

/// The generation in use, if there is one of this version.
pub fn current(dir: &Path) -> io::Result<Option<u32>> {
    let text = match fs::read_to_string(dir.join(CURRENT)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut words = text.split_whitespace();
    let number = words.next().and_then(|name| name.strip_prefix("gen-")).and_then(|number| number.parse().ok());
    let version = words.next().and_then(|word| word.strip_prefix('v')).and_then(|version| version.parse().ok());
    Ok(number.filter(|_| version == Some(VERSION)))
}

/// The folder of a generation.
pub fn folder(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("gen-{number:06}"))
}

/// Makes an empty folder for the next generation.
pub fn create_next(dir: &Path) -> io::Result<(u32, PathBuf)> {
    let number = numbers(dir)?.into_iter().max().unwrap_or(0) + 1;
    let path = folder(dir, number);
    fs::create_dir_all(&path)?;
    Ok((number, path))
}

/// From now on, even after a crash, this generation is the one in use.
pub fn switch(dir: &Path, number: u32) -> io::Result<()> {
    let temporary = dir.join("current.new");
    let mut file = File::create(&temporary)?;
    write!(file, "gen-{number:06} v{VERSION}")?;
    file.sync_all()?;
    fs::rename(&temporary, dir.join(CURRENT))?;
    File::open(dir)?.sync_all()
}

/// Removes every generation but one; what cannot be removed now is left for the next time.
pub fn remove_others(dir: &Path, keep: u32) {
    for number in numbers(dir).unwrap_or_default().into_iter().filter(|number| *number != keep) {
        if let Err(error) = fs::remove_dir_all(folder(dir, number)) {
            tracing::warn!(%error, number, "an old generation of the index could not be removed");
        }
    }
}

/// Makes sure that one process writes; the lock lasts as long as the file is held.
pub fn lock(dir: &Path) -> Result<File, IndexError> {
    fs::create_dir_all(dir)?;
    let file = File::options().create(true).truncate(false).write(true).open(dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(IndexError::Locked(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn numbers(dir: &Path) -> io::Result<Vec<u32>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        found.extend(name.to_str().and_then(|name| name.strip_prefix("gen-")).and_then(|n| n.parse::<u32>().ok()));
    }
    Ok(found)
}
