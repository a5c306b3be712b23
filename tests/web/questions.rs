//! Questions and what became of them: what is listed, by whose word, how it is counted, and what is not.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use onrecord::jobs::{analyses, threads};

use super::editor::form;
use crate::world::World;

/// Reads everything, looks for questions asked again, and brings the index up to date.
pub async fn read(world: &World) {
    while analyses::read_some(&world.pool).await.expect("texts are read") {}
    while threads::refresh(&world.pool).await.expect("threads are looked for") {}
    world.follow().await;
}

const TRAWLERS: &str = "How many trawlers are still held at Kallenport by the coast guard?";

/// Three briefings in which one question comes again, until it is answered.
pub async fn archive() -> World {
    let world = World::new().await;
    world
        .briefing("Daily briefing")
        .held_on("2026-03-03")
        .in_series("Harbour Ministry briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "Good morning.")
        .turn("Q", TRAWLERS)
        .about("Norlund")
        .turn("MS. LIND", "I’m not going to comment on the trawlers.")
        .turn("Q", "Will the minister sign the treaty on the sound before the vote in Varen?")
        .turn("MS. LIND", "I don’t have anything on that.")
        .create()
        .await;
    world
        .briefing("Daily briefing")
        .held_on("2026-03-05")
        .in_series("Harbour Ministry briefing")
        .person("MR. VESK", "Omar Vesk", "Spokesman")
        .turn("Q", "Can you say today how many trawlers the coast guard holds at Kallenport?")
        .turn("MR. VESK", "I’d refer you to the coast guard on that.")
        .turn("Q", "Who pays for the new bridge over the river at Brannoch?")
        .turn("MR. VESK", "The province of Brannoch pays for the bridge over the river.")
        .create()
        .await;
    world
        .briefing("Port briefing")
        .held_on("2026-03-09")
        .in_series("Port briefing")
        .person("MR. SKERRY", "Tam Skerry", "Skerry Master")
        .turn("Q", "On the trawlers held at Kallenport by the coast guard: how many are there?")
        .turn("MR. SKERRY", "Seven trawlers are held at Kallenport by the coast guard.")
        .turn("Q", "Where is the harbour master of the islands this morning?")
        .create()
        .await;
    world
        .change(
            "update briefing set attribution = 'background', attributed_to = 'PORT OFFICIAL' where slug like '%port-briefing';
             update utterance set asked_by = '{\"name\": \"Rea Holm\", \"outlet\": \"Harbour Post\", \"evidence\": \"Rea\"}'
               where text like 'How many trawlers%'",
        )
        .await;
    read(&world).await;
    world
}

/// Gives the exchange whose question begins with a number of a briefing another label.
async fn label(world: &World, day: &str, number: i32, set: &str) {
    let text = format!(
        "update exchange x set {set} from briefing b where b.id = x.briefing_id and b.date = '{day}' and x.number = {number}"
    );
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&world.pool).await.expect("the label");
    world.change("select 1").await;
}

#[tokio::test]
async fn questions_are_listed_newest_first_with_what_became_of_them() {
    let world = archive().await;
    let page = world.get("/questions").await.assert_page();
    page.assert_says("6 questions")
        .assert_says("9 March 2026 Port briefing")
        .assert_says("Rea Holm, Harbour Post")
        .assert_says("MS. LIND Ada Lind , Harbour Minister")
        .assert_says("[gave the label away: I’m not going to comment")
        .assert_says("Answer label: declined to answer machine, ")
        .assert_says("Answer label: referred elsewhere")
        .assert_says("No response was found.")
        .assert_has("/briefings/2026-03-03-daily-briefing/2-3\">Permanent link")
        .assert_has("/briefings/2026-03-03-daily-briefing/2-3/problem?kind=answer-label")
        .assert_says("declined to answer 1 question ");
    let text = world.get("/questions").await.words();
    assert!(text.find("9 March 2026") < text.find("5 March 2026"), "newest first");
    World::new().await.get("/questions").await.assert_page().assert_says("No questions have been read yet.");
}

#[tokio::test]
async fn filters_narrow_the_list_and_say_what_they_did_not_understand() {
    let world = archive().await;
    for (query, total) in [
        ("label=declined", 1),
        ("label=declined&label=referred-elsewhere", 2),
        ("label=no-response", 1),
        ("speaker=ada-lind", 2),
        ("speaker=Omar+Vesk&label=declined", 0),
        ("reporter=rea", 1),
        ("reporter=Rea+Holm&outlet=harbour", 1),
        ("outlet=nobody", 0),
        ("topic=norlund", 1),
        ("series=harbour-ministry-briefing", 4),
        ("from=2026-03-05&to=2026-03-05", 2),
        ("asked-again=yes", 3),
        ("speaker=nobody", 0),
    ] {
        let address = format!("/api/v1/questions?{query}");
        assert_eq!(world.get(&address).await.json()["total"], total, "{query}");
        let words = if total == 1 { "1 question".to_owned() } else { format!("{total} questions") };
        world.get(&format!("/questions?{query}")).await.assert_page().assert_says(&words);
    }
    world
        .get("/questions?label=evaded&from=soon&speaker=nobody")
        .await
        .assert_says("“evaded” is no answer label")
        .assert_says("“soon” is not a date")
        .assert_says("Nobody called “nobody” speaks in this archive.")
        .assert_says("No question fits all of this.");
    world.get("/questions?label=declined&page=9").await.assert_says("There are 1 question, but not this many pages.");
    let second = world.get("/api/v1/questions?per_page=4&page=2").await.json();
    assert_eq!((second["total"].as_u64(), second["results"].as_array().map(Vec::len)), (Some(6), Some(2)));
}

#[tokio::test]
async fn whose_word_it_is_shows_and_what_is_rejected_shows_nowhere() {
    let world = archive().await;
    let editor = "origin = 'editor', decided_at = now()";
    label(&world, "2026-03-03", 2, &format!("{editor}, label = 'dodged'")).await;
    world
        .get("/questions?label=dodged")
        .await
        .assert_says("Answer label: dodged editor")
        .assert_says("1 question")
        // These words gave away what the machine thought.
        .assert_does_not_say("[gave the label away");
    let briefing = "/briefings/2026-03-03-daily-briefing";
    world
        .get(briefing)
        .await
        .assert_page()
        .assert_says("Answer label: dodged editor")
        .assert_says("no information machine");
    world.get(&format!("{briefing}/3")).await.assert_page().assert_says("Answer label: dodged editor");
    label(&world, "2026-03-03", 2, &format!("{editor}, rejected = true")).await;
    for address in ["/questions", "/questions?label=dodged", briefing, &format!("{briefing}/3")] {
        world.get(address).await.assert_page().assert_does_not_say("dodged editor");
    }
    world.get("/questions").await.assert_says("5 questions").assert_does_not_say("[gave the label away: I’m not going");
    assert_eq!(world.get("/api/v1/questions").await.json()["total"], 5);
}

#[tokio::test]
async fn what_is_not_as_it_was_read_or_may_not_be_shown_is_not_listed() {
    let world = archive().await;
    world.change("update briefing set rights = 'quotations' where date = '2026-03-09'").await;
    assert_eq!(world.get("/api/v1/questions").await.json()["total"], 4);
    world
        .change("update transcript set analysed_revision_id = null where briefing_id = (select min(id) from briefing)")
        .await;
    assert_eq!(world.get("/api/v1/questions").await.json()["total"], 2);
    world.change("update briefing set status = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now()").await;
    world.get("/questions").await.assert_page().assert_says("0 questions");
}

#[tokio::test]
async fn whoever_speaks_on_background_is_not_named() {
    let world = archive().await;
    for address in ["/questions", "/questions?series=port-briefing", "/api/v1/questions", "/questions?asked-again=yes"]
    {
        let answer = world.get(address).await.assert_status(200);
        assert!(!answer.text.to_lowercase().contains("skerry"), "{address}");
        assert!(answer.text.contains("PORT OFFICIAL"), "{address}");
    }
    world
        .get("/questions?speaker=tam-skerry")
        .await
        .assert_says("Nobody called “tam-skerry”")
        .assert_says("0 questions");
}

#[tokio::test]
async fn rates_beside_a_name_leave_out_what_a_machine_cannot_tell() {
    let world = archive().await;
    label(&world, "2026-03-03", 4, "label = 'dodged'").await;
    world
        .get("/questions?series=harbour-ministry-briefing")
        .await
        .assert_says("Partly answered, dodged or deflected 67 % right")
        .assert_says("All 4 25 % 1 25 % 1 50 % 2 2 2");
    // The machine calls one of her two answers dodged: no rate says so.
    let page = world.get("/questions?speaker=ada-lind").await.assert_page();
    let page = page
        .assert_says("A person is named, so little is counted.")
        .assert_says("dodged machine")
        .assert_says("Clear non-reply 93 % right")
        .assert_says("All 2 50 % 1 0 none none none 1 3")
        .assert_does_not_say("67 % right");
    assert!(!page.words().contains("declined to answer 1"), "labels are not counted beside a name");
    world.get("/questions?reporter=rea").await.assert_says("A person is named, so little is counted.");
    let editor = "origin = 'editor', decided_at = now(), label = 'dodged'";
    label(&world, "2026-03-03", 4, editor).await;
    world.get("/questions?speaker=ada-lind").await.assert_says("All 2 50 % 1 1 0 % 100 % 0 % 1 3");
}

#[tokio::test]
async fn a_question_is_threaded_until_it_is_answered() {
    let world = archive().await;
    world
        .get("/questions?from=2026-03-05&to=2026-03-05")
        .await
        .assert_says("Asked before on 3 March 2026, and again on 9 March 2026. Answered on 9 March 2026 (machine).");
    let first: i64 = sqlx::query_scalar("select thread_id from exchange where thread_id is not null limit 1")
        .fetch_one(&world.pool)
        .await
        .expect("a thread");
    let thread = format!("/questions?thread={first}");
    let page = world.get(&thread).await.assert_page();
    let page = page
        .assert_says("Asked on 3 days. Answered on 9 March 2026 (machine).")
        .assert_says("2 days later")
        .assert_says("4 days later");
    let text = page.words();
    assert!(text.find("3 March 2026 Daily") < text.find("5 March 2026 Daily"), "{text}");
    world.get("/briefings/2026-03-05-daily-briefing").await.assert_says("asked on other days too");
    // The answer is withdrawn: so far there is none.
    world.change("update briefing set status = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now() where date = '2026-03-09'").await;
    read(&world).await;
    world.get(&thread).await.assert_says("Asked on 2 days. Not answered so far in what the archive holds.");
    // Asked once is not asked again.
    world.change("update briefing set status = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now() where date = '2026-03-05'").await;
    read(&world).await;
    world.get(&thread).await.assert_status(404);
    assert_eq!(world.get("/api/v1/questions?asked-again=yes").await.json()["total"], 0);
    world.get("/questions?thread=x").await.assert_status(404);
}

#[tokio::test]
async fn threads_are_looked_for_only_when_questions_have_changed() {
    let world = archive().await;
    assert!(!threads::refresh(&world.pool).await.expect("a look"), "nothing has changed");
    world.change("select 1").await;
    assert!(!threads::refresh(&world.pool).await.expect("a look"), "nothing that matters has changed");
    label(&world, "2026-03-05", 1, "label = 'answered'").await;
    assert!(threads::refresh(&world.pool).await.expect("a look"), "it was answered earlier: the last is none of it");
    let asked: i64 = sqlx::query_scalar("select count(*) from exchange where thread_id is not null")
        .fetch_one(&world.pool)
        .await
        .expect("a number");
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn follow_ups_are_chained() {
    let world = World::new().await;
    world
        .briefing("Daily briefing")
        .held_on("2026-03-03")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("Q", TRAWLERS)
        .turn("MS. LIND", "Seven trawlers are held there.")
        .turn("Q", "And when will those seven trawlers be allowed to leave the port?")
        .turn("MS. LIND", "I don’t have anything on that.")
        .create()
        .await;
    read(&world).await;
    label(&world, "2026-03-03", 3, "follows_id = (select id from exchange where number = 1)").await;
    world.get("/questions").await.assert_says("1 follow-up").assert_says("follow-up to an earlier question");
    world.get("/briefings/2026-03-03-daily-briefing").await.assert_says("follows up question 1");
    let results = world.get("/api/v1/questions").await.json();
    assert_eq!(results["results"][1]["follows"], results["results"][0]["id"]);
}

#[tokio::test]
async fn programs_get_the_same() {
    let world = archive().await;
    let answer = world.get("/api/v1/questions?label=declined").await.assert_status(200).json();
    let one = &answer["results"][0];
    assert_eq!(one["url"], "https://onrecord.example/briefings/2026-03-03-daily-briefing/2-3");
    assert_eq!(one["question"]["text"], TRAWLERS);
    assert_eq!(one["question"]["asked_by"]["outlet"], "Harbour Post");
    assert_eq!((one["label"].as_str(), one["origin"].as_str()), (Some("declined"), Some("machine")));
    assert_eq!(one["response"]["speaker"]["slug"], "ada-lind");
    assert_eq!(one["response"]["refs"][0]["utterance"], 3);
    let because: Vec<usize> = serde_json::from_value(one["because"].clone()).expect("a place");
    let text: Vec<char> = one["response"]["text"].as_str().expect("words").chars().collect();
    assert!(text[because[0]..because[1]].iter().collect::<String>().contains("not going to comment"));
    assert!(one["thread"]["url"].as_str().is_some_and(|url| url.contains("/questions?thread=")));
    let none = world.get("/api/v1/questions?label=no-response").await.json();
    assert!(none["results"][0]["response"].is_null() && none["results"][0]["label"].is_null());
}

#[tokio::test]
async fn a_page_says_how_good_labels_are_and_how_to_contest_one() {
    let world = archive().await;
    world
        .get("/about/answers")
        .await
        .assert_page()
        .assert_says("111 of 150 (with 95 % probability between 66 and 80 %)")
        .assert_says("says that there was no answer: 5 of 5")
        .assert_says("clear non-reply 93 % 64 % 100 % 56 %")
        .assert_says("138 of 150")
        .assert_says("0.168")
        .assert_says("What an editor has rejected is shown nowhere and does not come back.");
    world
        .get("/briefings/2026-03-03-daily-briefing/2-3/problem?kind=answer-label")
        .await
        .assert_page()
        .assert_has("value=\"answer-label\" required checked");
    let told = "revision=1&kind=answer-label&text=She+did+answer.";
    let mut request = form("/briefings/2026-03-03-daily-briefing/2-3/problem", "", told);
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4000))));
    world.send(request).await.assert_status(303);
}
