//! Briefings, their utterances, series and dates.

use super::small_archive;
use crate::world::World;

const HARBOUR: &str = "/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

#[tokio::test]
async fn an_empty_archive_says_what_to_do() {
    let world = World::new().await;
    for address in ["/", "/briefings", "/series", "/dates", "/speakers", "/topics"] {
        world.get(address).await.assert_page().assert_says("onrecord import FOLDER");
    }
    world.get("/search?q=dam").await.assert_page().assert_says("Nothing found");
}

#[tokio::test]
async fn the_front_page_shows_the_latest_who_speaks_and_about_what() {
    let world = small_archive().await;
    world
        .get("/")
        .await
        .assert_page()
        .assert_says("12 utterances in 3 briefings, from 4 November 2025 to 10 March 2026")
        .assert_says("Harbour briefing by Minister Ada Lind")
        .assert_says("Ada Lind 4 turns")
        .assert_says("Norlund 4 utterances")
        .assert_has("aria-label=\"10 March 2026: 1 briefing\"")
        .assert_does_not_say("Minister calms Norlund");
}

#[tokio::test]
async fn a_briefing_reads_as_section_speaker_role_and_words() {
    let world = small_archive().await;
    world
        .get(HARBOUR)
        .await
        .assert_page()
        .assert_says("MS. LIND Ada Lind Harbour Minister Good morning.")
        .assert_says("Q reporter’s question Is the dam in Norlund safe?")
        .assert_says("MS. LIND Ada Lind, Harbour Minister The dam in Norlund is safe.")
        .assert_has("<i class=\"stage\">(Laughter.)</i>")
        .assert_has("<del><span class=\"unseen\" lang=\"en\">[struck out: </span>thousands")
        .assert_has("<h2 class=\"said\" id=\"s5\">The budget</h2>")
        .assert_has("id=\"4\" tabindex=\"-1\"");
}

#[tokio::test]
async fn the_words_of_a_search_are_marked_in_the_briefing() {
    let world = small_archive().await;
    world
        .get(&format!("{HARBOUR}?highlight=dam"))
        .await
        .assert_page()
        .assert_says("2 turns match dam and are marked below")
        .assert_has("<li><a href=\"#3\"><span class=\"unseen\">Turn </span>3</a></li>")
        .assert_has("name=\"highlight\" value=\"dam\"")
        .assert_says("the [match: dam ] in Norlund safe?");
}

#[tokio::test]
async fn a_briefing_says_at_a_glance_who_speaks_how_much_about_what() {
    let world = small_archive().await;
    world
        .get(HARBOUR)
        .await
        .assert_page()
        .assert_says("Ada Lind 74% of the words Reporters 26% of the words")
        .assert_says("Mentions Norlund 3")
        .assert_says(
            "Press office. “Harbour briefing by Minister Ada Lind.” Harbour Ministry briefing, March 10, 2026. Press",
        );
}

#[tokio::test]
async fn a_briefing_leads_to_the_ones_before_and_after_in_its_series() {
    let world = World::new().await;
    for date in ["2026-03-02", "2026-03-03", "2026-03-09"] {
        world.briefing("Daily").held_on(date).in_series("Daily briefing").turn("Q", "And?").create().await;
    }
    world.briefing("Other").held_on("2026-03-04").in_series("Another briefing").turn("Q", "And?").create().await;
    world
        .get("/briefings/2026-03-03-daily")
        .await
        .assert_says("Before, 2 March 2026")
        .assert_has("href=\"/briefings/2026-03-09-daily\" rel=\"next\"");
    world.get("/briefings/2026-03-09-daily").await.assert_does_not_say("After,");
    world.get("/dates/2026/03/03").await.assert_has("href=\"/dates/2026/03/04\" rel=\"next\"");
}

#[tokio::test]
async fn a_label_that_says_everything_is_not_repeated() {
    let world = World::new().await;
    let made = world
        .briefing("Call")
        .person("ADA LIND, HARBOUR MINISTER", "Ada Lind", "Harbour Minister")
        .turn("MODERATOR", "Welcome.")
        .turn("ADA LIND, HARBOUR MINISTER", "Thank you.")
        .turn("SENIOR OFFICIAL", "Hello.")
        .create()
        .await;
    world.get(&format!("/briefings/{}", made.slug)).await.assert_says(
        "MODERATOR Welcome. 1 ADA LIND, HARBOUR MINISTER Thank you. 2 SENIOR OFFICIAL official, not named Hello.",
    );
}

#[tokio::test]
async fn years_without_anything_are_one_line_of_the_calendar() {
    let world = World::new().await;
    for date in ["2019-03-04", "2024-03-04"] {
        world.briefing("Daily").held_on(date).in_series("Daily briefing").turn("Q", "And?").create().await;
    }
    world
        .get("/dates")
        .await
        .assert_page()
        .assert_says("2020–2023 nothing 0")
        .assert_has("href=\"/dates/2019/03\">1</a>");
    world.get("/series").await.assert_page().assert_has("<rect class=\"shade4\" x=\"2\" width=\"1\"");
}

#[tokio::test]
async fn a_list_says_who_speaks_beside_those_in_the_title() {
    let world = small_archive().await;
    world
        .get("/briefings")
        .await
        .assert_says("Harbour briefing by Minister Ada Lind Harbour Ministry briefing 5 turns")
        .assert_says("Weekly briefing by Omar Vesk Weekly briefing with Ada Lind 3 turns");
}

#[tokio::test]
async fn an_utterance_and_a_range_have_addresses_of_their_own() {
    let world = small_archive().await;
    world
        .get(&format!("{HARBOUR}/4"))
        .await
        .assert_page()
        .assert_says("Ada Lind (Harbour Minister), “Harbour briefing by Minister Ada Lind,” Harbour Ministry briefing")
        .assert_has("class=\"piece answer cited\" id=\"4\"")
        .assert_has("class=\"piece question\" id=\"3\"");
    world.get(&format!("{HARBOUR}/3-4")).await.assert_page().assert_says("Turns 3 to 4");
    for wrong in ["99", "4-99", "04", "4-3", "x"] {
        world.get(&format!("{HARBOUR}/{wrong}")).await.assert_status(404);
    }
}

#[tokio::test]
async fn drafts_are_nowhere_and_withdrawn_briefings_say_so() {
    let world = small_archive().await;
    world
        .briefing("Secret plan")
        .held_on("2026-04-01")
        .in_series("Hidden series")
        .person("MR. SHADE", "Ira Shade", "Nobody")
        .turn("MR. SHADE", "Hidden words.")
        .draft()
        .create()
        .await;
    world.briefing("Old news").held_on("2026-02-01").turn("MR. VESK", "Recalled words.").withdrawn().create().await;
    for address in ["/", "/briefings", "/series", "/dates", "/speakers", "/search?q=hidden", "/api/v1/briefings"] {
        world.get(address).await.assert_status(200).assert_does_not_say("Secret").assert_does_not_say("Hidden");
    }
    for address in
        ["/briefings/2026-04-01-secret-plan", "/series/hidden-series", "/speakers/ira-shade", "/dates/2026/04"]
    {
        world.get(address).await.assert_status(404).assert_does_not_say("Secret plan").assert_does_not_say("Ira Shade");
    }
    world
        .get("/briefings/2026-02-01-old-news")
        .await
        .assert_page()
        .assert_says("withdrawn on 3 February 2026 . Published by mistake.")
        .assert_does_not_say("Recalled words");
}

#[tokio::test]
async fn fiction_is_marked_wherever_it_shows() {
    let world = World::new().await;
    let made = world
        .briefing("Invented")
        .held_on("2026-01-05")
        .in_series("Samples")
        .person("MS. LIND", "Ada Lind", "Minister")
        .turn("MS. LIND", "The dam of Norlund.")
        .about("Norlund")
        .fiction()
        .create()
        .await;
    let briefing = format!("/briefings/{}", made.slug);
    let utterance = format!("{briefing}/1");
    let pages = ["/", "/briefings", &briefing, &utterance, "/series/samples", "/speakers/ada-lind", "/topics/norlund"];
    for address in pages.into_iter().chain(["/search?q=dam", "/speakers/ada-lind/topics/norlund", "/dates/2026/01"]) {
        world.get(address).await.assert_page().assert_says("Sample archive: fiction.").assert_says("fiction");
    }
}

#[tokio::test]
async fn dates_lead_from_years_to_days_and_to_what_has_none() {
    let world = small_archive().await;
    world.get("/dates").await.assert_page().assert_says("1 briefing without a date");
    world.get("/dates/2026").await.assert_page().assert_has("href=\"/dates/2026/03/10\"");
    world.get("/dates/2026/03").await.assert_page().assert_says("March 2026");
    world.get("/dates/2026/03/10").await.assert_page().assert_says("Tuesday, 10 March 2026");
    world.get("/dates/undated").await.assert_page().assert_says("Readout of a call");
    for wrong in ["/dates/2026/3", "/dates/2026/13", "/dates/1999", "/dates/2026/03/11"] {
        world.get(wrong).await.assert_status(404);
    }
}

#[tokio::test]
async fn a_series_shows_what_it_holds_and_what_is_missing() {
    let world = World::new().await;
    for date in ["2026-03-02", "2026-03-03", "2026-03-09"] {
        world.briefing("Daily").held_on(date).in_series("Daily briefing").turn("Q", "And?").create().await;
    }
    world
        .get("/series/daily-briefing")
        .await
        .assert_page()
        .assert_says("3 briefings on 3 days, from 2 March 2026 to 9 March 2026");
}

#[tokio::test]
async fn long_lists_are_turned_page_by_page() {
    let world = World::new().await;
    for day in 1..=28 {
        for hour in ["Morning", "Evening"] {
            world.briefing(hour).held_on(&format!("2026-02-{day:02}")).turn("Q", "And?").create().await;
        }
    }
    let first = world.get("/briefings").await.assert_page();
    let links = |text: &str| text.matches("href=\"/briefings/2026").count();
    assert_eq!(links(&first.text), 50);
    let next = first.text.split("href=\"").find(|part| part.contains("after=")).expect("a next page");
    let next = next.split('"').next().expect("an address").replace("&amp;", "&").replace("&#38;", "&");
    assert_eq!(links(&world.get(&next).await.assert_page().text), 6);
}

#[tokio::test]
async fn words_in_another_language_say_which() {
    let world = World::new().await;
    let made = world.briefing("Conferencia").in_language("es").turn("Q", "¿Y el agua?").create().await;
    world
        .get(&format!("/briefings/{}", made.slug))
        .await
        .assert_has("<h1 lang=\"es\">Conferencia</h1>")
        .assert_has("<div class=\"said\" lang=\"es\">")
        .assert_has("<span class=\"label\" lang=\"es\">Q</span> <span class=\"unseen\">reporter’s question</span>");
    world.get("/search?q=agua").await.assert_has("<p class=\"result-words asks\" lang=\"es\">");
    world.get("/briefings").await.assert_has("lang=\"es\">Conferencia</a>");
}
