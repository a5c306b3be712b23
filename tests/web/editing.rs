//! An editor at work in a real browser, with nothing but a keyboard.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use thirtyfour::prelude::*;

use super::browser::{Browser, Typist};
use super::editor::{self, TOMORROW, link, look, sign_in};
use super::upload::read_all;
use crate::world::World;

const TEXT: &str = "HARBOUR HOUSE\n\nPRESS BRIEFING BY PRESS SECRETARY ADA LIND\n\nNovember 20, 2026\n\n\
                    MS. LIND: Good afternoon. The tide is out.\n\nQ: Will it come back?\n\nMS. LIND: It will.\n";

/// A transcript as somebody has it on their disk: a real one, where there are any.
fn file() -> PathBuf {
    let real = std::env::var_os("ONRECORD_CORPORA").map(|corpora| PathBuf::from(corpora).join("white-house-html"));
    let files = real.and_then(|folder| std::fs::read_dir(folder).ok());
    let mut files: Vec<PathBuf> = files.into_iter().flatten().flatten().map(|file| file.path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "html"));
    files.sort();
    files.into_iter().next().unwrap_or_else(|| {
        let file = std::env::temp_dir().join(format!("onrecord-tide-{}.txt", std::process::id()));
        std::fs::write(&file, TEXT).expect("a file");
        file
    })
}

/// What the server does beside its requests.
async fn work(world: &World) {
    loop {
        read_all(world).await;
        world.follow().await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The first account, with a password.
async fn account(world: &World) {
    let token = link(world, TOMORROW).await;
    let fields = format!("token={token}&email=ada@harbour.example&password=three+grey+herons&again=three+grey+herons");
    world.send(editor::form("/editor/enter", "", &fields)).await.assert_redirects_to("/editor");
}

/// Waits for a page whose address begins so.
async fn arrives(browser: &Browser, path: &str) -> String {
    for _ in 0..200 {
        let now = browser.driver.current_url().await.expect("an address");
        if now.path().starts_with(path) {
            return now.path().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} is not reached: {}", browser.driver.current_url().await.expect("an address"));
}

/// Leads past the masthead, as the first key does on every page.
async fn skip(typist: &mut Typist<'_>) {
    typist.tab_to("Skip to the content").await;
    typist.press(Key::Enter + "").await;
}

/// From the sign-in page to a published transcript.
async fn from_sign_in_to_published(browser: &Browser) -> (usize, Duration, String) {
    let begun = Instant::now();
    let mut typist = Typist { browser, strokes: 0, unseen: Vec::new() };
    browser.goto("/editor").await;
    arrives(browser, "/editor/sign-in").await;
    if browser.run("return document.activeElement.id").await != "email" {
        skip(&mut typist).await;
        typist.tab_to("email").await;
    }
    typist.press("ada@harbour.example".into()).await;
    typist.tab_to("password").await;
    typist.press("three grey herons".into()).await;
    typist.press(Key::Enter + "").await;
    browser.driver.query(By::LinkText("Upload transcripts")).first().await.expect("the drafts");
    skip(&mut typist).await;
    typist.tab_to("Upload transcripts").await;
    typist.press(Key::Enter + "").await;
    arrives(browser, "/editor/upload").await;
    skip(&mut typist).await;
    typist.tab_to("files").await;
    typist.press(file().display().to_string().into()).await;
    // A key that is sent to this field itself is taken for the path of a file.
    browser.driver.action_chain().send_keys(Key::Tab + "").perform().await.expect("a key");
    typist.tab_to("Upload").await;
    typist.press(Key::Enter + "").await;
    arrives(browser, "/editor/batches/").await;
    // The page comes again by itself until everything is read.
    let draft = browser
        .driver
        .query(By::Css("main section a[href^='/editor/drafts/']"))
        .wait(Duration::from_secs(30), Duration::from_millis(100));
    let name = draft.first().await.expect("a draft").text().await.expect("its title");
    skip(&mut typist).await;
    typist.tab_to(&name).await;
    typist.press(Key::Enter + "").await;
    arrives(browser, "/editor/drafts/").await;
    skip(&mut typist).await;
    typist.tab_to("Publish").await;
    typist.press(Key::Enter + "").await;
    let public = arrives(browser, "/briefings/").await;
    assert_eq!(typist.unseen, Vec::<String>::new(), "the focus is always seen");
    (typist.strokes, begun.elapsed(), public)
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sign_in_to_a_published_transcript_by_keys_alone_with_and_without_javascript() {
    for script in [true, false] {
        let world = World::new().await;
        account(&world).await;
        let Some(browser) = Browser::open(&world).await else { return };
        browser.tool("Emulation.setScriptExecutionDisabled", json!({"value": !script})).await;
        let (strokes, took, public) = tokio::select! {
            done = from_sign_in_to_published(&browser) => done,
            () = work(&world) => unreachable!("the server works for ever"),
        };
        browser.close().await;
        eprintln!("scripts {script}: {strokes} strokes, {took:?}, {public}");
        assert!(took < Duration::from_mins(2), "{took:?}");
        assert!(strokes < 80, "{strokes} strokes");
        world.get(&public).await.assert_page().assert_does_not_say("Not yet checked by an editor.");
    }
}

/// A draft of a speaker who is suggested, and an office.
async fn tides(world: &World) -> String {
    let briefing = world.briefing("Briefing on the tides").held_on("2026-11-20").in_series("Harbour House briefing");
    let made = briefing
        .perhaps("MR. VESC", "Omar Vesk", "one letter differs")
        .turn("MR. VESC", "The tide is out.")
        .turn("ENGINEER OF WORKS", "The lock holds.")
        .draft()
        .create()
        .await;
    made.slug
}

async fn state(browser: &Browser, begins: &str) -> String {
    let mut said = String::new();
    for _ in 0..100 {
        let now = browser.run("return document.querySelector('.save-state').textContent").await;
        said = now.as_str().unwrap_or_default().to_owned();
        if said.starts_with(begins) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_saved_and_the_page_says_honestly_whether_it_is() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&cookie).await;
    browser.goto(&format!("/editor/drafts/{slug}")).await;
    let title = browser.driver.find(By::Id("title")).await.expect("a field");
    title.send_keys(" and ebbs").await.expect("typing");
    let saved = state(&browser, "Saved").await;
    let stored: String =
        sqlx::query_scalar("select title from briefing").fetch_one(&world.pool).await.expect("a title");
    // A server that is away.
    browser.run("window.real = window.fetch; window.fetch = () => Promise.reject(new Error('away'))").await;
    title.send_keys(" at night").await.expect("typing");
    let away = state(&browser, "Not saved:").await;
    browser.run("window.fetch = window.real").await;
    let back = state(&browser, "Saved").await;
    // Somebody else.
    let other = "saves=2&title=Their+title&date=2026-11-20&kind=transcript&series=&language=en&issuer=Press+office&status=official";
    let request = Request::post(format!("/editor/drafts/{slug}/save"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &cookie)
        .body(Body::from(other));
    world.send(request.expect("a request")).await.assert_status(303);
    title.send_keys(" again").await.expect("typing");
    let refused = state(&browser, "Not saved: see").await;
    let told =
        browser.driver.find(By::Css(".unsaved [role=alert]")).await.expect("a notice").text().await.expect("text");
    let typed = browser.run("return document.getElementById('title').value").await;
    let theirs: String =
        sqlx::query_scalar("select title from briefing").fetch_one(&world.pool).await.expect("a title");
    // Whoever has seen it saves by the button.
    title.send_keys(Key::Enter + "").await.expect("a key");
    arrives(&browser, &format!("/editor/drafts/{slug}")).await;
    for _ in 0..40 {
        let now: String =
            sqlx::query_scalar("select title from briefing").fetch_one(&world.pool).await.expect("a title");
        if now != theirs {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    browser.close().await;
    assert!(saved.len() == "Saved 10:42".len(), "{saved}");
    assert_eq!(stored, "Briefing on the tides and ebbs");
    assert_eq!(away, "Not saved: the server cannot be reached; your words are still here");
    assert!(back.starts_with("Saved "), "{back}");
    assert_eq!(refused, "Not saved: see below; your words are still here");
    assert!(
        told.contains("Title: it says Their title now, you wrote Briefing on the tides and ebbs at night again"),
        "{told}"
    );
    assert_eq!((typed, theirs), (json!("Briefing on the tides and ebbs at night again"), "Their title".to_owned()));
    look(&world, &cookie, &format!("/editor/drafts/{slug}"))
        .await
        .assert_says("Briefing on the tides and ebbs at night again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_is_settled_by_typing_a_name_that_readers_do_not_see_yet() {
    let world = World::new().await;
    let cookie = sign_in(&world).await;
    let slug = tides(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&cookie).await;
    browser.goto(&format!("/editor/drafts/{slug}")).await;
    let id: i64 = sqlx::query_scalar("select id from transcript_label where label = 'ENGINEER OF WORKS'")
        .fetch_one(&world.pool)
        .await
        .expect("a label");
    // It stands open, since there is nothing to confirm.
    let field = browser.driver.find(By::Id(format!("speaker-{id}"))).await.expect("a field");
    field.send_keys("ves").await.expect("typing");
    browser.driver.query(By::Css("[role=option]")).first().await.expect("a name is offered");
    field.send_keys(Key::Down + Key::Enter).await.expect("keys");
    let chosen = browser.run("return document.activeElement.value").await;
    // What was typed elsewhere on the page is saved before it is left.
    browser.run("document.getElementById('place').value = 'Port Ellis'").await;
    field.send_keys(Key::Enter + "").await.expect("a key");
    let mut now = (None, None);
    for _ in 0..100 {
        now = sqlx::query_as(
            "select s.name, b.place from briefing b join transcript t on t.briefing_id = b.id
             join transcript_label l on l.transcript_id = t.id left join speaker s on s.id = l.speaker_id where l.id = $1",
        )
        .bind(id)
        .fetch_one(&world.pool)
        .await
        .expect("a label");
        if now.0.is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    browser.close().await;
    assert_eq!(chosen, "Omar Vesk");
    assert_eq!(now, (Some("Omar Vesk".to_owned()), Some("Port Ellis".to_owned())));
}
