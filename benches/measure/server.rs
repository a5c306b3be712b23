//! A server of our own that is started, asked and stopped.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::http::Client;

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts the server of the archive in a data directory.
    pub fn onrecord(data: &str) -> io::Result<Self> {
        let serve = |address: SocketAddr| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
            command.args(["serve", "--data-dir", data, "--listen", &address.to_string()]);
            command
        };
        Self::start(serve, "/readyz")
    }

    /// Starts a command that is told where to listen, and waits until a path of it answers.
    pub fn start(command: impl FnOnce(SocketAddr) -> Command, ready: &str) -> io::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = command(address);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut server = Self { child, address };
        let began = Instant::now();
        loop {
            if let Some(status) = server.child.try_wait()? {
                return Err(io::Error::other(format!("{} ended with {status}", command.get_program().display())));
            }
            if Client::new(address).ask(ready, None).is_ok_and(|answer| answer.status == 200) {
                println!("ready after {:.2} s", began.elapsed().as_secs_f64());
                return Ok(server);
            }
            if began.elapsed() > Duration::from_mins(2) {
                return Err(io::Error::other(format!("nothing answers at http://{address}{ready}")));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The most memory it ever held, in megabytes, where the system tells.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().split(' ').next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // As Ctrl-C does, so that it stops what it started.
        let _ = kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGINT);
        let _ = self.child.wait();
    }
}
