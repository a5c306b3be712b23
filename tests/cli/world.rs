//! A data directory of a story, with the commands that work on it. Nothing of it outlives the story, also when it fails.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::http::{self, Answer};

/// Far more than anything here takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A folder for one story.
pub struct World {
    root: PathBuf,
}

impl World {
    pub fn new(story: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // Memory where there is some: a database on it is fast.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let root = parent.join(format!("onrecord-{story}-{}-{number}", std::process::id()));
        fs::create_dir_all(root.join("in")).unwrap();
        // Started by root, PostgreSQL runs as somebody else, who must get here.
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        Self { root }
    }

    pub fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    /// Writes a file below the folder of things to import; returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> String {
        self.root.join("in").join(name).to_str().unwrap().to_owned()
    }

    /// The binary with arguments, in this data directory, with no setting of ours.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("ONRECORD_") || text == "DATABASE_URL" || text == "RUST_LOG" {
                command.env_remove(&name);
            }
        }
        command.args(arguments).arg("--data-dir").arg(self.data());
        command.current_dir(&self.root).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        Running::start(self.command(arguments)).finish()
    }

    /// Imports with `--json` and more arguments.
    pub fn import(&self, arguments: &[&str]) -> Outcome {
        self.run(&[&["import", "--json"], arguments].concat())
    }

    pub fn serve(&self) -> Server {
        Server::start(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }

    /// The process of the private PostgreSQL, if it runs.
    pub fn postgres(&self) -> Option<i32> {
        let text = fs::read_to_string(self.data().join("postgres/data/postmaster.pid")).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        is_alive(pid).then_some(pid)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(pid) = self.postgres() {
            end(pid, Signal::SIGINT);
        }
        // Where the wait above was in vain, the killed server's files still go.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Asks a process to end, and no longer asks when it does not.
fn end(pid: i32, how: Signal) {
    let _ = kill(Pid::from_raw(pid), how);
    if !eventually(Duration::from_secs(5), || !is_alive(pid)) {
        let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
    }
}

pub fn is_alive(pid: i32) -> bool {
    // A process that nobody has waited for yet is no longer alive.
    let state = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    kill(Pid::from_raw(pid), None) != Err(nix::Error::ESRCH)
        && !state.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'))
}

/// Whether something becomes true in time.
pub fn eventually(patience: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while began.elapsed() < patience {
        if holds() {
            return true;
        }
        sleep(Duration::from_millis(10));
    }
    holds()
}

/// What a command said.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code; `None` after a signal.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub seconds: f64,
}

impl Outcome {
    /// The last line, read as JSON.
    pub fn json(&self) -> Value {
        let last = self.stdout.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|error| panic!("no line of JSON ({error}): {self:?}"))
    }

    pub fn count(&self, key: &str) -> u64 {
        self.json()[key].as_u64().unwrap_or_else(|| panic!("no number under {key}: {self:?}"))
    }

    /// Imported, unchanged, failed.
    #[track_caller]
    pub fn assert_counts(&self, imported: u64, unchanged: u64, failed: u64) -> &Self {
        let counts = (self.count("imported"), self.count("unchanged"), self.count("failed"));
        assert_eq!(counts, (imported, unchanged, failed), "{self:#?}");
        assert_eq!(self.code, Some(i32::from(failed > 0)), "{self:#?}");
        self
    }

    /// The reason that stands beside a file that failed.
    pub fn reason(&self, file: &str) -> String {
        let failures = self.json()["failures"].as_array().cloned().unwrap_or_default();
        let of_file: Vec<_> = failures.iter().filter(|f| f["file"].as_str().unwrap().contains(file)).collect();
        assert_eq!(of_file.len(), 1, "one line for {file}: {failures:#?}");
        of_file[0]["reason"].as_str().unwrap().to_owned()
    }
}

/// A command that has been started; killed if it is dropped before its end.
pub struct Running {
    child: Child,
    began: Instant,
    stdout: mpsc::Receiver<String>,
    stderr: mpsc::Receiver<String>,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let stdout = lines_of(child.stdout.take().unwrap());
        let stderr = lines_of(child.stderr.take().unwrap());
        Self { child, began: Instant::now(), stdout, stderr }
    }

    pub fn pid(&self) -> i32 {
        self.child.id() as i32
    }

    pub fn signal(&self, signal: Signal) {
        let _ = kill(Pid::from_raw(self.pid()), signal);
    }

    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for the end.
    pub fn finish(mut self) -> Outcome {
        assert!(eventually(PATIENCE, || self.is_over()), "it does not end");
        let seconds = self.began.elapsed().as_secs_f64();
        let code = self.child.wait().unwrap().code();
        let all = |lines: &mpsc::Receiver<String>| lines.iter().collect::<String>();
        Outcome { code, stdout: all(&self.stdout), stderr: all(&self.stderr), seconds }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_over() {
            end(self.pid(), Signal::SIGTERM);
            let _ = self.child.wait();
        }
    }
}

/// Lines as they come; the thread ends with the stream.
fn lines_of(stream: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(format!("{line}\n"));
        }
    });
    receiver
}

/// A running server.
pub struct Server {
    running: Running,
    pub address: String,
    /// The one-time link for an editor, if one was printed.
    pub link: Option<String>,
    /// From its start until a page was served.
    pub seconds: f64,
}

impl Server {
    pub fn start(command: Command) -> Self {
        let running = Running::start(command);
        let Ok(first) = running.stdout.recv_timeout(PATIENCE) else { panic!("no server: {:?}", running.finish()) };
        let address = first.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{first}");
        // Its database may still be getting up after a crash.
        let is_served = || http::get(&address, "/").is_ok_and(|answer| answer.status == 200);
        assert!(eventually(PATIENCE, is_served), "no page at {address}");
        let seconds = running.began.elapsed().as_secs_f64();
        // It stands right behind the address.
        let link = running.stdout.recv_timeout(Duration::from_millis(200)).ok();
        let link = link.map(|line| line.trim().rsplit(' ').next().unwrap().to_owned());
        Self { running, address, link, seconds }
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        http::get(&self.address, path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    #[track_caller]
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// How many utterances a search finds.
    #[track_caller]
    pub fn total(&self, query: &str) -> u64 {
        self.json(&format!("/api/v1/search?q={}", query.replace(' ', "+")))["total"].as_u64().unwrap()
    }

    /// All published briefings.
    #[track_caller]
    pub fn briefings(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/api/v1/briefings".to_owned();
        loop {
            let answer = self.json(&path);
            all.extend(answer["briefings"].as_array().unwrap().iter().cloned());
            let Some(next) = answer["next"].as_str() else { return all };
            path = format!("/api/v1/briefings?after={next}");
        }
    }

    pub fn pid(&self) -> i32 {
        self.running.pid()
    }

    pub fn kill(self) {
        self.running.signal(Signal::SIGKILL);
        drop(self.running.finish());
    }

    /// Ctrl-C.
    pub fn interrupt(self) -> Outcome {
        self.running.signal(Signal::SIGINT);
        self.running.finish()
    }
}
