//! Zip archives of sources: bounded in entries and expansion, one entry at a time.
//!
//! Invariants: nothing is written to disk; never more than one entry in memory; a bad entry is a diagnostic and the
//! others are read.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::child::{MAX_SOURCE_BYTES, too_large};
use crate::transcript::{Diagnostic, Severity};

/// What an archive may unfold to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Entries, folders included.
    pub entries: usize,
    /// Bytes of one entry.
    pub entry: u64,
    /// Bytes read from the archive altogether, those of refused entries included.
    pub total: u64,
    /// How many times its packed size an entry may unfold to. Text packs about 4 times, captions about 10 times.
    pub ratio: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { entries: 50_000, entry: MAX_SOURCE_BYTES as u64, total: 4 << 30, ratio: 150 }
    }
}

/// A little text packs very well, and does no harm: below this the ratio does not count.
const HARMLESS_BYTES: u64 = 1 << 20;

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the archive, for [`Archive::read`].
    pub index: usize,
    /// Its path with `/` between the parts, never absolute and never upward.
    pub path: String,
    /// How large it says that it is; not to be trusted.
    pub size: u64,
}

/// An open archive.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    bounds: Bounds,
    read: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    pub fn open(reader: R, bounds: Bounds) -> Result<Self, Diagnostic> {
        let zip = ZipArchive::new(reader).map_err(|_| {
            error("archive-damaged", "This zip archive is damaged or incomplete. Make or download it again.")
        })?;
        if zip.len() > bounds.entries {
            let message = format!(
                "This zip archive has {} entries; up to {} are read. Split it into smaller ones.",
                zip.len(),
                bounds.entries
            );
            return Err(error("archive-too-many", message));
        }
        Ok(Self { zip, bounds, read: 0 })
    }

    /// The files in it, in the order of their paths, and what cannot be read. Folders, hidden files and the resource
    /// forks of macOS are left out.
    pub fn entries(&mut self) -> (Vec<Entry>, Vec<(String, Diagnostic)>) {
        let (mut entries, mut refused) = (Vec::new(), Vec::new());
        for index in 0..self.zip.len() {
            let Ok(file) = self.zip.by_index_raw(index) else {
                refused.push((format!("entry {}", index + 1), damaged()));
                continue;
            };
            let path = path_of(file.name_raw(), &file.name().unwrap_or_default());
            let safe = is_safe(&path) && file.enclosed_name().is_some();
            let (encrypted, size) = (file.encrypted(), file.size());
            if file.is_dir() || is_hidden(&path) {
                continue;
            }
            let problem = if !safe {
                Some(error("archive-path", "The path of this entry leads out of the archive. It is left out."))
            } else if file.is_symlink() {
                Some(error("archive-link", "This entry is a link and no file. Put the file itself into the archive."))
            } else if encrypted {
                Some(error(
                    "archive-encrypted",
                    "This entry is protected by a password. Unpack the archive and import what is inside.",
                ))
            } else {
                None
            };
            match problem {
                Some(problem) => refused.push((path, problem)),
                None => entries.push(Entry { index, path, size }),
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        (entries, refused)
    }

    /// The bytes of one entry.
    pub fn read(&mut self, entry: &Entry) -> Result<Vec<u8>, Diagnostic> {
        let left = self.bounds.total.saturating_sub(self.read);
        let file = self.zip.by_index(entry.index).map_err(|cause| explain(&cause))?;
        let by_ratio = file.compressed_size().saturating_mul(self.bounds.ratio).max(HARMLESS_BYTES);
        let most = self.bounds.entry.min(by_ratio).min(left);
        let mut bytes = Vec::new();
        // What the entry says of its own size is not believed: count what comes out.
        let outcome = file.take(most + 1).read_to_end(&mut bytes);
        let count = bytes.len() as u64;
        self.read += count;
        if count > most {
            return Err(if most == self.bounds.entry {
                too_large(count)
            } else if most == left {
                error(
                    "archive-too-large",
                    "The archive unfolds to more than is read at once. Split it into smaller ones.",
                )
            } else {
                error(
                    "archive-bomb",
                    "This entry unfolds to far more than any text would. It was not read; nothing else is affected.",
                )
            });
        }
        outcome.map_err(|_| damaged())?;
        if is_archive(&bytes) {
            return Err(error(
                "archive-nested",
                "This is an archive inside an archive. Import it on its own, or unpack it first.",
            ));
        }
        Ok(bytes)
    }
}

/// Whether the bytes are an archive of sources: a zip that is no document of an office program.
pub fn is_archive(bytes: &[u8]) -> bool {
    is_zip(bytes)
        && ZipArchive::new(std::io::Cursor::new(bytes)).is_ok_and(|zip| {
            let has = |name: &str| zip.index_for_name(name).is_some();
            !has("[Content_Types].xml") && !has("mimetype") && !has("word/document.xml")
        })
}

/// Whether the bytes begin like a zip file, be it an archive, an office document or a damaged one.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Hidden files, and what macOS puts beside every file.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
        || path.ends_with("/Thumbs.db")
        || path == "Thumbs.db"
}

/// Many programs write UTF-8 without saying so; only what is not UTF-8 is in the old DOS code page.
fn path_of(raw: &[u8], decoded: &str) -> String {
    std::str::from_utf8(raw).unwrap_or(decoded).replace('\\', "/")
}

fn is_safe(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('/')
        && !path.contains('\0')
        && !path.split('/').any(|part| part == ".." || part.ends_with(':'))
}

fn explain(cause: &ZipError) -> Diagnostic {
    match cause {
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => error(
            "archive-method",
            "This entry is packed in an unusual way. Unpack the archive and pack it again as an ordinary zip.",
        ),
        ZipError::InvalidPassword => error(
            "archive-encrypted",
            "This entry is protected by a password. Unpack the archive and import what is inside.",
        ),
        _ => damaged(),
    }
}

fn damaged() -> Diagnostic {
    error("archive-damaged", "This entry of the archive is damaged. Make or download the archive again.")
}

fn error(code: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Severity::Error, code, message)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn open(bytes: &[u8]) -> Archive<Cursor<&[u8]>> {
        Archive::open(Cursor::new(bytes), Bounds::default()).unwrap()
    }

    fn code(outcome: Result<Vec<u8>, Diagnostic>) -> String {
        outcome.unwrap_err().code
    }

    #[test]
    fn files_come_in_the_order_of_their_paths_without_clutter() {
        let bytes = archive(&[
            ("b.txt", b"Q Two."),
            ("a/caf\u{e9}.txt", b"Q One."),
            ("__MACOSX/._b.txt", b"x"),
            (".DS_Store", b"x"),
        ]);
        let mut archive = open(&bytes);
        let (entries, refused) = archive.entries();
        assert_eq!(entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["a/café.txt", "b.txt"]);
        assert_eq!(refused, []);
        assert_eq!(archive.read(&entries[1]).unwrap(), b"Q Two.");
        assert_eq!(archive.read(&entries[0]).unwrap(), b"Q One.");
    }

    #[test]
    fn a_bomb_is_refused_and_nothing_else_is_lost() {
        let bytes = archive(&[("bomb.txt", &vec![b'0'; 40 << 20]), ("good.txt", b"Q Still here?")]);
        assert!(bytes.len() < 100_000);
        let mut archive = open(&bytes);
        let (entries, _) = archive.entries();
        assert_eq!(code(archive.read(&entries[0])), "archive-bomb");
        assert_eq!(archive.read(&entries[1]).unwrap(), b"Q Still here?");
    }

    #[test]
    fn the_whole_is_bounded_too() {
        let bytes = archive(&[("a.txt", b"0123456789"), ("b.txt", b"0123456789")]);
        let mut small = Archive::open(Cursor::new(&bytes), Bounds { total: 15, ..Bounds::default() }).unwrap();
        let (entries, _) = small.entries();
        assert!(small.read(&entries[0]).is_ok());
        assert_eq!(code(small.read(&entries[1])), "archive-too-large");
        let few = Archive::open(Cursor::new(&bytes), Bounds { entries: 1, ..Bounds::default() });
        assert_eq!(few.err().map(|problem| problem.code).as_deref(), Some("archive-too-many"));
        let mut short = Archive::open(Cursor::new(&bytes), Bounds { entry: 9, ..Bounds::default() }).unwrap();
        assert_eq!(code(short.read(&entries[0])), "too-large");
    }

    #[test]
    fn archives_in_archives_are_refused_with_a_line() {
        let bytes = archive(&[("inner.zip", &archive(&[("a.txt", b"x")]))]);
        let mut archive = open(&bytes);
        let (entries, _) = archive.entries();
        assert_eq!(code(archive.read(&entries[0])), "archive-nested");
    }

    #[test]
    fn paths_that_lead_out_are_refused() {
        let bytes =
            archive(&[("../evil.txt", b"x"), ("/etc/evil.txt", b"x"), ("ok/../../evil", b"x"), ("ok.txt", b"x")]);
        let (entries, refused) = open(&bytes).entries();
        assert_eq!(entries.len(), 1);
        assert_eq!(refused.len(), 3);
        assert!(refused.iter().all(|(_, problem)| problem.code == "archive-path"));
    }

    #[test]
    fn encrypted_entries_have_a_line_each() {
        let mut bytes = archive(&[("secret.txt", b"x"), ("open.txt", b"y")]);
        // The first bit of the flags says that an entry is encrypted: set it in the first central record.
        let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bytes[central + 8] |= 1;
        let (entries, refused) = open(&bytes).entries();
        assert_eq!(entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["open.txt"]);
        assert_eq!(refused[0].1.code, "archive-encrypted");
    }

    #[test]
    fn damaged_archives_are_told() {
        let mut bytes = archive(&[("a.txt", &b"Some words that take room. ".repeat(20))]);
        let cut = Archive::open(Cursor::new(&bytes[..60]), Bounds::default());
        assert_eq!(cut.err().map(|problem| problem.code).as_deref(), Some("archive-damaged"));
        bytes[40] ^= 0xFF;
        let mut archive = open(&bytes);
        let (entries, _) = archive.entries();
        assert_eq!(code(archive.read(&entries[0])), "archive-damaged");
    }

    #[test]
    fn names_in_the_old_code_page_are_read() {
        assert_eq!(path_of(b"caf\x82.txt", "café.txt"), "café.txt");
        assert_eq!(path_of("café.txt".as_bytes(), "caf├®.txt"), "café.txt");
    }
}
