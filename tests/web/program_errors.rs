//! Whatever programs send below `/api`, each refusal is a problem document whose type is explained on a page of ours.

use axum::body::Body;
use axum::http::Request;
use onrecord::domain::{AccountRole, TokenScope};
use serde_json::{Value, json};

use super::editor::{TOMORROW, session};
use super::programs::token;
use super::routes::{address, of_programs};
use super::small_archive;
use crate::world::{Answer, World};

const SLUG: &str = "2026-03-10-harbour-briefing-by-minister-ada-lind";

/// The problem, if it is one: it must be whole, and its type must lead to where it is explained.
#[track_caller]
fn problem(page: &str, answer: &Answer, asked: &str) -> Option<Value> {
    let status = answer.status.as_u16();
    assert!(status < 500, "{asked}: {status} {}", answer.text);
    if status < 400 {
        return None;
    }
    assert_eq!(answer.header("content-type"), "application/problem+json", "{asked}: {}", answer.text);
    let told = answer.json();
    assert_eq!(told["status"], status, "{asked}");
    let sentence = told["detail"].as_str().expect("a detail");
    assert!(sentence.len() > 15 && sentence.ends_with(['.', '1']), "{asked}: {sentence}");
    assert!(!told["title"].as_str().expect("a title").is_empty(), "{asked}");
    let kind = told["type"].as_str().and_then(|kind| kind.strip_prefix("https://onrecord.example/api#"));
    let kind = kind.unwrap_or_else(|| panic!("{asked}: {told}"));
    assert!(page.contains(&format!("id=\"{kind}\"")), "{kind} is not explained");
    Some(told)
}

struct Asking {
    world: World,
    bearer: String,
    page: String,
}

impl Asking {
    async fn new() -> Self {
        let world = small_archive().await;
        session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
        let bearer = token(&world, 1, TokenScope::Edit).await;
        let page = world.get("/api").await.text;
        Self { world, bearer, page }
    }

    async fn ask(&self, method: &str, path: &str, kind: &str, body: impl Into<Body>) -> (Answer, Option<Value>) {
        let request = Request::builder().method(method).uri(path).header("authorization", &self.bearer);
        let request = if kind.is_empty() { request } else { request.header("content-type", kind) };
        let answer = self.world.send(request.body(body.into()).expect("a request")).await;
        let told = problem(&self.page, &answer, &format!("{method} {path} {kind}"));
        (answer, told)
    }
}

#[tokio::test]
async fn a_method_that_is_not_there_names_those_that_are() {
    let asking = Asking::new().await;
    for (_, path) in of_programs() {
        let (answer, _) = asking.ask("PATCH", &address(path), "", "").await;
        assert_eq!(answer.status, 405, "{path}");
        for (method, other) in of_programs() {
            let allowed = answer.header("allow").split(',').any(|allowed| allowed == method);
            assert!(other != path || allowed, "{path}: {}", answer.header("allow"));
        }
    }
    for path in ["/api/", "/api/v1", "/api/v2/search", "/api/v1/search/x", "/api/%FF", "/api/v1/%00"] {
        for method in ["GET", "POST", "DELETE"] {
            assert_eq!(asking.ask(method, path, "", "").await.0.status, 404, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn bad_words_in_addresses_and_queries_are_told() {
    let asking = Asking::new().await;
    for (_, path) in of_programs().filter(|(method, _)| *method == "GET") {
        for hostile in ["%00", "%FF", "..%2F..", "%22%3E%3Cscript%3E", "-1", "99999999999999999999", "%F0%9F%90%8B"] {
            let path = path.replace("{slug}", hostile).replace("{id}", hostile);
            let query =
                |names: &[&str]| names.iter().map(|name| format!("{name}={hostile}")).collect::<Vec<_>>().join("&");
            let fields = ["q", "speaker", "topic", "series", "briefing_kind", "from", "to", "sort", "page", "per_page"];
            let more = ["after", "link", "year", "by", "unit", "prefix", "kind"];
            for query in [query(&fields), query(&more), format!("{}&{hostile}", query(&fields)), hostile.to_owned()] {
                asking.ask("GET", &format!("{path}?{query}"), "", "").await;
            }
        }
        let long = format!("{}?q={}", address(path), "a".repeat(20_000));
        asking.ask("GET", &long, "", "").await;
    }
    for (address, status) in
        [("/api/v1/search?sort=best", 400), ("/api/v1/search?per_page=1000", 400), ("/api/v1/briefings?from=soon", 400)]
    {
        assert_eq!(asking.ask("GET", address, "", "").await.0.status, status);
    }
}

#[tokio::test]
async fn bad_bodies_are_told() {
    let asking = Asking::new().await;
    let deep = "[".repeat(50_000);
    for (_, path) in of_programs().filter(|(method, path)| *method == "POST" && !path.ends_with("/publish")) {
        let path = path.replace("{slug}", SLUG);
        let is_form = path == "/api/v1/briefings";
        for (kind, body, status) in [
            ("", "{}", 415),
            ("text/plain", "{}", 415),
            ("application/x-www-form-urlencoded", "quote=x", 415),
            ("application/json", "", 400),
            ("application/json", "{", 400),
            ("application/json", "[]", 400),
            ("application/json", "null", 400),
            ("application/json", "\"\\ud800\"", 400),
            ("application/json", deep.as_str(), 400),
            ("application/json", "{\"quote\":7,\"revision\":\"x\"}", 400),
            ("multipart/form-data; boundary=x", "--x\r\nbroken", 400),
            ("multipart/form-data", "", 400),
        ] {
            let (answer, _) = asking.ask("POST", &path, kind, body.to_owned()).await;
            let expected = if is_form {
                400
            } else if kind.starts_with("multipart") {
                415
            } else {
                status
            };
            assert_eq!(answer.status, expected, "{path} {kind} {:.40}: {}", body, answer.text);
        }
        if !is_form {
            let (answer, _) =
                asking.ask("POST", &path, "application/json", format!("\"{}\"", "a".repeat(5 << 20))).await;
            assert_eq!(answer.status, 413, "{path}");
        }
    }
}

#[tokio::test]
async fn fields_that_are_missing_unknown_or_of_another_kind_are_named() {
    let asking = Asking::new().await;
    let corrections = format!("/api/v1/briefings/{SLUG}/corrections");
    for (body, says) in [
        (json!({"act": "join", "reason": "x", "number": 2}), "missing field `revision`"),
        (json!({"act": "join", "revision": 1, "number": 2}), "missing field `reason`"),
        (json!({"revision": 1, "reason": "x"}), "missing field `act`"),
        (json!({"act": "erase", "revision": 1, "reason": "x"}), "unknown variant `erase`"),
        (json!({"act": "withdraw", "revision": 1, "reason": "x"}), "unknown variant `withdraw`"),
        (json!({"act": "join", "revision": 1, "reason": "x"}), "missing field `number`"),
        (json!({"act": "join", "revision": 1, "reason": "x", "number": "2"}), "invalid type: string"),
        (json!({"act": "join", "revision": 1, "reason": "x", "number": 2, "txet": ""}), "unknown field `txet`"),
        (json!({"act": "join", "revision": 1e20, "reason": "x", "number": 2}), "invalid"),
        (json!({"act": "speaker", "revision": 1, "reason": "x", "label": "Q"}), "missing field `speaker`"),
        (json!({"act": "describe", "revision": 1, "reason": "x", "date": "soon"}), "could not be read"),
        (json!({"act": "note", "revision": 1, "reason": "x", "number": 1, "text": "x", "kind": "rumour"}), "rumour"),
    ] {
        let (answer, told) = asking.ask("POST", &corrections, "application/json", body.to_string()).await;
        assert_eq!(answer.status, 400, "{body}");
        assert!(told.expect("a problem")["detail"].as_str().expect("words").contains(says), "{body}: {}", answer.text);
    }
    let unknown = json!({"revision": 1, "reason": "x", "act": "withdraw"}).to_string();
    let (answer, _) =
        asking.ask("POST", &format!("/api/v1/briefings/{SLUG}/withdraw"), "application/json", unknown).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn every_refusal_has_a_name() {
    let asking = Asking::new().await;
    for (mut body, name) in [
        (json!({"act": "words", "number": 7, "text": "Never said."}), "not-in-source"),
        (json!({"act": "words", "number": 7, "text": "\u{0} \u{a0}", "compared": true}), "no-words"),
        (json!({"act": "words", "number": 70, "text": "x", "compared": true}), "no-such-turn"),
        (json!({"act": "words", "number": 7, "text": "x", "reason": " \u{0}"}), "no-reason"),
        (json!({"act": "voice", "number": 1, "label": "Q"}), "not-spoken"),
        (json!({"act": "voice", "number": 2, "label": "MS. LIND"}), "unchanged"),
        (json!({"act": "voice", "number": 2, "label": ""}), "no-such-label"),
        (json!({"act": "split", "number": 4, "begins": "dyke"}), "no-place-to-cut"),
        (json!({"act": "split", "number": 4, "begins": "e"}), "places-to-cut"),
        (json!({"act": "join", "number": 7}), "nothing-to-join"),
        (json!({"act": "speaker", "label": "Q", "speaker": "Nobody"}), "no-such-speaker"),
        (json!({"act": "describe", "title": ""}), "no-words"),
        (json!({"act": "describe", "series": "???"}), "no-such-series"),
        (json!({"act": "describe"}), "unchanged"),
    ] {
        body["revision"] = json!(1);
        if body["reason"].is_null() {
            body["reason"] = json!("x");
        }
        let path = format!("/api/v1/briefings/{SLUG}/corrections");
        let (answer, told) = asking.ask("POST", &path, "application/json", body.to_string()).await;
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(told.expect("a problem")["type"], format!("https://onrecord.example/api#{name}"), "{body}");
    }
    let republish = json!({"revision": 1, "reason": "x"}).to_string();
    let path = format!("/api/v1/briefings/{SLUG}/republish");
    let (_, told) = asking.ask("POST", &path, "application/json", republish.clone()).await;
    assert_eq!(told.expect("a problem")["type"], "https://onrecord.example/api#not-withdrawn");
    let (answer, _) = asking.ask("POST", "/api/v1/briefings/none/republish", "application/json", republish).await;
    assert_eq!(answer.status, 404);
}
