//! Whose PostgreSQL it is and in which folder: it refuses to run as root.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};

use nix::unistd::{Uid, User, geteuid};
use sha2::{Digest, Sha256};

use super::PostgresError;

/// The user and group that PostgreSQL runs as, when that is not us.
#[derive(Debug, Clone, Copy)]
pub struct Owner {
    /// User id.
    pub uid: u32,
    /// Group id.
    pub gid: u32,
}

/// `None` for an ordinary user, who owns what they start; for root the user `postgres`, else `nobody`.
pub fn owner() -> Option<Owner> {
    if !geteuid().is_root() {
        return None;
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .or_else(|| User::from_uid(Uid::from_raw(65534)).ok().flatten())
        .map(|user| Owner { uid: user.uid.as_raw(), gid: user.gid.as_raw() })
}

/// The folder of the private instance: in the data directory, or a system folder where its owner could not reach that
/// one (below root's home).
pub fn instance_folder(data_dir: &Path) -> Result<PathBuf, PostgresError> {
    let data_dir = data_dir.canonicalize().map_err(|source| PostgresError::Io {
        what: "Cannot open",
        path: data_dir.to_owned(),
        source,
    })?;
    match owner() {
        Some(owner) if !reachable(&data_dir, owner) => {
            Ok(Path::new("/var/lib/onrecord").join(name_of(&data_dir)).join("postgres"))
        }
        _ => Ok(data_dir.join("postgres")),
    }
}

/// A short name that belongs to a path.
pub fn name_of(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hex::encode(digest.get(..8).unwrap_or(&digest))
}

/// Makes a folder that only the owner can enter.
pub fn private_folder(path: &Path) -> Result<(), PostgresError> {
    let failed = |source| PostgresError::Io { what: "Cannot make", path: path.to_owned(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    if !path.exists() {
        fs::DirBuilder::new().mode(0o700).create(path).map_err(failed)?;
    }
    if let Some(owner) = owner() {
        chown(path, Some(owner.uid), Some(owner.gid)).map_err(failed)?;
    }
    Ok(())
}

fn reachable(path: &Path, owner: Owner) -> bool {
    path.ancestors().all(|folder| {
        fs::metadata(folder).is_ok_and(|m| {
            let bit = if m.uid() == owner.uid {
                0o100
            } else if m.gid() == owner.gid {
                0o010
            } else {
                0o001
            };
            m.mode() & bit != 0
        })
    })
}
