//! Reading a part of a briefing, and from match to match.

use super::small_archive;

const HARBOUR: &str = "/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

#[tokio::test]
async fn one_voice_can_be_read_alone_with_its_numbers_and_what_is_left_out() {
    let world = small_archive().await;
    world
        .get(HARBOUR)
        .await
        .assert_has("?speaker=ada-lind\">Ada Lind</a>")
        .assert_has("?only=questions\">the questions</a>");
    world
        .get(&format!("{HARBOUR}?speaker=ada-lind"))
        .await
        .assert_page()
        .assert_says("Only Ada Lind. 3 utterances are shown, 5 left out. Show everything")
        .assert_says("1 utterance left out MS. LIND Ada Lind Harbour Minister Good morning.")
        .assert_says("1 utterance left out MS. LIND Ada Lind, Harbour Minister The dam in Norlund is safe.")
        .assert_has("id=\"4\" tabindex=\"-1\"")
        .assert_has(&format!("<a href=\"{HARBOUR}#4\">1 utterance left out</a>"))
        .assert_has(&format!("<link rel=\"canonical\" href=\"https://onrecord.example{HARBOUR}\">"))
        .assert_has("<h2 class=\"said\" id=\"s5\">The budget</h2>")
        .assert_has("<strong aria-current=\"true\">Ada Lind</strong>")
        .assert_does_not_say("And the money?");
}

#[tokio::test]
async fn the_questions_can_be_read_alone() {
    let world = small_archive().await;
    world
        .get(&format!("{HARBOUR}?only=questions"))
        .await
        .assert_page()
        .assert_says("Only the questions. 2 utterances are shown, 6 left out.")
        .assert_says("And the money?")
        .assert_does_not_say("Forty millions");
}

#[tokio::test]
async fn a_part_that_does_not_exist_is_the_whole() {
    let world = small_archive().await;
    world
        .get(&format!("{HARBOUR}?speaker=nobody"))
        .await
        .assert_page()
        .assert_says("Nobody with the address “nobody” speaks in this briefing. Everything is shown.")
        .assert_says("And the money?");
    world.get(&format!("{HARBOUR}?only=nonsense")).await.assert_page().assert_says("And the money?");
    world.get("/briefings/readout-of-a-call?only=questions").await.assert_page().assert_says("about the dam");
}

#[tokio::test]
async fn matches_lead_to_each_other_and_those_left_out_are_counted() {
    let world = small_archive().await;
    world
        .get(&format!("{HARBOUR}?highlight=norlund"))
        .await
        .assert_says("3 turns match norlund")
        .assert_has(
            "<a href=\"#4\"><span aria-hidden=\"true\">↓</span> Next match<span class=\"unseen\">, turn 4</span></a>",
        )
        .assert_has("<a href=\"#3\"><span aria-hidden=\"true\">↑</span> Match before")
        .assert_has("?highlight=norlund&#38;speaker=ada-lind\"");
    world
        .get(&format!("{HARBOUR}?highlight=norlund&speaker=ada-lind"))
        .await
        .assert_says("2 turns match norlund and are marked below. 1 more match is in what is left out.")
        .assert_has("<a href=\"#2\"><span aria-hidden=\"true\">↑</span> Match before")
        .assert_has(&format!("<a href=\"{HARBOUR}?highlight=norlund\">Show everything</a>"))
        .assert_has(&format!("<a href=\"{HARBOUR}?speaker=ada-lind\">Show without marks</a>"))
        .assert_has("<input type=\"hidden\" name=\"speaker\" value=\"ada-lind\">");
}
