//! How long the correction of one word in a long transcript takes: from the request to the answer, when it can be found.

#[path = "measure/arguments.rs"]
mod arguments;
#[path = "measure/statistics.rs"]
mod statistics;

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use arguments::Arguments;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use reqwest::{Client, Response, redirect};
use serde_json::Value;
use statistics::Times;

const USAGE: &str = "\
cargo bench --bench correct -- --data-dir DIR [--times N]

  DIR   a folder that is not there yet: one transcript of 20,000 words is imported into it
  N     how many words to correct (50)";

/// Turns of the transcript, and words of each.
const TURNS: usize = 250;
const WORDS: usize = 80;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir", "times"]);
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;
    if !arguments.paths.is_empty() || Path::new(&data).exists() {
        return Err("this takes no paths, and a data directory that is not there yet; --help says more".into());
    }
    import(&data)?;
    let site = Site::start(&data).await?;
    let list = site.json("/api/v1/briefings").await?;
    let slug = list["briefings"][0]["slug"].as_str().ok_or("no briefing")?;
    let briefing = site.json(&format!("/api/v1/briefings/{slug}")).await?;
    let utterances = briefing["utterances"].as_array().ok_or("no utterances")?;
    let turns: Vec<&Value> = utterances.iter().filter(|one| one["kind"] == "turn").collect();
    let words: usize = turns.iter().filter_map(|one| Some(one["text"].as_str()?.split(' ').count())).sum();
    println!("{} turns, {words} words", turns.len());

    let mut times = Times::default();
    for n in 1..=arguments.get("times").unwrap_or(50) {
        let turn = turns.get(n * 7 % turns.len()).ok_or("no turns")?;
        let text = turn["text"].as_str().unwrap_or_default().replacen("harbour", &format!("corrected{n}"), 1);
        let (revision, number) = (n.to_string(), turn["number"].to_string());
        let fields = [("act", "words"), ("revision", &revision), ("number", &number), ("compared", "yes")];
        let fields = [&fields[..], &[("reason", "Measured."), ("text", &text)]].concat();
        let began = Instant::now();
        let answer = site.post(&format!("/editor/briefings/{slug}/correct"), &fields).await?;
        times.add(began.elapsed());
        if answer.status() != 303 {
            return Err(format!("correction {n} was answered with {}", answer.status()).into());
        }
        let found = site.json(&format!("/api/v1/search?q=corrected{n}")).await?;
        if found["total"] != 1 {
            return Err(format!("correction {n} is not found when it is answered: {}", found["total"]).into());
        }
    }
    println!("one word corrected  {times}");
    Ok(())
}

/// The password of the editor who corrects.
const PASSWORD: &str = "measured and corrected";

/// A running server, and an editor who is signed in to it.
struct Site {
    child: Child,
    address: String,
    client: Client,
    cookie: String,
}

impl Site {
    async fn start(data: &str) -> Result<Self, Box<dyn Error>> {
        // Some dependency may have come first; all want the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let email = format!("bench-{}@onrecord.example", std::process::id());
        let mut add = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let add = add.args(["editors", "add", &email, "--password-stdin", "--data-dir", data]);
        let mut add = add.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        writeln!(add.stdin.take().ok_or("no input")?, "{PASSWORD}")?;
        if !add.wait()?.success() {
            return Err("the account could not be made".into());
        }
        let mut serve = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let serve = serve.args(["serve", "--data-dir", data, "--listen", "127.0.0.1:0"]);
        let mut child = serve.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut printed = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let mut site = Self { child, address: String::new(), client, cookie: String::new() };
        let mut next = || printed.next().ok_or("the server ended early");
        next()??.rsplit(' ').next().unwrap_or_default().clone_into(&mut site.address);
        let began = Instant::now();
        while began.elapsed() < Duration::from_mins(1) && site.get("/readyz").await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let entered = site.post("/editor/sign-in", &[("email", &email), ("password", PASSWORD)]).await?;
        let cookie = entered.headers().get("set-cookie").ok_or("the password does not sign in")?;
        cookie.to_str()?.split(';').next().unwrap_or_default().clone_into(&mut site.cookie);
        Ok(site)
    }

    async fn get(&self, path: &str) -> reqwest::Result<Response> {
        self.client.get(format!("{}{path}", self.address)).send().await?.error_for_status()
    }

    async fn json(&self, path: &str) -> Result<Value, Box<dyn Error>> {
        Ok(serde_json::from_slice(&self.get(path).await?.bytes().await?)?)
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> reqwest::Result<Response> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(format!("{}{path}", self.address)).header("cookie", &self.cookie).body(body);
        request.header("content-type", "application/x-www-form-urlencoded").send().await
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // As Ctrl-C does, so that it stops what it started.
        let _ = kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGINT);
        let _ = self.child.wait();
    }
}

/// Brings in a transcript of made-up words.
fn import(data: &str) -> Result<(), Box<dyn Error>> {
    const SAID: [&str; 12] =
        ["the", "harbour", "was", "closed", "for", "repairs", "and", "ferries", "sail", "again", "on", "Monday"];
    let file = std::env::temp_dir().join(format!("onrecord-correct-{}.txt", std::process::id()));
    let mut text = String::from("Harbour House Press Briefing\n\nMarch 10, 2026\n\n");
    for turn in 0..TURNS {
        let label = if turn % 2 == 0 { "MS. LIND" } else { "Q" };
        let said: Vec<&str> = (0..WORDS).filter_map(|word| SAID.get((turn + word) % SAID.len()).copied()).collect();
        let _ = write!(text, "{label}: {}.\n\n", said.join(" "));
    }
    std::fs::write(&file, text)?;
    let mut import = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let done = import.args(["import", "--data-dir", data, "--publish"]).arg(&file).status()?;
    std::fs::remove_file(&file)?;
    if done.success() { Ok(()) } else { Err(format!("the import ended with {done}").into()) }
}
