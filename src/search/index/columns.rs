//! What is kept in memory of each segment, so that counting never touches the disk.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use tantivy::SegmentReader;
use tantivy::fastfield::Column;

use crate::search::stem::Language;

/// Small numbers in place of identifiers, so that counters can be arrays. Number 0 means "none".
#[derive(Debug, Clone)]
pub struct Ordinals {
    numbers: HashMap<i64, u32>,
    ids: Vec<i64>,
}

impl Default for Ordinals {
    fn default() -> Self {
        Self { numbers: HashMap::new(), ids: vec![i64::MIN] }
    }
}

impl Ordinals {
    /// The number of an identifier, given out if it is new.
    pub fn number(&mut self, id: i64) -> u32 {
        let ids = &mut self.ids;
        *self.numbers.entry(id).or_insert_with(|| {
            ids.push(id);
            ids.len() as u32 - 1
        })
    }

    /// The number of an identifier that was seen.
    pub fn known(&self, id: i64) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// How many counters are needed.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Identifiers with what was counted for them; "none" left out.
    pub fn counted<'a>(&'a self, counts: &'a [u64]) -> impl Iterator<Item = (i64, u64)> + 'a {
        self.ids.iter().zip(counts).skip(1).filter(|(_, count)| **count > 0).map(|(id, count)| (*id, *count))
    }
}

/// The numbers of everything that is counted; they stay the same as long as the process runs.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    /// Speakers.
    pub speakers: Ordinals,
    /// Topics.
    pub topics: Ordinals,
    /// Series.
    pub series: Ordinals,
    /// Years.
    pub years: Ordinals,
}

/// The documents of one briefing in one segment; they stand side by side.
#[derive(Debug, Clone)]
pub struct Run {
    /// The briefing.
    pub briefing: i64,
    /// Days since 1970.
    pub day: Option<i32>,
    /// Number of its series.
    pub series: u32,
    /// Number of its year.
    pub year: u32,
    /// Place in `BriefingKind::ALL`.
    pub briefing_kind: u8,
    /// Its documents.
    pub docs: Range<u32>,
}

/// One segment's columns.
pub struct Columns {
    /// Number of the speaker of each document.
    pub speakers: Vec<u32>,
    /// Where the topics of each document begin.
    topic_starts: Vec<u32>,
    topics: Vec<u32>,
    /// For each of `topics` the document, by its place in its block.
    tagged: Vec<u16>,
    /// Kind of each document, by its place in `UtteranceKind::ALL`.
    pub kinds: Vec<u8>,
    /// Briefings in the order of their documents.
    pub runs: Vec<Run>,
    /// Languages that occur.
    pub languages: Vec<Language>,
    /// Which of `BriefingKind::ALL` occur.
    pub briefing_kinds: [bool; 3],
    /// Row of each document. On disk, but opened only once: that costs more than reading a few values.
    pub utterances: Column<i64>,
    /// Place of each document in its briefing.
    pub positions: Column<u64>,
}

impl Columns {
    /// Reads the columns of a segment.
    pub fn read(reader: &SegmentReader, numbers: &mut Numbers) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let docs = reader.max_doc();
        let (speaker, topic, kind) = (fast.i64("speaker")?, fast.i64("topic")?, fast.u64("kind")?);
        let language = fast.u64("language")?;
        let mut columns = Self {
            speakers: Vec::with_capacity(docs as usize),
            topic_starts: Vec::with_capacity(docs as usize + 1),
            topics: Vec::new(),
            tagged: Vec::new(),
            kinds: Vec::with_capacity(docs as usize),
            runs: runs(reader, numbers)?,
            languages: Vec::new(),
            briefing_kinds: [false; 3],
            utterances: fast.i64("utterance")?,
            positions: fast.u64("position")?,
        };
        for run in &columns.runs {
            columns.briefing_kinds[usize::from(run.briefing_kind) % 3] = true;
        }
        for doc in 0..docs {
            columns.speakers.push(speaker.first(doc).map_or(0, |id| numbers.speakers.number(id)));
            columns.topic_starts.push(columns.topics.len() as u32);
            columns.topics.extend(topic.values_for_doc(doc).map(|id| numbers.topics.number(id)));
            columns.tagged.resize(columns.topics.len(), doc as u16);
            columns.kinds.push(kind.first(doc).unwrap_or(0) as u8);
        }
        columns.topic_starts.push(columns.topics.len() as u32);
        columns.topics.shrink_to_fit();
        let mut present = [false; 32];
        for run in &columns.runs {
            present[language.first(run.docs.start).unwrap_or(31) as usize & 31] = true;
        }
        columns.languages =
            Language::all().enumerate().filter(|(n, _)| present[*n]).map(|(_, language)| language).collect();
        Ok(columns)
    }

    /// Numbers of the topics of a document.
    #[inline]
    pub fn topics(&self, doc: u32) -> &[u32] {
        let (from, to) = (self.topic_starts[doc as usize], self.topic_starts[doc as usize + 1]);
        &self.topics[from as usize..to as usize]
    }

    /// Every topic of some documents, with the place of its document in its block.
    pub fn tags(&self, docs: Range<u32>) -> impl Iterator<Item = (u16, u32)> {
        let range = self.topic_starts[docs.start as usize] as usize..self.topic_starts[docs.end as usize] as usize;
        self.tagged[range.clone()].iter().copied().zip(self.topics[range].iter().copied())
    }

    /// The place among `runs` of the briefing of a document.
    pub fn run_of(&self, doc: u32) -> usize {
        self.runs.partition_point(|run| run.docs.end <= doc)
    }
}

/// The days of the calendar as numbers.
pub fn day_number(day: Date) -> i32 {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    (day.duration_since(EPOCH).as_hours() / 24) as i32
}

/// The numbers as days of the calendar.
pub fn day_of(number: i32) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(i64::from(number) * 24))
}

fn runs(reader: &SegmentReader, numbers: &mut Numbers) -> tantivy::Result<Vec<Run>> {
    let fast = reader.fast_fields();
    let (briefing, day, series) = (fast.i64("briefing")?, fast.i64("day")?, fast.i64("series")?);
    let kind = fast.u64("briefing_kind")?;
    let mut runs: Vec<Run> = Vec::new();
    for doc in 0..reader.max_doc() {
        let id = briefing.first(doc).unwrap_or(i64::MIN);
        let day = day.first(doc).map(|day| day as i32);
        let kind = kind.first(doc).unwrap_or(0) as u8;
        let series_id = series.first(doc);
        let series = series_id.map_or(0, |id| numbers.series.number(id));
        match runs.last_mut() {
            // A replaced briefing may stand behind its old state, which is dead and may have had other facts.
            Some(run) if (run.briefing, run.day, run.briefing_kind, run.series) == (id, day, kind, series) => {
                run.docs.end = doc + 1;
            }
            _ => runs.push(Run {
                briefing: id,
                day,
                series,
                year: day.map_or(0, |day| numbers.years.number(i64::from(day_of(day).year()))),
                briefing_kind: kind,
                docs: doc..doc + 1,
            }),
        }
    }
    Ok(runs)
}

/// A segment as it is searched.
pub struct Segment {
    /// The engine's reader.
    pub reader: SegmentReader,
    /// What is kept in memory.
    pub columns: Arc<Columns>,
    /// Documents that were not replaced since, as bits; `None` if all are alive.
    pub alive: Option<Vec<u64>>,
    /// For each run its place in the order of all briefings, newest first.
    pub newest: Vec<u32>,
}

/// Which documents of a segment still count.
pub fn alive(reader: &SegmentReader) -> Option<Vec<u64>> {
    let alive = reader.alive_bitset()?;
    let mut words = vec![0u64; (reader.max_doc() as usize).div_ceil(64)];
    for doc in alive.iter_alive() {
        words[doc as usize >> 6] |= 1 << (doc & 63);
    }
    Some(words)
}
