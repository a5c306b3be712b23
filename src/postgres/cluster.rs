//! One instance folder: made once, started, found running, stopped.

use std::fs::{self, File};
use std::io;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::PostgresError;
use super::owner::{self, Owner};

/// A socket's path may have 107 bytes on Linux and 103 on macOS; the file's own name takes about 15.
const LONGEST_SOCKET_FOLDER: usize = 80;

/// Longest wait for a start (recovery after a crash may take a while) or a stop.
const PATIENCE: Duration = Duration::from_mins(1);

/// Longest wait for what a killed server leaves behind.
const LAST_BREATH: Duration = Duration::from_secs(15);

/// Durable, on a socket only, sized for a laptop: an archive of a million utterances is mostly read from the index.
const SETTINGS: [&str; 7] = [
    "listen_addresses=",
    "jit=off",
    "shared_buffers=128MB",
    "max_wal_size=2GB",
    "checkpoint_timeout=15min",
    "max_connections=100",
    "log_min_messages=warning",
];

#[derive(Debug)]
pub struct Cluster {
    bin: PathBuf,
    data: PathBuf,
    socket: PathBuf,
    log: PathBuf,
    owner: Option<Owner>,
}

impl Cluster {
    pub fn new(instance: &Path, bin: &Path) -> Self {
        let socket = match instance.join("socket") {
            short if short.as_os_str().len() <= LONGEST_SOCKET_FOLDER => short,
            _ => Path::new("/tmp").join(format!("onrecord-{}", owner::name_of(instance))),
        };
        Self {
            bin: bin.to_owned(),
            data: instance.join("data"),
            socket,
            log: instance.join("log"),
            owner: owner::owner(),
        }
    }

    pub fn url(&self) -> String {
        let host: String = url::form_urlencoded::byte_serialize(self.socket.as_os_str().as_encoded_bytes()).collect();
        format!("postgres://onrecord@localhost/postgres?host={host}")
    }

    pub fn ensure_running(&self) -> Result<(), PostgresError> {
        if let Some(instance) = self.data.parent() {
            owner::private_folder(instance)?;
        }
        owner::private_folder(&self.socket)?;
        if self.found_running() {
            return Ok(());
        }
        if !self.data.join("PG_VERSION").exists() {
            self.init()?;
        }
        let began = Instant::now();
        loop {
            match self.start() {
                // A server that was killed, or its sessions, are still ending.
                Err(PostgresError::Program { output, .. })
                    if ["shared memory block", "lock file"].iter().any(|left| output.contains(left))
                        && began.elapsed() < LAST_BREATH =>
                {
                    sleep(Duration::from_millis(50));
                }
                done => return done,
            }
        }
    }

    /// Whether a server is there already. One that is still starting or stopping, because whoever asked it to was killed,
    /// is waited for: beside it no other could start.
    fn found_running(&self) -> bool {
        let began = Instant::now();
        while self.running().is_some() && began.elapsed() < PATIENCE {
            // "ready" and no answer: the file of a server that died with its machine, and its number is somebody else's.
            if self.ready() {
                return self.answers();
            }
            sleep(Duration::from_millis(10));
        }
        false
    }

    /// Makes the instance in a folder beside it and renames it, so that an interrupted attempt leaves nothing half-made.
    fn init(&self) -> Result<(), PostgresError> {
        // An interrupted attempt may still be running, and clears its folder when it fails: never share one.
        for old in self.half_made() {
            let _ = fs::remove_dir_all(old);
        }
        let new = self.data.with_extension(format!("new-{}", std::process::id()));
        let output = self
            .command("initdb")
            .arg("-D")
            .arg(&new)
            .args(["-U", "onrecord", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
            // The wait for the disk comes while the server is already used.
            .args(["--no-sync", "--no-instructions"])
            .output()
            .map_err(|source| PostgresError::Io { what: "Cannot run", path: self.bin.join("initdb"), source })?;
        if !output.status.success() {
            let output = [output.stdout, output.stderr].concat();
            return Err(PostgresError::Program {
                program: "initdb",
                output: last_lines(&String::from_utf8_lossy(&output)),
            });
        }
        fs::rename(&new, &self.data).map_err(|source| PostgresError::Io {
            what: "Cannot rename",
            path: new,
            source,
        })?;
        self.sync();
        Ok(())
    }

    /// Sees to it that a new instance outlives a loss of power, in a process of its own that nobody waits for.
    fn sync(&self) {
        let mut command = self.command("initdb");
        command.arg("--sync-only").arg("-D").arg(&self.data).process_group(0);
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        if let Ok(mut child) = spawned {
            std::thread::spawn(move || child.wait());
        }
    }

    /// Folders of attempts to make the instance.
    fn half_made(&self) -> Vec<PathBuf> {
        let entries = self.data.parent().and_then(|instance| fs::read_dir(instance).ok()).into_iter().flatten();
        let is_new = |path: &PathBuf| path.extension().is_some_and(|end| end.to_string_lossy().starts_with("new"));
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_new).collect()
    }

    fn start(&self) -> Result<(), PostgresError> {
        let log = self.open_log()?;
        let mut command = self.command("postgres");
        command.arg("-D").arg(&self.data).arg("-c").arg(format!("unix_socket_directories={}", self.socket.display()));
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        // A process group of its own, so that Ctrl-C in our terminal does not reach it.
        let mut child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(|source| PostgresError::Io {
                what: "Cannot open",
                path: self.log.clone(),
                source,
            })?)
            .stderr(log)
            .spawn()
            .map_err(|source| PostgresError::Io { what: "Cannot run", path: self.bin.join("postgres"), source })?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.running() == Some(child.id() as i32) && self.ready() {
                // Somebody waits for its end, so that it does not seem to be alive after it.
                std::thread::spawn(move || child.wait());
                return Ok(());
            }
            if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        let output = fs::read_to_string(&self.log).unwrap_or_default();
        Err(PostgresError::Program { program: "postgres", output: last_lines(&output) })
    }

    /// Asks the server to end now, sessions or not, and waits until it has.
    pub fn stop(&self) {
        let Some(pid) = self.running() else { return };
        if kill(Pid::from_raw(pid), Signal::SIGINT).is_err() {
            return;
        }
        let began = Instant::now();
        while self.running().is_some() && began.elapsed() < PATIENCE {
            sleep(Duration::from_millis(10));
        }
    }

    fn open_log(&self) -> Result<File, PostgresError> {
        File::create(&self.log).map_err(|source| PostgresError::Io {
            what: "Cannot write",
            path: self.log.clone(),
            source,
        })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.bin.join(program));
        // Started from a folder that its user may not enter, it would fail.
        command.current_dir("/").env("LC_ALL", "C.UTF-8");
        if let Some(owner) = self.owner {
            command.uid(owner.uid).gid(owner.gid);
        }
        command
    }

    /// The process in the pid file, if it is alive.
    fn running(&self) -> Option<i32> {
        let pid = self.pid_file().ok()?.lines().next()?.trim().parse().ok()?;
        // Signal 0 only asks; "not permitted" still means alive.
        (kill(Pid::from_raw(pid), None) != Err(nix::Error::ESRCH)).then_some(pid)
    }

    fn ready(&self) -> bool {
        self.pid_file().is_ok_and(|text| text.lines().nth(7).is_some_and(|status| status.trim() == "ready"))
    }

    /// Whether the server is there.
    pub fn answers(&self) -> bool {
        self.ready() && UnixStream::connect(self.socket.join(".s.PGSQL.5432")).is_ok()
    }

    fn pid_file(&self) -> io::Result<String> {
        fs::read_to_string(self.data.join("postmaster.pid"))
    }
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.get(lines.len().saturating_sub(5)..).unwrap_or_default().join(" / ")
}
