//! Programs of editors publish, correct and withdraw, ask again, and are told what went wrong.

use axum::body::Body;
use axum::http::Request;
use onrecord::auth::tokens;
use onrecord::domain::{AccountId, AccountRole, Actor, TokenScope};
use serde_json::{Value, json};

use super::editor::{TOMORROW, drafts, followed, session};
use super::small_archive;
use crate::world::{Answer, World};

const SLUG: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";
const URL: &str = "https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

/// The header of a token of an account that is there.
pub async fn token(world: &World, account: i64, scope: TokenScope) -> String {
    let actor = Actor { account: Some(AccountId(account)), name: String::new() };
    let begun = "2026-11-22T11:00:00Z".parse().expect("a moment");
    format!("Bearer {}", tokens::make(&world.pool, &actor, "robot", scope, 1, begun).await.expect("a token"))
}

async fn editor(world: &World) -> String {
    session(world, "ada@harbour.example", AccountRole::Editor, TOMORROW).await;
    token(world, 1, TokenScope::Edit).await
}

fn post(bearer: &str, path: &str, key: &str, body: &Value) -> Request<Body> {
    let request = Request::post(path).header("authorization", bearer).header("content-type", "application/json");
    let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
    request.body(Body::from(body.to_string())).expect("a request")
}

/// An act on the harbour briefing.
async fn act(world: &World, bearer: &str, key: &str, body: Value) -> Answer {
    followed(world, post(bearer, &format!("/api/v1/briefings/{SLUG}/corrections"), key, &body)).await
}

async fn revisions(world: &World) -> i64 {
    let count = sqlx::query_scalar("select count(*) from revision where kind <> 'imported'");
    count.fetch_one(&world.pool).await.expect("a count")
}

fn words(revision: i32, text: &str) -> Value {
    json!({"act": "words", "revision": revision, "reason": "Heard again.", "number": 7, "text": text, "compared": true})
}

#[tokio::test]
async fn every_act_of_editors_can_be_done_by_a_program_and_is_seen_when_it_answers() {
    let world = small_archive().await;
    let bearer = editor(&world).await;
    let done = act(&world, &bearer, "", words(1, "Forty billions, not forty thousands.")).await.assert_status(200);
    assert_eq!(done.header("location"), format!("{URL}/7"));
    assert_eq!(done.header("cache-control"), "no-store");
    let position = done.json()["position"].as_i64().expect("a position");
    assert_eq!(
        done.json(),
        json!({"slug": SLUG, "url": format!("{URL}/7"), "act": "words", "revision": 2, "position": position})
    );
    world.get("/search?q=billions").await.assert_says("1 result");
    let reason = "As the issuer says.";
    for (revision, mut more) in [
        (2, json!({"act": "note", "number": 7, "text": "The ministry says millions.", "kind": "issuer"})),
        (3, json!({"act": "voice", "number": 4, "label": "MR. VESK"})),
        (4, json!({"act": "split", "number": 4, "begins": "We measured", "label": "MS. LIND"})),
        (5, json!({"act": "join", "number": 2})),
        (6, json!({"act": "speaker", "label": "MR. VESK", "speaker": "omar-vesk"})),
        (7, json!({"act": "speaker", "label": "MR. VESK", "speaker": null})),
        (8, json!({"act": "describe", "place": "Quay hall"})),
        (9, json!({"act": "describe", "title": "On the dam", "place": null, "date": "2026-03-11"})),
    ] {
        more["revision"] = json!(revision);
        more["reason"] = json!(reason);
        let done = act(&world, &bearer, "", more.clone()).await;
        assert_eq!(done.assert_status(200).json()["revision"], revision + 1, "{more}");
    }
    let now = world.get(&format!("/api/v1/briefings/{SLUG}")).await.json();
    assert_eq!((&now["title"], &now["date"]), (&json!("On the dam"), &json!("2026-03-11")));
    assert_eq!(now["series"]["name"], "Harbour Ministry briefing", "what is left out stays: {now}");

    let bare = |revision: i32| json!({"revision": revision, "reason": "Not ours to show."});
    let path = |act: &str| format!("/api/v1/briefings/{SLUG}/{act}");
    followed(&world, post(&bearer, &path("withdraw"), "", &bare(10))).await.assert_status(200);
    world.get("/search?q=Norlund+dam").await.assert_does_not_say("On the dam");
    followed(&world, post(&bearer, &path("republish"), "", &bare(11))).await.assert_status(200);
    world.get(&format!("/briefings/{SLUG}")).await.assert_page().assert_says("On the dam");
    let last: String = sqlx::query_scalar("select act from audit_entry order by id desc limit 1")
        .fetch_one(&world.pool)
        .await
        .expect("the log");
    assert_eq!(last, "republish");
}

#[tokio::test]
async fn what_was_done_is_not_done_twice() {
    let world = small_archive().await;
    let bearer = editor(&world).await;
    session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    let other = token(&world, 2, TokenScope::Edit).await;
    // What was refused holds no key.
    act(&world, &bearer, "k", words(1, " ")).await.assert_status(422);
    let first = act(&world, &bearer, "k", words(1, "Forty billions.")).await.assert_status(200);
    assert_eq!(first.header("idempotent-replayed"), "");
    for bearer in [&bearer, &token(&world, 1, TokenScope::Edit).await] {
        let again = act(&world, bearer, "k", words(1, "Forty billions.")).await.assert_status(200);
        assert_eq!((again.json(), again.header("idempotent-replayed")), (first.json(), "true"));
        assert_eq!(again.header("location"), first.header("location"));
    }
    for body in [words(1, "Fifty billions."), words(2, "Forty billions.")] {
        let refused = act(&world, &bearer, "k", body).await.assert_status(422);
        assert_eq!(refused.json()["type"], "https://onrecord.example/api#key-used");
    }
    let elsewhere = json!({"revision": 2, "reason": "x"});
    let elsewhere = post(&bearer, &format!("/api/v1/briefings/{SLUG}/withdraw"), "k", &elsewhere);
    world.send(elsewhere).await.assert_status(422);
    assert_eq!(revisions(&world).await, 1);
    act(&world, &other, "k", words(2, "Fifty billions.")).await.assert_status(200);
    assert_eq!(revisions(&world).await, 2, "another's key is another key");

    // After a week it is a new key.
    world.change("update answer set created_at = created_at - interval '169 hours'").await;
    act(&world, &bearer, "k", words(3, "Sixty billions.")).await.assert_status(200);
    for key in ["", &"k".repeat(201), "käse"] {
        let mut request = post(&bearer, &format!("/api/v1/briefings/{SLUG}/corrections"), "", &words(4, "x"));
        let key = axum::http::HeaderValue::from_bytes(key.as_bytes()).expect("a value");
        request.headers_mut().insert("idempotency-key", key);
        world.send(request).await.assert_status(400).assert_says("An Idempotency-Key has 1 to 200");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_at_once_with_one_key_are_one_act() {
    let world = small_archive().await;
    let bearer = editor(&world).await;
    let all = (0..8).map(|_| act(&world, &bearer, "k", words(1, "Forty billions.")));
    let answers = futures::future::join_all(all).await;
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), answer.json()), (200, answers[0].json()));
    }
    let first = answers.iter().filter(|answer| answer.header("idempotent-replayed").is_empty()).count();
    assert_eq!((first, revisions(&world).await), (1, 1));
}

#[tokio::test]
async fn whoever_was_overtaken_is_told_by_what() {
    let world = small_archive().await;
    let bearer = editor(&world).await;
    act(&world, &bearer, "", words(1, "Forty billions, not forty thousands.")).await.assert_status(200);
    let late = act(&world, &bearer, "", words(1, "Fifty.")).await.assert_status(409);
    assert_eq!(late.header("content-type"), "application/problem+json");
    let late = late.json();
    assert_eq!((&late["type"], &late["present"]), (&json!("https://onrecord.example/api#overtaken"), &json!(2)));
    assert_eq!(
        late["difference"],
        json!({
            "url": format!("{URL}/changes/1..2"),
            "facts": [],
            "turns": [{"number": 7, "change": "words", "edits": [{"was": "millions", "is": "billions"}]}],
        })
    );
    act(&world, &bearer, "", json!({"act": "describe", "revision": 2, "reason": "x", "place": "Quay"})).await;
    let late = act(&world, &bearer, "", words(2, "Fifty.")).await.assert_status(409).json();
    assert_eq!(late["difference"]["facts"], json!([{"name": "place", "was": null, "is": "Quay"}]));
    let never = act(&world, &bearer, "", words(99, "Fifty.")).await.assert_status(409).json();
    assert_eq!((&never["present"], &never["difference"]), (&json!(3), &json!(null)));
    act(&world, &bearer, "", words(3, "Fifty.")).await.assert_status(200);
}

#[tokio::test]
async fn drafts_are_published_once_and_not_before_their_time() {
    let world = World::new().await;
    let [open, held] = drafts(&world).await;
    let bearer = editor(&world).await;
    let publish = |slug: &str, key: &str| {
        followed(&world, post(&bearer, &format!("/api/v1/briefings/{slug}/publish"), key, &json!(null)))
    };
    // Drafts are corrected, too, and readers learn nothing of it.
    let voice = json!({"act": "voice", "revision": 1, "reason": "x", "number": 1, "label": "MR. TIDE"});
    let request = post(&bearer, &format!("/api/v1/briefings/{open}/corrections"), "", &voice);
    assert_eq!(world.send(request).await.assert_status(200).json()["position"], json!(null));
    let request = post(&bearer, &format!("/api/v1/briefings/{open}/corrections"), "", &voice);
    assert_eq!(world.send(request).await.assert_status(409).json()["difference"]["url"], json!(null));
    world.get(&format!("/api/v1/briefings/{open}")).await.assert_status(404);

    let done = publish(&open, "k").await.assert_status(200);
    world.get("/search?q=tide").await.assert_says("1 result");
    assert_eq!(publish(&open, "k").await.assert_status(200).json(), done.json());
    publish(&open, "").await.assert_status(404);
    let early = publish(&held, "").await.assert_status(422).json();
    assert_eq!(early["type"], "https://onrecord.example/api#held");
    assert_eq!(early["until"], "2026-11-23T12:00:00Z");
    world.get(&format!("/briefings/{held}")).await.assert_status(404);
}

#[tokio::test]
async fn what_is_for_programs_is_explained_to_people() {
    let world = small_archive().await;
    world.get("/api").await.assert_page().assert_says("It is kept for 7 days.").assert_has("id=\"overtaken\"");
    world.get("/about").await.assert_page().assert_has("href=\"/api\"");
}
