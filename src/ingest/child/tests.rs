//! What the pool does with sources that behave, crash, hang or devour memory.

mod hostile;

use std::time::{Duration, Instant};

use super::*;
use crate::transcript::Input;

/// Not a test of its own: the pool's tests start this very binary again and ask it to run only this.
#[test]
fn becomes_a_worker() {
    let Some(worker) = std::env::var_os("ONRECORD_TEST_WORKER") else { return };
    let _ = if worker == "parse" { worker_main() } else { worker_main_with(behave) };
    std::process::exit(0);
}

/// Does what the name of the source says.
fn behave(input: Input<'_>) -> Parsed {
    match input.name.unwrap_or_default() {
        "panics" => panic!("a defect"),
        "aborts" => std::process::abort(),
        "hangs" => loop {
            std::thread::sleep(Duration::from_secs(1));
        },
        "devours" => {
            let mut hoard = Vec::new();
            loop {
                hoard.push(vec![1_u8; 1 << 20]);
            }
        }
        "recurses" => {
            deeper(input.bytes.len() as u64);
        }
        "pid" => {
            return Parsed { source_text: std::process::id().to_string(), ..unreadable(too_large(0)) };
        }
        _ => {}
    }
    Parsed {
        format: Format::Plain,
        source_text: String::from_utf8_lossy(input.bytes).into_owned(),
        transcript: Transcript::default(),
        diagnostics: Vec::new(),
    }
}

fn deeper(depth: u64) -> u64 {
    let room = [depth; 64];
    if depth == u64::MAX { 0 } else { deeper(depth + 1) + std::hint::black_box(room)[7] }
}

fn pool(size: usize, time: Duration) -> Pool {
    Pool::with_limits(size, worker("behave"), Limits { time, memory: 300 << 20 })
}

fn worker(kind: &str) -> WorkerCommand {
    let program = std::env::current_exe().unwrap();
    WorkerCommand::new(program, ["--exact", "ingest::child::tests::becomes_a_worker", "--nocapture"])
        .env("ONRECORD_TEST_WORKER", kind)
}

fn codes(parsed: &Parsed) -> Vec<&str> {
    parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

#[tokio::test]
async fn one_child_reads_many_sources() {
    let pool = pool(1, Duration::from_secs(8));
    let first = pool.parse(Some("pid"), Vec::new()).await.source_text;
    assert_eq!(pool.parse(Some("a.txt"), b"Q Hello.".to_vec()).await.source_text, "Q Hello.");
    assert_eq!(pool.parse(None, b"MR. ROWE: Good afternoon.".to_vec()).await.format, Format::Plain);
    assert_eq!(pool.parse(Some("pid"), Vec::new()).await.source_text, first);
}

#[tokio::test]
async fn every_bad_end_is_a_diagnostic_and_the_next_source_is_read() {
    let pool = pool(1, Duration::from_secs(4));
    for (name, code) in [
        ("panics", "reader-crashed"),
        ("aborts", "reader-crashed"),
        ("recurses", "reader-crashed"),
        ("devours", "too-much-memory"),
    ] {
        let parsed = pool.parse(Some(name), b"x".to_vec()).await;
        assert_eq!((parsed.format, codes(&parsed)), (Format::Unreadable, vec![code]), "{name}");
        assert_eq!(pool.parse(None, b"still here".to_vec()).await.source_text, "still here", "after {name}");
    }
}

#[tokio::test]
async fn a_source_that_takes_too_long_is_stopped() {
    let pool = pool(1, Duration::from_millis(1500));
    let begun = Instant::now();
    let parsed = pool.parse(Some("hangs"), Vec::new()).await;
    assert_eq!(codes(&parsed), ["too-slow"]);
    assert!(begun.elapsed() < Duration::from_secs(4));
    assert_eq!(pool.parse(None, b"on we go".to_vec()).await.source_text, "on we go");
}

#[tokio::test]
async fn sources_are_read_side_by_side() {
    let pool = pool(2, Duration::from_secs(2));
    let hang = pool.parse(Some("hangs"), Vec::new());
    let quick = async {
        for _ in 0..3 {
            assert_eq!(pool.parse(None, b"quick".to_vec()).await.source_text, "quick");
        }
        Instant::now()
    };
    let begun = Instant::now();
    let (_, done) = tokio::join!(hang, quick);
    assert!(done - begun < Duration::from_millis(1900));
}

#[tokio::test]
async fn too_many_bytes_never_reach_a_child() {
    let parsed = pool(1, Duration::from_secs(8)).parse(None, vec![b'a'; MAX_SOURCE_BYTES + 1]).await;
    assert_eq!(codes(&parsed), ["too-large"]);
    assert!(parsed.diagnostics[0].message.contains("65 MB; files up to 64 MB"));
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_told_from_one() {
    let missing = Pool::new(1, WorkerCommand::new("/nonexistent/onrecord", ["parse-worker"]));
    assert_eq!(codes(&missing.parse(None, b"text".to_vec()).await), ["reader-unavailable"]);
    let other = Pool::new(1, WorkerCommand::new("/bin/echo", ["hello"]));
    assert_eq!(codes(&other.parse(None, b"text".to_vec()).await), ["reader-unavailable"]);
}

#[tokio::test]
async fn children_end_with_the_pool() {
    let pool = pool(1, Duration::from_secs(8));
    let pid: i32 = pool.parse(Some("pid"), Vec::new()).await.source_text.parse().unwrap();
    let alive = || nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None).is_ok();
    assert!(alive());
    drop(pool);
    assert!(!alive());
}
