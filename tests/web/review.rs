//! Editors go through what the machine suggests, one after the other, and have the last word.

use std::fmt::Write as _;
use std::time::Duration;

use onrecord::domain::AccountRole;

use super::browser::Browser;
use super::editor::{TOMORROW, look, press_button, session, sign_in};
use super::follow_ups::{archive, briefing, read};
use crate::world::{Answer, World};

/// The value of a hidden field of the form that decides.
fn field(page: &Answer, name: &str) -> String {
    let form = page.text.split("class=\"review-form\"").nth(1).expect("a form");
    let mark = format!("name=\"{name}\" value=\"");
    form.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// Says something of what a page shows; gives where it goes on.
async fn say(world: &World, editor: &str, page: &Answer, word: &str) -> String {
    let mut fields = format!("suggestion={}&shown={}&word={word}", field(page, "suggestion"), field(page, "shown"));
    for name in ["of", "label", "series", "speaker", "topic", "briefing", "order", "single"] {
        let value = field(page, name);
        if !value.is_empty() {
            write!(fields, "&{name}={}", value.replace(' ', "+")).expect("a field");
        }
    }
    let answer = press_button(world, "/editor/review", editor, &fields).await.assert_status(303);
    world.follow().await;
    answer.header("location").split('#').next().expect("an address").to_owned()
}

async fn rows(world: &World, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(&world.pool).await.expect("rows")
}

async fn one(world: &World, sql: &'static str) -> String {
    rows(world, sql).await.pop().expect("a row")
}

#[tokio::test]
async fn an_editor_goes_through_all_that_waits_and_is_done() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    let mut address = "/editor/review".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = look(&world, &editor, &address).await.assert_page();
        if !page.text.contains("class=\"review-form\"") {
            page.assert_says("Nothing waits.").assert_says(&format!("{} decided by you today", seen.len()));
            break;
        }
        page_counts(&page, seen.len());
        let suggestion = field(&page, "suggestion");
        assert!(!seen.contains(&suggestion), "{suggestion} comes twice");
        let word = page.text.split("data-key=\"a\"").next().and_then(|before| before.rsplit("value=\"").next());
        let word = word.and_then(|rest| rest.split('"').next()).expect("a word to accept").to_owned();
        seen.push(suggestion);
        address = say(&world, &editor, &page, &word).await;
    }
    for kind in ["exchange-", "claim-", "follow-up-", "resolution-"] {
        assert!(seen.iter().any(|one| one.starts_with(kind)), "no {kind} in {seen:?}");
    }
    look(&world, &editor, "/editor/review")
        .await
        .assert_says("How often the machine was right")
        .assert_says("exchange: declined 1 1")
        .assert_says("follow up: will come back to it 1 1")
        .assert_says("resolution: keeps the promise 1 1");
    assert_eq!(
        one(&world, "select label || ' ' || suggested || ' ' || origin from exchange where label = 'declined'").await,
        "declined declined editor"
    );
    // The log holds references and labels, and no words.
    let log = rows(&world, "select act || ' ' || refs from audit_entry order by id").await;
    assert_eq!(log.len(), seen.len());
    assert!(
        log.iter().any(|entry| entry.starts_with("exchange.label ") && entry.contains("\"label\":\"declined\"")),
        "{log:?}"
    );
    assert!(log.iter().all(|entry| !entry.contains("trawler")), "{log:?}");
}

fn page_counts(page: &Answer, decided: usize) {
    assert!(page.words().contains(&format!("{decided} decided by you today")), "{}", page.words());
}

#[tokio::test]
async fn an_item_is_shown_with_what_is_needed_to_decide_it() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    look(&world, &editor, "/editor/review?label=declined")
        .await
        .assert_page()
        .assert_says("1 left with these filters")
        .assert_says("What became of the question?")
        .assert_says("16 November 2026 · Monday briefing")
        .assert_says("Will the minister sign the treaty")
        .assert_says("[marked: ")
        .assert_says("The machine says: declined, ")
        .assert_says("Accept: declined a")
        .assert_says("5 declined")
        .assert_says("Skip s");
    look(&world, &editor, "/editor/review?of=claim&speaker=ada-lind&label=figure")
        .await
        .assert_page()
        .assert_says("[marked: We moved 1,200 containers through Kallenport last week. ]")
        .assert_says("figure; worth a check: ");
    look(&world, &editor, "/editor/review?of=follow-up&topic=norlund")
        .await
        .assert_says("Nothing waits with these filters.");
    look(&world, &editor, "/editor/review?of=resolution")
        .await
        .assert_page()
        .assert_says("Do the later words keep the promise?")
        .assert_says("How many trawlers were detained")
        .assert_says("Let me get back to you on that.")
        .assert_says("Later: 19 November 2026 · Thursday briefing")
        .assert_says("they say that they come back to something");
    for query in
        ["?briefing=nothing", "?series=none", "?speaker=nobody", "?from=x&after=claim-9999&item=word", "?exchange=9999"]
    {
        look(&world, &editor, &format!("/editor/review{query}")).await.assert_page();
    }
    look(&world, &editor, "/editor/review?briefing=nothing").await.assert_says("There is no briefing at “nothing”.");
}

#[tokio::test]
async fn what_is_changed_and_rejected_is_what_readers_get() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    let page = look(&world, &editor, "/editor/review?label=declined").await;
    say(&world, &editor, &page, "dodged").await;
    assert_eq!(
        one(&world, "select label || ' ' || suggested from exchange where origin = 'editor'").await,
        "dodged declined"
    );
    look(&world, &editor, "/editor/review").await.assert_says("exchange: declined 0 1");
    let page = look(&world, &editor, "/editor/review?of=follow-up").await;
    say(&world, &editor, &page, "rejected").await;
    world.get("/follow-ups?state=all").await.assert_says("No promise was found so far.");
    // Nobody decides what keeps a promise that is none.
    look(&world, &editor, "/editor/review?of=resolution").await.assert_says("Nothing waits with these filters.");
}

#[tokio::test]
async fn the_last_decision_is_taken_back_and_made_anew() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    let page = look(&world, &editor, "/editor/review?of=follow-up").await;
    let next = say(&world, &editor, &page, "rejected").await;
    let page = look(&world, &editor, &next).await.assert_says("Undo the last (follow up: rejected) u");
    let undo = page.text.split("class=\"review-undo\"").nth(1).expect("a form");
    let value =
        |name: &str| undo.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    let fields =
        format!("suggestion={}&shown={}&word=back&of=follow-up", value("suggestion").unwrap(), value("shown").unwrap());
    let back = press_button(&world, "/editor/review", &editor, &fields).await.assert_status(303);
    let back = back.header("location").split('#').next().expect("an address").to_owned();
    let page = look(&world, &editor, &back).await.assert_page().assert_says("Let me get back to you on that.");
    page_counts(&page, 0);
    say(&world, &editor, &page, "right").await;
    assert_eq!(one(&world, "select origin || rejected from follow_up").await, "editorfalse");
}

#[tokio::test]
async fn skipping_goes_on_and_comes_round() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    for order in ["", "most", "newest"] {
        let mut address = format!("/editor/review?order={order}");
        let mut seen = Vec::new();
        loop {
            let page = look(&world, &editor, &address).await.assert_page();
            if !page.text.contains("class=\"review-form\"") {
                page.assert_says("That was the last.")
                    .assert_says(&format!("{} that you skipped are left", seen.len()));
                break;
            }
            seen.push(field(&page, "suggestion"));
            assert!(seen.len() < 50, "{order}: it comes to no end");
            let text = page.text.replace("&#38;", "&");
            let skip = text.split("data-key=\"s\"").next().and_then(|before| before.rsplit("href=\"").next());
            skip.and_then(|rest| rest.split(['"', '#']).next()).expect("a way on").clone_into(&mut address);
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "{order}: each once");
        assert!(all >= 5, "{order}: {seen:?}");
    }
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_overwrites_nothing() {
    let world = archive().await;
    let first = sign_in(&world).await;
    let second = session(&world, "omar@harbour.example", AccountRole::Editor, TOMORROW).await;
    let page = look(&world, &first, "/editor/review?label=declined").await;
    let same = look(&world, &second, "/editor/review?label=declined").await;
    say(&world, &first, &page, "declined").await;
    let next = say(&world, &second, &same, "answered").await;
    look(&world, &second, &next)
        .await
        .assert_page()
        .assert_says("Somebody else decided that one while you looked at it. Nothing was overwritten.")
        .assert_has("href=\"/editor/review?exchange=");
    assert_eq!(rows(&world, "select label from exchange where origin = 'editor'").await, ["declined"]);
    // By itself it says who decided, and can be decided anew.
    let id = one(&world, "select id::text from exchange where origin = 'editor'").await;
    let address = format!("/editor/review?exchange={id}");
    let page =
        look(&world, &second, &address).await.assert_says("ada@harbour.example said “declined” on 22 November 2026");
    assert_eq!(say(&world, &second, &page, "partly").await, address);
    look(&world, &second, &address).await.assert_says("omar@harbour.example said “partly”");
    // What was taken back meanwhile is not decided on an old page either.
    let page = look(&world, &first, &address).await;
    say(&world, &second, &page, "back").await;
    say(&world, &first, &page, "rejected").await;
    assert_eq!(rows(&world, "select label from exchange where origin = 'editor'").await, [""; 0]);
}

#[tokio::test]
async fn an_editors_word_outlives_new_readings_and_corrections() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    let page = look(&world, &editor, "/editor/review?label=declined").await;
    say(&world, &editor, &page, "dodged").await;
    let page = look(&world, &editor, "/editor/review?label=figure").await;
    say(&world, &editor, &page, "rejected").await;
    let page = look(&world, &editor, "/editor/review?of=resolution").await;
    say(&world, &editor, &page, "right").await;
    world.change("update transcript set analysis_version = 0; update feed set resolutions_version = 0").await;
    read(&world).await;
    for (slug, number, text) in [
        ("2026-11-16-monday-briefing", 5, "I am not going to comment on a document that has not been published."),
        (
            "2026-11-19-thursday-briefing",
            3,
            "On Monday you asked about trawlers off Kallenport: eleven were detained in March.",
        ),
    ] {
        let fields = format!(
            "act=words&revision=1&number={number}&compared=yes&reason=Heard+again.&text={}",
            text.replace(' ', "+")
        );
        press_button(&world, &format!("/editor/briefings/{slug}/correct"), &editor, &fields).await.assert_status(303);
    }
    read(&world).await;
    assert_eq!(
        rows(&world, "select label from exchange where origin = 'editor' and question_id is not null").await,
        ["dodged"]
    );
    look(&world, &editor, "/editor/review?label=figure").await.assert_says("Nothing waits with these filters.");
    world
        .get("/follow-ups?state=kept")
        .await
        .assert_says("Answered on 19 November 2026, after 3 days")
        .assert_says("about [match: trawlers ] off");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let world = archive().await;
    let editor = sign_in(&world).await;
    for fields in [
        "",
        "suggestion=exchange-1&word=",
        "suggestion=exchange-1&word=figure",
        "suggestion=claim-1&word=declined",
        "suggestion=follow-up-1&word=declined",
        "suggestion=word-1&word=right",
        "suggestion=exchange-1&word=declined&shown=yesterday",
    ] {
        press_button(&world, "/editor/review", &editor, fields)
            .await
            .assert_status(400)
            .assert_says("The form is incomplete");
    }
    let gone =
        press_button(&world, "/editor/review", &editor, "suggestion=claim-9999&word=figure").await.assert_status(303);
    let page = look(&world, &editor, gone.header("location").split('#').next().expect("an address")).await;
    page.assert_page().assert_says("is suggested no more");
    assert_eq!(rows(&world, "select act from audit_entry").await, [""; 0]);
}

/// Ten exchanges to decide, and more.
pub async fn ten() -> World {
    let world = World::new().await;
    let mut long = briefing(&world, "Long briefing", "2026-11-16");
    for (n, town) in ["Varen", "Kallenport", "Norlund", "Brannoch", "Tarvenia", "Esk", "Holm", "Rade", "Lund", "Ost"]
        .iter()
        .enumerate()
    {
        long = long
            .turn("Q", &format!("Will the ferry to {town} sail again before the end of the year?"))
            .turn("MS. LIND", &format!("I’m not going to comment on ferry number {}.", n + 1));
    }
    long.create().await;
    read(&world).await;
    world
}

/// Presses a key, and waits for the next suggestion; gives what is shown then.
async fn press(browser: &Browser, key: &str) -> String {
    let shown = "return document.querySelector('.review-form [name=suggestion]')?.value ?? ''";
    let before = browser.run(shown).await;
    browser.driver.active_element().await.expect("an element").send_keys(key).await.expect("a key");
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let now = browser.run(shown).await;
        if now != before {
            return now.as_str().expect("a suggestion").to_owned();
        }
    }
    panic!("{key} leads nowhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_are_decided_by_keyboard_alone() {
    let world = ten().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&sign_in(&world).await).await;
    browser.goto("/editor/review?of=exchange&order=newest").await;
    for key in ["a", "r", "s", "3", "u", "2", "a", "a", "a", "9", "a"] {
        press(&browser, key).await;
    }
    // The suggestion has the focus: what is read out next is what is to be decided.
    let focus = browser.run("return document.activeElement.id").await;
    assert_eq!(press(&browser, "a").await, "", "all but the one skipped are decided");
    let first = press(&browser, "s").await;
    press(&browser, "a").await;
    let text = browser.run("return document.querySelector('main').innerText").await;
    browser.close().await;
    assert_eq!(focus, "item");
    assert!(!first.is_empty() && text.as_str().is_some_and(|text| text.contains("Nothing waits")), "{text}");
    let decided = rows(&world, "select case when rejected then 'rejected' else label end from exchange where origin = 'editor' order by number").await;
    assert_eq!(
        decided,
        [
            "declined",
            "rejected",
            "declined",
            "partly",
            "declined",
            "declined",
            "declined",
            "clarification-asked",
            "declined",
            "declined"
        ]
    );
}
