//! What the archive holds, what it lacks, and what editors say of days without a briefing.

use serde_json::json;

use super::editor::{form, look, press_button, sign_in};
use super::small_archive;
use crate::world::{Answer, World};

const DAYS: &str = "/editor/series/daily-briefing/days";

/// A daily series held on a Monday, a Tuesday and the Monday after.
async fn daily() -> World {
    let world = World::new().await;
    for date in ["2026-03-02", "2026-03-03", "2026-03-09"] {
        world
            .briefing("Daily")
            .held_on(date)
            .in_series("Daily briefing")
            .person("MS. LIND", "Ada Lind", "Minister")
            .turn("Q", "And?")
            .turn("MS. LIND", "The dam holds.")
            .create()
            .await;
    }
    world
}

/// Marks a day as an editor.
async fn mark(world: &World, cookie: &str, fields: &str) -> Answer {
    press_button(world, DAYS, cookie, fields).await
}

#[tokio::test]
async fn a_series_says_which_days_are_held_and_which_are_unknown() {
    let world = daily().await;
    world
        .get("/series/daily-briefing")
        .await
        .assert_page()
        .assert_says("3 briefings on 3 days, from 2 March 2026 to 9 March 2026")
        .assert_says("3 days on which this series usually meets are unknown and none is known to be missing.")
        .assert_says("it usually meets on Monday, Tuesday, Wednesday, Thursday and Friday.")
        .assert_has("aria-label=\"2 March 2026: 1 briefing\"")
        .assert_has("<span class=\"day unknown\">4<span class=\"unseen\">, unknown</span></span>")
        .assert_has("<td><span>7</span></td>");
}

#[tokio::test]
async fn an_editor_says_what_happened_on_a_day_and_takes_it_back() {
    let world = daily().await;
    let editor = sign_in(&world).await;
    look(&world, &editor, DAYS).await.assert_page().assert_says("No day of this series is marked.");
    mark(&world, &editor, "day=2026-03-04&state=none&note=").await.assert_redirects_to(&format!("{DAYS}?year=2026"));
    mark(&world, &editor, "day=2026-03-05&state=missing&note=Announced+in+the+guidance.").await.assert_status(303);
    world
        .get("/series/daily-briefing")
        .await
        .assert_says("1 day on which this series usually meets is unknown and 1 is known to be missing; on 1 other day no briefing took place.")
        .assert_has("<span class=\"day missing\">5<span class=\"unseen\">, known to be missing</span></span>")
        .assert_says("5 Mar 2026 known to be missing Announced in the guidance.");
    look(&world, &editor, &format!("{DAYS}?day=2026-03-05"))
        .await
        .assert_has("value=\"Announced in the guidance.\"")
        .assert_has("href=\"/editor/series/daily-briefing/days?day=2026-03-06#mark\"");
    mark(&world, &editor, "day=2026-03-05&state=back").await.assert_status(303);
    mark(&world, &editor, "day=2026-03-05&state=back").await.assert_status(400).assert_says("is not marked");
    world.get("/series/daily-briefing").await.assert_says("2 days on which").assert_does_not_say("guidance");
}

#[tokio::test]
async fn a_day_that_is_held_has_not_come_or_is_missing_without_a_reason_is_refused_in_a_sentence() {
    let world = daily().await;
    let editor = sign_in(&world).await;
    for (fields, says) in [
        ("day=2026-03-03&state=none", "The archive holds a briefing of Daily briefing on 3 March 2026"),
        ("day=2026-11-23&state=none", "23 November 2026 has not come yet."),
        ("day=2026-03-04&state=missing&note=+", "Say in the note how you know"),
        ("day=soon&state=none", "A day is written as 2026-03-14."),
        ("day=2026-03-04&state=perhaps", "Choose whether"),
    ] {
        mark(&world, &editor, fields).await.assert_status(400).assert_says(says);
    }
    mark(&world, "", "day=2026-03-04&state=none").await.assert_status(403);
    world
        .get("/editor/series/daily-briefing/days")
        .await
        .assert_redirects_to("/editor/sign-in?next=%2Feditor%2Fseries%2Fdaily-briefing%2Fdays");
    let mut elsewhere = form(DAYS, &editor, "day=2026-03-04&state=none");
    elsewhere.headers_mut().insert("sec-fetch-site", "cross-site".parse().expect("a value"));
    world.send(elsewhere).await.assert_status(403);
}

#[tokio::test]
async fn a_briefing_published_on_a_marked_day_makes_it_held() {
    let world = daily().await;
    let editor = sign_in(&world).await;
    mark(&world, &editor, "day=2026-03-04&state=none").await.assert_status(303);
    world.briefing("Late").held_on("2026-03-04").in_series("Daily briefing").turn("Q", "And?").create().await;
    let days = world.get("/api/v1/series/daily-briefing/coverage").await.assert_status(200).json();
    assert_eq!(days["held"], json!(["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09"]));
    assert_eq!((&days["none"], &days["unknown"]), (&json!([]), &json!(["2026-03-05", "2026-03-06"])));
}

#[tokio::test]
async fn nothing_found_is_said_with_what_was_looked_through() {
    let world = daily().await;
    world
        .get("/search?q=zebra&speaker=ada-lind")
        .await
        .assert_page()
        .assert_says("The archive holds 3 briefings in which Ada Lind speaks, from 2 March 2026 to 9 March 2026.")
        .assert_says("In the same period, 3 days on which this series usually meets are unknown")
        .assert_has("href=\"/series/daily-briefing#calendar\"");
    world
        .get("/search?q=zebra&from=2026-03-04&to=2026-03-04")
        .await
        .assert_says("The archive holds no briefing on 4 March 2026; it holds 3, from 2 March 2026 to 9 March 2026.")
        .assert_says("Whether there was a briefing of Daily briefing on that day is unknown.");
    world
        .get("/search?q=zebra&series=daily-briefing&from=2026-04")
        .await
        .assert_says("The archive holds no briefing of Daily briefing since 1 April 2026; it holds 3,");
    world.get("/search?q=dam").await.assert_does_not_say("The archive holds");
}

#[tokio::test]
async fn the_whole_archive_is_summed_up_and_can_be_taken_away() {
    let world = small_archive().await;
    world
        .get("/about/coverage")
        .await
        .assert_page()
        .assert_says("The archive holds 2 briefings, from 4 November 2025 to 10 March 2026. 1 more has no date.")
        .assert_says("Harbour Ministry briefing 1 10 Mar 2026 10 Mar 2026 1 0 0 0 0")
        .assert_says("No series 0 0 expected on no day 1");
    let table = world.get("/about/coverage.csv").await.assert_status(200);
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8; header=present");
    let lines: Vec<&str> = table.text.lines().collect();
    assert_eq!(
        lines[1],
        "harbour-ministry-briefing,Harbour Ministry briefing,https://onrecord.example/series/harbour-ministry-briefing,\
         1,0,5,2026-03-10,2026-03-10,Monday Tuesday Wednesday Thursday Friday,1,0,0,0"
    );
    let json = world.get("/about/coverage.json").await.assert_status(200).json();
    assert_eq!(json["days"], json!({"held": 2, "none": 0, "missing": 0, "unknown": 0}));
    assert_eq!((&json["briefings"], &json["undated"], &json["turns"]), (&json!(2), &json!(1), &json!(8)));
}

#[tokio::test]
async fn programs_ask_for_a_speaker_a_series_and_a_period() {
    let world = daily().await;
    let lind = world.get("/api/v1/coverage?speaker=ada-lind&from=2026-03-03&to=2026-03").await.json();
    assert_eq!((&lind["briefings"], &lind["turns"], &lind["first"]), (&json!(2), &json!(2), &json!("2026-03-03")));
    assert_eq!(lind["series"][0]["slug"], "daily-briefing");
    assert_eq!(lind["sentences"][2], "Of Daily briefing it holds nothing after 9 March 2026.");
    for wrong in ["speaker=nobody", "series=none", "from=soon"] {
        world.get(&format!("/api/v1/coverage?{wrong}")).await.assert_status(400);
    }
    world.get("/api/v1/series/none/coverage").await.assert_status(404);
}

#[tokio::test]
async fn of_a_series_that_meets_now_and_then_nobody_can_say_which_days_are_missing() {
    let world = World::new().await;
    for date in ["2016-03-02", "2020-10-22", "2026-03-09"] {
        world.briefing("Debate").held_on(date).in_series("Debates").turn("Q", "And?").create().await;
    }
    world
        .get("/series/debates")
        .await
        .assert_says(
            "Too little is held to say on which other days there was a briefing, and none is known to be missing.",
        )
        .assert_does_not_say("By its history");
    world.get("/about/coverage").await.assert_says("Debates 3 2 Mar 2016 9 Mar 2026 3 0 0 cannot be said 0");
    world
        .get("/search?q=zebra&series=debates&on=x&from=2020-10-23&to=2020-10-23")
        .await
        .assert_says("Whether there was a briefing of Debates on that day is unknown.");
}

#[tokio::test]
async fn drafts_count_nowhere() {
    let world = daily().await;
    world.briefing("Secret").held_on("2026-03-04").in_series("Daily briefing").turn("Q", "And?").draft().create().await;
    world.briefing("Hidden").held_on("2026-03-05").in_series("Hidden series").turn("Q", "?").draft().create().await;
    let days = world.get("/api/v1/series/daily-briefing/coverage").await.json();
    assert_eq!(days["unknown"], json!(["2026-03-04", "2026-03-05", "2026-03-06"]));
    world.get("/about/coverage").await.assert_does_not_say("Hidden");
}
