//! `kill -9` of the server and of PostgreSQL while programs upload, publish and correct: what was acknowledged is there,
//! exactly once, and nothing half-done is ever seen.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use super::fiction;
use super::http::{self, Answer};
use super::index::status;
use super::program::Program;
use super::world::{Server, World, eventually};

/// Acts on each briefing beside its upload and its publication.
const CORRECTIONS: usize = 4;
/// Programs at the same time.
const PROGRAMS: usize = 3;
/// Longest wait for a server that is there again, on a machine with much else to do.
const PATIENCE: Duration = Duration::from_mins(3);

/// Where the server is at this moment, and what it acknowledged.
struct Story {
    address: Mutex<String>,
    program: Program,
    acknowledged: Mutex<usize>,
    /// How often somebody asked in vain.
    lost: Mutex<usize>,
}

impl Story {
    /// Asks until there is an answer that is no complaint about the server's own state.
    fn insist(&self, ask: impl Fn(&str) -> std::io::Result<Answer>) -> Answer {
        let began = Instant::now();
        loop {
            let address = self.address.lock().unwrap().clone();
            match ask(&address) {
                Ok(answer) if answer.status < 500 => return answer,
                other => assert!(began.elapsed() < PATIENCE, "no answer: {other:?}"),
            }
            *self.lost.lock().unwrap() += 1;
            sleep(Duration::from_millis(30));
        }
    }

    fn done(&self, answer: Answer, status: u16) -> Answer {
        assert_eq!(answer.status, status, "{}", answer.body);
        *self.acknowledged.lock().unwrap() += 1;
        answer
    }

    /// One briefing from its upload to its last correction; its address.
    fn briefing(&self, number: usize) -> String {
        let source = fiction::briefing(number, turns_of(number));
        let (name, key) = (format!("{number}.html"), format!("upload {number}"));
        let answer = self.insist(|address| self.program.upload(address, &key, &[(&name, source.as_bytes())]));
        let batch = self.done(answer, 202).json()["batch"].to_string();
        let began = Instant::now();
        let became = loop {
            let address = self.address.lock().unwrap().clone();
            match self.program.became(&address, &batch) {
                Ok(became) => break became,
                Err(error) => assert!(began.elapsed() < PATIENCE, "{error}"),
            }
            sleep(Duration::from_millis(30));
        };
        assert_eq!(became["briefings"].as_array().map(Vec::len), Some(1), "{became}");
        let slug = became["briefings"][0]["slug"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/briefings/{slug}");
        let ask = |what: &str, key: &str, body: &Value| {
            let answer = self.insist(|address| self.program.post(address, &format!("{path}/{what}"), key, body));
            self.done(answer, 200).json()
        };
        ask("publish", &format!("publish {number}"), &json!({}));
        let whole = self.insist(|address| self.program.get(address, &path)).json();
        let words = |one: &&Value| one["text"].as_str().is_some_and(|text| text.contains("lighthouse"));
        let turn = whole["utterances"].as_array().unwrap().iter().find(words).expect("a turn")["number"].clone();
        for revision in 1..=CORRECTIONS {
            let (key, text) = (format!("correct {number} {revision}"), corrected(number, revision));
            let reason = format!("Heard again, time {revision}.");
            let act = json!({"act": "words", "revision": revision, "reason": reason, "number": turn, "text": text, "compared": true});
            let done = ask("corrections", &key, &act);
            assert_eq!(done["revision"], revision + 1, "{done}");
        }
        slug
    }
}

fn turns_of(number: usize) -> usize {
    6 + number % 5
}

/// What stands in the turn of a briefing after so many corrections.
fn corrected(number: usize, revision: usize) -> String {
    format!("Good afternoon. The lighthouse fund of district {number} opens on day {revision}.")
}

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn is_ready(server: &Server) -> bool {
    http::get(&server.address, "/readyz").is_ok_and(|answer| answer.status == 200)
}

/// Kills at random moments as long as somebody works, and starts again; how often which of them was killed.
fn kill_at_random(world: &World, story: &Story, mut server: Server, working: &dyn Fn() -> bool) -> (Server, [u32; 3]) {
    let seed = std::env::var("ONRECORD_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("ONRECORD_SEED={seed}");
    let (mut dice, mut kills) = (Dice(seed), [0; 3]);
    while working() {
        sleep(Duration::from_millis(40 + dice.below(700)));
        let victim = dice.below(3) as usize;
        let postgres = world.postgres();
        if victim > 0
            && let Some(postgres) = postgres
        {
            let _ = kill(Pid::from_raw(postgres), Signal::SIGKILL);
        }
        if victim == 1 {
            // The server sees to its database by itself.
            assert!(eventually(PATIENCE, || is_ready(&server)), "it does not recover");
        } else {
            server.kill();
            server = world.serve();
            story.address.lock().unwrap().clone_from(&server.address);
        }
        kills[victim] += 1;
    }
    (server, kills)
}

#[test]
fn whatever_is_killed_what_was_acknowledged_is_there_once_and_whole() {
    let acts = std::env::var("ONRECORD_ACTS").ok().and_then(|acts| acts.parse().ok()).unwrap_or(36_usize);
    let briefings = acts.div_ceil(CORRECTIONS + 2);
    let world = World::new("acknowledged");
    let server = world.serve();
    let program = Program::new(&world, &server);
    let story = Arc::new(Story {
        address: Mutex::new(server.address.clone()),
        program,
        acknowledged: Mutex::new(0),
        lost: Mutex::new(0),
    });
    let began = Instant::now();
    let slugs = Mutex::new(BTreeMap::new());
    let (server, kills) = scope(|scope| {
        let workers: Vec<_> = (0..PROGRAMS)
            .map(|worker| {
                let (story, slugs) = (&story, &slugs);
                scope.spawn(move || {
                    for number in (0..briefings).filter(|number| number % PROGRAMS == worker) {
                        let slug = story.briefing(number);
                        slugs.lock().unwrap().insert(number, slug);
                    }
                })
            })
            .collect();
        kill_at_random(&world, &story, server, &|| workers.iter().any(|worker| !worker.is_finished()))
    });
    let slugs = slugs.into_inner().unwrap();
    let (acknowledged, lost) = (*story.acknowledged.lock().unwrap(), *story.lost.lock().unwrap());
    println!(
        "{acknowledged} acts acknowledged, {lost} answers lost, killed: server {}, PostgreSQL {}, both {}; {:.0} s",
        kills[0],
        kills[1],
        kills[2],
        began.elapsed().as_secs_f64()
    );
    assert_eq!(acknowledged, briefings * (CORRECTIONS + 2));
    assert_all_there(&world, server, &slugs);
}

fn assert_all_there(world: &World, server: Server, slugs: &BTreeMap<usize, String>) {
    let drafts = eventually(PATIENCE, || server.total("lighthouse") == slugs.len() as u64);
    assert!(drafts, "index and database differ: {} of {}", server.total("lighthouse"), slugs.len());
    let published = server.briefings();
    assert_eq!(published.len(), slugs.len(), "each once: {published:#?}");
    let mut sizes = BTreeMap::new();
    for (number, slug) in slugs {
        let whole = server.json(&format!("/api/v1/briefings/{slug}"));
        assert_eq!(whole["transcripts"][0]["revision"], CORRECTIONS + 1, "{slug}: no correction twice, none lost");
        let utterances = whole["utterances"].as_array().unwrap();
        let size = *sizes.entry(turns_of(*number)).or_insert(utterances.len());
        assert_eq!(utterances.len(), size, "{slug} is not whole");
        let last = corrected(*number, CORRECTIONS);
        assert!(utterances.iter().any(|one| one["text"] == last.as_str()), "{slug}: {utterances:#?}");
        let history = server.page(&format!("/briefings/{slug}/history"));
        for revision in 1..=CORRECTIONS {
            assert!(history.contains(&format!("Heard again, time {revision}.")), "{slug}: {revision}");
        }
    }
    assert_eq!(server.total(&format!("%22opens on day {CORRECTIONS}%22")), slugs.len() as u64);
    assert_eq!(server.total("%22opens on day 1%22"), 0, "the index has forgotten what was corrected");
    let verified = world.run(&["verify", "--json"]);
    assert_eq!(verified.code, Some(0), "{verified:?}");
    drop(server);
    let (database, index, _) = status(&world.run(&["index", "status"]));
    assert_eq!(database, index);
}
