//! Counting: which documents match, how many, and how they spread, in one pass.

use rayon::prelude::*;

use super::block::{Block, DOCS};
use super::columns::{Numbers, Segment};
use super::failing::{OUT, PASSES, WRONG_KIND, WRONG_SERIES, WRONG_YEAR, failing};
use super::plan::Node;
use super::query::Query;
use super::schema::{Fields, normalised_label};
use crate::domain::{Role, UtteranceKind};

/// From how many documents on a second thread is worth its start.
const WORTH_A_THREAD: u32 = 2 * DOCS;

/// From how many matches in a block on all its documents are looked at.
const DENSE: u32 = DOCS / 5;

/// Counters side by side for the same thing.
const LANES: usize = 4;

/// What was counted in one segment or in all.
#[derive(Default)]
pub struct Tally {
    /// Matches in each run of the segment.
    pub runs: Vec<u32>,
    /// The matches themselves, one block after the other.
    pub blocks: Vec<Block>,
    speakers: Vec<u32>,
    topics: Vec<u32>,
    series: Vec<u32>,
    years: Vec<u32>,
    briefing_kinds: [u32; 3],
}

/// All that was counted.
pub struct Counted {
    /// How many documents match.
    pub total: u64,
    /// Segment by segment, in their order.
    pub segments: Vec<Tally>,
    /// By number of the speaker.
    pub speakers: Vec<u64>,
    /// By number of the topic.
    pub topics: Vec<u64>,
    /// By number of the series.
    pub series: Vec<u64>,
    /// By number of the year.
    pub years: Vec<u64>,
    /// By place in `BriefingKind::ALL`.
    pub briefing_kinds: [u64; 3],
}

/// Counts a query over all segments.
pub fn count(
    query: &Query,
    facets: bool,
    segments: &[std::sync::Arc<Segment>],
    numbers: &Numbers,
    fields: &Fields,
) -> tantivy::Result<Counted> {
    let tasks = stretches(segments);
    let run = |task: &(usize, u32, u32)| {
        let pass = Pass::new(query, facets, &segments[task.0], numbers, fields)?;
        Ok(pass.run(task.1, task.2))
    };
    let parts: Vec<tantivy::Result<Tally>> =
        if tasks.len() > 1 { tasks.par_iter().map(run).collect() } else { tasks.iter().map(run).collect() };
    let mut counted = Counted {
        total: 0,
        segments: segments.iter().map(|_| Tally::default()).collect(),
        speakers: vec![0; numbers.speakers.len()],
        topics: vec![0; numbers.topics.len()],
        series: vec![0; numbers.series.len()],
        years: vec![0; numbers.years.len()],
        briefing_kinds: [0; 3],
    };
    for (task, part) in tasks.iter().zip(parts) {
        counted.add(task.0, part?);
    }
    Ok(counted)
}

/// Segments, the large ones cut, each with its first and last block.
pub fn stretches(segments: &[std::sync::Arc<Segment>]) -> Vec<(usize, u32, u32)> {
    let blocks = |segment: &Segment| segment.reader.max_doc().div_ceil(DOCS);
    let total: u32 = segments.iter().map(|segment| segment.reader.max_doc()).sum();
    let threads = rayon::current_num_threads() as u32;
    let most = if total < WORTH_A_THREAD { u32::MAX } else { total.div_ceil(DOCS).div_ceil(threads * 2).max(1) };
    let mut tasks = Vec::new();
    for (n, segment) in segments.iter().enumerate() {
        let (mut from, end) = (0, blocks(segment));
        while from < end {
            let to = from.saturating_add(most).min(end);
            tasks.push((n, from, to));
            from = to;
        }
    }
    tasks
}

/// Segments in one piece each.
pub fn whole(segments: &[std::sync::Arc<Segment>]) -> Vec<(usize, u32, u32)> {
    let of = |(n, segment): (usize, &std::sync::Arc<Segment>)| (n, 0, segment.reader.max_doc().div_ceil(DOCS));
    segments.iter().enumerate().map(of).collect()
}

impl Counted {
    fn add(&mut self, segment: usize, part: Tally) {
        self.total += part.runs.iter().map(|count| u64::from(*count)).sum::<u64>();
        let whole = &mut self.segments[segment];
        if whole.runs.is_empty() {
            whole.runs = part.runs;
        } else {
            for (mine, theirs) in whole.runs.iter_mut().zip(part.runs) {
                *mine += theirs;
            }
        }
        whole.blocks.extend(part.blocks);
        add_all(&mut self.speakers, &part.speakers);
        add_all(&mut self.topics, &part.topics);
        add_all(&mut self.series, &part.series);
        add_all(&mut self.years, &part.years);
        add_all(&mut self.briefing_kinds, &part.briefing_kinds);
    }
}

fn add_all(mine: &mut [u64], theirs: &[u32]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine += u64::from(*theirs);
    }
}

/// One segment being counted.
struct Pass<'a> {
    segment: &'a Segment,
    facets: bool,
    /// What each run fails; empty if none fails anything.
    failing: Vec<u8>,
    conditions: Vec<Node>,
    speakers: Option<Node>,
    topics: Option<Node>,
    tally: Tally,
}

impl<'a> Pass<'a> {
    fn new(
        query: &Query,
        facets: bool,
        segment: &'a Segment,
        numbers: &Numbers,
        fields: &Fields,
    ) -> tantivy::Result<Self> {
        let (reader, filters) = (&segment.reader, &query.filters);
        let mut conditions = Vec::new();
        if !filters.kinds.is_empty() {
            let places = filters.kinds.iter().map(|kind| place(&UtteranceKind::ALL, kind));
            conditions.push(Node::any_place(fields.kind, places, reader)?);
        }
        if !filters.roles.is_empty() {
            let places = filters.roles.iter().map(|role| place(&Role::ALL, role));
            conditions.push(Node::any_place(fields.role, places, reader)?);
        }
        if !filters.labels.is_empty() {
            let labels = filters.labels.iter().map(|label| normalised_label(label));
            conditions.push(Node::any_text(fields.label, labels, reader)?);
        }
        if let Some(expr) = &query.expr {
            conditions.push(Node::of(expr, reader, &segment.columns, fields)?);
        }
        let speakers = filters.speakers.iter().map(|id| id.0);
        let topics = filters.topics.iter().map(|id| i64::from(id.0));
        Ok(Self {
            segment,
            facets,
            failing: failing(filters, segment, numbers),
            conditions,
            speakers: if filters.speakers.is_empty() {
                None
            } else {
                Some(Node::any_number(fields.speaker, speakers, reader)?)
            },
            topics: if filters.topics.is_empty() {
                None
            } else {
                Some(Node::any_number(fields.topic, topics, reader)?)
            },
            tally: Tally {
                runs: vec![0; segment.columns.runs.len()],
                blocks: Vec::new(),
                speakers: vec![0; numbers.speakers.len()],
                topics: vec![0; numbers.topics.len()],
                series: vec![0; numbers.series.len()],
                years: vec![0; numbers.years.len()],
                briefing_kinds: [0; 3],
            },
        })
    }

    fn run(mut self, from: u32, to: u32) -> Tally {
        for n in from..to {
            let hits = self.block(n * DOCS);
            self.tally.blocks.push(hits);
        }
        self.tally
    }

    /// Counts one block and gives its matches.
    fn block(&mut self, base: u32) -> Block {
        let mut found = self.eligible(base);
        for condition in &mut self.conditions {
            if found.is_empty() {
                return found;
            }
            condition.keep(base, &mut found);
        }
        if found.is_empty() {
            return found;
        }
        let of_speakers = narrowed(&mut self.speakers, base, &found);
        let of_topics = narrowed(&mut self.topics, base, &found);
        let mut both = found.clone();
        for narrowed in [&of_speakers, &of_topics].into_iter().flatten() {
            both.and(narrowed);
        }
        let passing = self.count_runs(base, &both);
        if let Some(passing) = &passing {
            both.and(passing);
        }
        if self.facets {
            self.count_facets(base, &found, of_speakers.as_ref(), of_topics.as_ref(), passing.as_ref());
        }
        both
    }

    /// Documents that are alive and whose briefing fails at most one restriction that has a facet.
    fn eligible(&self, base: u32) -> Block {
        let mut block = if self.failing.is_empty() {
            Block::first(self.segment.reader.max_doc() - base)
        } else {
            let mut block = Block::empty();
            for (n, start, end) in self.runs_in(base) {
                if self.failing[n].is_power_of_two() && self.failing[n] < OUT || self.failing[n] == PASSES {
                    block.insert_range(start, end);
                }
            }
            block
        };
        if let Some(alive) = &self.segment.alive {
            block.keep_words(&alive[base as usize / 64..]);
        }
        block
    }

    /// Runs that reach into a block, with their first and one past their last document there.
    fn runs_in(&self, base: u32) -> impl Iterator<Item = (usize, u32, u32)> + use<'a> {
        let runs = &self.segment.columns.runs;
        let first = self.segment.columns.run_of(base);
        let end = base.saturating_add(DOCS);
        runs.iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, run)| run.docs.start < end)
            .map(move |(n, run)| (n, run.docs.start.max(base) - base, run.docs.end.min(end) - base))
    }

    /// Counts matches of whole briefings; gives the documents of briefings that pass, if any fails.
    fn count_runs(&mut self, base: u32, both: &Block) -> Option<Block> {
        let mut passing = (!self.failing.is_empty()).then(Block::empty);
        for (n, start, end) in self.runs_in(base) {
            let fails = self.failing.get(n).copied().unwrap_or(PASSES);
            if fails >= OUT {
                continue;
            }
            if let Some(passing) = passing.as_mut().filter(|_| fails == PASSES) {
                passing.insert_range(start, end);
            }
            let count = both.count_range(start, end);
            if count == 0 {
                continue;
            }
            let run = &self.segment.columns.runs[n];
            if fails == PASSES {
                self.tally.runs[n] += count;
            }
            if fails & !WRONG_SERIES == 0 {
                self.tally.series[run.series as usize] += count;
            }
            if fails & !WRONG_YEAR == 0 {
                self.tally.years[run.year as usize] += count;
            }
            if fails & !WRONG_KIND == 0 {
                self.tally.briefing_kinds[usize::from(run.briefing_kind).min(2)] += count;
            }
        }
        passing
    }

    fn count_facets(
        &mut self,
        base: u32,
        found: &Block,
        of_speakers: Option<&Block>,
        of_topics: Option<&Block>,
        passing: Option<&Block>,
    ) {
        let columns = &self.segment.columns;
        let restricted = |by: Option<&Block>| {
            let mut block = found.clone();
            for other in [by, passing].into_iter().flatten() {
                block.and(other);
            }
            block
        };
        let end = base.saturating_add(DOCS).min(self.segment.reader.max_doc());
        let block = restricted(of_topics);
        let (counts, speakers) = (&mut self.tally.speakers, &columns.speakers[base as usize..end as usize]);
        if block.count() > DENSE {
            // Without branches: where many match, looking at all is faster than looking up each.
            // Neighbours are often of the same speaker: in turn they go to counters of their own, so that none
            // waits for the one before.
            let mut lanes: [Vec<u32>; LANES] = std::array::from_fn(|_| vec![0; counts.len()]);
            for (n, some) in speakers.chunks(LANES).enumerate() {
                for (lane, (counts, speaker)) in lanes.iter_mut().zip(some).enumerate() {
                    counts[*speaker as usize] += u32::from(block.contains((n * LANES + lane) as u32));
                }
            }
            for lane in &lanes {
                counts.iter_mut().zip(lane).for_each(|(count, more)| *count += more);
            }
        } else {
            block.for_each(|at| counts[speakers[at as usize] as usize] += 1);
        }
        let block = restricted(of_speakers);
        let counts = &mut self.tally.topics;
        if block.count() > DENSE {
            for (at, topic) in columns.tags(base..end) {
                counts[topic as usize] += u32::from(block.contains(u32::from(at)));
            }
        } else {
            block.for_each(|at| columns.topics(base + at).iter().for_each(|topic| counts[*topic as usize] += 1));
        }
    }
}

fn narrowed(node: &mut Option<Node>, base: u32, found: &Block) -> Option<Block> {
    node.as_mut().map(|node| {
        let mut block = found.clone();
        node.keep(base, &mut block);
        block
    })
}

/// The place of a value in a list; one past the end if it is not there.
pub fn place<T: PartialEq>(all: &[T], value: &T) -> u64 {
    all.iter().position(|one| one == value).unwrap_or(all.len()) as u64
}

impl Tally {
    /// Whether a document of the segment matches.
    #[inline]
    pub fn contains(&self, doc: u32) -> bool {
        self.blocks.get((doc / DOCS) as usize).is_some_and(|block| block.contains(doc % DOCS))
    }
}
