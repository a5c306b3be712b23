//! `onrecord serve`: the first start, the second, and what is left running when it ends.

use std::time::Duration;

use nix::sys::signal::Signal;

use super::fiction;
use super::world::{Running, World, eventually, is_alive};

#[test]
fn a_first_start_shows_a_sample_archive_and_a_second_finds_it() {
    let world = World::new("start");
    let server = world.serve();
    let link = server.link.clone().expect("a link for the first editor");
    assert!(link.starts_with(&format!("{}/editor/enter?token=", server.address)), "{link}");

    let briefings = server.briefings();
    assert_eq!(briefings.len(), 14, "reports are listed on demand");
    let slug = briefings[0]["slug"].as_str().unwrap();
    let first = |path: &str, list: &str| server.json(path)[list][0]["slug"].as_str().unwrap().to_owned();
    let series = first("/api/v1/series", "series");
    let speaker = first("/api/v1/speakers", "speakers");
    let topic = first("/api/v1/topics", "topics");
    for page in [
        "/",
        "/briefings",
        &format!("/briefings/{slug}"),
        &format!("/briefings/{slug}/1"),
        &format!("/briefings/{slug}/1-3"),
        "/series",
        &format!("/series/{series}"),
        "/dates",
        "/dates/2024",
        "/dates/2024/11",
        "/dates/2024/11/14",
        "/dates/undated",
        "/speakers",
        &format!("/speakers/{speaker}"),
        &format!("/speakers/{speaker}/topics/{topic}"),
        "/topics",
        &format!("/topics/{topic}"),
        "/search",
        "/search?q=trawler",
        "/help/search",
        "/about",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        server.page(page);
    }
    assert_eq!(server.get("/briefings/no-such-briefing").status, 404);
    let found = server.total("trawler");
    assert!(found > 0);

    let outcome = server.interrupt();
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(world.postgres(), None, "the private PostgreSQL ends with the last process that uses it");

    let again = world.serve();
    println!("second start: {:.2} s until the first page", again.seconds);
    assert_eq!(again.briefings().len(), 14);
    assert_eq!(again.total("trawler"), found);
}

#[test]
fn postgres_belongs_to_the_directory_and_not_to_the_process_that_started_it() {
    let world = World::new("shared");
    world.import(&["--publish", &world.file("a.html", fiction::briefing(1, 4))]).assert_counts(1, 0, 0);
    assert_eq!(world.postgres(), None);

    let first = world.serve();
    let second = world.serve();
    let postgres = world.postgres().expect("a running PostgreSQL");
    assert_eq!(first.interrupt().code, Some(0));
    assert_eq!(world.postgres(), Some(postgres), "the second server still uses it");
    // The second server was only reading the index; now it is the one that writes it.
    let writes = || world.run(&["index", "rebuild"]).stderr.contains("Another process writes this index");
    assert!(eventually(Duration::from_secs(5), writes));
    world.import(&["--publish", &world.file("b.html", fiction::briefing(2, 4))]).assert_counts(1, 0, 0);
    assert_eq!(second.total("lighthouse"), 2);

    second.kill();
    assert_eq!(world.postgres(), Some(postgres), "nobody was left to stop it");
    let third = world.serve();
    assert_eq!(world.postgres(), Some(postgres), "the next start uses it");
    assert_eq!(third.total("lighthouse"), 2);
    assert_eq!(third.interrupt().code, Some(0));
    assert!(!is_alive(postgres), "the last one out stops it");
}

#[test]
fn a_start_that_was_killed_at_any_moment_does_not_harm_the_next() {
    let world = World::new("killed-start");
    for milliseconds in [60, 150, 240, 350, 500, 600, 800, 1_000] {
        let start = Running::start(world.command(&["serve", "--listen", "127.0.0.1:0"]));
        std::thread::sleep(Duration::from_millis(milliseconds));
        start.signal(Signal::SIGKILL);
        drop(start.finish());
    }
    let server = world.serve();
    assert_eq!(server.briefings().len(), 14, "the sample archive is there as a whole");
    assert_eq!(server.interrupt().code, Some(0));
    assert_eq!(world.postgres(), None);
}

#[test]
fn ctrl_c_reaches_an_import_and_leaves_nothing_running() {
    let world = World::new("interrupt");
    for number in 0..40 {
        world.file(&format!("many/{number}.html"), fiction::briefing(number, 10));
    }
    let many = world.path("many");
    let import = Running::start(world.command(&["import", "--json", "--publish", &many]));
    assert!(eventually(Duration::from_secs(20), || world.postgres().is_some()));
    import.signal(Signal::SIGINT);
    let outcome = import.finish();
    // In time or too late: either is fine, if nothing is half-done.
    assert_ne!(outcome.code, Some(2), "{outcome:?}");
    let again = world.import(&["--publish", &many]);
    assert_eq!(again.count("imported") + again.count("unchanged"), 40, "{again:?}");
    assert_eq!(world.postgres(), None);
}

#[test]
fn settings_of_mail_that_cannot_work_are_refused_in_a_sentence() {
    let world = World::new("mail");
    let refused = |settings: &[&str]| {
        let outcome = world.run(&[&["serve", "--listen", "127.0.0.1:0"], settings].concat());
        assert_eq!(outcome.code, Some(1), "{outcome:?}");
        outcome.stderr
    };
    let half = refused(&["--smtp-url", "smtp://localhost"]);
    assert!(half.contains("--smtp-url and --mail-from are needed together"), "{half}");
    let wrong = refused(&["--smtp-url", "localhost:25", "--mail-from", "archive@harbour.example"]);
    assert!(wrong.contains("--smtp-url is written like smtp://"), "{wrong}");
    assert_eq!(world.postgres(), None, "nothing was started");
}
