//! A news report comes in beside transcripts: second-hand words, kept apart.

use super::fiction;
use super::world::World;

#[test]
fn a_news_report_is_undated_second_hand_and_shown_on_demand() {
    let world = World::new("report");
    world.import(&["--publish", &world.file("a.html", fiction::briefing(1, 4))]).assert_counts(1, 0, 0);
    let outcome = world.import(&["--publish", &world.file("ferry.txt", fiction::REPORT)]);
    outcome.assert_counts(1, 0, 0);
    for weekday in ["Monday", "Wednesday", "Friday"] {
        assert!(outcome.stderr.contains(weekday), "{weekday} is named: {}", outcome.stderr);
    }

    let server = world.serve();
    let reports = server.json("/api/v1/briefings?briefing_kind=report");
    let report = &reports["briefings"][0];
    assert_eq!(report["briefing_kind"], "report");
    assert!(report["date"].is_null(), "{report}");
    let slug = report["slug"].as_str().unwrap();
    let whole = server.json(&format!("/api/v1/briefings/{slug}"));
    let paragraphs = whole["utterances"].as_array().unwrap();
    assert_eq!(paragraphs.iter().filter(|u| u["kind"] == "paragraph").count(), 6, "{whole:#}");
    assert!(paragraphs.iter().all(|u| u["speaker"].is_null()));
    server.page(&format!("/briefings/{slug}"));

    assert_eq!(server.total("ferry"), 0, "out of the default search");
    let on_demand = server.json("/api/v1/search?q=ferry&briefing_kind=report");
    assert_eq!(on_demand["total"], 2);
}

#[test]
fn a_date_given_with_the_import_counts() {
    let world = World::new("dated");
    let path = world.file("ferry.txt", fiction::REPORT);
    world.import(&["--publish", "--date", "2015-09-10", &path]).assert_counts(1, 0, 0);
    let server = world.serve();
    let reports = server.json("/api/v1/briefings?briefing_kind=report");
    assert_eq!(reports["briefings"][0]["date"], "2015-09-10");
}
