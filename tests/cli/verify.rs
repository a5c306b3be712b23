//! `onrecord verify`: what was imported matches its hashes, beside a running server too.

use super::fiction;
use super::world::World;

#[test]
fn what_was_imported_matches_its_hashes() {
    let world = World::new("verify");
    let files = [1, 2].map(|n| world.file(&format!("{n}.html"), fiction::briefing(n, 6)));
    world.import(&["--publish", &files[0], &files[1]]).assert_counts(2, 0, 0);
    let done = world.run(&["verify", "--json"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let told = done.json();
    assert_eq!((told["sources"].as_u64(), told["revisions"].as_u64()), (Some(2), Some(2)), "{told}");
    assert!(told["utterances"].as_u64() >= Some(12) && told["mismatch"].is_null(), "{told}");

    let server = world.serve();
    let beside = world.run(&["verify"]);
    assert_eq!(beside.code, Some(0), "{beside:?}");
    assert!(beside.stdout.contains("2 sources, 2 revisions,"), "{beside:?}");
    assert!(beside.stdout.contains(told["audit_head"].as_str().expect("a head")), "{beside:?}");
    assert!(server.page("/about/integrity").contains(told["audit_head"].as_str().expect("a head")));
}
