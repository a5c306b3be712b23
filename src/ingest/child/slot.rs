//! One place of the pool: at most one child, given one job after the other.

use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::time::{Instant, timeout, timeout_at};

use super::frame::{HELLO, Header, MAX_ANSWER_BYTES, opening};
use super::{Failure, Job, Limits, WorkerCommand};

/// A child that has read a source of this size is not used again, as it may hold on to the memory.
const LARGE_SOURCE_BYTES: usize = 8 * 1024 * 1024;

/// A child with the ends of its pipes.
struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    jobs_done: u32,
}

/// Takes jobs from the queue until nobody can ask any more.
pub(super) async fn serve(command: &WorkerCommand, limits: Limits, queue: Arc<Mutex<mpsc::Receiver<Job>>>) {
    let mut worker: Option<Worker> = None;
    loop {
        let next = queue.lock().await.recv().await;
        let Some(mut job) = next else { break };
        let outcome = tokio::select! {
            outcome = read(command, limits, &mut worker, job.name.as_deref(), &job.bytes) => Some(outcome),
            () = job.answer.closed() => None,
        };
        match outcome {
            Some(outcome) => {
                if job.bytes.len() > LARGE_SOURCE_BYTES {
                    stop(worker.take()).await;
                }
                let _ = job.answer.send(outcome);
            }
            // Whoever asked has gone away: the child is in the middle of something nobody wants.
            None => stop(worker.take()).await,
        }
    }
    stop(worker).await;
}

/// Lets the child read one source. A child that fails after it has done other jobs may have failed because of them, so
/// the source gets a second chance with a fresh one, within the same time.
async fn read(
    command: &WorkerCommand,
    limits: Limits,
    place: &mut Option<Worker>,
    name: Option<&str>,
    bytes: &[u8],
) -> Result<Vec<u8>, Failure> {
    let deadline = Instant::now() + limits.time;
    let header = Header { name: name.map(str::to_owned), seconds: limits.time.as_secs() + 2, memory: limits.memory };
    loop {
        let mut worker = match place.take() {
            Some(worker) => worker,
            None => match timeout_at(deadline, Worker::start(command)).await {
                Ok(started) => started?,
                Err(_) => return Err(Failure::TooSlow(limits.time)),
            },
        };
        match timeout_at(deadline, worker.ask(&header, bytes)).await {
            Ok(Ok(Some(answer))) => {
                worker.jobs_done += 1;
                *place = Some(worker);
                return Ok(answer);
            }
            Ok(Ok(None)) => {
                stop(Some(worker)).await;
                return Err(Failure::TooMuchText);
            }
            Ok(Err(_)) if worker.jobs_done > 0 => stop(Some(worker)).await,
            Ok(Err(_)) => return Err(worker.cause_of_death().await),
            Err(_) => {
                stop(Some(worker)).await;
                return Err(Failure::TooSlow(limits.time));
            }
        }
    }
}

/// Kills a child and waits until it is gone.
async fn stop(worker: Option<Worker>) {
    if let Some(mut worker) = worker {
        let _ = worker.child.start_kill();
        let _ = worker.child.wait().await;
    }
}

impl Worker {
    async fn start(command: &WorkerCommand) -> Result<Self, Failure> {
        let unavailable = |error: std::io::Error| Failure::Unavailable(error.to_string());
        let mut child = Command::new(&command.program)
            .args(&command.arguments)
            .env_clear()
            .envs(command.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C in a terminal is for us; we decide when the children go.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(unavailable)?;
        let (Some(stdin), Some(mut stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::Unavailable("it has no pipes".to_owned()));
        };
        if greeted(&mut stdout).await.is_err() {
            return Err(Failure::Unavailable(format!("{} is no reader", command.program.display())));
        }
        Ok(Self { child, stdin, stdout, jobs_done: 0 })
    }

    /// Sends a job and waits for the answer; `None` if the answer is too long.
    async fn ask(&mut self, header: &Header, bytes: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
        self.stdin.write_all(&opening(header, bytes)).await?;
        self.stdin.write_all(bytes).await?;
        self.stdin.flush().await?;
        let length = self.stdout.read_u32_le().await? as usize;
        if length > MAX_ANSWER_BYTES {
            return Ok(None);
        }
        let mut answer = vec![0; length];
        self.stdout.read_exact(&mut answer).await?;
        Ok(Some(answer))
    }

    /// Why a child that stopped answering did so: its last words on stderr tell an allocation that failed.
    async fn cause_of_death(mut self) -> Failure {
        let Ok(Ok(status)) = timeout(Duration::from_secs(1), self.child.wait()).await else {
            stop(Some(self)).await;
            return Failure::Crashed;
        };
        let mut last_words = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = timeout(Duration::from_millis(200), stderr.take(4096).read_to_end(&mut last_words)).await;
        }
        judge(status, &String::from_utf8_lossy(&last_words))
    }
}

fn judge(status: ExitStatus, last_words: &str) -> Failure {
    use std::os::unix::process::ExitStatusExt;
    const KILLED: i32 = 9;
    const CPU_TIME_EXCEEDED: i32 = 24;
    match status.signal() {
        Some(CPU_TIME_EXCEEDED) => Failure::TooSlow(Limits::default().time),
        // Nobody but the kernel kills it while we wait: the machine has run out of memory.
        Some(KILLED) => Failure::TooMuchMemory,
        _ if last_words.contains("memory allocation of") => Failure::TooMuchMemory,
        _ => Failure::Crashed,
    }
}

/// Waits for the first bytes of a worker, skipping a little noise.
async fn greeted(stdout: &mut ChildStdout) -> std::io::Result<()> {
    let mut seen: Vec<u8> = Vec::new();
    while !seen.ends_with(&HELLO) {
        if seen.len() > 4096 {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        seen.push(stdout.read_u8().await?);
    }
    Ok(())
}
