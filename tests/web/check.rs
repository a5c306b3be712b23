//! Did they say it?

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::small_archive;
use crate::world::{Answer, World};

const BRIEFING: &str = "https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

async fn check(world: &World, request: Value) -> Value {
    post(world, request.to_string()).await.assert_status(200).json()
}

async fn post(world: &World, body: String) -> Answer {
    let request = Request::post("/api/v1/check").header("content-type", "application/json");
    world.send(request.body(Body::from(body)).expect("a request")).await
}

async fn send_form(world: &World, form: &str) -> Answer {
    let request = Request::post("/check").header("content-type", "application/x-www-form-urlencoded");
    world.send(request.body(Body::from(form.to_owned())).expect("a request")).await
}

/// An archive in which two people say, ask and take up things about a canal.
async fn canal() -> World {
    let world = World::new().await;
    world
        .briefing("Canal briefing")
        .held_on("2026-05-04")
        .in_series("Canal briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .person("MR. VESK", "Omar Vesk", "Spokesman")
        .turn("Q", "Is it true that the whole northern lock was built without a permit?")
        .turn(
            "MS. LIND",
            "The canal will not be widened before the elections. We have 40 engineers at work on the northern lock, \
             and they are paid by the province.",
        )
        .turn("MR. VESK", "Some people say, “the minister has sold the canal to her cousin.” That is a fairy tale.")
        .turn("MS. LIND", "Nobody in my family owns a single share of any company that works along the canal.")
        .create()
        .await;
    world
}

#[tokio::test]
async fn words_said_so_are_verbatim_whatever_the_typography() {
    let world = small_archive().await;
    for quote in [
        "The dam in Norlund is safe",
        "“the dam … in NORLUND is safe. We measured the levels twice”",
        "[The] dam in\u{a0}Norlund is safe — we measured the levels twice.",
    ] {
        let answer = check(&world, json!({ "quote": quote, "speaker": "Ada Lind" })).await;
        assert_eq!(answer["verdict"], "verbatim", "{quote}: {answer}");
        let passage = &answer["passages"][0];
        assert_eq!(passage["url"], format!("{BRIEFING}/4"));
        assert_eq!((&passage["label"], &passage["number"]), (&json!("MS. LIND"), &json!(4)));
        assert_eq!(passage["speaker"]["office"], "Harbour Minister");
        assert_eq!(passage["before"]["text"], "Is the dam in Norlund safe?");
        assert_eq!(passage["briefing"]["date"], "2026-03-10");
        assert_eq!(answer["warnings"], json!([]));
    }
    let answer = check(&world, json!({ "quote": "The dam in Norlund is safe. We measured the levels twice." })).await;
    assert_eq!(answer["passages"][0]["spans"], json!([[0, 68]]), "the laughter is passed over");
}

#[tokio::test]
async fn what_was_changed_is_said_and_a_lost_not_is_called_out() {
    let world = canal().await;
    let answer = check(&world, json!({ "quote": "The canal will be widened before the elections." })).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("altered"), &json!(["negation"])));
    let difference = &answer["passages"][0]["differences"][0];
    assert_eq!((&difference["was"], &difference["is"]), (&json!("not"), &json!("")));
    let answer = check(&world, json!({ "quote": "We have 400 engineers at work on the northern lock" })).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("altered"), &json!(["number"])));

    world
        .get("/check?quote=The+canal+will+be+widened+before+the+elections")
        .await
        .assert_page()
        .assert_says("Altered Ada Lind said something very like this on 4 May 2026, but not in these words.")
        .assert_says("A “not” was lost or added: that turns the meaning round.")
        .assert_says("“not” is left out");
}

#[tokio::test]
async fn of_many_places_three_are_shown_and_the_others_are_one_step_away() {
    let world = World::new().await;
    for day in 1..=5 {
        world
            .briefing("Tide briefing")
            .held_on(&format!("2026-04-0{day}"))
            .person("MS. LIND", "Ada Lind", "Harbour Minister")
            .turn("MS. LIND", "The tide waits for nobody in this harbour.")
            .create()
            .await;
    }
    let page = world.get("/check?quote=The+tide+waits+for+nobody+in+this+harbour").await.assert_page();
    let (before, behind) = page.text.split_once("<summary>2 more places</summary>").expect("the others");
    assert_eq!((before.matches("result place").count(), behind.matches("result place").count()), (3, 2));
    page.assert_has("<title>Word for word: check a quotation · Onrecord</title>");
}

#[tokio::test]
async fn whose_words_they_are_is_told_apart() {
    let world = canal().await;
    let verdict = async |quote: &str, speaker: &str| {
        check(&world, json!({ "quote": quote, "speaker": speaker })).await["verdict"].as_str().map(str::to_owned)
    };
    let lock = "the whole northern lock was built without a permit";
    let share = "Nobody in my family owns a single share of any company";
    let cousin = "the minister has sold the canal to her cousin";
    assert_eq!(verdict(lock, "Ada Lind").await.as_deref(), Some("in-question"));
    assert_eq!(verdict(share, "Omar Vesk").await.as_deref(), Some("other-speaker"));
    assert_eq!(verdict(share, "Minister Lind").await.as_deref(), Some("verbatim"));
    assert_eq!(verdict(share, "somebody-unknown").await.as_deref(), Some("other-speaker"));
    assert_eq!(verdict(cousin, "Omar Vesk").await.as_deref(), Some("quoted"));
    let spliced = "they are paid by the province and they own a single share of any company that works along the canal";
    assert_eq!(verdict(spliced, "ada-lind").await.as_deref(), Some("spliced"));
}

#[tokio::test]
async fn where_the_record_names_nobody_it_is_left_open_who_spoke() {
    let world = World::new().await;
    let words = "we will build nine locks on the canal";
    world.briefing("Captions of the debate").held_on("2026-04-02").paragraph(words).create().await;
    let asked = |quote: &str| json!({ "quote": quote, "speaker": "Ada Lind" });
    let answer = check(&world, asked("We will build nine locks on the canal.")).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("verbatim"), &json!(["speaker"])));
    assert_eq!(
        answer["statement"],
        "These words stand in a text on 2 April 2026 that names no speaker here: it does not show whether Ada Lind said them."
    );
    let answer = check(&world, asked("We will build ten locks on the canal.")).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("altered"), &json!(["number", "speaker"])));
}

#[tokio::test]
async fn what_is_not_found_comes_with_what_the_archive_holds() {
    let world = canal().await;
    let request =
        json!({ "quote": "Every ferry will carry a brass band from now on", "speaker": "Ada Lind", "from": "2026" });
    let answer = check(&world, request).await;
    assert_eq!((&answer["verdict"], &answer["passages"]), (&json!("not-found"), &json!([])));
    assert_eq!(answer["coverage"]["briefings"], 1);
    world
        .get("/check?quote=Every+ferry+will+carry+a+brass+band+from+now+on&speaker=Ada+Lind")
        .await
        .assert_page()
        .assert_says("The archive holds no such words of Ada Lind, nor of anybody else.")
        .assert_says("The archive holds 1 briefing in which Ada Lind speaks")
        .assert_says("Look for something like it: what Ada Lind said with “");
}

#[tokio::test]
async fn words_said_on_other_days_are_found_and_that_is_said() {
    let world = canal().await;
    let quote = "they are paid by the province";
    let answer = check(&world, json!({ "quote": quote, "from": "2026-05-04", "to": "2026-05-04" })).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("verbatim"), &json!([])));
    let answer = check(&world, json!({ "quote": quote, "from": "2026-06" })).await;
    assert_eq!((&answer["verdict"], &answer["warnings"]), (&json!("verbatim"), &json!(["date"])));
}

#[tokio::test]
async fn every_quotation_of_an_article_is_checked() {
    let world = canal().await;
    let article = "The minister spoke to some forty reporters on the quay on Monday, and it was not the first time that \
        she had to. “The canal will not be widened before the elections,” she said, “and they are paid by the province.” \
        A neighbour who did not want to be named told this newspaper that \"the whole harbour is full of brass bands\".";
    let answer = check(&world, json!({ "quote": article })).await;
    let verdicts: Vec<&str> =
        answer["quotations"].as_array().expect("quotations").iter().filter_map(|one| one["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["verbatim", "not-found"]);
    let form: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("quote", &article.repeat(5)).finish();
    send_form(&world, &form)
        .await
        .assert_page()
        .assert_says("Of 10 quotations in marks the archive holds 5 word for word");
}

#[tokio::test]
async fn a_short_quotation_gets_an_address_and_mistakes_are_explained() {
    let world = small_archive().await;
    send_form(&world, "quote=The+dam+is+safe&speaker=&from=2026&to=")
        .await
        .assert_redirects_to("/check?quote=The+dam+is+safe&from=2026");
    world.get("/check?quote=dam&from=soon").await.assert_page().assert_says("“soon” is not a date");
    world.get("/check").await.assert_page().assert_says("Did they say it?");
    world.get("/check?quote=%22%E2%80%A6%22").await.assert_page().assert_says("Not found");
    for (body, status) in
        [("{}", 400), ("{", 400), ("{\"quote\": 3}", 400), ("{\"quote\": \"dam\", \"to\": \"x\"}", 400)]
    {
        let answer = post(&world, body.to_owned()).await.assert_status(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let long = json!({ "quote": "word ".repeat(5_000) }).to_string();
    let said = post(&world, long).await.assert_status(400).json()["detail"].as_str().map(str::to_owned);
    assert!(said.expect("a sentence").contains("4000 characters"));
}

#[tokio::test]
async fn reports_drafts_and_withdrawn_briefings_prove_nothing() {
    let world = small_archive().await;
    let secret = "the secret tunnel is nearly finished by now";
    let turn = format!("Well, {secret}, as you know.");
    let briefing = || world.briefing("Not public").person("MS. LIND", "Ada Lind", "Minister").turn("MS. LIND", &turn);
    briefing().draft().create().await;
    briefing().held_on("2026-01-01").withdrawn().create().await;
    for quote in [secret, "The dam is safe, the minister said."] {
        assert_eq!(check(&world, json!({ "quote": quote })).await["verdict"], "not-found", "{quote}");
    }
}

#[tokio::test]
async fn words_begun_again_are_quoted_once_and_a_lost_not_is_not_among_them() {
    let world = World::new().await;
    world
        .briefing("Ferry briefing")
        .held_on("2026-05-04")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn(
            "MS. LIND",
            "The — the ferry is not — is not going to sail in the storm, and the harb- — the harbour is shut.",
        )
        .create()
        .await;
    let verdict = async |quote: &str| check(&world, json!({ "quote": quote })).await;
    for quote in ["the ferry is not going to sail in the storm, and the harbour is shut", "The — the ferry is not"] {
        assert_eq!(verdict(quote).await["verdict"], "verbatim", "{quote}");
    }
    for quote in ["the ferry is going to sail in the storm", "the ferry is — is not going to sail in the storm"] {
        let answer = verdict(quote).await;
        assert_eq!((&answer["verdict"], &answer["warnings"][0]), (&json!("altered"), &json!("negation")), "{quote}");
    }
}

#[tokio::test]
async fn a_request_that_makes_no_sense_is_refused_with_a_reason() {
    let world = small_archive().await;
    let reversed = json!({ "quote": "The dam in Norlund is safe", "from": "2026-12-01", "to": "2026-01-01" });
    let answer: Value = post(&world, reversed.to_string()).await.assert_status(400).json();
    assert!(answer["detail"].as_str().is_some_and(|why| why.contains("comes after the last")), "{answer}");
    let endless = json!({ "quote": "The dam in Norlund is safe", "speaker": "Ada ".repeat(10_000) });
    let answer: Value = post(&world, endless.to_string()).await.assert_status(400).json();
    assert!(answer["detail"].as_str().is_some_and(|why| why.contains("200 characters")), "{answer}");
}
