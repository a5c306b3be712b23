//! Words that stand together in a document: one after the other, or near.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, Term};

use super::block::Block;
use super::cursor::Cursor;
use super::schema::{Fields, pair_term};

/// How the words must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// One after the other.
    Exact,
    /// In any order, with at most this many others between.
    Near(u32),
}

/// Finds documents in which words stand together.
pub struct Together {
    /// Cheap conditions that every match fulfils.
    needed: Vec<Cursor>,
    /// The words with their places, the rarest first; empty if the conditions say it all.
    words: Vec<(u32, SegmentPostings)>,
    order: Order,
    buffers: Vec<Vec<u32>>,
}

impl Together {
    /// A phrase of at least two words; `None` if it cannot occur in the segment.
    pub fn phrase(reader: &SegmentReader, fields: &Fields, words: &[String]) -> tantivy::Result<Option<Self>> {
        let mut needed = Vec::new();
        for pair in words.windows(2) {
            let term = Term::from_field_text(fields.pairs, &pair_term(&pair[0], &pair[1]));
            let Some(cursor) = Cursor::open(reader, &term)? else { return Ok(None) };
            needed.push(cursor);
        }
        // Two words side by side are a pair and need no look at positions.
        let placed = if words.len() > 2 { Self::placed(reader, fields, words)? } else { Some(Vec::new()) };
        Ok(placed.map(|words| Self::new(needed, words, Order::Exact)))
    }

    /// Words near each other; `None` if they cannot occur in the segment.
    pub fn near(reader: &SegmentReader, fields: &Fields, words: &[String], slop: u32) -> tantivy::Result<Option<Self>> {
        let mut needed = Vec::new();
        for word in words {
            let Some(cursor) = Cursor::open(reader, &Term::from_field_text(fields.exact, word))? else {
                return Ok(None);
            };
            needed.push(cursor);
        }
        let placed = Self::placed(reader, fields, words)?;
        Ok(placed.map(|placed| Self::new(needed, placed, Order::Near(slop))))
    }

    fn new(mut needed: Vec<Cursor>, mut words: Vec<(u32, SegmentPostings)>, order: Order) -> Self {
        needed.sort_by_key(Cursor::documents);
        if order == Order::Exact {
            words.sort_by_key(|(_, postings)| postings.doc_freq());
        }
        let buffers = vec![Vec::new(); words.len()];
        Self { needed, words, order, buffers }
    }

    fn placed(
        reader: &SegmentReader,
        fields: &Fields,
        words: &[String],
    ) -> tantivy::Result<Option<Vec<(u32, SegmentPostings)>>> {
        let inverted = reader.inverted_index(fields.exact)?;
        let mut placed = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let term = Term::from_field_text(fields.exact, word);
            let Some(postings) = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(None);
            };
            placed.push((place as u32, postings));
        }
        Ok(Some(placed))
    }

    /// The fewest documents that one of its parts has.
    pub fn documents(&self) -> u32 {
        self.needed.first().map_or(0, Cursor::documents)
    }

    /// Leaves only the documents in which the words stand together.
    pub fn keep(&mut self, base: u32, block: &mut Block) {
        for cursor in &mut self.needed {
            let mut having = Block::empty();
            cursor.add_to(base, &mut having);
            block.and(&having);
            if block.is_empty() {
                return;
            }
        }
        if !self.words.is_empty() {
            let candidates = block.clone();
            candidates.for_each(|at| {
                if !self.holds(base + at) {
                    block.remove(at);
                }
            });
        }
    }

    fn holds(&mut self, doc: u32) -> bool {
        match self.order {
            Order::Exact => self.is_chain(doc) || self.holds_phrase(doc),
            Order::Near(slop) => {
                for ((_, postings), buffer) in self.words.iter_mut().zip(&mut self.buffers) {
                    if postings.doc() < doc {
                        postings.seek(doc);
                    }
                    if postings.doc() != doc {
                        return false;
                    }
                    postings.positions(buffer);
                }
                near(&self.buffers, slop)
            }
        }
    }

    /// Whether every word between the first and the last occurs only once: then the pairs on both sides of it, which
    /// the document is known to have, share it, and no place need be read.
    fn is_chain(&mut self, doc: u32) -> bool {
        let last = self.words.len() as u32 - 1;
        self.words.iter_mut().filter(|(place, _)| (1..last).contains(place)).all(|(_, postings)| {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            postings.doc() == doc && postings.term_freq() == 1
        })
    }

    fn holds_phrase(&mut self, doc: u32) -> bool {
        // Where the phrase may begin, shifted by the number of words so that it never falls below zero.
        let shift = self.words.len() as u32;
        let (starts, positions) = self.buffers.split_at_mut(1);
        let starts = &mut starts[0];
        for (n, (place, postings)) in self.words.iter_mut().enumerate() {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() != doc {
                return false;
            }
            if n == 0 {
                postings.positions_with_offset(shift - *place, starts);
            } else {
                postings.positions_with_offset(shift - *place, &mut positions[0]);
                keep_common(starts, &positions[0]);
            }
            if starts.is_empty() {
                return false;
            }
        }
        true
    }
}

fn keep_common(mine: &mut Vec<u32>, theirs: &[u32]) {
    let mut rest = theirs;
    mine.retain(|wanted| {
        rest = &rest[rest.partition_point(|position| position < wanted)..];
        rest.first() == Some(wanted)
    });
}

/// Whether each word has a place of its own so that all lie within the words and `slop` others.
///
/// `places` are sorted. Of equal words each needs another place.
pub fn near(places: &[Vec<u32>], slop: u32) -> bool {
    near_window(places, slop, None).is_some()
}

/// The first window in which each word has a place of its own; `after` is the first place allowed.
pub fn near_window(places: &[Vec<u32>], slop: u32, after: Option<u32>) -> Option<Vec<u32>> {
    let width = places.len() as u32 - 1 + slop;
    let mut starts: Vec<u32> =
        places.iter().flatten().copied().filter(|at| after.is_none_or(|from| *at >= from)).collect();
    starts.sort_unstable();
    starts.dedup();
    starts.into_iter().find_map(|start| chosen(places, start, start + width))
}

/// One place for each word within the window; equal words take their places in order, so none is taken twice.
fn chosen(places: &[Vec<u32>], from: u32, to: u32) -> Option<Vec<u32>> {
    let mut taken: Vec<u32> = Vec::with_capacity(places.len());
    for of_word in places {
        let first = of_word.partition_point(|at| *at < from);
        let place = of_word[first..].iter().take_while(|at| **at <= to).find(|at| !taken.contains(at))?;
        taken.push(*place);
    }
    Some(taken)
}
