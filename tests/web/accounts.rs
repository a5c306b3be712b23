//! Accounts: invitations, roles, passwords, tokens, and what the audit log says of all that.

use onrecord::domain::AccountRole;

use super::editor::{TOMORROW, form, look, session, sign_in};
use super::sign_in::{ADA, HERONS, account};
use crate::world::{Answer, World};

async fn press(world: &World, cookie: &str, address: &str, fields: &str) -> Answer {
    world.send(form(address, cookie, fields)).await
}

/// What stands in the log, oldest first.
async fn acts(world: &World) -> Vec<String> {
    sqlx::query_scalar("select act from audit_entry order by id").fetch_all(&world.pool).await.expect("the log")
}

/// The secret that a page shows once.
fn secret(answer: &Answer) -> String {
    let rest = answer.text.split("class=\"secret\">").nth(1).expect("a secret");
    rest.split('<').next().expect("its end").to_owned()
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().expect("a cookie").to_owned()
}

fn choice(token: &str, password: &str, again: &str) -> String {
    format!("token={token}&password={password}&again={again}")
}

#[tokio::test]
async fn whoever_is_invited_chooses_a_password_once() {
    let world = World::new().await;
    let admin = sign_in(&world).await;
    let page = press(&world, &admin, "/editor/accounts", "email=Bo@Harbour.example&role=editor").await.assert_page();
    let page = page.assert_says("Send this link to Bo@Harbour.example.").assert_says("invited");
    let link = secret(&page);
    let token = link.strip_prefix("https://onrecord.example/editor/enter?token=").expect("an absolute link").to_owned();
    look(&world, &admin, "/editor/accounts").await.assert_page().assert_does_not_say(&token);
    press(&world, &admin, "/editor/accounts", "email=bo@harbour.example&role=admin")
        .await
        .assert_status(400)
        .assert_says("There is an account of this address already.");
    press(&world, &admin, "/editor/accounts", "email=%22%3E%3Cb%3E&role=admin")
        .await
        .assert_status(400)
        .assert_says("An e-mail address is written like name@example.org.");

    let address = format!("/editor/enter?token={token}");
    world.get(&address).await.assert_page().assert_says("you sign in as bo@harbour.example");
    for (password, again, sentence) in [
        ("eleven+char", "eleven+char", "A password has at least 12 characters."),
        ("three+grey+herons", "three+grey+heron", "The two passwords are not the same."),
    ] {
        let refused = press(&world, "", "/editor/enter", &choice(&token, password, again)).await;
        refused.assert_status(400).assert_says(sentence);
    }
    // An address sent along makes nobody else of them.
    let fields = format!("{}&email=eve@evil.example", choice(&token, "twelve+chars", "twelve+chars"));
    let entered = press(&world, "", "/editor/enter", &fields).await.assert_redirects_to("/editor");
    look(&world, &cookie(&entered), "/editor").await.assert_says("bo@harbour.example").assert_does_not_say("Accounts");
    world.get(&address).await.assert_status(403).assert_says("This link was used already or is too old.");
    assert_eq!(acts(&world).await, ["account.added", "password.chosen", "session.opened"]);
}

#[tokio::test]
async fn the_first_link_makes_an_admin_and_none_after_that() {
    let world = World::new().await;
    let now = "2026-11-22T11:00:00Z".parse().expect("a moment");
    let first = async || onrecord::auth::accounts::first_link(&world.pool, now).await.expect("an answer");
    let (one, two) = (first().await.expect("a link"), first().await.expect("a link"));
    let fields =
        |token| format!("{}&email={ADA}", choice(&format!("{token}"), "three+grey+herons", "three+grey+herons"));
    let entered = press(&world, "", "/editor/enter", &fields(&one)).await.assert_redirects_to("/editor");
    look(&world, &cookie(&entered), "/editor/accounts").await.assert_page().assert_says(ADA);
    press(&world, "", "/editor/enter", &fields(&two)).await.assert_status(403);
    assert!(first().await.is_none(), "there is an admin");
}

#[tokio::test]
async fn a_first_link_is_good_for_nothing_when_there_is_an_admin_by_other_means() {
    let world = World::new().await;
    let now = "2026-11-22T11:00:00Z".parse().expect("a moment");
    let link = onrecord::auth::accounts::first_link(&world.pool, now).await.expect("an answer").expect("a link");
    account(&world, ADA, AccountRole::Admin).await;
    world.get(&format!("/editor/enter?token={link}")).await.assert_status(403);
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Admin).await;
    let (here, there) = (sign_in(&world).await, sign_in(&world).await);
    let page = look(&world, &here, "/editor/account").await.assert_page();
    assert_eq!(page.text.matches("<strong>here</strong>").count(), 1);
    assert_eq!(page.text.matches("<li><div class=\"what\">Since").count(), 2);
    let change = "password=four+grey+herons&again=four+grey+herons&present=";
    press(&world, &here, "/editor/account/password", &format!("{change}wrong"))
        .await
        .assert_status(403)
        .assert_says("The present password is not right.");
    look(&world, &there, "/editor").await.assert_page();
    let present = HERONS.replace(' ', "+");
    let changed = press(&world, &here, "/editor/account/password", &format!("{change}{present}"))
        .await
        .assert_redirects_to("/editor/account");
    for old in [&here, &there] {
        look(&world, old, "/editor").await.assert_redirects_to("/editor/sign-in");
    }
    let new = cookie(&changed);
    look(&world, &new, "/editor").await.assert_page();
    world.send(form("/editor/sign-in", "", &format!("email={ADA}&password={present}"))).await.assert_status(403);
    let entered = world.send(form("/editor/sign-in", "", &format!("email={ADA}&password=four+grey+herons"))).await;
    let entered = cookie(&entered.assert_redirects_to("/editor"));
    press(&world, &new, "/editor/account/sign-out-everywhere", "").await.assert_redirects_to("/editor/sign-in");
    for over in [&new, &entered] {
        look(&world, over, "/editor").await.assert_redirects_to("/editor/sign-in");
    }
    let done = ["account.added", "password.changed", "session.opened", "session.opened", "sessions.closed"];
    assert_eq!(acts(&world).await, done);
}

#[tokio::test]
async fn a_stolen_session_is_no_place_to_guess_the_password() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Admin).await;
    let stolen = sign_in(&world).await;
    for guess in 0..11 {
        let fields = format!("password=four+grey+herons&again=four+grey+herons&present={guess}");
        let status = if guess < 10 { 403 } else { 429 };
        press(&world, &stolen, "/editor/account/password", &fields).await.assert_status(status);
    }
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_the_last_admin_stays() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Admin).await;
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    let admin = sign_in(&world).await;
    let editor = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    look(&world, &editor, "/editor").await.assert_page();
    press(&world, &admin, "/editor/accounts/2/disable", "").await.assert_redirects_to("/editor/accounts");
    look(&world, &editor, "/editor").await.assert_redirects_to("/editor/sign-in");
    look(&world, &admin, "/editor/accounts").await.assert_page().assert_says("disabled since 22 November 2026");
    press(&world, &admin, "/editor/accounts/2/link", "")
        .await
        .assert_status(403)
        .assert_says("An admin can enable it.");
    press(&world, &admin, "/editor/accounts/2/enable", "").await.assert_redirects_to("/editor/accounts");
    look(&world, &editor, "/editor").await.assert_redirects_to("/editor/sign-in");
    for (act, fields) in [("disable", ""), ("role", "role=editor")] {
        press(&world, &admin, &format!("/editor/accounts/1/{act}"), fields)
            .await
            .assert_status(403)
            .assert_says("This is the last admin who can sign in.");
    }
    press(&world, &admin, "/editor/accounts/9/disable", "").await.assert_status(404);
    press(&world, &admin, "/editor/accounts/2/role", "role=admin").await.assert_redirects_to("/editor/accounts");
    press(&world, &admin, "/editor/accounts/1/role", "role=editor").await.assert_redirects_to("/editor/accounts");
    look(&world, &admin, "/editor/accounts").await.assert_status(403).assert_says("Only admins see this.");
    press(&world, &admin, "/editor/accounts/1/disable", "").await.assert_status(403);
}

#[tokio::test]
async fn two_admins_cannot_disable_each_other_at_the_same_time() {
    let world = World::new().await;
    account(&world, ADA, AccountRole::Admin).await;
    account(&world, "bo@harbour.example", AccountRole::Admin).await;
    let bo = session(&world, "bo@harbour.example", AccountRole::Admin, TOMORROW).await;
    let ada = sign_in(&world).await;
    tokio::join!(
        press(&world, &ada, "/editor/accounts/2/disable", ""),
        press(&world, &bo, "/editor/accounts/1/disable", "")
    );
    let left: i64 = sqlx::query_scalar("select count(*) from account where disabled_at is null")
        .fetch_one(&world.pool)
        .await
        .expect("a count");
    assert_eq!(left, 1);
}

#[tokio::test]
async fn a_new_link_replaces_a_forgotten_password() {
    let world = World::new().await;
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    let admin = sign_in(&world).await;
    let token = |page: &Answer| secret(page).rsplit('=').next().expect("a token").to_owned();
    let lost = token(&press(&world, &admin, "/editor/accounts/1/link", "").await.assert_page());
    let sent = token(&press(&world, &admin, "/editor/accounts/1/link", "").await.assert_page());
    let fields = |token| choice(token, "four+grey+herons", "four+grey+herons");
    press(&world, "", "/editor/enter", &fields(&lost)).await.assert_status(403);
    press(&world, "", "/editor/enter", &fields(&sent)).await.assert_redirects_to("/editor");
}

#[tokio::test]
async fn a_token_is_shown_once_kept_as_a_hash_and_revoked_by_its_owner_only() {
    let world = World::new().await;
    let ada = sign_in(&world).await;
    let bo = session(&world, "bo@harbour.example", AccountRole::Editor, TOMORROW).await;
    look(&world, &ada, "/editor/account/tokens").await.assert_page().assert_says("You have made no token.");
    let page =
        press(&world, &ada, "/editor/account/tokens", "name=%3Cb%3Erobot&scope=edit&days=30").await.assert_page();
    let token = secret(&page);
    let list = look(&world, &ada, "/editor/account/tokens").await.assert_page().assert_says("<b>robot");
    list.assert_says("edit · good until 22 December 2026").assert_says("never used").assert_does_not_say(&token);
    let kept: String = sqlx::query_scalar("select row_to_json(t)::text from api_token t")
        .fetch_one(&world.pool)
        .await
        .expect("the row");
    assert!(!kept.contains(&token));
    for (fields, sentence) in [
        ("name=+&scope=edit&days=30", "Say in a few words what the token is for"),
        ("name=x&scope=edit&days=367", "at least one day and at most 366"),
        ("name=x&scope=edit&days=-1", "at least one day and at most 366"),
        ("name=x&scope=all&days=1", "Choose what the token allows"),
    ] {
        press(&world, &ada, "/editor/account/tokens", fields).await.assert_status(400).assert_says(sentence);
    }
    let ask = async || {
        let request = axum::http::Request::get("/api/v1/token").header("authorization", format!("Bearer {token}"));
        world.send(request.body(axum::body::Body::empty()).expect("a request")).await
    };
    ask().await.assert_status(200);
    look(&world, &ada, "/editor/account/tokens").await.assert_says("last used 22 November 2026");
    press(&world, &bo, "/editor/account/tokens/1/revoke", "").await.assert_status(404);
    ask().await.assert_status(200);
    press(&world, &ada, "/editor/account/tokens/1/revoke", "").await.assert_redirects_to("/editor/account/tokens");
    ask().await.assert_status(401);
    assert_eq!(acts(&world).await, ["token.made", "token.revoked"]);
}

#[tokio::test]
async fn the_log_is_read_by_what_was_done_to_and_taken_away_as_a_file() {
    let world = super::small_archive().await;
    let admin = sign_in(&world).await;
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    press(&world, &admin, "/editor/accounts/2/disable", "").await.assert_status(303);
    let slug = "2026-03-10-harbour-briefing-by-minister-ada-lind";
    for (turn, revision) in [(4, 1), (7, 2)] {
        let fields = format!("act=note&revision={revision}&number={turn}&reason=x&text=x");
        let address = format!("/editor/briefings/{slug}/correct");
        super::editor::press_button(&world, &address, &admin, &fields).await.assert_status(303);
    }
    for (object, entries) in [
        (slug, 2),
        ("https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/", 2),
        ("Bo@harbour.example", 2),
        ("account+2", 2),
        ("briefing+1", 2),
        ("revision+3", 1),
        ("batch+7", 0),
        ("nothing", 0),
        ("nobody@harbour.example", 0),
        ("%22%7D%2C%7B", 0),
    ] {
        let json = look(&world, &admin, &format!("/editor/audit.json?object={object}")).await.assert_status(200);
        assert_eq!(json.json()["entries"].as_array().map(Vec::len), Some(entries), "{object}");
        let page = look(&world, &admin, &format!("/editor/audit?object={object}")).await.assert_page();
        page.assert_says(if entries == 0 { "No entry is like that." } else { "as a table (CSV)" });
    }
    let all = look(&world, &admin, "/editor/audit.json?act=note&from=2026-11-22&to=2026-11-22").await.json();
    assert_eq!(all["entries"][0]["account"], ADA);
    assert_eq!(all["entries"][0]["hash"].as_str().map(str::len), Some(64));
    let table = look(&world, &admin, "/editor/audit.csv?act=account").await.assert_status(200);
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"audit.csv\"");
    let lines: Vec<&str> = table.text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (3, "entry,at,account,act,to,hash"), "{}", table.text);
    assert!(lines[1].contains(",ada@harbour.example,account.disabled,"), "{}", table.text);
}

#[tokio::test]
async fn admins_read_who_did_what_and_when() {
    let world = World::new().await;
    let admin = sign_in(&world).await;
    look(&world, &admin, "/editor/audit").await.assert_page().assert_says("No entry is like that.");
    account(&world, "bo@harbour.example", AccountRole::Editor).await;
    press(&world, &admin, "/editor/accounts/2/disable", "").await.assert_redirects_to("/editor/accounts");
    look(&world, &admin, "/editor/audit")
        .await
        .assert_page()
        .assert_says("2 entries.")
        .assert_says("account.added account bo@harbour.example · role editor 1 · the machine · 22 November 2026")
        .assert_says("account.disabled account bo@harbour.example 2 · ada@harbour.example · 22 November 2026");
    for (query, entries) in [
        ("account=1", "1 entry."),
        ("account=2", "No entry"),
        ("act=account.added", "1 entry."),
        ("act=account", "2 entries."),
        ("from=2026-11-22&to=2026-11-22", "2 entries."),
        ("from=2026-11-23", "No entry"),
        ("to=2026-11-21", "No entry"),
        ("from=soon&account=x&page=0", "2 entries."),
    ] {
        look(&world, &admin, &format!("/editor/audit?{query}")).await.assert_page().assert_says(entries);
    }
    for days in 1..=60 {
        let fields = format!("name=robot&scope=read&days={days}");
        press(&world, &admin, "/editor/account/tokens", &fields).await.assert_page();
    }
    let page = look(&world, &admin, "/editor/audit?act=token").await.assert_says("60 entries.");
    let page = page.assert_says("Older").assert_does_not_say("Newer");
    assert_eq!(page.text.matches("<strong>token.made").count(), 50);
    let second = look(&world, &admin, "/editor/audit?act=token&page=2").await.assert_says("Newer");
    assert_eq!(second.text.matches("<strong>token.made").count(), 10);
}
