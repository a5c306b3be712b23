//! One state of the index, whole: what is searched never changes under a search.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::Searcher;
use tantivy::index::SegmentId;

use super::columns::{Columns, Numbers, Segment, alive};
use super::order::newest_first;

/// What searches look at.
pub struct Snapshot {
    /// The engine's view.
    pub searcher: Searcher,
    /// Its segments with their columns.
    pub segments: Vec<Arc<Segment>>,
    /// Numbers of everything that is counted.
    pub numbers: Numbers,
    /// All runs, newest briefing first.
    pub order: Vec<(u32, u32)>,
    /// Up to where the feed was applied.
    pub position: u64,
    /// The engine's number of the commit.
    pub opstamp: u64,
    /// Told apart from every other state of this process.
    pub serial: u64,
}

impl Snapshot {
    /// Takes in the engine's present view, reading only segments that were not there before.
    pub fn take(searcher: Searcher, position: u64, opstamp: u64, before: Option<&Self>) -> tantivy::Result<Self> {
        let mut numbers = before.map(|before| before.numbers.clone()).unwrap_or_default();
        let known: HashMap<SegmentId, &Arc<Columns>> = before
            .into_iter()
            .flat_map(|before| before.segments.iter().map(|segment| (segment.reader.segment_id(), &segment.columns)))
            .collect();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let columns = match known.get(&reader.segment_id()) {
                Some(columns) => Arc::clone(columns),
                None => Arc::new(Columns::read(reader, &mut numbers)?),
            };
            let newest = vec![0; columns.runs.len()];
            segments.push(Arc::new(Segment { reader: reader.clone(), columns, alive: alive(reader), newest }));
        }
        let order = newest_first(&segments);
        for (rank, (segment, run)) in order.iter().enumerate() {
            if let Some(segment) = Arc::get_mut(&mut segments[*segment as usize]) {
                segment.newest[*run as usize] = rank as u32;
            }
        }
        let serial = before.map_or(0, |before| before.serial + 1);
        Ok(Self { searcher, segments, numbers, order, position, opstamp, serial })
    }
}
