//! What only editors see, and how they come in.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use jiff::Timestamp;
use onrecord::auth::Token;
use onrecord::domain::{AccountRole, Email};
use onrecord::store::{accounts, sessions};

use super::small_archive;
use crate::world::{Answer, World};

pub const TOMORROW: &str = "2026-11-23T12:00:00Z";
pub const YESTERDAY: &str = "2026-11-21T12:00:00Z";

/// A link as a start of the server prints it.
pub async fn link(world: &World, until: &str) -> Token {
    let token = Token::random().expect("a secret");
    let mut conn = world.pool.acquire().await.expect("a connection");
    let until = until.parse().expect("a moment");
    sessions::add_link(&mut conn, &token.sha256(), None, moment(YESTERDAY), until).await.expect("a link");
    token
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// Presses the button behind a link.
async fn press(world: &World, token: &Token) -> Answer {
    let fields = format!("token={token}&email=ada@harbour.example&password=three+grey+herons&again=three+grey+herons");
    world.send(form("/editor/enter", "", &fields)).await
}

pub fn form(address: &str, cookie: &str, fields: &str) -> Request<Body> {
    Request::post(address)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .body(Body::from(fields.to_owned()))
        .expect("a request")
}

/// Signs an admin in, and gives what the browser sends from then on.
pub async fn sign_in(world: &World) -> String {
    session(world, "ada@harbour.example", AccountRole::Admin, TOMORROW).await
}

/// A session of an account, which is made if there is none, until some moment.
pub async fn session(world: &World, email: &str, role: AccountRole, until: &str) -> String {
    let token = Token::random().expect("a secret");
    let email = Email::parse(email).expect("an address");
    let mut conn = world.pool.acquire().await.expect("a connection");
    accounts::add(&mut conn, &email, role, moment(YESTERDAY)).await.expect("an account");
    let id = accounts::of_email(&mut conn, &email).await.expect("an account").expect("an account").id;
    let begun = moment(YESTERDAY);
    sessions::open(&mut conn, &token.sha256(), id, begun, moment(until)).await.expect("a session");
    format!("onrecord_session={token}")
}

/// Looks at a page as an editor.
pub async fn look(world: &World, cookie: &str, address: &str) -> Answer {
    world.send(Request::get(address).header("cookie", cookie).body(Body::empty()).expect("a request")).await
}

/// Presses a button as an editor, while the index follows as it does beside a running server.
pub async fn press_button(world: &World, address: &str, cookie: &str, fields: &str) -> Answer {
    followed(world, form(address, cookie, fields)).await
}

/// Sends a request, while the index follows as it does beside a running server.
pub async fn followed(world: &World, request: Request<Body>) -> Answer {
    let follow = async {
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            world.follow().await;
        }
    };
    tokio::select! {
        answer = world.send(request) => answer,
        () = follow => unreachable!("the index follows for ever"),
    }
}

async fn publish(world: &World, cookie: &str, slug: &str) -> Answer {
    press_button(world, &format!("/editor/drafts/{slug}/publish"), cookie, "").await
}

/// A draft, and one that is held back until tomorrow.
pub async fn drafts(world: &World) -> [String; 2] {
    let open = world
        .briefing("Briefing on the tides")
        .held_on("2026-11-20")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "The tide is out.")
        .draft()
        .create()
        .await;
    let held = world
        .briefing("Background call on the dredging")
        .held_on("2026-11-21")
        .turn("SENIOR OFFICIAL", "The dredger has left.")
        .embargoed("EMBARGOED UNTIL NOON TOMORROW", TOMORROW)
        .create()
        .await;
    [open.slug, held.slug]
}

#[tokio::test]
async fn a_link_lets_in_once() {
    let world = World::new().await;
    let token = link(&world, TOMORROW).await;
    // Looking at the link, as mail scanners do, uses nothing up.
    world.get(&format!("/editor/enter?token={token}")).await.assert_page().assert_says("It makes you the first admin");
    let entered = press(&world, &token).await.assert_redirects_to("/editor");
    let cookie = entered.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/editor"] {
        assert!(cookie.contains(part), "no {part} in {cookie}");
    }
    press(&world, &token).await.assert_status(403).assert_says("This link was used already or is too old.");
}

#[tokio::test]
async fn an_old_a_wrong_and_half_a_link_are_refused_in_a_sentence() {
    let world = World::new().await;
    let old = link(&world, YESTERDAY).await;
    press(&world, &old).await.assert_status(403).assert_says("This link was used already or is too old.");
    let never = Token::random().expect("a secret");
    press(&world, &never).await.assert_status(403).assert_says("every start of the server prints one");
    world.get("/editor/enter").await.assert_status(400).assert_says("The link is incomplete");
    world.send(form("/editor/enter", "", "")).await.assert_status(403).assert_says("Ask an admin for a new one");
}

#[tokio::test]
async fn without_signing_in_there_is_nothing_to_see_or_do() {
    let world = World::new().await;
    let [open, _] = drafts(&world).await;
    for cookie in ["", "onrecord_session=", &format!("onrecord_session={}", Token::random().expect("a secret"))] {
        for address in ["/editor".to_owned(), format!("/editor/drafts/{open}")] {
            let page = look(&world, cookie, &address).await;
            assert!(page.header("location").starts_with("/editor/sign-in"), "{:?}", page.headers);
            page.assert_status(303).assert_does_not_say("tide");
        }
        publish(&world, cookie, &open).await.assert_status(403).assert_says("You are not signed in");
    }
    world.get(&format!("/briefings/{open}")).await.assert_status(404);
}

#[tokio::test]
async fn drafts_wait_in_a_list_with_what_keeps_them() {
    let world = small_archive().await;
    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor").await.assert_page().assert_says("Nothing waits to be published.");
    let [open, _] = drafts(&world).await;
    let list = look(&world, &editor, "/editor")
        .await
        .assert_page()
        .assert_says("2 drafts. Readers see none of them.")
        .assert_says("Background call on the dredging 21 November 2026 · transcript")
        .assert_says("held back until 23 November 2026, 12:00 p.m. UTC")
        .assert_does_not_say("Harbour briefing");
    assert_eq!(list.header("cache-control"), "no-store");
    look(&world, &editor, &format!("/editor/drafts/{open}"))
        .await
        .assert_page()
        .assert_says("Draft. Readers do not see it.")
        .assert_says("MS. LIND Ada Lind Harbour Minister The tide is out.")
        // Permanent links lead nowhere yet.
        .assert_has("href=\"#1\" aria-label=\"Turn 1\"");
}

#[tokio::test]
async fn a_published_draft_can_be_read_and_found_at_once() {
    let world = World::new().await;
    let [open, _] = drafts(&world).await;
    let editor = sign_in(&world).await;
    publish(&world, &editor, &open).await.assert_redirects_to(&format!("/briefings/{open}"));
    world.get(&format!("/briefings/{open}")).await.assert_page().assert_says("The tide is out.");
    world.get("/search?q=tide").await.assert_says("1 result");
    look(&world, &editor, "/editor").await.assert_says("1 draft.").assert_does_not_say("tides");
    publish(&world, &editor, &open).await.assert_status(404);
}

#[tokio::test]
async fn an_embargo_holds_and_says_until_when() {
    let world = World::new().await;
    let [_, held] = drafts(&world).await;
    let editor = sign_in(&world).await;
    look(&world, &editor, &format!("/editor/drafts/{held}"))
        .await
        .assert_page()
        .assert_says("EMBARGOED UNTIL NOON TOMORROW")
        .assert_says("It is held back until 23 November 2026, 12:00 p.m. UTC .")
        .assert_does_not_say("Publish");
    publish(&world, &editor, &held)
        .await
        .assert_status(400)
        .assert_says("This briefing is held back until 23 November 2026, 12:00 p.m. UTC.");
    world.get(&format!("/briefings/{held}")).await.assert_status(404);
    world.get("/search?q=dredger").await.assert_says("Nothing found");
}

#[tokio::test]
async fn an_embargo_that_has_passed_holds_nothing() {
    let world = World::new().await;
    let made = world
        .briefing("Call on the ferries")
        .turn("SENIOR OFFICIAL", "The ferries sail.")
        .embargoed("EMBARGOED UNTIL NOON", YESTERDAY)
        .create()
        .await;
    let editor = sign_in(&world).await;
    look(&world, &editor, &format!("/editor/drafts/{}", made.slug))
        .await
        .assert_says("It was held back until 21 November 2026, 12:00 p.m. UTC .")
        .assert_says("Publish");
    publish(&world, &editor, &made.slug).await.assert_redirects_to(&format!("/briefings/{}", made.slug));
}

#[tokio::test]
async fn other_sites_cannot_press_the_buttons() {
    let world = World::new().await;
    let [open, _] = drafts(&world).await;
    let editor = sign_in(&world).await;
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let mut request = form(&format!("/editor/drafts/{open}/publish"), &editor, "");
        request.headers_mut().insert("host", "onrecord.example".parse().expect("a value"));
        request.headers_mut().insert(name, value.parse().expect("a value"));
        world.send(request).await.assert_status(403).assert_says("This request came from another site.");
    }
    world.get(&format!("/briefings/{open}")).await.assert_status(404);
}

#[tokio::test]
async fn a_draft_is_published_by_itself_at_the_time_set_and_no_sooner() {
    let world = World::new().await;
    let [open, held] = drafts(&world).await;
    let cookie = sign_in(&world).await;
    let set = async |slug: &str, at: &str| {
        world.send(form(&format!("/editor/drafts/{slug}/schedule"), &cookie, &format!("at={at}"))).await
    };
    set(&open, "2026-11-22T11:00").await.assert_status(400).assert_says("That moment has passed.");
    set(&held, "2026-11-23T11:00").await.assert_status(400).assert_says("It is held back until 23 November 2026");
    set(&open, "soon").await.assert_status(400).assert_says("A moment is written as");
    set(&open, "2026-11-22T18:00").await.assert_status(303);
    look(&world, &cookie, &format!("/editor/drafts/{open}"))
        .await
        .assert_page()
        .assert_says("It will be published by itself on 22 November 2026, 6:00 p.m. UTC");

    let due = async |now: &str| {
        onrecord::jobs::embargo::publish_due(&world.pool, now.parse().expect("a moment")).await.expect("it is tried")
    };
    assert!(!due("2026-11-22T17:59:59Z").await);
    world.get(&format!("/briefings/{open}")).await.assert_status(404);
    assert!(due("2026-11-22T18:00:00Z").await);
    world.follow().await;
    world.get(&format!("/briefings/{open}")).await.assert_page().assert_says("The tide is out.");
    assert!(!due("2026-11-22T18:00:01Z").await, "once is enough");

    // What is taken back is not published.
    set(&held, "2026-11-23T13:00").await.assert_status(303);
    set(&held, "").await.assert_status(303);
    assert!(!due("2026-12-01T00:00:00Z").await);
}
