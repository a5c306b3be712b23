//! How long a search page takes, and how many a second a server gives; on demand beside Datasette on the same rows.

#[path = "../measure/arguments.rs"]
mod arguments;
#[path = "../measure/http.rs"]
mod http;
mod queries;
#[path = "../measure/server.rs"]
mod server;
#[path = "../measure/statistics.rs"]
mod statistics;

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use arguments::Arguments;
use http::Client;
use queries::{Kind, Query};
use server::Server;
use statistics::Times;

const USAGE: &str = "\
cargo bench --bench search -- --data-dir DIR [--queries N] [--clients N] [--seconds N] [--datasette FILE.db]

  DIR       an archive that `onrecord import` filled
  N         how many different queries of a kind (200); how many clients at once (8), for how many seconds (5)
  FILE.db   the same rows for Datasette, as benches/datasette/load.py makes them";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(USAGE, &["data-dir", "queries", "clients", "seconds", "datasette"]);
    if !arguments.paths.is_empty() {
        return Err("this takes no paths; --help says more".into());
    }
    let clients = arguments.get("clients").unwrap_or(8);
    let seconds = Duration::from_secs(arguments.get("seconds").unwrap_or(5));
    let data: String = arguments.get("data-dir").ok_or("--data-dir is missing; --help says more")?;

    let server = Server::onrecord(&data)?;
    let kinds = queries::choose(&mut Client::new(server.address), arguments.get("queries").unwrap_or(200))?;

    println!("\nOnrecord, the search page: 20 results, highlights, facets");
    let ours = measure(server.address, &kinds, clients, seconds, Query::onrecord)?;
    println!("server at most {} MB", server.peak_memory().map_or_else(|| "?".to_owned(), |peak| peak.to_string()));
    drop(server);

    if let Some(file) = arguments.get::<PathBuf>("datasette") {
        let serve = |address: SocketAddr| {
            let mut command = Command::new("datasette");
            command.arg("serve").arg(&file).args(["--port", &address.port().to_string()]);
            command.args(["--setting", "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000"]);
            command
        };
        let database = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let server = Server::start(serve, "/-/versions.json")?;
        println!("\nDatasette on SQLite FTS5, the same queries: 20 results, count, speaker facet");
        let theirs = measure(server.address, &kinds, clients, seconds, |query| query.datasette(&database))?;
        for ((kind, _), (ours, theirs)) in kinds.iter().zip(ours.iter().zip(theirs)) {
            println!("{kind:<8}  {:.0} times the requests a second, every answer made anew", ours / theirs);
        }
    }
    Ok(())
}

/// Asks every query once, once again, and then with several clients at once; returns the requests a second of each kind.
fn measure(
    server: SocketAddr,
    kinds: &[Kind],
    clients: u64,
    seconds: Duration,
    path: impl Fn(&Query) -> String + Sync,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut client = Client::new(server);
    let mut rates = Vec::new();
    for (kind, queries) in kinds {
        let paths: Vec<String> = queries.iter().map(&path).collect();
        for round in ["first time", "again"] {
            let mut times = Times::default();
            // A slow server is not asked for ever.
            let began_all = Instant::now();
            for path in &paths {
                let began = Instant::now();
                let answer = client.ask(path, None)?;
                times.add(began.elapsed());
                if answer.status != 200 {
                    return Err(format!("{path} answers {}", answer.status).into());
                }
                if began_all.elapsed() > 4 * seconds {
                    break;
                }
            }
            println!("{kind:<8}  {round:<10}  {times}");
        }
        let kept = rate(clients, seconds, server, |n| paths[n % paths.len()].clone());
        // No two addresses are the same, so every answer is made anew; other servers pass the word over.
        let anew = rate(clients, seconds, server, |n| format!("{}&_anew={n}", paths[n % paths.len()]));
        println!("{kind:<8}  {clients} clients   {kept:.0} requests/s, {anew:.0} if every answer is made anew");
        rates.push(anew);
    }
    Ok(rates)
}

fn rate(clients: u64, seconds: Duration, server: SocketAddr, path: impl Fn(usize) -> String + Sync) -> f64 {
    let answered = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                let mut client = Client::new(server);
                while began.elapsed() < seconds {
                    let path = path(next.fetch_add(1, Ordering::Relaxed));
                    if client.ask(&path, None).is_ok_and(|answer| answer.status == 200) {
                        answered.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    answered.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64()
}
