//! JSON for programs.

use serde_json::json;

use super::small_archive;

#[tokio::test]
async fn the_search_answers_programs_like_readers() {
    let world = small_archive().await;
    let answer = world.get("/api/v1/search?q=%22dam+in+norlund+is%22").await.assert_status(200).json();
    let hit = &answer["results"][0];
    assert_eq!(answer["total"], 1);
    assert_eq!(hit["url"], "https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/4");
    assert_eq!((&hit["number"], &hit["label"], &hit["kind"]), (&json!(4), &json!("MS. LIND"), &json!("turn")));
    assert_eq!((&hit["speaker"]["slug"], &hit["speaker"]["office"]), (&json!("ada-lind"), &json!("Harbour Minister")));
    assert_eq!(hit["question"], json!({"number": 3, "text": "Is the dam in Norlund safe?"}));
    assert_eq!(hit["briefing"]["date"], "2026-03-10");
    assert_eq!(hit["highlights"], json!([[4, 21]]));
    assert_eq!(answer["facets"]["speaker"], json!([{"slug": "ada-lind", "name": "Ada Lind", "count": 1}]));
    assert_eq!(answer["facets"]["year"], json!([{"year": 2026, "count": 1}]));
    assert_eq!(answer["query"]["repairs"], json!([]));
}

#[tokio::test]
async fn a_briefing_comes_with_every_word() {
    let world = small_archive().await;
    let answer = world.get("/api/v1/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind").await.json();
    assert_eq!(answer["utterances"].as_array().map(Vec::len), Some(8));
    assert_eq!(answer["utterances"][3]["topics"], json!([{"slug": "norlund", "origin": "machine"}]));
    assert_eq!(answer["utterances"][3]["marks"], json!([{"kind": "stage-direction", "start": 28, "end": 39}]));
    assert_eq!(answer["transcripts"][0]["source"]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(answer["date_origin"], "given");
}

#[tokio::test]
async fn lists_are_whole_and_mistakes_are_problem_documents() {
    let world = small_archive().await;
    let list = world.get("/api/v1/briefings").await.json();
    assert_eq!((list["briefings"].as_array().map(Vec::len), &list["next"]), (Some(3), &json!(null)));
    assert_eq!(world.get("/api/v1/speakers").await.json()["speakers"].as_array().map(Vec::len), Some(2));
    assert_eq!(world.get("/api/v1/speakers/ada-lind").await.json()["topics"][0]["slug"], "norlund");
    assert_eq!(world.get("/api/v1/topics/norlund").await.json()["speakers"][0]["slug"], "ada-lind");
    assert_eq!(world.get("/api/v1/series").await.json()["series"].as_array().map(Vec::len), Some(2));
    for (address, status) in [
        ("/api/v1/search?sort=best", 400),
        ("/api/v1/search?per_page=1000", 400),
        ("/api/v1/briefings?from=soon", 400),
        ("/api/v1/briefings?after=x", 400),
        ("/api/v1/briefings/none", 404),
        ("/api/v1/none", 404),
    ] {
        let answer = world.get(address).await.assert_status(status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert_eq!(answer.json()["status"], status, "{address}");
    }
}

#[tokio::test]
async fn probes_tell_alive_from_ready() {
    let world = small_archive().await;
    world.get("/healthz").await.assert_status(200);
    let ready = world.get("/readyz").await.assert_status(200).json();
    assert_eq!(ready["position"], 4);
    world.pool.close().await;
    world.get("/healthz").await.assert_status(200);
    assert_eq!(world.get("/readyz").await.assert_status(503).json()["database"], false);
}
