//! The full-text index of a data directory.
//!
//! Invariant: what a commit holds and the position stored in it belong together; a crash at any moment leaves the
//! last commit. One process writes, any number read.

mod block;
mod columns;
mod count;
mod cursor;
mod failing;
mod generation;
mod order;
mod passages;
mod phrase;
mod plan;
mod query;
mod rank;
mod schema;
mod search;
mod snapshot;
mod spread;
mod words;
mod write;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tantivy::{IndexReader, ReloadPolicy};

pub use passages::{Candidates, Sought};
pub use query::{Answer, Bucket, Facets, Filters, Hit, IndexError, Query, Sort};
pub use rank::MAX_RANKED;
pub use schema::VERSION;
pub use words::Words;

use crate::domain::indexed::Change;
use schema::{Fields, WorkedOff};
use snapshot::Snapshot;
use write::{Amount, Writer};

pub(super) use phrase::near_window;

/// How often a reader looks whether another process has committed.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What a process does with an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Writes and searches; only one process can.
    Writer,
    /// Only searches.
    Reader,
}

/// An open index.
pub struct Index {
    dir: PathBuf,
    state: RwLock<State>,
    /// Set once this process is the one that writes.
    writing: OnceLock<Mutex<Writing>>,
    looked: Mutex<Instant>,
}

/// The generation in use and what is seen of it.
#[derive(Clone)]
struct State {
    generation: u32,
    engine: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    worked_off: WorkedOff,
    snapshot: Arc<Snapshot>,
}

/// What only the writing process has.
struct Writing {
    writer: Option<Writer>,
    /// What the writer is made for.
    amount: Amount,
    /// Held for as long as the index is open.
    _lock: File,
}

impl Index {
    /// Opens the index in a directory. A writer makes it if needed; an index of another version counts as empty.
    pub fn open(dir: &Path, access: Access) -> Result<Self, IndexError> {
        let (state, writing) = match access {
            Access::Writer => {
                let (state, writing) = State::open_for_writing(dir, generation::lock(dir)?)?;
                (state, OnceLock::from(Mutex::new(writing)))
            }
            Access::Reader => (State::open_for_reading(dir)?, OnceLock::new()),
        };
        Ok(Self { dir: dir.to_owned(), state: RwLock::new(state), writing, looked: Mutex::new(Instant::now()) })
    }

    /// Becomes the writer where no other process is; says whether this is the one that writes.
    pub fn try_write(&self) -> Result<bool, IndexError> {
        if self.writing.get().is_some() {
            return Ok(true);
        }
        let lock = match generation::lock(&self.dir) {
            Err(IndexError::Locked(_)) => return Ok(false),
            lock => lock?,
        };
        let (state, writing) = State::open_for_writing(&self.dir, lock)?;
        // Who sees the writer must see the generation it writes.
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        let _ = self.writing.set(Mutex::new(writing));
        Ok(true)
    }

    /// Up to where the feed was applied; 0 for an empty index.
    pub fn position(&self) -> u64 {
        self.snapshot().position
    }

    /// What the answers of this index depend on: the position, and the generation that is searched.
    pub fn stamp(&self) -> (u64, u32) {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        (state.snapshot.position, state.generation)
    }

    /// Replaces the briefings of these changes and commits, so that they are found when this returns. A change that could
    /// not be had ends it, and nothing is committed.
    pub fn apply(
        &self,
        position: u64,
        changes: impl IntoIterator<Item = Result<Change, IndexError>>,
    ) -> Result<(), IndexError> {
        self.write(Amount::Little, position, changes)
    }

    /// The same for hundreds of briefings and more, with all processors.
    pub fn apply_many(
        &self,
        position: u64,
        changes: impl IntoIterator<Item = Result<Change, IndexError>>,
    ) -> Result<(), IndexError> {
        self.write(Amount::Much, position, changes)
    }

    fn write(
        &self,
        amount: Amount,
        position: u64,
        changes: impl IntoIterator<Item = Result<Change, IndexError>>,
    ) -> Result<(), IndexError> {
        let mut writing = self.writing()?.lock().unwrap_or_else(PoisonError::into_inner);
        if writing.amount != amount || writing.writer.is_none() {
            // One writer at a time. Merges that the old one had begun are begun again after the commit.
            drop(writing.writer.take());
            writing.writer = Some(self.state().writer(amount)?);
            writing.amount = amount;
        }
        let Some(writer) = writing.writer.as_mut() else { return Err(IndexError::ReadOnly) };
        let added = changes.into_iter().try_for_each(|change| Ok(writer.add(change?)?));
        if let Err(error) = added.and_then(|()| Ok(writer.commit(position)?)) {
            // Half of a batch must not slip into the next commit.
            writer.rollback()?;
            return Err(error);
        }
        drop(writing);
        self.reload()
    }

    /// Makes sure that nothing that was replaced or removed is on disk any more.
    pub fn forget(&self) -> Result<(), IndexError> {
        let mut writing = self.writing()?.lock().unwrap_or_else(PoisonError::into_inner);
        let state = self.state();
        if writing.writer.is_none() {
            writing.writer = Some(state.writer(writing.amount)?);
        }
        let Some(writer) = writing.writer.as_mut() else { return Err(IndexError::ReadOnly) };
        writer.forget(&state.engine)?;
        // What is still searched is still there.
        drop(state);
        self.reload()?;
        writer.clear_away()?;
        Ok(())
    }

    /// Begins a new generation beside the one in use.
    pub fn rebuild(&self) -> Result<Rebuild<'_>, IndexError> {
        self.writing()?;
        let state = State::create_unused(&self.dir)?;
        let writer = state.writer(Amount::Much)?;
        Ok(Rebuild { index: self, state, writer })
    }

    /// Looks for commits of another process now; searches of a reader do so by themselves a few times a second.
    pub fn refresh(&self) -> Result<(), IndexError> {
        if self.writing.get().is_some() {
            return Ok(());
        }
        let state = self.state();
        if generation::current(&self.dir)?.unwrap_or(0) != state.generation {
            let fresh = State::open_for_reading(&self.dir)?;
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = fresh;
            return Ok(());
        }
        if state.generation == 0 || commit_of(&state.engine)?.1 == state.snapshot.opstamp {
            return Ok(());
        }
        self.reload()
    }

    /// Number of utterances that are indexed.
    pub fn utterances(&self) -> u64 {
        self.snapshot().searcher.num_docs()
    }

    fn writing(&self) -> Result<&Mutex<Writing>, IndexError> {
        self.writing.get().ok_or(IndexError::ReadOnly)
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner).snapshot)
    }

    /// The state to search, looked up anew from time to time when another process writes.
    fn fresh(&self) -> Result<(Arc<Snapshot>, Fields), IndexError> {
        if self.writing.get().is_none() {
            let due = match self.looked.try_lock() {
                Ok(mut looked) if looked.elapsed() >= LOOK_EVERY => {
                    *looked = Instant::now();
                    true
                }
                _ => false,
            };
            if due {
                self.refresh()?;
            }
        }
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        Ok((Arc::clone(&state.snapshot), state.fields))
    }

    fn reload(&self) -> Result<(), IndexError> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let snapshot = state.look()?;
        state.snapshot = Arc::new(snapshot);
        Ok(())
    }
}

impl State {
    fn open(dir: &Path, number: u32) -> Result<Self, IndexError> {
        let engine = tantivy::Index::open_in_dir(generation::folder(dir, number))?;
        Self::of(engine, number)
    }

    fn create_unused(dir: &Path) -> Result<Self, IndexError> {
        let (number, folder) = generation::create_next(dir)?;
        let (schema, _) = schema::schema();
        Self::of(tantivy::Index::create_in_dir(folder, schema)?, number)
    }

    fn create(dir: &Path) -> Result<Self, IndexError> {
        let state = Self::create_unused(dir)?;
        generation::switch(dir, state.generation)?;
        Ok(state)
    }

    /// Opens what is in use, or makes it; what cannot be opened starts anew.
    fn open_for_writing(dir: &Path, lock: File) -> Result<(Self, Writing), IndexError> {
        let state = match generation::current(dir)? {
            Some(number) => Self::open(dir, number).or_else(|error| {
                tracing::warn!(%error, "the index could not be opened and starts anew");
                Self::create(dir)
            })?,
            None => Self::create(dir)?,
        };
        generation::remove_others(dir, state.generation);
        let writer = Some(state.writer(Amount::Little)?);
        Ok((state, Writing { writer, amount: Amount::Little, _lock: lock }))
    }

    /// Opens what is in use; nothing yet is an empty index.
    fn open_for_reading(dir: &Path) -> Result<Self, IndexError> {
        loop {
            let Some(number) = generation::current(dir)? else {
                let (schema, _) = schema::schema();
                return Self::of(tantivy::Index::create_in_ram(schema), 0);
            };
            match Self::open(dir, number) {
                // It may have been replaced in this very moment.
                Err(_) if generation::current(dir)? != Some(number) => {}
                opened => return opened,
            }
        }
    }

    fn of(engine: tantivy::Index, generation: u32) -> Result<Self, IndexError> {
        let worked_off = schema::register(&engine);
        let (_, fields) = schema::schema();
        let (position, opstamp) = commit_of(&engine)?;
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = Arc::new(Snapshot::take(IndexReader::searcher(&reader), position, opstamp, None)?);
        Ok(Self { generation, engine, reader, fields, worked_off, snapshot })
    }

    fn writer(&self, amount: Amount) -> Result<Writer, IndexError> {
        Ok(Writer::open(&self.engine, self.fields, Arc::clone(&self.worked_off), amount)?)
    }

    fn look(&self) -> Result<Snapshot, IndexError> {
        // The position first: what is read afterwards is at least as new.
        let (position, opstamp) = commit_of(&self.engine)?;
        self.reader.reload()?;
        Ok(Snapshot::take(self.reader.searcher(), position, opstamp, Some(&self.snapshot))?)
    }
}

/// Position and number of the last commit.
fn commit_of(engine: &tantivy::Index) -> Result<(u64, u64), IndexError> {
    let metas = engine.load_metas()?;
    Ok((metas.payload.and_then(|payload| payload.parse().ok()).unwrap_or(0), metas.opstamp))
}

/// A new generation that is being written.
pub struct Rebuild<'a> {
    index: &'a Index,
    state: State,
    writer: Writer,
}

impl Rebuild<'_> {
    /// Adds a briefing; memory stays bounded however many there are.
    pub fn add(&mut self, change: Change) -> Result<(), IndexError> {
        Ok(self.writer.add(change)?)
    }

    /// Commits, waits for merges and puts this generation in place of the one in use.
    pub fn finish(mut self, position: u64) -> Result<(), IndexError> {
        self.writer.commit(position)?;
        self.writer.finish()?;
        let index = self.index;
        let mut writing = index.writing()?.lock().unwrap_or_else(PoisonError::into_inner);
        let state = State::of(self.state.engine, self.state.generation)?;
        let writer = state.writer(Amount::Little)?;
        generation::switch(&index.dir, state.generation)?;
        let generation = state.generation;
        *index.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        // The old writer goes before its folder does.
        writing.writer.replace(writer).map(Writer::finish).transpose()?;
        writing.amount = Amount::Little;
        generation::remove_others(&index.dir, generation);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
