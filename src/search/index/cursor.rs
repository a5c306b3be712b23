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

    /// The documents of a term with how often it occurs in each.
    pub fn open_with_counts(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(term.field())?;
        let postings = inverted.read_block_postings(term, IndexRecordOption::WithFreqs)?;
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
        self.walk(base, |docs, _| docs.iter().for_each(|doc| block.insert(doc - base)));
    }

    /// Visits the documents from `base` on with how often the term occurs; calls come with ever larger bases.
    #[inline]
    pub fn visit(&mut self, base: u32, mut visit: impl FnMut(u32, u32)) {
        self.walk(base, |docs, counts| docs.iter().zip(counts).for_each(|(doc, count)| visit(*doc, *count)));
    }

    /// Hands over documents of one block of ours, as many at a time as the engine decodes at once.
    #[inline]
    fn walk(&mut self, base: u32, mut take: impl FnMut(&[u32], &[u32])) {
        let end = base.saturating_add(DOCS);
        if self.done {
            return;
        }
        if self.postings.docs().last().is_some_and(|last| *last < base) {
            self.at = self.postings.seek(base);
        }
        loop {
            let docs = self.postings.docs();
            let from = self.at + docs.get(self.at..).unwrap_or_default().partition_point(|doc| *doc < base);
            let Some(last) = docs.last().copied().filter(|_| from < docs.len()) else {
                self.done = true;
                return;
            };
            let to = if last < end { docs.len() } else { from + docs[from..].partition_point(|doc| *doc < end) };
            take(&docs[from..to], self.postings.freqs().get(from..to).unwrap_or_default());
            if last >= end {
                self.at = to;
                return;
            }
            self.at = 0;
            self.postings.advance();
        }
    }
}
