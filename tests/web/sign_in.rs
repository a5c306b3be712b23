//! Signing in with a password: cookies, guesses, other sites.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use futures::future::join_all;
use onrecord::auth::accounts;
use onrecord::domain::{AccountRole, Actor};

use super::editor::{form, look, session, sign_in};
use crate::world::{Answer, World};

pub const ADA: &str = "ada@harbour.example";
pub const HERONS: &str = "three grey herons";

/// An account with a password.
pub async fn account(world: &World, email: &str, role: AccountRole) {
    let now = "2026-11-22T11:00:00Z".parse().expect("a moment");
    let actor = Actor::machine("test");
    accounts::add_with_password(&world.pool, &actor, email, role, HERONS, now).await.expect("an account");
}

fn attempt(email: &str, password: &str, from: &str) -> Request<Body> {
    let fields = format!("email={email}&password={}", password.replace(' ', "+"));
    let mut request = form("/editor/sign-in", "", &fields);
    let from: SocketAddr = format!("{from}:40000").parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(from));
    request
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().expect("a cookie").to_owned()
}

#[tokio::test]
async fn whoever_knows_the_password_is_signed_in_and_out() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Admin).await;
    world.get("/editor/sign-in").await.assert_page().assert_says("Readers need no account.");
    let entered = world.send(attempt("Ada@Harbour.example", HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
    let sent = entered.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/editor;", "Max-Age=43200"] {
        assert!(sent.contains(part), "no {part} in {sent}");
    }
    let cookie = cookie(&entered);
    look(&world, &cookie, "/editor").await.assert_page().assert_says(ADA).assert_says("Sign out");
    let out = world.send(form("/editor/sign-out", &cookie, "")).await.assert_redirects_to("/editor/sign-in");
    assert!(out.header("set-cookie").starts_with("onrecord_session=; "), "{:?}", out.headers);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    look(&world, &cookie, "/editor").await.assert_redirects_to("/editor/sign-in");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_are_refused_in_the_same_words() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    account(&world, "old@harbour.example", AccountRole::Editor).await;
    world.change("update account set disabled_at = now() where email like 'old%'").await;
    world.change("insert into account (email, role, created_at) values ('new@harbour.example', 'editor', now())").await;
    for (email, password) in [
        (ADA, "three grey heron"),
        (ADA, ""),
        ("nobody@harbour.example", HERONS),
        ("old@harbour.example", HERONS),
        ("new@harbour.example", ""),
        ("nonsense%00%0d", HERONS),
        ("", ""),
    ] {
        let refused = world.send(attempt(email, password, "192.0.2.1")).await.assert_status(403);
        assert_eq!(refused.header("set-cookie"), "", "{email}");
        refused.assert_says("E-mail address and password do not belong together.").assert_does_not_say(HERONS);
    }
}

#[tokio::test]
async fn a_session_that_was_brought_along_is_not_the_one_that_opens() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    let planted = session(&world, "eve@harbour.example", AccountRole::Editor, super::editor::TOMORROW).await;
    let mut request = attempt(ADA, HERONS, "192.0.2.1");
    request.headers_mut().insert("cookie", planted.parse().expect("a value"));
    let opened = cookie(&world.send(request).await.assert_redirects_to("/editor"));
    assert_ne!(opened, planted);
    look(&world, &planted, "/editor").await.assert_redirects_to("/editor/sign-in");
    look(&world, &opened, "/editor").await.assert_page().assert_says(ADA);
}

#[tokio::test]
async fn one_goes_on_where_one_wanted_to_but_never_elsewhere() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    let asked = world.get("/editor/account/tokens?x=1").await;
    let asked = asked.assert_redirects_to("/editor/sign-in?next=%2Feditor%2Faccount%2Ftokens%3Fx%3D1");
    world.get(asked.header("location")).await.assert_page().assert_has("value=\"/editor/account/tokens?x=1\"");
    for (next, lands) in [
        ("%2Feditor%2Faccount%2Ftokens%3Fx%3D1", "/editor/account/tokens?x=1"),
        ("https%3A%2F%2Fevil.example", "/editor"),
        ("%2F%2Fevil.example%2Feditor", "/editor"),
        ("%2F%5Cevil.example", "/editor"),
        ("%2Feditor%0D%0AX%3A+y", "/editor"),
        ("%22%3E%3Cscript%3E", "/editor"),
        ("https%3Aevil.example", "/editor"),
        ("%09%2F%2Fevil.example", "/editor"),
        ("%2F%09%2Fevil.example", "/editor"),
        ("%2Feditor%5C%5Cevil.example", "/editor"),
        ("%2Feditor%00", "/editor"),
        ("%2Feditor.evil.example", "/editor"),
        ("%2Feditor%40evil.example", "/editor"),
        ("%2Fbriefings", "/editor"),
    ] {
        let fields = format!("email={ADA}&password=three+grey+herons&next={next}");
        world.send(form("/editor/sign-in", "", &fields)).await.assert_redirects_to(lands);
        let page = world.get(&format!("/editor/sign-in?next={next}")).await.assert_page();
        page.assert_has(&format!("name=\"next\" value=\"{lands}\""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_guesses_at_once_are_ten_guesses_and_the_owner_comes_in_from_elsewhere() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    let guesses = (0..50).map(|n| world.send(attempt(ADA, &format!("not the password {n}"), "203.0.113.9")));
    let answers = join_all(guesses).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(403), count(429)), (10, 40));
    // Also the right one is not heard any more.
    let late = world.send(attempt(ADA, HERONS, "203.0.113.9")).await.assert_status(429);
    assert_eq!(late.header("retry-after"), "901");
    late.assert_says("Too many attempts failed from where you are. Please try again in 16 minutes.");
    world.send(attempt(ADA, HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
    // It was somebody at that address; others there still come in.
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    world.send(attempt("bo@harbour.example", HERONS, "203.0.113.9")).await.assert_redirects_to("/editor");
    // After a quarter of an hour it is forgotten.
    world.change("update sign_in_failure set at = at - interval '15 minutes'").await;
    world.send(attempt(ADA, HERONS, "203.0.113.9")).await.assert_redirects_to("/editor");
    let left: i64 = sqlx::query_scalar("select count(*) from sign_in_failure").fetch_one(&world.pool).await.unwrap();
    assert_eq!(left, 0, "what no longer counts is not kept");
}

#[tokio::test]
async fn one_address_cannot_try_one_password_on_everybody() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    world
        .change(
            "insert into sign_in_failure (email, address, at)
             select 'guess' || n || '@harbour.example', '203.0.113.9', '2026-11-22T11:59:00Z' from generate_series(1, 60) n",
        )
        .await;
    let late = world.send(attempt(ADA, HERONS, "203.0.113.9")).await.assert_status(429);
    assert_eq!(late.header("retry-after"), "841");
    world.send(attempt(ADA, HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
}

#[tokio::test]
async fn a_stranger_who_names_other_addresses_is_still_one_place() {
    let world = World::new().await;
    let mut heard = 0;
    for n in 0..12 {
        let mut request = attempt("nobody@harbour.example", "", "203.0.113.9");
        request.headers_mut().insert("x-forwarded-for", format!("198.51.100.{n}").parse().expect("a value"));
        heard += usize::from(world.send(request).await.status == 403);
    }
    assert_eq!(heard, 10);
}

#[tokio::test]
async fn an_unknown_account_takes_as_long_as_a_known_one() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    let mut least = [Duration::MAX; 2];
    for round in 0..8 {
        for (email, least) in [ADA, "nobody@harbour.example"].into_iter().zip(&mut least) {
            let begun = Instant::now();
            world.send(attempt(email, "not the password", &format!("192.0.2.{round}"))).await.assert_status(403);
            *least = begun.elapsed().min(*least);
        }
    }
    let [known, unknown] = least.map(|least| least.as_secs_f64());
    println!("an unknown account takes {:.2} of the time of a known one", unknown / known);
    assert!((0.6..1.7).contains(&(unknown / known)), "known {known}, unknown {unknown}");
}

#[tokio::test]
async fn a_password_of_less_effort_is_hashed_anew() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Editor).await;
    // The same password with a tenth of today's effort.
    let weak = weak_hash();
    sqlx::query("update account set password_hash = $1").bind(weak).execute(&world.pool).await.expect("a weak hash");
    world.send(attempt(ADA, HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
    let hash: String = sqlx::query_scalar("select password_hash from account").fetch_one(&world.pool).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    world.send(attempt(ADA, HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
}

fn weak_hash() -> String {
    use argon2::password_hash::phc::PasswordHash;
    use argon2::{Argon2, Params, PasswordHasher as _};
    let weak: PasswordHash = Argon2::from(Params::new(2048, 1, 1, None).expect("parameters"))
        .hash_password(HERONS.as_bytes())
        .expect("a hash");
    weak.to_string()
}

#[tokio::test]
async fn sessions_end_by_themselves() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    look(&world, &cookie, "/editor").await.assert_page();
    // The clock of a test stands still: the session began and ends earlier instead.
    world.change("update session set expires_at = '2026-11-22T12:00:00Z'").await;
    look(&world, &cookie, "/editor").await.assert_redirects_to("/editor/sign-in");
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    world.send(attempt("bo@harbour.example", HERONS, "192.0.2.1")).await.assert_redirects_to("/editor");
    let left: i64 = sqlx::query_scalar("select count(*) from session").fetch_one(&world.pool).await.unwrap();
    assert_eq!(left, 1, "the one that is over is gone");
}
