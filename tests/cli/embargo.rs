//! What a press office asks to hold back is held back, and shown when its time has come.

use super::fiction;
use super::world::World;

/// Words that were under embargo once.
fn embargo_that_is_over() -> String {
    fiction::text(
        "EMBARGOED UNTIL March 5, 2020, 6:00 p.m. EST\n\n",
        "Press Briefing by Press Secretary Mara Voss",
        "March 5, 2020",
        "The graphite works will stay open.",
    )
}

#[test]
fn words_under_embargo_stay_a_draft_until_its_time_has_come() {
    let world = World::new("embargo");
    let future = fiction::text(
        "EMBARGOED UNTIL January 5, 2090, 6:00 p.m. EST\n\n",
        "Press Briefing by Press Secretary Mara Voss",
        "January 4, 2090",
        "The zirconium works will close.",
    );
    let background = fiction::text(
        "FOR BACKGROUND USE ONLY\n\n",
        "Background Press Call on the Works",
        "May 6, 2020",
        "The cobalt works may be sold.",
    );
    let future = world.file("future.txt", future);
    // The day of such a line is that of the event.
    let today = fiction::text(
        "EMBARGOED UNTIL 6:00 p.m. EST\n\n",
        "Press Briefing by Press Secretary Mara Voss",
        "January 6, 2090",
        "The tungsten works will close.",
    );
    let today = world.file("today.txt", today);
    let (past, background) = (world.file("past.txt", embargo_that_is_over()), world.file("background.txt", background));

    let outcome = world.import(&["--publish", &future, &today, &past, &background]);
    outcome.assert_counts(4, 0, 0);
    let line = |file: &str| {
        let of_file: Vec<&str> = outcome.stderr.lines().filter(|line| line.contains(file)).collect();
        of_file.join("\n")
    };
    assert!(line("future.txt").contains("held back as a draft"), "{}", outcome.stderr);
    assert!(line("today.txt").contains("held back as a draft"), "{}", outcome.stderr);
    assert!(!line("past.txt").contains("held back"), "{}", outcome.stderr);
    assert!(line("background.txt").contains("BACKGROUND USE ONLY"), "{}", outcome.stderr);
    assert!(!outcome.stdout.contains("held"), "the contract's keys and no others: {}", outcome.stdout);

    let server = world.serve();
    assert_eq!(server.total("graphite"), 1);
    assert_eq!(server.total("cobalt"), 1);
    assert_eq!((server.total("zirconium"), server.total("tungsten")), (0, 0));
    assert_eq!(server.briefings().len(), 2);
    for page in ["/", "/briefings", "/dates", "/search?q=zirconium+works", "/speakers", "/series"] {
        let page = server.page(page);
        assert!(!page.contains("2090") && !page.contains("zirconium works will close"), "{page}");
    }
    assert_eq!(server.get("/dates/2090").status, 404);
    assert_eq!(server.get("/briefings/2090-01-04-press-briefing-by-press-secretary-mara-voss").status, 404);

    // Coming again does not change that.
    world.import(&["--publish", &future]).assert_counts(0, 1, 0);
    assert_eq!(server.total("zirconium"), 0);
}

#[test]
fn a_draft_is_shown_by_a_later_import_that_publishes() {
    let world = World::new("later");
    let path = world.file("past.txt", embargo_that_is_over());
    world.import(&[&path]).assert_counts(1, 0, 0);
    let server = world.serve();
    assert_eq!((server.total("graphite"), server.briefings().len()), (0, 0));
    let outcome = world.import(&["--publish", &path]);
    outcome.assert_counts(0, 1, 0);
    assert_eq!((server.total("graphite"), server.briefings().len()), (1, 1));
}
