//! Reading sources in child processes of our own binary, so that a hostile file is a diagnostic and not an outage.
//!
//! Invariants: no untrusted byte is parsed in this process; every job ends within [`Limits::time`], with a
//! [`Parsed`]; a child that crashed, hung or ran out of memory is replaced; no child outlives the pool. All children
//! are started by one thread that lives as long as the pool: on Linux the kernel stops a child when the *thread*
//! that started it ends.

mod frame;
mod slot;
#[cfg(test)]
mod tests;
mod worker;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc, oneshot};

use crate::transcript::detect::{self, MAX_TEXT_BYTES};
use crate::transcript::model::{Format, Transcript};
use crate::transcript::{Diagnostic, Parsed, Severity};

use super::archive::is_zip;

pub use worker::{worker_main, worker_main_with};

/// The largest source that is read. An hour of speech is about 60 KB; a scanned book is less than this.
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;

/// What one job may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time from the moment a child takes the job.
    pub time: Duration,
    /// Memory of the child, in bytes.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(8), memory: 400 * 1024 * 1024 }
    }
}

/// The program that becomes a worker: it must call [`worker_main`] and nothing else.
#[derive(Debug, Clone)]
pub struct WorkerCommand {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
}

impl WorkerCommand {
    /// A program with its arguments.
    pub fn new(program: impl Into<PathBuf>, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            environment: Vec::new(),
        }
    }

    /// This very binary with the hidden subcommand `parse-worker`.
    pub fn current() -> io::Result<Self> {
        Ok(Self::new(std::env::current_exe()?, ["parse-worker"]))
    }

    /// Sets a variable of the worker's environment, which is empty otherwise: it must not know our secrets.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }
}

/// A pool of re-used child processes that read sources. Dropping it stops them.
#[derive(Debug)]
pub struct Pool {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// One source to be read, and where the answer goes.
#[derive(Debug)]
struct Job {
    name: Option<String>,
    bytes: Arc<Vec<u8>>,
    answer: oneshot::Sender<Result<Vec<u8>, Failure>>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Failure {
    /// It took longer than allowed.
    TooSlow(Duration),
    /// It took more memory than allowed.
    TooMuchMemory,
    /// The answer is longer than any transcript.
    TooMuchText,
    /// The child ended before it answered.
    Crashed,
    /// The child could not be started: our fault or the machine's, not the source's.
    Unavailable(String),
}

impl Pool {
    /// A pool of at most `size` children with the usual limits. They are started when they are first needed.
    pub fn new(size: usize, worker: WorkerCommand) -> Self {
        Self::with_limits(size, worker, Limits::default())
    }

    /// The same with other limits.
    pub fn with_limits(size: usize, worker: WorkerCommand, limits: Limits) -> Self {
        let (jobs, queue) = mpsc::channel(1);
        let thread = std::thread::Builder::new()
            .name("parse-pool".to_owned())
            .spawn(move || run(size.max(1), &worker, limits, queue))
            .ok();
        Self { jobs: Some(jobs), thread }
    }

    /// Reads a source in one of the children. Waits for a free one; never fails, what goes wrong is a diagnostic.
    pub async fn parse(&self, name: Option<&str>, bytes: impl Into<Arc<Vec<u8>>>) -> Parsed {
        let bytes = bytes.into();
        if bytes.len() > MAX_SOURCE_BYTES {
            return unreadable(too_large(bytes.len() as u64));
        }
        match self.answer(name, bytes).await {
            Ok(json) => serde_json::from_slice(&json).unwrap_or_else(|_| unreadable(Failure::Crashed.diagnostic())),
            Err(failure) => unreadable(failure.diagnostic()),
        }
    }

    async fn answer(&self, name: Option<&str>, bytes: Arc<Vec<u8>>) -> Result<Vec<u8>, Failure> {
        let gone = || Failure::Unavailable("its thread has ended".to_owned());
        let (answer, answered) = oneshot::channel();
        let job = Job { name: name.map(str::to_owned), bytes, answer };
        self.jobs.as_ref().ok_or_else(gone)?.send(job).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // Quick: every slot kills its child as soon as nobody can ask any more.
            let _ = thread.join();
        }
    }
}

/// The pool's own thread: starts the children, feeds them and stops them.
fn run(size: usize, worker: &WorkerCommand, limits: Limits, queue: mpsc::Receiver<Job>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return; // Dropping the queue tells everyone who asks that there is no pool.
    };
    let queue = Arc::new(Mutex::new(queue));
    runtime.block_on(async {
        let slots = (0..size).map(|_| slot::serve(worker, limits, Arc::clone(&queue)));
        futures::future::join_all(slots).await;
    });
}

/// A source that could not be read, for the given reason.
pub fn unreadable(diagnostic: Diagnostic) -> Parsed {
    Parsed {
        format: Format::Unreadable,
        source_text: String::new(),
        transcript: Transcript::default(),
        diagnostics: vec![diagnostic],
    }
}

/// Why a source that begins so will not be read when it has so many bytes; known before the rest of it is there. An archive
/// may be longer than what is in it.
pub fn too_many(beginning: &[u8], bytes: u64) -> Option<Diagnostic> {
    let text = detect::too_long(beginning).filter(|_| bytes > MAX_TEXT_BYTES as u64);
    text.or_else(|| (bytes > MAX_SOURCE_BYTES as u64 && !is_zip(beginning)).then(|| too_large(bytes)))
}

/// The finding that a source has more bytes than are read.
pub fn too_large(bytes: u64) -> Diagnostic {
    let mebibytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
    Diagnostic::new(
        Severity::Error,
        "too-large",
        format!(
            "This file has {} MB; files up to {} MB are read. Split it into one file per briefing and import those.",
            mebibytes(bytes),
            mebibytes(MAX_SOURCE_BYTES as u64)
        ),
    )
}

impl Failure {
    fn diagnostic(&self) -> Diagnostic {
        const ADVICE: &str = "It may be damaged, or no transcript at all. Open it in the program it was made with, save \
                              it again, best as plain text, and import that.";
        let (code, message) = match self {
            Self::TooSlow(time) => {
                let seconds = time.as_secs().max(1);
                ("too-slow", format!("Reading this file was stopped after {seconds} seconds. {ADVICE}"))
            }
            Self::TooMuchMemory => {
                ("too-much-memory", format!("Reading this file takes more memory than it may have. {ADVICE}"))
            }
            Self::TooMuchText => {
                ("too-much-text", format!("This file holds more text than any transcript of a briefing. {ADVICE}"))
            }
            Self::Crashed => ("reader-crashed", format!("Reading this file failed unexpectedly. {ADVICE}")),
            Self::Unavailable(cause) => (
                "reader-unavailable",
                format!(
                    "The program that reads files could not be started ({cause}). Nothing is wrong with this file; try again."
                ),
            ),
        };
        Diagnostic::new(Severity::Error, code, message)
    }
}
