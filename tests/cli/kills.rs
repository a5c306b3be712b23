//! `kill -9` at any moment: every briefing is whole or not there, and the next run finishes the work.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::Duration;

use nix::sys::signal::Signal;

use super::fiction;
use super::index::status;
use super::world::{Running, Server, World};

const FILES: usize = 60;

/// Which process is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Importer,
    Server,
    Both,
}

fn turns_of(number: usize) -> usize {
    6 + number % 5
}

/// A folder of briefings that no other round has.
fn folder(world: &World, round: usize) -> String {
    for number in 0..FILES {
        let number = round * FILES + number;
        world.file(&format!("round-{round}/{number}.html"), fiction::briefing(number, turns_of(number)));
    }
    world.path(&format!("round-{round}"))
}

/// The number of utterances of each briefing, by the number in its title.
fn sizes(server: &Server) -> HashMap<usize, usize> {
    let sizes = server.briefings().into_iter().map(|briefing| {
        let title = briefing["title"].as_str().unwrap();
        let number = title.rsplit(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{title}"));
        let whole = server.json(&format!("/api/v1/briefings/{}", briefing["slug"].as_str().unwrap()));
        (number, whole["utterances"].as_array().unwrap().len())
    });
    sizes.collect()
}

/// How many utterances a whole briefing of this size has, learnt from an undisturbed import.
fn whole(undisturbed: &HashMap<usize, usize>) -> HashMap<usize, usize> {
    let mut sizes = HashMap::new();
    for (&number, &size) in undisturbed {
        assert_eq!(*sizes.entry(turns_of(number)).or_insert(size), size);
    }
    assert_eq!((undisturbed.len(), sizes.len()), (FILES, 5));
    sizes
}

#[track_caller]
fn assert_whole(server: &Server, whole: &HashMap<usize, usize>, at_most: usize) -> usize {
    let found = sizes(server);
    for (number, size) in &found {
        assert_eq!(size, &whole[&turns_of(*number)], "briefing {number} is not whole");
    }
    assert!(found.len() <= at_most, "{} briefings", found.len());
    assert_eq!(server.total("lighthouse"), found.len() as u64, "index and database agree");
    found.len()
}

#[test]
fn whatever_is_killed_every_briefing_is_whole_or_not_there() {
    let rounds = std::env::var("ONRECORD_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4_usize);
    let world = World::new("kills");
    let undisturbed = world.import(&["--publish", &folder(&world, 0)]);
    undisturbed.assert_counts(FILES as u64, 0, 0);
    let server = world.serve();
    let whole = whole(&sizes(&server));
    // How long it takes once there is a database, beside a server.
    let beside = world.import(&["--publish", &folder(&world, 1)]);
    beside.assert_counts(FILES as u64, 0, 0);
    drop(server);

    let seed = std::process::id() as u64;
    for round in 2..rounds + 2 {
        let victim = [Victim::Importer, Victim::Both, Victim::Server][round % 3];
        let share =
            (seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add((round as u64).wrapping_mul(0xD1B5_4A32_D192_ED03))
                >> 40) as f64
                / f64::from(1 << 24);
        let delay = Duration::from_secs_f64(beside.seconds * 0.9 * share);
        let before = round * FILES;
        let path = folder(&world, round);

        let server = world.serve();
        let import = Running::start(world.command(&["import", "--json", "--publish", &path]));
        sleep(delay);
        let (server, finished) = match victim {
            Victim::Importer => {
                import.signal(Signal::SIGKILL);
                (Some(server), import.finish())
            }
            Victim::Server => {
                server.kill();
                (None, import.finish())
            }
            Victim::Both => {
                import.signal(Signal::SIGKILL);
                server.kill();
                (None, import.finish())
            }
        };
        if matches!(victim, Victim::Server) {
            finished.assert_counts(FILES as u64, 0, 0);
        }
        let server = server.unwrap_or_else(|| world.serve());
        // What the importer committed right before its end is followed within a moment.
        sleep(Duration::from_millis(1_200));
        let kept = assert_whole(&server, &whole, before + FILES) - before;
        let again = world.import(&["--publish", &path]);
        assert_eq!(again.count("imported") + again.count("unchanged"), FILES as u64, "{again:?}");
        assert_eq!(again.code, Some(0), "{again:?}");
        assert_eq!(assert_whole(&server, &whole, before + FILES), before + FILES);
        drop(server);
        let (database, index, _) = status(&world.run(&["index", "status"]));
        assert_eq!(database, index);
        println!("round {round}: {victim:?} killed after {delay:?}, {kept} of {FILES} were there");
    }
}
