//! The other side of the pool: the loop that runs in the child, behind limits it sets on itself first.

use std::io::{self, Read, Write};
use std::panic::{self, AssertUnwindSafe};

use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage, setrlimit};

use super::frame::{HELLO, Header, MAX_ANSWER_BYTES, length};
use super::{Failure, MAX_SOURCE_BYTES, unreadable};
use crate::transcript::{self, Input, Parsed};

/// A header is a name and two numbers.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// Deeply nested input needs a deep stack; what is too deep for this is caught by the pool.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// Reads jobs from standard input until it ends. The hidden subcommand `parse-worker` calls this and nothing else.
pub fn worker_main() -> io::Result<()> {
    worker_main_with(transcript::parse)
}

/// The same with another way of reading, for tests of the pool.
pub fn worker_main_with(parse: fn(Input<'_>) -> Parsed) -> io::Result<()> {
    // A panic is reported to the pool as an answer; stderr stays quiet.
    panic::set_hook(Box::new(|_| {}));
    harden();
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || serve(parse))?;
    thread.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

fn serve(parse: fn(Input<'_>) -> Parsed) -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut stdout = io::stdout().lock();
    stdout.write_all(&HELLO)?;
    stdout.flush()?;
    while let Some(header) = next_header(&mut stdin)? {
        limit(&header);
        let bytes = exactly(&mut stdin, MAX_SOURCE_BYTES)?;
        let input = Input { bytes: &bytes, name: header.name.as_deref() };
        let parsed = panic::catch_unwind(AssertUnwindSafe(|| parse(input)))
            .unwrap_or_else(|_| unreadable(Failure::Crashed.diagnostic()));
        drop(bytes);
        let mut json = serde_json::to_vec(&parsed)?;
        drop(parsed);
        if json.len() > MAX_ANSWER_BYTES {
            json = serde_json::to_vec(&unreadable(Failure::TooMuchText.diagnostic()))?;
        }
        stdout.write_all(&length(&json))?;
        stdout.write_all(&json)?;
        stdout.flush()?;
    }
    Ok(())
}

/// The next job's header, or `None` when the pool has closed its end.
fn next_header(stdin: &mut impl Read) -> io::Result<Option<Header>> {
    match exactly(stdin, MAX_HEADER_BYTES) {
        Ok(json) => Ok(Some(serde_json::from_slice(&json)?)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// A length of four bytes and as many bytes.
fn exactly(stdin: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    stdin.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    stdin.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// What holds for the whole life: no core dumps (they would hold sources), and the end of the pool is ours.
fn harden() {
    let _ = setrlimit(Resource::RLIMIT_CORE, 0, 0);
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGKILL);
}

/// What holds for one job. Processor time is counted over the whole life, so the limit grows from job to job.
fn limit(header: &Header) {
    // On Linux this counts what may be written to, private mappings too, and not address space that is only reserved.
    #[cfg(target_os = "linux")]
    let memory = Resource::RLIMIT_DATA;
    #[cfg(not(target_os = "linux"))]
    let memory = Resource::RLIMIT_AS;
    let _ = lower(memory, header.memory);
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) {
        let used = u64::try_from(usage.user_time().tv_sec() + usage.system_time().tv_sec()).unwrap_or(0);
        let _ = lower(Resource::RLIMIT_CPU, used + 1 + header.seconds);
    }
}

/// Sets the soft limit and leaves the hard one, which an administrator may have set lower.
fn lower(resource: Resource, soft: u64) -> nix::Result<()> {
    let (_, hard) = getrlimit(resource)?;
    setrlimit(resource, soft.min(hard), hard)
}
