//! `onrecord index`: status and rebuild, alone and beside a running server.

use super::fiction;
use super::world::{Outcome, World};

/// Positions of the database and of the index, and the number of utterances.
pub fn status(outcome: &Outcome) -> (u64, u64, u64) {
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let numbers: Vec<u64> =
        outcome.stdout.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let [database, index, utterances] = numbers[..] else { panic!("no three numbers: {outcome:?}") };
    (database, index, utterances)
}

#[test]
fn the_index_is_rebuilt_alone_and_not_beside_a_server() {
    let world = World::new("index");
    world.import(&["--publish", &world.file("a.html", fiction::briefing(1, 6))]).assert_counts(1, 0, 0);
    let (database, index, utterances) = status(&world.run(&["index", "status"]));
    assert_eq!(database, index);
    assert!(utterances >= 6);

    std::fs::remove_dir_all(world.data().join("index")).unwrap();
    let rebuilt = world.run(&["index", "rebuild"]);
    assert_eq!(rebuilt.code, Some(0), "{rebuilt:?}");
    assert_eq!(status(&world.run(&["index", "status"])), (database, index, utterances));

    let server = world.serve();
    let refused = world.run(&["index", "rebuild"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("Stop it, then rebuild"), "{}", refused.stderr);
    let reading = world.serve();
    world.import(&["--publish", &world.file("b.html", fiction::briefing(2, 6))]).assert_counts(1, 0, 0);
    assert_eq!(server.total("lighthouse"), 2);
    let follows = || reading.total("lighthouse") == 2;
    assert!(super::world::eventually(std::time::Duration::from_secs(2), follows), "another process follows");
}
