//! Hits in the order of the calendar.

use super::columns::Segment;
use super::count::Counted;
use super::query::Sort;

/// A document of a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which segment.
    pub segment: usize,
    /// Which document.
    pub doc: u32,
    /// How well it matches.
    pub score: f32,
}

/// Every run with its segment: newest first, undated last.
pub fn newest_first(segments: &[std::sync::Arc<Segment>]) -> Vec<(u32, u32)> {
    let mut order: Vec<(u32, u32)> = Vec::new();
    for (n, segment) in segments.iter().enumerate() {
        order.extend((0..segment.columns.runs.len() as u32).map(|run| (n as u32, run)));
    }
    order.sort_by_key(|(segment, run)| {
        let run = &segments[*segment as usize].columns.runs[*run as usize];
        std::cmp::Reverse((run.day.is_some(), run.day, run.briefing))
    });
    order
}

/// The hits from `offset` on: whole briefings are passed over by their counts.
pub fn by_date(
    sort: Sort,
    order: &[(u32, u32)],
    segments: &[std::sync::Arc<Segment>],
    counted: &Counted,
    offset: usize,
    limit: usize,
) -> Vec<Place> {
    let dated =
        order.partition_point(|(segment, run)| segments[*segment as usize].columns.runs[*run as usize].day.is_some());
    let (dated, undated) = order.split_at(dated);
    let runs: Box<dyn Iterator<Item = &(u32, u32)>> = match sort {
        Sort::Oldest => Box::new(dated.iter().rev().chain(undated.iter().rev())),
        Sort::Newest | Sort::Relevance => Box::new(order.iter()),
    };
    let mut skip = offset;
    let mut hits = Vec::with_capacity(limit);
    for (segment, run) in runs {
        if hits.len() >= limit {
            break;
        }
        let (segment, run) = (*segment as usize, *run as usize);
        let tally = &counted.segments[segment];
        let count = tally.runs.get(run).map_or(0, |count| *count as usize);
        if count <= skip {
            skip -= count;
            continue;
        }
        let docs = segments[segment].columns.runs[run].docs.clone();
        let matching = docs.filter(|doc| tally.contains(*doc)).skip(std::mem::take(&mut skip));
        hits.extend(matching.take(limit - hits.len()).map(|doc| Place { segment, doc, score: 0.0 }));
    }
    hits
}
