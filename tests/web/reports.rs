//! What a report quotes is held beside the record.

use onrecord::jobs::analyses::read_some;
use serde_json::Value;

use super::small_archive;
use crate::world::World;

const REPORT: &str = "/briefings/2026-03-11-harbour-minister-on-the-dam";

/// The small archive, with a report that quotes a minister rightly, wrongly, and in its own words.
async fn reported() -> World {
    let world = small_archive().await;
    world
        .briefing("Harbour minister on the dam")
        .of_kind("report")
        .held_on("2026-03-11")
        .paragraph(
            "“The dam in Norlund is safe,” Harbour Minister Ada Lind told reporters at Harbour House on Tuesday.",
        )
        .paragraph("“We measured the levels three times,” Lind said.")
        .paragraph("“Who pays for all of this, and when?” a journalist asked.")
        .paragraph("“I’m not going to comment on that today,” Lind responded.")
        .paragraph("The minister said that the water would fall within a week.")
        .create()
        .await;
    while read_some(&world.pool).await.expect("it is read") {}
    world
}

#[tokio::test]
async fn each_quotation_stands_beside_the_turn_that_it_comes_from() {
    let world = reported().await;
    world.get(REPORT).await.assert_page().assert_says("Its quotations beside the record");
    let page = world.get(&format!("{REPORT}/quotations")).await.assert_page();
    let page = page
        .assert_says("Ada Lind in quotation marks · by machine “The dam in Norlund is safe,”")
        .assert_says("Word for word. Ada Lind said these words on 10 March 2026.")
        .assert_says("Questions that the report tells")
        .assert_says("declined by machine");
    assert!(page.text.contains("/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/4"), "{}", page.text);
    assert_eq!(
        page.words().matches("Word for word.").count(),
        1,
        "what was quoted wrongly is told apart: {}",
        page.words()
    );
    world.get("/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/quotations").await.assert_status(404);
}

#[tokio::test]
async fn programs_get_quotations_and_what_was_asked_with_their_places() {
    let world = reported().await;
    let answer: Value = serde_json::from_str(&world.get(&format!("/api/v1{REPORT}")).await.text).expect("JSON");
    let texts: Vec<&str> =
        answer["utterances"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    let whole: Vec<char> = texts.join("\n\n").chars().collect();
    let first = &answer["quotations"][0];
    let at = |it: &Value| it.as_u64().unwrap() as usize;
    let words: String = whole[at(&first["content"][0][0])..at(&first["content"][0][1])].iter().collect();
    assert!(words.contains("The dam in Norlund is safe"), "{words}");
    assert_eq!((&first["mode"], &first["speaker"]["slug"]), (&"direct".into(), &"ada-lind".into()));
    let exchange = &answer["exchanges"][0];
    assert_eq!((&exchange["label"], &exchange["origin"]), (&"declined".into(), &"machine".into()));
    assert!(exchange["question"][0]["quotation"].is_u64() && exchange["response"][0]["quotation"].is_u64());
}

#[tokio::test]
async fn of_a_report_of_which_only_quotations_may_be_shown_nothing_else_is_told() {
    let world = reported().await;
    sqlx::query("update briefing set rights = 'quotations' where briefing_kind = 'report'")
        .execute(&world.pool)
        .await
        .expect("rights");
    let page = world.get(&format!("{REPORT}/quotations")).await.assert_page();
    page.assert_says("The dam in Norlund is safe").assert_does_not_say("fall within a week");
    let answer: Value = serde_json::from_str(&world.get(&format!("/api/v1{REPORT}")).await.text).expect("JSON");
    assert_eq!(answer["quotations"].as_array().map(Vec::len), Some(0));
}
