//! Where PostgreSQL's programs are: a setting, the search path, the usual installation folders, a folder of downloads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::PostgresError;

/// Installation folders below the root: what stands before and after the version.
const USUAL: [(&str, &str, &str); 6] = [
    ("usr/lib/postgresql", "", "bin"),
    ("usr", "pgsql-", "bin"),
    ("opt/homebrew/opt", "postgresql@", "bin"),
    ("usr/local/opt", "postgresql@", "bin"),
    ("home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// Oldest major version that we work with.
const OLDEST: u32 = 14;

/// Where to look.
#[derive(Debug, Clone)]
pub struct Places<'a> {
    /// A setting; it ends the search.
    pub explicit: Option<&'a Path>,
    /// The folders of the search path.
    pub search_path: Vec<PathBuf>,
    /// What the usual installation folders lie below: `/`.
    pub root: &'a Path,
    /// What was downloaded before.
    pub downloads: &'a Path,
}

/// Finds a folder with `postgres` and `initdb`. `wanted` is the major version that an existing database needs.
///
/// `Ok(None)` means that there is none and a download could help.
pub fn find(places: &Places<'_>, wanted: Option<&str>, instance: &Path) -> Result<Option<PathBuf>, PostgresError> {
    if let Some(bin) = places.explicit {
        return match major_version(bin) {
            Some(_) => Ok(Some(bin.to_owned())),
            None => Err(PostgresError::NotThere(bin.to_owned())),
        };
    }
    let found = candidates(places).into_iter().filter_map(|bin| Some((major_version(&bin)?, bin)));
    choose(found.collect(), wanted, instance)
}

fn choose(found: Vec<(u32, PathBuf)>, wanted: Option<&str>, instance: &Path) -> Result<Option<PathBuf>, PostgresError> {
    let Some(wanted) = wanted else {
        return Ok(found.into_iter().find(|(major, _)| *major >= OLDEST).map(|(_, bin)| bin));
    };
    let versions: BTreeMap<u32, PathBuf> = found.into_iter().rev().collect();
    match wanted.parse().ok().and_then(|major: u32| versions.get(&major)) {
        Some(bin) => Ok(Some(bin.clone())),
        None if versions.is_empty() => Ok(None),
        None => Err(PostgresError::WrongVersion {
            folder: instance.to_owned(),
            wanted: wanted.to_owned(),
            found: versions.keys().map(u32::to_string).collect::<Vec<_>>().join(", "),
        }),
    }
}

fn candidates(places: &Places<'_>) -> Vec<PathBuf> {
    // A link on the path may point into an installation folder; `initdb` stands beside the real program.
    let on_path = places
        .search_path
        .iter()
        .filter_map(|dir| dir.join("postgres").canonicalize().ok()?.parent().map(Path::to_owned));
    let installed = USUAL.iter().flat_map(|(folder, prefix, bin)| newest_first(&places.root.join(folder), prefix, bin));
    on_path.chain(installed).chain(newest_first(places.downloads, "postgresql-", "bin")).collect()
}

fn newest_first(root: &Path, prefix: &str, bin: &str) -> Vec<PathBuf> {
    let entries = root.read_dir().into_iter().flatten().flatten();
    let mut versions: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Downloads carry the target behind the version.
            let version = name
                .strip_prefix(prefix)?
                .split('-')
                .next()?
                .split('.')
                .map(str::parse)
                .collect::<Result<Vec<u32>, _>>()
                .ok()?;
            Some((version, entry.path().join(bin)))
        })
        .collect();
    versions.sort_by(|a, b| b.0.cmp(&a.0));
    versions.into_iter().map(|(_, path)| path).collect()
}

fn major_version(bin: &Path) -> Option<u32> {
    if !bin.join("initdb").exists() {
        return None;
    }
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The platform whose binaries are downloaded.
pub const fn target() -> &'static str {
    match (cfg!(target_os = "macos"), cfg!(target_arch = "aarch64"), cfg!(target_env = "musl")) {
        (true, true, _) => "aarch64-apple-darwin",
        (true, false, _) => "x86_64-apple-darwin",
        (false, true, true) => "aarch64-unknown-linux-musl",
        (false, true, false) => "aarch64-unknown-linux-gnu",
        (false, false, true) => "x86_64-unknown-linux-musl",
        (false, false, false) => "x86_64-unknown-linux-gnu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_existing_database_gets_the_version_that_made_it() {
        let found = || vec![(17, PathBuf::from("/17")), (15, PathBuf::from("/15")), (12, PathBuf::from("/12"))];
        let instance = Path::new("/data/postgres");
        assert_eq!(choose(found(), None, instance).unwrap(), Some(PathBuf::from("/17")));
        assert_eq!(choose(found(), Some("15"), instance).unwrap(), Some(PathBuf::from("/15")));
        let refused = choose(found(), Some("16"), instance).unwrap_err().to_string();
        assert!(refused.contains("PostgreSQL 16") && refused.contains("12, 15, 17"), "{refused}");
        assert_eq!(choose(vec![(12, "/12".into())], None, instance).unwrap(), None, "too old is as good as none");
    }
}
