//! Editors look after topics: terms are tried out first, and the archive is tagged anew behind them.

use onrecord::analysis::topics::all;
use onrecord::jobs::topics::tag_some;
use onrecord::store::topics;

use super::editor::{look, press_button, sign_in};
use crate::world::{Answer, World};

/// Three briefings that nobody has tagged.
async fn archive() -> World {
    let world = World::new().await;
    let gazetteer: Vec<_> = all().iter().map(|topic| (topic.slug, topic.name, topic.kind)).collect();
    let mut conn = world.pool.acquire().await.expect("a connection");
    topics::sync(&mut conn, &gazetteer).await.expect("the topics");
    drop(conn);
    for (date, words) in [
        ("2026-03-01", "The Old Harbour is open again, said people from Iran."),
        ("2026-03-02", "The harbours of the north are closed."),
        ("2026-03-03", "The Old Harbour stadium has a new roof."),
    ] {
        world
            .briefing("Briefing")
            .held_on(date)
            .person("MS. LIND", "Ada Lind", "Harbour Minister")
            .turn("MS. LIND", words)
            .turn("Q", "Is that so?")
            .create()
            .await;
    }
    world
}

/// As the server does beside its requests.
async fn tag_all(world: &World) {
    while tag_some(&world.pool).await.expect("it is tagged") {}
    world.follow().await;
}

async fn send(world: &World, editor: &str, slug: &str, fields: &str) -> Answer {
    press_button(world, &format!("/editor/topics/{slug}"), editor, fields).await
}

async fn total(world: &World, topic: &str) -> i64 {
    let found = world.get(&format!("/api/v1/search?topic={topic}")).await.json();
    found["total"].as_i64().expect("a number")
}

#[tokio::test]
async fn terms_are_tried_out_saved_and_found() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    let made = press_button(&world, "/editor/topics", &editor, "name=Harbours&kind=issue").await;
    made.assert_redirects_to("/editor/topics/harbours");
    let fields = "english=harbour%0D%0AOld+Harbour+!+stadium&spanish=";
    let tried = send(&world, &editor, "harbours", &format!("act=try&{fields}")).await.assert_page();
    let tried = tried
        .assert_says("This would tag 2 utterances that are not tagged now. Nothing is saved yet.")
        .assert_says("The [match: harbours ] of the north are closed.")
        .assert_has("Old Harbour ! stadium</textarea>");
    assert!(!tried.words().contains("new roof"), "the longer term counts, and is excluded");
    assert_eq!(total(&world, "harbours").await, 0, "nothing is saved");
    send(&world, &editor, "harbours", &format!("act=save&{fields}")).await.assert_status(303);
    look(&world, &editor, "/editor/topics/harbours").await.assert_says("being tagged anew: 3 briefings are left.");
    tag_all(&world).await;
    look(&world, &editor, "/editor/topics/harbours").await.assert_does_not_say("being tagged anew");
    assert_eq!(total(&world, "harbours").await, 2);
    assert_eq!(total(&world, "iran").await, 1, "and with the gazetteer");
    world.get("/topics/harbours").await.assert_says("2 utterances mention it.").assert_says("Ada Lind 2 turns");
    // A correction is tagged with the same terms.
    let correction = "act=words&revision=1&number=2&compared=yes&reason=Heard+again.&text=Is+the+harbour+safe%3F";
    press_button(&world, "/editor/briefings/2026-03-03-briefing/correct", &editor, correction).await.assert_status(303);
    assert_eq!(total(&world, "harbours").await, 3);
    let fewer = "act=try&english=Old+Harbour&spanish=";
    send(&world, &editor, "harbours", fewer)
        .await
        .assert_says("that is not tagged now, and untag 2 . Nothing is saved yet.")
        .assert_says("What would not be tagged any more");
    look(&world, &editor, "/editor/audit").await.assert_says("topic.terms topic Harbours · terms 2 · off 0");
}

#[tokio::test]
async fn terms_that_would_tag_everything_are_refused_and_kept() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    press_button(&world, "/editor/topics", &editor, "name=Harbours&kind=issue").await.assert_status(303);
    for (terms, sentence) in [
        ("dam%0D%0Athe", "“the” stands in every text"),
        ("x", "“x” is too short"),
        (&"y".repeat(101), "is too long"),
        ("%00%21+%3C", "is too short"),
    ] {
        for act in ["try", "save"] {
            send(&world, &editor, "harbours", &format!("act={act}&english={terms}&spanish=dique"))
                .await
                .assert_status(422)
                .assert_says(sentence)
                .assert_has("dique</textarea>");
        }
    }
    let many = (0..4000).map(|n| format!("dam+number+{n}")).collect::<Vec<_>>().join("%0A");
    send(&world, &editor, "harbours", &format!("act=save&english={many}&spanish=")).await.assert_status(303);
    look(&world, &editor, "/editor/topics").await.assert_says("Harbours ours 4,000 terms of ours");
}

#[tokio::test]
async fn a_term_of_the_gazetteer_is_switched_off_and_on() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    send(&world, &editor, "iran", "act=save&english=&spanish=").await.assert_status(303);
    tag_all(&world).await;
    assert_eq!(total(&world, "iran").await, 1);
    let off = "english=&spanish=&off=en%3AIran";
    send(&world, &editor, "iran", &format!("act=try&{off}"))
        .await
        .assert_says("This would untag 1 utterance , and tag no other.")
        .assert_says("said people from [match: Iran ]");
    send(&world, &editor, "iran", &format!("act=save&{off}")).await.assert_status(303);
    tag_all(&world).await;
    assert_eq!(total(&world, "iran").await, 0);
    look(&world, &editor, "/editor/topics/iran").await.assert_has("value=\"en:Iran\" checked");
    send(&world, &editor, "iran", "act=remove").await.assert_status(422).assert_says("part of the gazetteer and stays");
    send(&world, &editor, "iran", "act=save&english=&spanish=").await.assert_status(303);
    tag_all(&world).await;
    assert_eq!(total(&world, "iran").await, 1);
}

#[tokio::test]
async fn a_renamed_topic_leads_on_and_a_removed_one_leads_away() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    press_button(&world, "/editor/topics", &editor, "name=Harbours&kind=issue").await.assert_status(303);
    send(&world, &editor, "harbours", "act=save&english=harbour&spanish=").await.assert_status(303);
    tag_all(&world).await;
    send(&world, &editor, "harbours", "act=rename&name=Iran").await.assert_status(422).assert_says("Another topic");
    send(&world, &editor, "harbours", "act=rename&name=Ports").await.assert_redirects_to("/editor/topics/ports");
    world.get("/topics/harbours").await.assert_redirects_to("/topics/ports");
    world.get("/api/v1/topics/harbours").await.assert_redirects_to("/api/v1/topics/ports");
    world.get("/speakers/ada-lind/topics/harbours").await.assert_redirects_to("/speakers/ada-lind/topics/ports");
    assert_eq!(total(&world, "harbours").await, 3);
    // The gazetteer keeps its terms under another name.
    send(&world, &editor, "iran", "act=rename&name=Persia").await.assert_status(303);
    let gazetteer: Vec<_> = all().iter().map(|topic| (topic.slug, topic.name, topic.kind)).collect();
    topics::sync(&mut world.pool.acquire().await.expect("a connection"), &gazetteer).await.expect("the topics");
    assert_eq!(total(&world, "persia").await, 1);
    world.get("/topics/iran").await.assert_redirects_to("/topics/persia");
    send(&world, &editor, "ports", "act=remove").await.assert_redirects_to("/editor/topics");
    tag_all(&world).await;
    world.get("/topics/ports").await.assert_redirects_to("/topics");
    world.get("/topics/harbours").await.assert_redirects_to("/topics");
    look(&world, &editor, "/editor/topics").await.assert_does_not_say("Ports");
}

#[tokio::test]
async fn tagging_anew_goes_on_where_it_was_stopped() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    for day in 1..=50 {
        let briefing = world.briefing(&format!("Daily {day}")).turn("Q", "Is the quay dry?");
        briefing.create().await;
    }
    press_button(&world, "/editor/topics", &editor, "name=Quays&kind=issue").await.assert_status(303);
    send(&world, &editor, "quays", "act=save&english=quay&spanish=").await.assert_status(303);
    assert!(tag_some(&world.pool).await.expect("some are tagged"));
    look(&world, &editor, "/editor/topics/quays").await.assert_says("13 briefings are left.");
    tag_all(&world).await;
    assert_eq!(total(&world, "quays").await, 50);
}

#[tokio::test]
async fn what_a_topic_is_stays_what_an_editor_says() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    send(&world, &editor, "iran", "act=kind&kind=issue").await.assert_redirects_to("/editor/topics/iran");
    send(&world, &editor, "iran", "act=kind&kind=issue").await.assert_status(422).assert_says("It is so already.");
    send(&world, &editor, "iran", "act=kind&kind=planet").await.assert_status(400);
    let gazetteer: Vec<_> = all().iter().map(|topic| (topic.slug, topic.name, topic.kind)).collect();
    topics::sync(&mut world.pool.acquire().await.expect("a connection"), &gazetteer).await.expect("the topics");
    look(&world, &editor, "/editor/topics/iran").await.assert_page().assert_has("value=\"issue\" selected");
    look(&world, &editor, "/editor/audit?act=topic.kind").await.assert_says("1 entry.").assert_says("kind issue");
}
