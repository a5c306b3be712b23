//! What is published without an editor having checked it says so, until one has.

use super::editor::{drafts, look, press_button, sign_in};
use super::small_archive;
use super::upload::{read_all, upload};
use crate::world::World;

const SLUG: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";
const MARK: &str = "Not yet checked by an editor.";

#[tokio::test]
async fn what_came_in_by_machine_is_marked_until_an_editor_says_otherwise() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let page = format!("/briefings/{SLUG}");
    let api = format!("/api/v1/briefings/{SLUG}");
    world.get(&page).await.assert_page().assert_says(MARK);
    assert_eq!(world.get(&api).await.json()["checked"], false);
    look(&world, &editor, "/editor/unchecked")
        .await
        .assert_page()
        .assert_says("4 briefings are published without an editor having checked them.")
        .assert_has(&format!("href=\"/editor/briefings/{SLUG}\""));
    let forms = format!("/editor/briefings/{SLUG}");
    look(&world, &editor, &forms).await.assert_says("I have checked this");
    press_button(&world, &format!("{forms}/checked"), &editor, "checked=yes").await.assert_redirects_to(&forms);
    world.get(&page).await.assert_page().assert_does_not_say(MARK);
    assert_eq!(world.get(&api).await.json()["checked"], true);
    look(&world, &editor, &forms)
        .await
        .assert_says("Checked on 22 November 2026, 12:00 p.m. UTC by ada@harbour.example.");
    look(&world, &editor, "/editor/unchecked").await.assert_says("3 briefings are published");
    press_button(&world, &format!("{forms}/checked"), &editor, "checked=no").await.assert_status(303);
    world.get(&page).await.assert_says(MARK);
    let acts: Vec<String> =
        sqlx::query_scalar("select act from audit_entry order by id").fetch_all(&world.pool).await.expect("acts");
    assert_eq!(acts, ["briefing.checked", "briefing.unchecked"]);
    press_button(&world, "/editor/briefings/nothing/checked", &editor, "checked=yes").await.assert_status(404);
}

#[tokio::test]
async fn whoever_publishes_a_draft_from_its_page_has_checked_it_and_whoever_publishes_a_batch_has_not() {
    let world = World::new().await;
    let editor = sign_in(&world).await;
    let [open, held] = drafts(&world).await;
    press_button(&world, &format!("/editor/drafts/{open}/publish"), &editor, "").await.assert_status(303);
    world.get(&format!("/briefings/{open}")).await.assert_page().assert_does_not_say(MARK);
    // The time was set on the page of the draft.
    let set = format!("/editor/drafts/{held}/schedule");
    press_button(&world, &set, &editor, "at=2026-11-23T13:00").await.assert_status(303);
    let due = onrecord::jobs::embargo::publish_due(&world.pool, "2026-11-23T13:00:00Z".parse().expect("a moment"));
    assert!(due.await.expect("it is tried"));
    world.follow().await;
    world.get(&format!("/briefings/{held}")).await.assert_page().assert_does_not_say(MARK);

    let text = "HARBOUR HOUSE\n\nPRESS BRIEFING BY PRESS SECRETARY ADA LIND\n\nNovember 20, 2026\n\n\
                MS. LIND: Good afternoon.\n\nQ: Is it?\n\nMS. LIND: It is.\n";
    let batch = upload(&world, &editor, &[("text", text)], &[]).await;
    read_all(&world).await;
    press_button(&world, &format!("{batch}/publish"), &editor, "").await.assert_redirects_to(&batch);
    world.get("/briefings/2026-11-20-press-briefing-by-press-secretary-ada-lind").await.assert_page().assert_says(MARK);
}
