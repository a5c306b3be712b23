//! Every route with who may use it, and that nobody else can.

use axum::body::Body;
use axum::http::Request;
use onrecord::auth::tokens;
use onrecord::domain::{AccountId, AccountRole, Actor, TokenScope};

use super::editor::{TOMORROW, YESTERDAY, session};
use super::small_archive;
use crate::world::{Answer, World};

use Who::{Admin, Anybody, Editor, Program};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Anybody,
    Editor,
    Admin,
    Program,
}

/// The whole table. Signing in and out, and a link, are for whoever has no session yet or any more.
const ROUTES: &[(Who, &str, &str)] = &[
    (Anybody, "GET", "/"),
    (Anybody, "GET", "/briefings"),
    (Anybody, "GET", "/briefings/{slug}"),
    (Anybody, "GET", "/briefings/{slug}/cite"),
    (Anybody, "GET", "/briefings/{slug}/cite/{format}"),
    (Anybody, "GET", "/briefings/{slug}/card.png"),
    (Anybody, "GET", "/briefings/{slug}/history"),
    (Anybody, "GET", "/briefings/{slug}/quotations"),
    (Anybody, "GET", "/briefings/{slug}/sources/{sha256}"),
    (Anybody, "GET", "/briefings/{slug}/changes/{range}"),
    (Anybody, "GET", "/briefings/{slug}/transcripts/{number}"),
    (Anybody, "GET", "/briefings/{slug}/compare/{range}"),
    (Anybody, "GET", "/briefings/{slug}/{numbers}"),
    (Anybody, "GET", "/briefings/{slug}/{numbers}/chronology"),
    (Anybody, "GET", "/briefings/{slug}/{numbers}/card.png"),
    (Anybody, "GET", "/briefings/{slug}/{numbers}/cite/{format}"),
    (Anybody, "GET", "/briefings/{slug}/{numbers}/problem"),
    (Anybody, "POST", "/briefings/{slug}/{numbers}/problem"),
    (Anybody, "GET", "/problems"),
    (Anybody, "GET", "/problems/{reference}"),
    (Anybody, "GET", "/series"),
    (Anybody, "GET", "/series/{slug}"),
    (Anybody, "GET", "/dates"),
    (Anybody, "GET", "/dates/undated"),
    (Anybody, "GET", "/dates/{year}"),
    (Anybody, "GET", "/dates/{year}/{month}"),
    (Anybody, "GET", "/dates/{year}/{month}/{day}"),
    (Anybody, "GET", "/speakers"),
    (Anybody, "GET", "/speakers/{slug}"),
    (Anybody, "GET", "/speakers/{slug}/topics/{topic}"),
    (Anybody, "GET", "/topics"),
    (Anybody, "GET", "/topics/{slug}"),
    (Anybody, "GET", "/search"),
    (Anybody, "GET", "/questions"),
    (Anybody, "GET", "/check"),
    (Anybody, "POST", "/check"),
    (Anybody, "GET", "/claims"),
    (Anybody, "GET", "/claims/{id}"),
    (Anybody, "GET", "/search.csv"),
    (Anybody, "GET", "/trends"),
    (Anybody, "GET", "/trends.csv"),
    (Anybody, "GET", "/follow-ups"),
    (Anybody, "GET", "/on-this-day"),
    (Anybody, "GET", "/on-this-day/{month}/{day}"),
    (Anybody, "GET", "/feeds/search.atom"),
    (Anybody, "GET", "/feeds/briefings.atom"),
    (Anybody, "GET", "/feeds/corrections.atom"),
    (Anybody, "GET", "/corrections"),
    (Anybody, "GET", "/opensearch.xml"),
    (Anybody, "GET", "/sitemap.xml"),
    (Anybody, "GET", "/robots.txt"),
    (Anybody, "GET", "/help/search"),
    (Anybody, "GET", "/about"),
    (Anybody, "GET", "/api"),
    (Anybody, "GET", "/about/answers"),
    (Anybody, "GET", "/about/integrity"),
    (Anybody, "GET", "/about/coverage"),
    (Anybody, "GET", "/about/coverage.csv"),
    (Anybody, "GET", "/about/coverage.json"),
    (Editor, "GET", "/editor"),
    (Anybody, "GET", "/editor/enter"),
    (Anybody, "POST", "/editor/enter"),
    (Anybody, "GET", "/editor/sign-in"),
    (Anybody, "POST", "/editor/sign-in"),
    (Anybody, "GET", "/editor/sign-in/provider"),
    (Anybody, "GET", "/editor/sign-in/provider/back"),
    (Anybody, "POST", "/editor/sign-out"),
    (Editor, "GET", "/editor/account"),
    (Editor, "POST", "/editor/account/password"),
    (Editor, "POST", "/editor/account/sign-out-everywhere"),
    (Editor, "GET", "/editor/account/tokens"),
    (Editor, "POST", "/editor/account/tokens"),
    (Editor, "POST", "/editor/account/tokens/{id}/revoke"),
    (Admin, "GET", "/editor/accounts"),
    (Admin, "POST", "/editor/accounts"),
    (Admin, "POST", "/editor/accounts/{id}/role"),
    (Admin, "POST", "/editor/accounts/{id}/link"),
    (Admin, "POST", "/editor/accounts/{id}/disable"),
    (Admin, "POST", "/editor/accounts/{id}/enable"),
    (Admin, "GET", "/editor/audit"),
    (Admin, "GET", "/editor/audit.csv"),
    (Admin, "GET", "/editor/audit.json"),
    (Editor, "GET", "/editor/upload"),
    (Editor, "POST", "/editor/upload"),
    (Editor, "GET", "/editor/batches/{id}"),
    (Editor, "POST", "/editor/batches/{id}/publish"),
    (Editor, "POST", "/editor/batches/{id}/settle"),
    (Editor, "POST", "/editor/batches/{id}/looked"),
    (Editor, "POST", "/editor/batches/{id}/withdraw"),
    (Editor, "GET", "/editor/drafts/{slug}"),
    (Editor, "POST", "/editor/drafts/{slug}/publish"),
    (Editor, "POST", "/editor/drafts/{slug}/save"),
    (Editor, "POST", "/editor/drafts/{slug}/settle"),
    (Editor, "POST", "/editor/drafts/{slug}/looked"),
    (Editor, "POST", "/editor/drafts/{slug}/schedule"),
    (Editor, "GET", "/editor/drafts/{slug}/same-event"),
    (Editor, "POST", "/editor/drafts/{slug}/same-event"),
    (Editor, "GET", "/editor/proposals"),
    (Editor, "GET", "/editor/proposals/{id}"),
    (Editor, "POST", "/editor/proposals/{id}/adopt"),
    (Editor, "POST", "/editor/proposals/{id}/decline"),
    (Editor, "GET", "/editor/briefings/{slug}"),
    (Editor, "GET", "/editor/briefings/{slug}/transcripts"),
    (Editor, "POST", "/editor/briefings/{slug}/transcripts/main"),
    (Editor, "POST", "/editor/briefings/{slug}/transcripts/fetch"),
    (Editor, "POST", "/editor/briefings/{slug}/settle"),
    (Editor, "POST", "/editor/briefings/{slug}/rights"),
    (Admin, "GET", "/editor/briefings/{slug}/redact"),
    (Admin, "POST", "/editor/briefings/{slug}/redact"),
    (Editor, "GET", "/editor/briefings/{slug}/{number}"),
    (Editor, "POST", "/editor/briefings/{slug}/correct"),
    (Editor, "GET", "/editor/speakers"),
    (Editor, "POST", "/editor/speakers"),
    (Editor, "GET", "/editor/speakers/{slug}"),
    (Editor, "POST", "/editor/speakers/{slug}"),
    (Editor, "GET", "/editor/speakers/{slug}/merge"),
    (Editor, "POST", "/editor/speakers/{slug}/merge"),
    (Editor, "POST", "/editor/speakers/{slug}/split"),
    (Editor, "POST", "/editor/speakers/{slug}/undo"),
    (Editor, "GET", "/editor/topics"),
    (Editor, "POST", "/editor/topics"),
    (Editor, "GET", "/editor/topics/{slug}"),
    (Editor, "POST", "/editor/topics/{slug}"),
    (Editor, "POST", "/editor/briefings/{slug}/checked"),
    (Editor, "GET", "/editor/unchecked"),
    (Editor, "GET", "/editor/review"),
    (Editor, "POST", "/editor/review"),
    (Editor, "GET", "/editor/suggest"),
    (Editor, "GET", "/editor/series/{slug}/labels"),
    (Editor, "POST", "/editor/series/{slug}/labels"),
    (Editor, "GET", "/editor/claims/{id}"),
    (Editor, "POST", "/editor/claims/{id}"),
    (Editor, "GET", "/editor/problems"),
    (Editor, "GET", "/editor/problems/{id}"),
    (Editor, "POST", "/editor/problems/{id}"),
    (Editor, "GET", "/editor/series/{slug}/days"),
    (Editor, "POST", "/editor/series/{slug}/days"),
    (Anybody, "GET", "/static/{hash}/{name}"),
    (Anybody, "GET", "/api/v1/search"),
    (Anybody, "POST", "/api/v1/check"),
    (Anybody, "GET", "/api/v1/suggest"),
    (Anybody, "GET", "/api/v1/questions"),
    (Anybody, "GET", "/api/v1/trends"),
    (Anybody, "GET", "/api/v1/briefings"),
    (Program, "POST", "/api/v1/briefings"),
    (Program, "POST", "/api/v1/briefings/{slug}/corrections"),
    (Program, "POST", "/api/v1/briefings/{slug}/withdraw"),
    (Program, "POST", "/api/v1/briefings/{slug}/republish"),
    (Program, "POST", "/api/v1/briefings/{slug}/publish"),
    (Program, "GET", "/api/v1/batches/{id}"),
    (Anybody, "GET", "/api/v1/briefings/{slug}"),
    (Anybody, "GET", "/api/v1/claims"),
    (Anybody, "GET", "/api/v1/changed"),
    (Anybody, "GET", "/api/v1/series"),
    (Anybody, "GET", "/api/v1/series/{slug}/coverage"),
    (Anybody, "GET", "/api/v1/coverage"),
    (Anybody, "GET", "/api/v1/speakers"),
    (Anybody, "GET", "/api/v1/speakers/{slug}"),
    (Anybody, "GET", "/api/v1/follow-ups"),
    (Anybody, "GET", "/api/v1/topics"),
    (Anybody, "GET", "/api/v1/topics/{slug}"),
    (Program, "GET", "/api/v1/token"),
    (Anybody, "GET", "/api/v1/openapi.json"),
    (Anybody, "ANY", "/api/"),
    (Anybody, "ANY", "/api/{*rest}"),
    (Anybody, "GET", "/healthz"),
    (Anybody, "GET", "/readyz"),
    (Anybody, "GET", "/metrics"),
];

/// Every page below `/editor`; tables to take away, what answers the modules of pages, and what leads to a provider and
/// back are none.
pub fn pages_of_editors() -> impl Iterator<Item = &'static str> {
    let pages = ROUTES.iter().filter(|(_, method, path)| *method == "GET" && path.starts_with("/editor"));
    let is_page = |path: &&str| !path.contains('.') && !path.contains("/provider") && *path != "/editor/suggest";
    pages.map(|(_, _, path)| *path).filter(is_page)
}

/// What a token must allow for a route of programs.
fn least_scope(method: &str, path: &str) -> TokenScope {
    match (method, path) {
        ("GET", _) => TokenScope::Read,
        ("POST", "/api/v1/briefings") => TokenScope::Upload,
        _ => TokenScope::Edit,
    }
}

/// What a token must allow there, where one is needed.
pub fn scope_of(method: &str, path: &str) -> Option<TokenScope> {
    let needed = ROUTES.contains(&(Program, method, path));
    needed.then(|| least_scope(method, path))
}

/// Every address below `/api/v1`, with its method.
pub fn of_programs() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROUTES.iter().filter(|(_, _, path)| path.starts_with("/api/v1/")).map(|(_, method, path)| (*method, *path))
}

/// The routes that the router has: method and path.
fn built() -> Vec<(String, String)> {
    let source = include_str!("../../src/web/routes.rs");
    let mut routes = Vec::new();
    for route in source.split(".route(").skip(1) {
        let path = route.split('"').nth(1).expect("a path");
        let handlers = route.split('"').nth(2).expect("handlers");
        for method in ["get(", "post(", "put(", "patch(", "delete(", "any("] {
            let named = |handlers: &str| handlers.starts_with(method);
            if handlers.split([' ', '.', '\n']).any(named) {
                routes.push((method.trim_end_matches('(').to_uppercase(), path.to_owned()));
            }
        }
    }
    routes
}

/// What anybody may read.
pub fn for_readers() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().filter(|(who, method, _)| *who == Anybody && *method == "GET").map(|(_, _, path)| *path)
}

pub fn address(path: &str) -> String {
    path.replace("{slug}", "none").replace("{id}", "1").replace("{number}", "1")
}

async fn ask(world: &World, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(address(path)).header("host", "onrecord.example");
    if method == "POST" {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(Body::empty()).expect("a request")).await
}

fn below_editor() -> impl Iterator<Item = &'static (Who, &'static str, &'static str)> {
    ROUTES.iter().filter(|(who, _, _)| matches!(who, Editor | Admin))
}

#[track_caller]
fn assert_refused(answer: Answer, method: &str, path: &str) {
    if method == "GET" {
        let next = format!("next={}", address(path).replace('/', "%2F"));
        let sign_in = if path == "/editor" { "/editor/sign-in".to_owned() } else { format!("/editor/sign-in?{next}") };
        answer.assert_status(303).assert_redirects_to(&sign_in);
    } else {
        answer.assert_status(403).assert_says("You are not signed in");
    }
}

#[test]
fn every_route_is_in_the_table() {
    let mut built = built();
    let mut known: Vec<(String, String)> =
        ROUTES.iter().map(|(_, method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    built.sort();
    known.sort();
    assert_eq!(built, known, "say in the table who may use the route");
    assert!(built.len() > 60);
    for (who, _, path) in ROUTES {
        let open = path.starts_with("/editor/sign-") || *path == "/editor/enter";
        assert_eq!(*who == Anybody, !path.starts_with("/editor") && *who != Program || open, "{path}");
    }
}

#[tokio::test]
async fn without_a_session_or_with_one_that_is_over_everything_of_editors_is_refused() {
    let world = World::new().await;
    let over = session(&world, "ada@harbour.example", AccountRole::Admin, YESTERDAY).await;
    let disabled = session(&world, "old@harbour.example", AccountRole::Admin, TOMORROW).await;
    world.change("update account set disabled_at = now() where email = 'old@harbour.example'").await;
    for (_, method, path) in below_editor() {
        assert_refused(ask(&world, method, path, &[]).await, method, path);
        for cookie in [&over, &disabled, &format!("onrecord_session={}", "0".repeat(64))] {
            assert_refused(ask(&world, method, path, &[("cookie", cookie)]).await, method, path);
        }
    }
}

#[tokio::test]
async fn what_is_for_admins_is_refused_to_editors_and_open_to_admins() {
    let world = World::new().await;
    for (who, method, path) in below_editor() {
        // Some routes end all sessions.
        let editor = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
        let answer = ask(&world, method, path, &[("cookie", &editor)]).await;
        if *who == Admin {
            answer.assert_status(403).assert_says("Only admins see this.");
        } else {
            assert!(!answer.header("location").starts_with("/editor/sign-in?"), "{method} {path}");
            answer.assert_does_not_say("You are not signed in").assert_does_not_say("Only admins see this.");
        }
        let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
        let answer = ask(&world, method, path, &[("cookie", &admin)]).await;
        assert!(!answer.header("location").starts_with("/editor/sign-in?"), "{method} {path}");
        answer.assert_does_not_say("You are not signed in").assert_does_not_say("Only admins see this.");
        world.change("update account set disabled_at = null").await;
    }
}

#[tokio::test]
async fn nothing_is_done_for_another_site() {
    let world = small_archive().await;
    let admin = session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    for (_, method, path) in ROUTES.iter().filter(|(_, method, _)| *method != "GET") {
        for sent in
            [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
        {
            let answer = ask(&world, "POST", path, &[("cookie", &admin), sent]).await.assert_status(403);
            assert!(answer.text.contains("This request came from another site."), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_is_for_anybody_asks_for_nothing() {
    let world = small_archive().await;
    for (_, method, path) in ROUTES.iter().filter(|(who, method, _)| *who == Anybody && *method == "GET") {
        let answer = ask(&world, method, path, &[]).await;
        assert!(![401, 403].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.status);
        assert!(!answer.header("location").starts_with("/editor"), "{method} {path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
}

#[tokio::test]
async fn programs_need_a_token_that_is_good() {
    let world = World::new().await;
    session(&world, "ada@harbour.example", AccountRole::Editor, TOMORROW).await;
    session(&world, "old@harbour.example", AccountRole::Editor, TOMORROW).await;
    let make = async |account: i64, begun: &str| {
        let actor = Actor { account: Some(AccountId(account)), name: String::new() };
        let begun = begun.parse().expect("a moment");
        let token = tokens::make(&world.pool, &actor, "robot", TokenScope::Upload, 1, begun).await.expect("a token");
        format!("Bearer {token}")
    };
    let good = make(1, "2026-11-22T11:00:00Z").await;
    let over = make(1, "2026-11-21T12:00:00Z").await;
    let disabled = make(2, "2026-11-22T11:00:00Z").await;
    let revoked = make(1, "2026-11-22T11:00:00Z").await;
    world.change("update api_token set revoked_at = now() where id = 4").await;
    world.change("update account set disabled_at = now() where id = 2").await;
    for (_, method, path) in ROUTES.iter().filter(|(who, _, _)| *who == Program) {
        let none = ["", "Bearer", "Bearer x", "Basic YTpi", over.as_str(), &disabled, &revoked];
        for shown in none {
            let answer = ask(&world, method, path, &[("authorization", shown)]).await.assert_status(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"onrecord\"", "{path} {shown}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.json()["status"], 401);
        }
        ask(&world, method, path, &[]).await.assert_status(401);
        let answer = ask(&world, method, path, &[("authorization", &good)]).await;
        assert_ne!(answer.status, 401, "{path}");
    }
    let answer = ask(&world, "GET", "/api/v1/token", &[("authorization", &good)]).await.assert_status(200);
    assert_eq!(answer.json(), serde_json::json!({"account": "ada@harbour.example", "scope": "upload"}));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_token_does_what_it_is_for_and_no_more() {
    let world = World::new().await;
    session(&world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await;
    for scope in TokenScope::ALL {
        let bearer = super::programs::token(&world, 1, scope).await;
        for (_, method, path) in ROUTES.iter().filter(|(who, _, _)| *who == Program) {
            let body = if method == &"POST" { r#"{"revision":1,"reason":"x","act":"join","number":1}"# } else { "" };
            let request = Request::builder().method(*method).uri(address(path)).header("authorization", &bearer);
            let request = request.header("content-type", "application/json").body(Body::from(body));
            let answer = world.send(request.expect("a request")).await;
            let may = scope >= least_scope(method, path);
            assert_eq!(answer.status != 403, may, "{method} {path} with {}: {}", scope.as_str(), answer.text);
            assert!(may || answer.text.contains("This token may only"), "{}", answer.text);
        }
    }
}
