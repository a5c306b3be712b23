//! How fast an import goes and how much memory it takes, into a fresh data directory.

#[path = "measure/arguments.rs"]
mod arguments;

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use arguments::Arguments;

const USAGE: &str = "\
cargo bench --bench import -- --data-dir DIR FOLDER...

  DIR      where the archive goes; must not be there yet, and stays for the other measurements
  FOLDER   what to import, for instance what the measurement `multiply` wrote";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir"]);
    let data = arguments.get::<String>("data-dir").ok_or("--data-dir is missing; --help says more")?;
    if fs::exists(&data)? {
        return Err(format!("{data} is there already: a measurement begins with nothing").into());
    }

    let began = Instant::now();
    let mut import = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["import", "--publish", "--json", "--data-dir", &data])
        .args(&arguments.paths)
        .stdout(Stdio::piped())
        .spawn()?;
    let ended = AtomicBool::new(false);
    let root = import.id();
    let (output, peaks) = thread::scope(|scope| {
        let watch = scope.spawn(|| watch(root, &ended));
        let mut output = String::new();
        let read = std::io::Read::read_to_string(import.stdout.as_mut().expect("a pipe"), &mut output);
        let status = import.wait();
        ended.store(true, Ordering::Relaxed);
        (read.and(status).map(|_| output), watch.join().expect("watching does not panic"))
    });
    let seconds = began.elapsed().as_secs_f64();

    let output = output?;
    let figures: serde_json::Value = serde_json::from_str(output.lines().last().ok_or("the import said nothing")?)?;
    let count = |name: &str| figures[name].as_f64().unwrap_or_default();
    println!("{} imported, {} unchanged, {} failed", count("imported"), count("unchanged"), count("failed"));
    println!("{} utterances, {} words, {seconds:.1} s with start and end", count("utterances"), count("words"));
    println!(
        "{:.1} briefings/s   {:.0} utterances/s   (over {:.1} s)",
        count("imported") / count("seconds"),
        count("utterances") / count("seconds"),
        count("seconds")
    );
    for (process, kilobytes) in peaks {
        println!("{process}: at most {} MB", kilobytes / 1024);
    }
    Ok(())
}

/// The most memory that the importer, its children together and its database together ever held, in kilobytes.
///
/// Pages that processes share are divided among them, as the kernel reports it (`Pss`).
fn watch(root: u32, ended: &AtomicBool) -> BTreeMap<&'static str, u64> {
    let mut peaks = BTreeMap::new();
    while !ended.load(Ordering::Relaxed) {
        let mut now: BTreeMap<&'static str, u64> = BTreeMap::new();
        for (pid, parent, name) in processes() {
            let group = match (pid == root, parent == root, name.as_str()) {
                (true, _, _) => "importer",
                (_, _, "postgres") => "PostgreSQL, all processes on this machine",
                (_, true, _) => "reading children, all",
                _ => continue,
            };
            *now.entry(group).or_default() += memory(pid).unwrap_or_default();
        }
        for (group, kilobytes) in now {
            let peak = peaks.entry(group).or_default();
            *peak = kilobytes.max(*peak);
        }
        thread::sleep(Duration::from_millis(200));
    }
    peaks
}

/// Number, parent and name of every process, where the system tells.
fn processes() -> Vec<(u32, u32, String)> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let described = entries.flatten().filter_map(|entry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        let (before, after) = stat.rsplit_once(')')?;
        let name = before.split_once('(')?.1.to_owned();
        let parent = after.split_whitespace().nth(1)?.parse().ok()?;
        Some((pid, parent, name))
    });
    described.collect()
}

fn memory(pid: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse().ok()
}
