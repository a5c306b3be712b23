//! Bad days: what is not there, what may not be, and a database that is away.

use axum::body::Body;
use axum::http::Request;

use super::small_archive;
use crate::world::World;

#[tokio::test]
async fn a_page_that_is_not_there_offers_a_way_on() {
    let world = small_archive().await;
    world
        .get("/briefings/2026-03-10-harbor-briefing-lind")
        .await
        .assert_status(404)
        .assert_says("Perhaps you were looking for")
        .assert_says("Harbour briefing by Minister Ada Lind briefing")
        .assert_has("role=\"search\"");
    world.get("/nothing/like/that").await.assert_status(404).assert_says("There is nothing here");
}

#[tokio::test]
async fn a_database_that_is_away_is_said_in_a_human_sentence() {
    let world = World::new().await;
    world.pool.close().await;
    let page = world.get("/briefings").await.assert_status(503).assert_says("Nothing is lost; please try again");
    assert_eq!(page.header("retry-after"), "30");
    let answer = world.get("/api/v1/briefings").await.assert_status(503);
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn every_answer_is_fenced_in() {
    let world = World::new().await;
    for address in ["/", "/none", "/api/v1/series", "/healthz"] {
        let answer = world.get(address).await;
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
        assert!(!answer.text.contains("style="), "{address}");
        let ours = |script: &str| script.starts_with(" type=\"module\" src=\"/static/");
        assert!(answer.text.split("<script").skip(1).all(ours), "{address}");
    }
    let other = Request::post("/search").header("origin", "https://evil.example").header("host", "onrecord.example");
    world.send(other.body(Body::empty()).unwrap()).await.assert_status(403);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let world = small_archive().await;
    let tag = world.get("/briefings").await.header("etag").to_owned();
    let again = || Request::get("/briefings").header("if-none-match", &tag).body(Body::empty()).unwrap();
    world.send(again()).await.assert_status(304);
    world.briefing("Something new").turn("Q", "What?").create().await;
    world.send(again()).await.assert_status(200).assert_says("Something new");
}

#[tokio::test]
async fn style_sheets_are_kept_for_ever_under_the_hash_of_their_content() {
    let world = World::new().await;
    let home = world.get("/").await.text;
    let address = home.split('"').find(|part| part.ends_with("/onrecord.css")).expect("a style sheet").to_owned();
    let sheet = world.get(&address).await.assert_status(200);
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    world.get("/static/00000000/onrecord.css").await.assert_status(404);
}
