//! What somebody said before and after a passage.

use crate::world::World;

/// A minister who speaks of one dam on four days, others, and a question answered with one word.
async fn dam() -> World {
    let world = World::new().await;
    for (date, office, question, answer) in [
        ("2024-05-06", "Deputy Minister", "Will it be built?", "The Norlund dam will be built of granite."),
        ("2025-02-03", "Harbour Minister", "Is it ready?", "The Norlund dam is ready, and the granite holds."),
        (
            "2026-03-10",
            "Harbour Minister",
            "Is it safe?",
            "The Norlund dam is safe: we measured the granite twice this week.",
        ),
        ("2026-06-01", "Harbour Minister", "Still safe?", "The Norlund dam is as safe as ever."),
    ] {
        world
            .briefing("Harbour briefing")
            .held_on(date)
            .in_series("Harbour briefing")
            .person("MS. LIND", "Ada Lind", office)
            .turn("MS. LIND", "Good morning to all of you who came here on such a day.")
            .turn("Q", question)
            .about("Norlund")
            .turn("MS. LIND", answer)
            .about("Norlund")
            .create()
            .await;
    }
    world
        .briefing("Weekly briefing")
        .held_on("2026-03-10")
        .person("MR. VESK", "Omar Vesk", "Spokesman")
        .turn("Q", "And the dam?")
        .turn("MR. VESK", "We measured the granite twice this week, and Norlund can sleep.")
        .about("Norlund")
        .turn("Q", "Is Norlund safe?")
        .about("Norlund")
        .turn("MR. VESK", "Yes.")
        .create()
        .await;
    world
}

const PASSAGE: &str = "/briefings/2026-03-10-harbour-briefing/3/chronology";

#[tokio::test]
async fn what_a_speaker_said_before_and_after_stands_around_the_passage_with_the_office_held_then() {
    let world = dam().await;
    let page = world
        .get(PASSAGE)
        .await
        .assert_page()
        .assert_says("What Ada Lind said before and after")
        .assert_says("About Norlund : 2 turns before this passage, 1 after it, oldest first.")
        .assert_says("Q reporter’s question Will it be built?")
        .assert_says("Ada Lind , Deputy Minister The [match: Norlund ] dam will be built of granite.")
        .assert_has("id=\"passage\"");
    let words = page.words();
    let at = |text: &str| words.find(text).unwrap_or_else(|| panic!("no {text} in {words}"));
    assert!(at("will be built") < at("is ready, and"));
    assert!(at("is ready, and") < at("this passage Harbour briefing"));
    assert!(at("we measured the granite twice") < at("as safe as ever"));
}

#[tokio::test]
async fn topics_and_words_of_the_passage_can_be_chosen_and_others_typed() {
    let world = dam().await;
    world
        .get(PASSAGE)
        .await
        .assert_has("?topic=norlund\" aria-current=\"true\"")
        .assert_has("?q=granite\"")
        .assert_says("granite 3 turns");
    world
        .get(&format!("{PASSAGE}?q=granite"))
        .await
        .assert_page()
        .assert_says("About granite : 2 turns before this passage, 0 after it")
        .assert_says("of [match: granite ]");
    world.get(&format!("{PASSAGE}?q=zebra")).await.assert_page().assert_says("Ada Lind says nothing else about this");
    world.get(&format!("{PASSAGE}?q=%22(&topic=none&page=x")).await.assert_page();
}

#[tokio::test]
async fn others_on_the_same_day_and_the_same_words_by_anybody_stand_below() {
    let world = dam().await;
    let page = world.get(PASSAGE).await.assert_page();
    let words = page.words();
    let (_, below) = words.split_once("Others on the same day about the same").expect("the others");
    let (same_day, same_words) = below.split_once("The same words, by anybody").expect("the same words");
    assert!(same_day.contains("Omar Vesk") && !same_day.contains("Ada Lind"), "{same_day}");
    assert!(same_words.contains("is also said in 1 other utterance"), "{same_words}");
    assert!(same_words.contains("and Norlund can sleep"), "{same_words}");
}

#[tokio::test]
async fn a_short_answer_is_about_what_it_was_asked() {
    let world = dam().await;
    world
        .get("/briefings/2026-03-10-weekly-briefing/4/chronology")
        .await
        .assert_page()
        .assert_says("The passage is short: topics and words are taken from the question it answers too.")
        .assert_says("About Norlund : 1 turn before this passage, 0 after it")
        .assert_says("In the same briefing")
        .assert_does_not_say("The same words, by anybody");
}

#[tokio::test]
async fn a_question_and_a_range_have_a_chronology_too() {
    let world = dam().await;
    world
        .get("/briefings/2026-03-10-harbour-briefing/2/chronology")
        .await
        .assert_page()
        .assert_says("Nobody is named as its speaker, so this is what anybody said.");
    world
        .get("/briefings/2026-03-10-harbour-briefing/2-3/chronology")
        .await
        .assert_page()
        .assert_says("Turns 2 to 3")
        .assert_says("What Ada Lind said before and after");
    for wrong in ["99", "3-2", "x"] {
        world.get(&format!("/briefings/2026-03-10-harbour-briefing/{wrong}/chronology")).await.assert_status(404);
    }
}

#[tokio::test]
async fn a_long_chronology_is_turned_page_by_page_around_the_passage() {
    let world = World::new().await;
    for n in 0..24 {
        let (year, month) = (2024 + n / 12, n % 12 + 1);
        world
            .briefing("Daily")
            .held_on(&format!("{year}-{month:02}-01"))
            .person("MS. LIND", "Ada Lind", "Minister")
            .turn("MS. LIND", &format!("The dam, number {n}."))
            .about("Norlund")
            .create()
            .await;
    }
    let address = "/briefings/2025-01-01-daily/1/chronology";
    world
        .get(address)
        .await
        .assert_says("12 turns before this passage, 11 after it")
        .assert_says("number 4.")
        .assert_does_not_say("number 3.")
        .assert_has("?topic=norlund&#38;page=-1");
    world
        .get(&format!("{address}?topic=norlund&page=-1"))
        .await
        .assert_says("number 0.")
        .assert_says("number 3.")
        .assert_does_not_say("number 4.")
        .assert_has("/chronology?topic=norlund#passage\">Back to the passage");
    world.get(&format!("{address}?page=1")).await.assert_says("number 23.").assert_does_not_say("number 20.");
}

#[tokio::test]
async fn an_utterance_and_a_result_lead_there() {
    let world = dam().await;
    world.get("/briefings/2026-03-10-harbour-briefing/3").await.assert_has(&format!("href=\"{PASSAGE}\""));
    world.get("/search?q=measured").await.assert_has(&format!("href=\"{PASSAGE}\""));
}
