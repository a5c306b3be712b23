//! Corrections: what an editor does on the pages, and what readers and programs are told of it.

use super::editor::{drafts, look, press_button, sign_in};
use super::small_archive;
use crate::world::World;

const SLUG: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";

/// An act on the harbour briefing, by form.
async fn send(world: &World, editor: &str, fields: &str) -> crate::world::Answer {
    press_button(world, &format!("/editor/briefings/{SLUG}/correct"), editor, fields).await
}

const WORDS: &str = "act=words&revision=1&number=7&compared=yes&reason=Heard+again+on+the+recording.\
                     &text=Forty+billions,+not+forty+thousands.";

#[tokio::test]
async fn a_corrected_word_is_found_shown_and_told_when_the_request_returns() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    look(&world, &editor, &format!("/editor/briefings/{SLUG}/7"))
        .await
        .assert_page()
        .assert_says("Published: readers see every correction at once")
        .assert_has("Forty millions, not forty thousands.</textarea>");
    send(&world, &editor, WORDS).await.assert_redirects_to(&format!("/editor/briefings/{SLUG}/7"));
    world.get("/search?q=billions").await.assert_says("Forty [match: billions ]");
    world.get("/search?q=millions").await.assert_says("Nothing found");
    world.get(&format!("/briefings/{SLUG}")).await.assert_says("Forty billions").assert_says("revision 2 · History");
    world
        .get(&format!("/briefings/{SLUG}/history"))
        .await
        .assert_page()
        .assert_says(
            "Revision 2 · Our correction 22 November 2026, 12:00 p.m. UTC , by an editor Heard again on the recording.",
        )
        .assert_says("Revision 1 · As it came in");
    world
        .get(&format!("/briefings/{SLUG}/changes/1..2"))
        .await
        .assert_page()
        .assert_says("Turn 7: millions became billions .")
        .assert_says("Forty [taken out: millions ] [put in: billions ] , not forty thousands.");
    world
        .get(&format!("/briefings/{SLUG}/7?revision=1"))
        .await
        .assert_says("This is revision 1.")
        .assert_says("These very words have changed since.")
        .assert_has(&format!("href=\"/briefings/{SLUG}/changes/1..2\""));
    world.get(&format!("/briefings/{SLUG}/2?revision=1")).await.assert_says("These words are still the same.");
    world
        .get("/corrections")
        .await
        .assert_says("Our correction · 22 November 2026")
        .assert_says("Heard again on the recording.");
    let feed = world.get("/feeds/corrections.atom").await.assert_status(200);
    assert!(feed.text.contains("<summary>Our correction: Heard again on the recording.</summary>"), "{}", feed.text);
    world.get("/about/integrity").await.assert_page().assert_says("Entries 1");
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_and_keeps_what_they_wrote() {
    let world = small_archive().await;
    let (first, second) = (sign_in(&world).await, sign_in(&world).await);
    send(&world, &first, WORDS).await.assert_status(303);
    let late = WORDS.replace("Forty+billions", "Some+%3Cb%3Emillions").replace("Heard+again", "I+read+it+again");
    send(&world, &second, &late)
        .await
        .assert_status(409)
        .assert_says("Nothing was written. Revision 2 was made while you were writing")
        .assert_says("Turn 7: millions became billions .")
        .assert_has("Some &#60;b&#62;millions, not forty thousands.</textarea>")
        .assert_has("value=\"I read it again on the recording.\"")
        .assert_has("name=\"revision\" value=\"2\"");
    world.get(&format!("/briefings/{SLUG}/7")).await.assert_says("Forty billions");
    // Looked at again, and sent from what stands there now.
    send(&world, &second, &late.replace("revision=1", "revision=2")).await.assert_status(303);
    world.get(&format!("/briefings/{SLUG}/changes/1..3")).await.assert_says("Turn 7: Forty became Some <b> .");
}

#[tokio::test]
async fn whoever_wrote_on_a_turn_that_was_joined_meanwhile_still_has_their_words() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    send(&world, &editor, "act=join&revision=1&number=3&reason=One+answer.").await.assert_status(303);
    send(&world, &editor, "act=words&revision=1&number=4&reason=Heard.&text=The+dyke+is+safe.")
        .await
        .assert_status(409)
        .assert_says("Turn 3 was joined with turn 4, whose number leads to it.")
        .assert_says("What you wrote The dyke is safe.");
    world.get(&format!("/briefings/{SLUG}/4")).await.assert_redirects_to(&format!("/briefings/{SLUG}/3"));
}

#[tokio::test]
async fn every_refusal_says_what_to_do() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let against = WORDS.replace("&compared=yes", "");
    let stories = [
        (against.as_str(), "tick that you compared them; else add a note"),
        ("act=words&revision=1&number=7&text=x&compared=yes", "Say why, in a sentence"),
        ("act=words&revision=1&number=7&text=+&reason=x&compared=yes", "There must be words."),
        ("act=voice&revision=1&number=1&label=Q&reason=x", "A heading or a note has no label."),
        ("act=voice&revision=1&number=2&label=MS.+LIND&reason=x", "It is so already."),
        ("act=split&revision=1&number=4&begins=dyke&reason=x", "Copy the first words of the second part."),
        ("act=split&revision=1&number=4&begins=e&reason=x", "Copy some more of what follows them."),
        ("act=join&revision=1&number=7&reason=x", "There is no next turn of the same kind."),
        ("act=describe&revision=1&title=+&reason=x", "There must be words."),
        ("act=republish&revision=1&reason=x", "It is not withdrawn"),
    ];
    for (fields, says) in stories {
        send(&world, &editor, fields).await.assert_status(422).assert_says(says);
    }
    send(&world, &editor, "act=erase&revision=1&reason=x")
        .await
        .assert_status(400)
        .assert_says("The form is incomplete.");
    send(&world, &editor, "act=describe&revision=1&title=x&date=March&reason=x").await.assert_status(400);
    press_button(&world, "/editor/briefings/nothing/correct", &editor, WORDS).await.assert_status(404);
    send(&world, "", WORDS).await.assert_status(403);
    look(&world, "", &format!("/editor/briefings/{SLUG}")).await.assert_status(303);
    look(&world, "", &format!("/editor/briefings/{SLUG}/7")).await.assert_status(303);
    world.get(&format!("/briefings/{SLUG}/history")).await.assert_says("Nothing was corrected.");
}

#[tokio::test]
async fn what_is_withdrawn_or_a_draft_leaves_no_trace() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let [draft, _] = drafts(&world).await;
    let address = format!("/editor/briefings/{draft}/correct");
    let correct = "act=voice&revision=1&number=1&label=MR.+TIDE&reason=Secret.";
    press_button(&world, &address, &editor, correct).await.assert_status(303);
    look(&world, &editor, &format!("/editor/drafts/{draft}")).await.assert_says("MR. TIDE The tide is out.");
    send(&world, &editor, WORDS).await.assert_status(303);
    send(&world, &editor, "act=withdraw&revision=2&reason=Not+ours+to+publish.").await.assert_status(303);
    world.get("/corrections").await.assert_says("Nothing that is published was corrected so far.");
    let feed = world.get("/feeds/corrections.atom").await;
    assert!(!feed.text.contains("<entry>"), "{}", feed.text);
    for slug in [SLUG, &draft] {
        for page in ["history", "changes/1..2", "7?revision=1"] {
            world.get(&format!("/briefings/{slug}/{page}")).await.assert_status(404);
        }
        world.get(&format!("/api/v1/changed?link=/briefings/{slug}/1?revision=1")).await.assert_status(404);
    }
    world.get(&format!("/briefings/{SLUG}")).await.assert_says("Not ours to publish.");
    look(&world, &editor, &format!("/editor/briefings/{SLUG}")).await.assert_page().assert_says("Put it back");
    send(&world, &editor, "act=republish&revision=3&reason=It+was+ours.").await.assert_status(303);
    world.get("/corrections").await.assert_says("It was ours.").assert_says("Withdrawn").assert_does_not_say("Secret.");
}

#[tokio::test]
async fn programs_ask_whether_what_they_cited_has_changed() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    let asked = |link: &str| format!("/api/v1/changed?link=https://onrecord.example/briefings/{SLUG}{link}");
    let same = world.get(&asked("/7?revision=1")).await.assert_status(200).json();
    assert_eq!((same["changed"].as_bool(), same["difference"].as_str()), (Some(false), None));
    send(&world, &editor, WORDS).await.assert_status(303);
    let answer = world.get(&asked("/7?revision=1")).await.assert_status(200).json();
    assert_eq!(answer["changed"], true);
    assert_eq!(answer["changes"][0]["edits"][0], serde_json::json!({"was": "millions", "is": "billions"}));
    assert_eq!(answer["difference"], format!("https://onrecord.example/briefings/{SLUG}/changes/1..2"));
    assert_eq!(world.get(&asked("/6-7?revision=1")).await.json()["changed"], true);
    assert_eq!(world.get(&asked("?revision=1")).await.json()["changed"], true);
    assert_eq!(world.get(&asked("/2?revision=1")).await.json()["changed"], false);
    world.get(&asked("/7")).await.assert_status(400).assert_says("with the revision it was cited from");
    world.get("/api/v1/changed").await.assert_status(400);
    world.get(&asked("/70?revision=1")).await.assert_status(404);
    world.get(&asked("/7?revision=9")).await.assert_status(404);
}
