//! The zip file around a document, opened with bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml;

/// Bytes of one part.
const MAX_PART_BYTES: u64 = 48 << 20;
/// Bytes of all parts that are read.
const MAX_TOTAL_BYTES: u64 = 96 << 20;
/// Documents with many pictures have a few hundred parts.
const MAX_PARTS: usize = 20_000;

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// Not a whole file.
    Damaged,
    /// More than any document.
    TooMuch,
    /// A document type declaration, which could define entities without end.
    Declares,
    /// No words.
    Empty,
}

/// An open document.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::Damaged)?;
        if zip.len() > MAX_PARTS {
            return Err(Problem::TooMuch);
        }
        Ok(Self { zip, left: MAX_TOTAL_BYTES })
    }

    /// The text of a part, if there is one of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(|_| Problem::Damaged)?;
        let most = MAX_PART_BYTES.min(self.left);
        let mut bytes = Vec::new();
        let outcome = part.take(most + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(Problem::TooMuch);
        }
        outcome.map_err(|_| Problem::Damaged)?;
        self.left -= bytes.len() as u64;
        // Nearly always UTF-8; a byte order mark tells of UTF-16.
        Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }

    /// The name of the part with the words.
    pub(super) fn main_document(&mut self) -> String {
        let mut found = None;
        if let Ok(Some(text)) = self.part("_rels/.rels") {
            let _ = xml::elements(&text, |element, attribute| {
                if element == "Relationship" && attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
                {
                    found = attribute("Target").map(|target| target.trim_start_matches('/').to_owned());
                }
            });
        }
        found.filter(|name| self.zip.index_for_name(name).is_some()).unwrap_or_else(|| "word/document.xml".to_owned())
    }
}
