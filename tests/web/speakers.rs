//! People, and what they speak about.

use super::small_archive;

#[tokio::test]
async fn a_speaker_has_offices_subjects_and_latest_words() {
    let world = small_archive().await;
    world.get("/speakers").await.assert_page().assert_says("Lind, Ada Harbour Minister 4 turns");
    world
        .get("/speakers/ada-lind")
        .await
        .assert_page()
        .assert_says("Harbour Minister 10 March 2026")
        .assert_says("Deputy Harbour Minister 4 November 2025")
        .assert_says("Norlund 2 turns")
        .assert_says("4 turns between November 2025 and March 2026; most in March 2026, 3.")
        .assert_has("name=\"speaker\" value=\"ada-lind\"");
}

#[tokio::test]
async fn everything_on_a_topic_stands_beside_its_question() {
    let world = small_archive().await;
    let page = world
        .get("/speakers/ada-lind/topics/norlund")
        .await
        .assert_page()
        .assert_says("2 turns mention it, oldest first")
        .assert_says("Q reporter’s question Is the dam in Norlund safe?")
        .assert_says("No question precedes it.");
    assert!(page.text.find("rising again") < page.text.find("is safe."));
    world.get("/speakers/omar-vesk/topics/budget").await.assert_status(404);
}

#[tokio::test]
async fn a_doubtful_person_is_a_suggestion_with_its_reason() {
    let world = small_archive().await;
    world
        .get("/briefings/2025-11-04-weekly-briefing-by-omar-vesk")
        .await
        .assert_says("MR. VESC possibly Omar Vesk , suggested by machine: one letter differs");
    world.get("/speakers/omar-vesk").await.assert_does_not_say("That is all.");
}

#[tokio::test]
async fn former_addresses_lead_on() {
    let world = small_archive().await;
    world.change("insert into speaker_slug select 'a-lind', id from speaker where slug = 'ada-lind'").await;
    world.get("/speakers/a-lind").await.assert_redirects_to("/speakers/ada-lind");
    world.get("/speakers/a-lind/topics/norlund").await.assert_redirects_to("/speakers/ada-lind/topics/norlund");
}

#[tokio::test]
async fn a_topic_says_who_speaks_about_it() {
    let world = small_archive().await;
    world.get("/topics").await.assert_page().assert_says("Norlund 4 utterances");
    world
        .get("/topics/norlund")
        .await
        .assert_page()
        .assert_says("Ada Lind 2 turns")
        .assert_has("href=\"/speakers/ada-lind/topics/norlund\"");
}
