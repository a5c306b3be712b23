//! A private PostgreSQL in the data directory, for when no `DATABASE_URL` is given.
//!
//! Invariant: the server belongs to the directory, not to the process that happened to start it. Each process that uses
//! it holds a shared lock; the last one out stops it; one that was killed leaves it running for the next.

pub mod binaries;
mod cluster;
pub mod download;
mod owner;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use self::cluster::Cluster;

/// Why there is no database. Each reads as a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The folder in the settings holds no PostgreSQL.
    #[error(
        "There is no postgres and initdb in {0}. Set ONRECORD_POSTGRES_BIN to the bin folder of a PostgreSQL, or unset it."
    )]
    NotThere(PathBuf),
    /// No binaries anywhere, and none to be had.
    #[error(transparent)]
    Download(#[from] download::DownloadError),
    /// The directory was made by another major version.
    #[error(
        "The database in {folder} was made by PostgreSQL {wanted}, which is not on this machine (found: {found}). Install PostgreSQL {wanted} or set ONRECORD_POSTGRES_BIN to its bin folder."
    )]
    WrongVersion {
        /// The instance folder.
        folder: PathBuf,
        /// Its major version.
        wanted: String,
        /// Major versions found.
        found: String,
    },
    /// Something on the file system refused.
    #[error("{what} {path}: {source}")]
    Io {
        /// What was attempted, as the beginning of a sentence.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Its name.
        program: &'static str,
        /// The end of what it printed.
        output: String,
    },
}

/// A use of the private PostgreSQL; dropping the last one stops the server.
#[derive(Debug)]
pub struct PrivatePostgres {
    cluster: Cluster,
    in_use: Option<File>,
    turnstile: PathBuf,
}

impl PrivatePostgres {
    /// Finds the server of this data directory running, or starts it, with the binaries in `bin`.
    pub fn open(data_dir: &Path, bin: &Path) -> Result<Self, PostgresError> {
        let instance = owner::instance_folder(data_dir)?;
        // Its programs are started from another folder than ours.
        let bin = bin.canonicalize().map_err(|source| PostgresError::Io {
            what: "Cannot open",
            path: bin.to_owned(),
            source,
        })?;
        let cluster = Cluster::new(&instance, &bin);
        let turnstile = data_dir.join("postgres.turnstile");
        // One at a time decides whether the server has to be started or stopped.
        let turn = locked(&turnstile, &Lock::Exclusive)?;
        let in_use = locked(&data_dir.join("postgres.in-use"), &Lock::Shared)?;
        cluster.ensure_running()?;
        drop(turn);
        Ok(Self { cluster, in_use: Some(in_use), turnstile })
    }

    /// Starts the server again if it has died; says whether it had.
    pub fn revive(&self) -> Result<bool, PostgresError> {
        if self.cluster.answers() {
            return Ok(false);
        }
        let _turn = locked(&self.turnstile, &Lock::Exclusive)?;
        if self.cluster.answers() {
            return Ok(false);
        }
        self.cluster.ensure_running()?;
        Ok(true)
    }

    /// The address for the database driver: a Unix socket, no password, no port.
    pub fn url(&self) -> String {
        self.cluster.url()
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        let Ok(_turn) = locked(&self.turnstile, &Lock::Exclusive) else { return };
        let Some(in_use) = self.in_use.take() else { return };
        if in_use.unlock().is_ok() && in_use.try_lock().is_ok() {
            self.cluster.stop();
        }
    }
}

/// Major version that the database of this data directory was made by, if there is one already.
pub fn existing_version(data_dir: &Path) -> Option<String> {
    let instance = owner::instance_folder(data_dir).ok()?;
    fs::read_to_string(instance.join("data/PG_VERSION")).ok().map(|version| version.trim().to_owned())
}

#[derive(Clone, Copy)]
enum Lock {
    Shared,
    Exclusive,
}

fn locked(path: &Path, lock: &Lock) -> Result<File, PostgresError> {
    let failed = |source| PostgresError::Io { what: "Cannot lock", path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
    match lock {
        Lock::Shared => file.lock_shared(),
        Lock::Exclusive => file.lock(),
    }
    .map_err(failed)?;
    Ok(file)
}
