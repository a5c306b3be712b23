//! The documents of one term, block by block.

use std::io;

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};

use super::block::{Block, DOCS};

/// Walks forward through the documents of a term.
pub struct Cursor {
    postings: BlockSegmentPostings,
    at: usize,
    done: bool,
}

impl Cursor {
    /// The documents of a term; `None` if it does not occur in the segment.
    pub fn open(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(term.field())?;
        let postings = inverted.read_block_postings(term, IndexRecordOption::Basic)?;
        Ok(postings.map(Self::new))
    }

    /// The documents of every term of a field that begins so.
    pub fn open_prefix(
        reader: &SegmentReader,
        field: tantivy::schema::Field,
        start: &str,
    ) -> tantivy::Result<Vec<Self>> {
        let inverted = reader.inverted_index(field)?;
        let mut cursors = Vec::new();
        let mut terms = inverted.terms().range().ge(start).into_stream()?;
        while terms.advance() {
            if !terms.key().starts_with(start.as_bytes()) {
                break;
            }
            let found: io::Result<_> =
                inverted.read_block_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            cursors.push(Self::new(found?));
        }
        Ok(cursors)
    }

    fn new(postings: BlockSegmentPostings) -> Self {
        Self { postings, at: 0, done: false }
    }

    /// In how many documents the term occurs, replaced ones included.
    pub fn documents(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// Adds the documents from `base` on; calls come with ever larger bases.
    pub fn add_to(&mut self, base: u32, block: &mut Block) {
        if self.done {
            return;
        }
        let end = base.saturating_add(DOCS);
        if self.postings.docs().last().is_some_and(|last| *last < base) {
            self.at = self.postings.seek(base);
        }
        loop {
            let docs = self.postings.docs();
            let Some(last) = docs.last().copied().filter(|_| self.at < docs.len()) else {
                self.done = true;
                return;
            };
            if last < end {
                for doc in &docs[self.at..] {
                    if *doc >= base {
                        block.insert(doc - base);
                    }
                }
                self.at = 0;
                self.postings.advance();
            } else {
                while docs[self.at] < end {
                    if docs[self.at] >= base {
                        block.insert(docs[self.at] - base);
                    }
                    self.at += 1;
                }
                return;
            }
        }
    }
}
