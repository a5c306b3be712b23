//! What is still owed: promises to come back, later words that seem to keep them, and what editors say of both.

use onrecord::jobs::analyses::read_some;
use onrecord::jobs::resolutions::refresh;
use serde_json::Value;

use super::editor::{look, press_button, sign_in};
use crate::world::{BriefingBuilder, World};

pub const SERIES: &str = "Harbour Ministry briefing";
pub const ASKED: &str = "How many trawlers were detained off Kallenport in March?";
pub const PROMISE: &str = "Let me get back to you on that.";
pub const LATER: &str = "On Monday you asked about the trawlers off Kallenport: eleven were detained in March.";

/// A briefing of the series, by its minister.
pub fn briefing<'a>(world: &'a World, title: &str, date: &str) -> BriefingBuilder<'a> {
    world.briefing(title).held_on(date).in_series(SERIES).person("MS. LIND", "Ada Lind", "Harbour Minister")
}

/// A promise on a Monday, and on Thursday words that seem to keep it, between others.
pub async fn archive() -> World {
    let world = World::new().await;
    fill(&world).await;
    world
}

/// The same in an archive that holds something already.
pub async fn fill(world: &World) {
    briefing(world, "Monday briefing", "2026-11-16")
        .turn("MS. LIND", "Good morning. We moved 1,200 containers through Kallenport last week.")
        .turn("Q", ASKED)
        .about("Norlund")
        .turn("MS. LIND", "I don’t have that here. Let me get back to you on that.")
        .turn("Q", "Will the minister sign the treaty on the sound before the vote in Varen?")
        .turn("MS. LIND", "I’m not going to comment on a document that has not been published.")
        .create()
        .await;
    briefing(world, "Thursday briefing", "2026-11-19")
        .turn("MS. LIND", "Good morning. The bridge at Varen will be painted in the summer, as agreed.")
        .turn("Q", "And the trawlers?")
        .turn("MS. LIND", LATER)
        .create()
        .await;
    read(world).await;
}

/// Reads everything as the server does beside its requests.
pub async fn read(world: &World) {
    while read_some(&world.pool).await.expect("it is read") {}
    refresh(&world.pool).await.expect("it is looked through");
    world.follow().await;
}

async fn number(world: &World, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&world.pool).await.expect("a number")
}

async fn owed(world: &World, query: &str) -> Value {
    world.get(&format!("/api/v1/follow-ups{query}")).await.assert_status(200).json()
}

/// Decides later words or a promise as an editor.
async fn decide(world: &World, editor: &str, suggestion: &str, shown: &str, word: &str) {
    let fields = format!("suggestion={suggestion}&shown={shown}&word={word}");
    press_button(world, "/editor/review", editor, &fields).await.assert_status(303);
    world.follow().await;
}

#[tokio::test]
async fn a_promise_is_shown_with_the_question_owed_and_what_seems_to_keep_it() {
    let world = archive().await;
    world
        .get("/follow-ups")
        .await
        .assert_page()
        .assert_says("1 promise")
        .assert_says("1 open, 0 kept; of the 1 listed here an editor has confirmed 0.")
        .assert_says(ASKED)
        .assert_says("MS. LIND Ada Lind , Harbour Minister")
        .assert_says(PROMISE)
        .assert_says("Open for 6 days")
        .assert_says("will come back to it · found by machine")
        .assert_says("Later words that seem to keep it")
        .assert_says("19 November 2026 , 3 days later")
        .assert_says("eleven were [match: detained ] in [match: March ]")
        .assert_says("Suggested by machine · the same words: ")
        .assert_says("says that they come back to it")
        .assert_has("href=\"/briefings/2026-11-16-monday-briefing/3\"")
        .assert_has("href=\"/briefings/2026-11-19-thursday-briefing/3\"")
        .assert_has("href=\"/editor/review?follow-up=")
        .assert_has("href=\"/editor/review?resolution=");
    let answer = owed(&world, "").await;
    assert_eq!(answer["total"], 1);
    let one = &answer["results"][0];
    assert_eq!(one["url"], "https://onrecord.example/briefings/2026-11-16-monday-briefing/3");
    assert!(one["promise"]["text"].as_str().expect("words").ends_with(PROMISE), "{one}");
    assert_eq!(one["promise"]["number"], 3);
    assert_eq!((&one["kind"], &one["state"], &one["origin"]), (&"get-back".into(), &"open".into(), &"machine".into()));
    assert_eq!((&one["question"]["text"], &one["question"]["number"]), (&ASKED.into(), &2.into()));
    assert_eq!((&one["age_days"], &one["held_until"]), (&6.into(), &"2026-11-19".into()));
    assert_eq!(one["speaker"]["slug"], "ada-lind");
    assert_eq!(one["briefing"]["slug"], "2026-11-16-monday-briefing");
    let later = &one["resolutions"][0];
    assert_eq!(
        (&later["text"], &later["date"], &later["origin"]),
        (&LATER.into(), &"2026-11-19".into(), &"machine".into())
    );
    assert!(later["score"].as_f64().is_some_and(|score| score > 0.3 && score <= 1.0), "{later}");
}

#[tokio::test]
async fn on_the_word_of_an_editor_it_was_kept() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    decide(&world, &editor, "resolution-1", "", "right").await;
    world.get("/follow-ups").await.assert_says("0 promises").assert_says("0 open, 1 kept");
    world
        .get("/follow-ups?state=kept")
        .await
        .assert_page()
        .assert_says("Answered on 19 November 2026, after 3 days")
        .assert_says("An editor says that this keeps the promise");
    assert_eq!(owed(&world, "?state=kept").await["results"][0]["resolutions"][0]["origin"], "editor");
    assert_eq!(owed(&world, "?state=all").await["total"], 1);
    // That it is a promise was not said by that.
    assert_eq!(owed(&world, "?state=all").await["results"][0]["origin"], "machine");
    decide(&world, &editor, "follow-up-1", "", "right").await;
    world
        .get("/follow-ups?state=all")
        .await
        .assert_says("an editor has confirmed 1.")
        .assert_says("confirmed by an editor");
}

#[tokio::test]
async fn what_an_editor_rejected_is_not_suggested_again() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    decide(&world, &editor, "resolution-1", "", "rejected").await;
    let gone =
        |page: crate::world::Answer| page.assert_page().assert_says(PROMISE).assert_does_not_say("seem to keep it");
    gone(world.get("/follow-ups").await);
    // Both texts are read again from the beginning.
    world.change("update transcript set analysis_version = 0; update feed set resolutions_version = 0").await;
    read(&world).await;
    gone(world.get("/follow-ups").await);
    assert_eq!(number(&world, "select count(*) from follow_up_resolution where rejected").await, 1);
    decide(&world, &editor, "follow-up-1", "", "rejected").await;
    world.change("update transcript set analysis_version = 0").await;
    read(&world).await;
    world.get("/follow-ups?state=all").await.assert_says("No promise was found so far.");
}

#[tokio::test]
async fn nothing_is_written_where_nothing_is_different() {
    let world = archive().await;
    let position = number(&world, "select position from feed").await;
    assert!(!refresh(&world.pool).await.expect("it is looked through"), "nothing has changed");
    world.change("select 1").await;
    assert!(!refresh(&world.pool).await.expect("it is looked through"), "the same is found again");
    assert_eq!(number(&world, "select position from feed").await, position + 1);
    assert_eq!(number(&world, "select resolutions_position from feed").await, position + 1);
}

#[tokio::test]
async fn later_words_count_within_sixty_days_in_the_series_or_by_the_same_people() {
    let world = World::new().await;
    briefing(&world, "Before", "2026-03-01").turn("MS. LIND", LATER).create().await;
    briefing(&world, "Promise", "2026-03-02")
        .turn("Q", ASKED)
        .turn("MS. LIND", "I’ll take that question.")
        .create()
        .await;
    briefing(&world, "Too late", "2026-06-02").turn("MS. LIND", LATER).create().await;
    let elsewhere = |title: &str, series: &str, label: &str, name: &str| {
        let builder = world.briefing(title).held_on("2026-03-20").in_series(series);
        builder.person(label, name, "Somebody").turn(label, LATER)
    };
    elsewhere("By the same", "Other briefing", "MS. LIND", "Ada Lind").create().await;
    elsewhere("By another", "Other briefing", "MR. VESK", "Omar Vesk").create().await;
    world.briefing("A statement").of_kind("statement").held_on("2026-03-02").paragraph(LATER).create().await;
    read(&world).await;
    let answer = owed(&world, "").await;
    let mut found: Vec<&str> = answer["results"][0]["resolutions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["url"].as_str().expect("an address").rsplit('/').nth(1).expect("a briefing"))
        .collect();
    found.sort_unstable();
    assert_eq!(found, ["2026-03-02-a-statement", "2026-03-20-by-the-same"]);
}

#[tokio::test]
async fn an_old_promise_is_as_old_as_the_archive_can_know() {
    let world = World::new().await;
    let promise = |title: &str, date: &str, series: &str| {
        let builder = world.briefing(title).held_on(date).in_series(series);
        builder.turn("Q", ASKED).turn("MR. VESK", "I’ll have to look into that.")
    };
    promise("Long ago", "2019-02-01", "Old briefing").create().await;
    world
        .briefing("The last")
        .held_on("2019-02-11")
        .in_series("Old briefing")
        .turn("MR. VESK", "Good day.")
        .create()
        .await;
    promise("Alone", "2018-02-01", "Single briefing").create().await;
    read(&world).await;
    let page = world
        .get("/follow-ups?sort=oldest")
        .await
        .assert_page()
        .assert_says("Open for 10 days, as far as the archive holds (until 11 February 2019)")
        .assert_says("The archive holds nothing later of this series, so it cannot tell whether it was kept");
    let words = page.words();
    assert!(words.find("Alone") < words.find("Long ago"), "the oldest first");
    let found = owed(&world, "?from=2019").await;
    assert_eq!((&found["total"], &found["results"][0]["held_until"]), (&1.into(), &"2019-02-11".into()));
}

#[tokio::test]
async fn promises_are_found_by_who_what_where_and_when() {
    let world = archive().await;
    for (query, total) in [
        ("?speaker=ada-lind", 1),
        ("?speaker=Lind", 1),
        ("?speaker=nobody", 0),
        ("?topic=norlund", 1),
        ("?series=harbour-ministry-briefing", 1),
        ("?from=2026-11-17", 0),
        ("?from=2026-11&to=2026-11-16", 1),
        ("?to=2026-10", 0),
        ("?page=2", 1),
        ("?from=soon", 1),
    ] {
        assert_eq!(owed(&world, query).await["total"], total, "{query}");
    }
    world
        .get("/follow-ups?speaker=nobody")
        .await
        .assert_page()
        .assert_says("Nobody called “nobody” speaks in this archive.");
    world.get("/follow-ups?speaker=ada-lind").await.assert_says("their number says nothing about a person");
    world.get("/follow-ups?from=soon").await.assert_says("“soon” is not a date").assert_has("value=\"soon\"");
    world.get("/follow-ups?page=7").await.assert_page().assert_says("Nothing stands on this page.");
    world
        .get("/api/v1/follow-ups?state=broken")
        .await
        .assert_status(400)
        .assert_says("must be one of: open, kept, all.");
    World::new().await.get("/follow-ups").await.assert_page().assert_says("No promise was found so far.");
}

#[tokio::test]
async fn whoever_is_not_named_stays_unnamed_and_what_is_withdrawn_owes_nothing() {
    let world = archive().await;
    world.change("update briefing set attribution = 'background'").await;
    world.get("/follow-ups").await.assert_page().assert_says(PROMISE).assert_does_not_say("Ada Lind");
    assert_eq!(owed(&world, "").await["results"][0]["speaker"], Value::Null);
    assert_eq!(owed(&world, "?speaker=ada-lind").await["total"], 0);
    let editor = sign_in(&world).await;
    decide(&world, &editor, "resolution-1", "", "right").await;
    world.change("update briefing set status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x' where date = '2026-11-19'").await;
    world.get("/follow-ups").await.assert_page().assert_says("1 open, 0 kept").assert_does_not_say("eleven were");
    look(&world, &editor, "/editor/review?resolution=1").await.assert_page().assert_says("is suggested no more");
    world.change("update briefing set status = 'withdrawn', withdrawn_at = now(), withdrawn_reason = 'x'").await;
    world.get("/follow-ups?state=all").await.assert_page().assert_does_not_say(PROMISE);
}
