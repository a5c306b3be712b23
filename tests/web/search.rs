//! Searching.

use super::small_archive;

#[tokio::test]
async fn a_search_shows_who_said_it_as_what_and_in_answer_to_what() {
    let world = small_archive().await;
    world
        .get("/search?q=%22dam+in+norlund+is+safe%22")
        .await
        .assert_page()
        .assert_says("1 result")
        .assert_says("MS. LIND Ada Lind , Harbour Minister")
        .assert_says("In answer to: Q Is the dam in Norlund safe?")
        .assert_has("/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/4");
}

#[tokio::test]
async fn reports_stand_apart() {
    let world = small_archive().await;
    let page = world.get("/search?q=dam").await.assert_page().assert_says("Reported elsewhere");
    let words = page.words();
    let (record, reported) = words.split_once("Reported elsewhere").expect("two parts");
    assert!(!record.contains("Minister calms") && reported.contains("Minister calms Norlund"));
}

#[tokio::test]
async fn a_speaker_is_chosen_by_name_or_address_in_form_or_language() {
    let world = small_archive().await;
    for address in [
        "/search?speaker=ada-lind",
        "/search?speaker=Lind",
        "/search?q=speaker:lind",
        "/search?q=speaker:%22Ada+Lind%22",
    ] {
        world.get(address).await.assert_page().assert_says("4 results").assert_does_not_say("We were asked");
    }
    world.get("/search?q=dam&speaker=ada-lind").await.assert_says("Search what Ada Lind said").assert_says("1 result");
}

#[tokio::test]
async fn what_makes_no_sense_is_repaired_and_said() {
    let world = small_archive().await;
    world
        .get("/search?q=%22dam&from=yesterday&speaker=nobody-here")
        .await
        .assert_page()
        .assert_says("Read as")
        .assert_says("“yesterday” is not a date")
        .assert_says("Nobody called “nobody-here” speaks in this archive.");
    for odd in
        ["/search?q=%00", "/search?q=(((", "/search?page=999&q=dam", "/search?q=a&q=dam", "/search?per_page=x&q=dam"]
    {
        world.get(odd).await.assert_page();
    }
}

#[tokio::test]
async fn choices_beside_the_results_carry_exact_counts() {
    let world = small_archive().await;
    world
        .get("/search?q=norlund")
        .await
        .assert_page()
        .assert_says("Ada Lind 2 results")
        .assert_says("Omar Vesk 1 results")
        .assert_has("href=\"/search?q=norlund&#38;speaker=omar-vesk\"");
}
