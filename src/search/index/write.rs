//! Writing: briefings as documents, and commits that know their position.

use std::sync::atomic::Ordering;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, UserOperation};
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::columns::day_number;
use super::schema::{Fields, WorkedOff, normalised_label, with_language};
use crate::domain::indexed::{Change, IndexedBriefing, IndexedUtterance};
use crate::domain::{BriefingKind, Role, UtteranceKind};
use crate::search::stem::Language;

/// How much is written at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Briefings one by one: tables are set up anew for each commit, so they are small.
    Little,
    /// A whole archive: by several threads into segments that are large from the start, since merging small ones
    /// takes more time than writing them.
    Much,
}

impl Amount {
    /// The threads that write, and the memory of each for the segment it writes, in bytes.
    fn threads(self) -> (usize, usize) {
        const MEMORY: usize = 160_000_000;
        match self {
            Self::Little => (1, 16_000_000),
            Self::Much => {
                let threads = std::thread::available_parallelism().map_or(1, usize::from).min(4);
                (threads, MEMORY / threads)
            }
        }
    }
}

/// How many bytes of text may wait for the engine; each is held a few times over.
const MOST_ON_ITS_WAY: u64 = 8_000_000;

/// Writes documents; what is not committed is lost with the process.
pub struct Writer {
    engine: IndexWriter,
    fields: Fields,
    worked_off: WorkedOff,
    /// What `worked_off` will say when everything handed over so far is done.
    handed_over: u64,
}

impl Writer {
    /// Starts writing to an index.
    pub fn open(
        index: &tantivy::Index,
        fields: Fields,
        worked_off: WorkedOff,
        amount: Amount,
    ) -> tantivy::Result<Self> {
        let (threads, memory) = amount.threads();
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory)
            .build();
        let writer: IndexWriter = index.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(6);
        policy.set_min_layer_size(4_000);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        let handed_over = worked_off.load(Ordering::Relaxed);
        Ok(Self { engine: writer, fields, worked_off, handed_over })
    }

    /// Replaces what the index holds of a briefing.
    pub fn add(&mut self, change: Change) -> tantivy::Result<()> {
        let id = change.briefing_id.0;
        let mut operations = vec![UserOperation::Delete(Term::from_field_i64(self.fields.briefing, id))];
        if let Some(mut briefing) = change.now {
            let mut utterances = std::mem::take(&mut briefing.utterances);
            utterances.sort_by_key(|utterance| utterance.position);
            let documents = utterances.iter().map(|one| UserOperation::Add(self.document(id, &briefing, one)));
            operations.extend(documents);
            self.handed_over += utterances.iter().map(|one| one.text.len() as u64).sum::<u64>();
        }
        // One call, so that the documents of a briefing stand side by side in one segment.
        self.engine.run(operations)?;
        self.wait();
        Ok(())
    }

    /// Waits while too much text is on its way; gives up on it when nothing moves, since then an error is on its way.
    fn wait(&self) {
        let (mut seen, mut waited) = (self.worked_off.load(Ordering::Relaxed), 0);
        while self.handed_over.saturating_sub(seen) > MOST_ON_ITS_WAY && waited < 10_000 {
            std::thread::sleep(std::time::Duration::from_millis(1));
            let now = self.worked_off.load(Ordering::Relaxed);
            waited = if now == seen { waited + 1 } else { 0 };
            seen = now;
        }
    }

    /// Nothing is on its way.
    fn settled(&mut self) {
        self.handed_over = self.worked_off.load(Ordering::Relaxed);
    }

    /// Makes everything so far durable, together with the position.
    pub fn commit(&mut self, position: u64) -> tantivy::Result<()> {
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(&position.to_string());
        commit.commit()?;
        self.settled();
        Ok(())
    }

    /// Rewrites every segment that holds documents that were replaced: until then their words are still on disk.
    pub fn forget(&mut self, index: &tantivy::Index) -> tantivy::Result<()> {
        for segment in index.searchable_segment_metas()?.iter().filter(|segment| segment.has_deletes()) {
            self.engine.merge(&[segment.id()]).wait()?;
        }
        Ok(())
    }

    /// Removes the files of segments that nobody searches any more.
    pub fn clear_away(&self) -> tantivy::Result<()> {
        self.engine.garbage_collect_files().wait().map(drop)
    }

    /// Forgets everything since the last commit.
    pub fn rollback(&mut self) -> tantivy::Result<()> {
        self.engine.rollback()?;
        self.settled();
        Ok(())
    }

    /// Waits until nothing is being merged.
    pub fn finish(self) -> tantivy::Result<()> {
        self.engine.wait_merging_threads()
    }

    fn document(&self, id: i64, briefing: &IndexedBriefing, one: &IndexedUtterance) -> TantivyDocument {
        let fields = &self.fields;
        let language = Language::of(briefing.language.as_deref());
        let mut document = TantivyDocument::default();
        document.add_i64(fields.briefing, id);
        document.add_i64(fields.utterance, one.utterance_id.0);
        document.add_u64(fields.position, u64::from(one.position));
        document.add_u64(fields.kind, place(&UtteranceKind::ALL, &one.kind));
        document.add_u64(fields.briefing_kind, place(&BriefingKind::ALL, &briefing.briefing_kind));
        document.add_u64(fields.language, place(&Language::all().collect::<Vec<_>>(), &language));
        if let Some(day) = briefing.date {
            document.add_i64(fields.day, i64::from(day_number(day)));
        }
        if let Some(series) = briefing.series_id {
            document.add_i64(fields.series, i64::from(series.0));
        }
        if let Some(speaker) = one.speaker_id {
            document.add_i64(fields.speaker, speaker.0);
        }
        if let Some(role) = &one.role {
            document.add_u64(fields.role, place(&Role::ALL, role));
        }
        if let Some(label) = &one.label {
            document.add_text(fields.label, normalised_label(label));
        }
        let mut topics = one.topics.clone();
        topics.sort_unstable();
        topics.dedup();
        for topic in topics {
            document.add_i64(fields.topic, i64::from(topic.0));
        }
        document.add_text(fields.stem, with_language(language, &one.text));
        document.add_text(fields.pairs, &one.text);
        document.add_text(fields.exact, &one.text);
        document
    }
}

fn place<T: PartialEq>(all: &[T], value: &T) -> u64 {
    all.iter().position(|one| one == value).unwrap_or_default() as u64
}
