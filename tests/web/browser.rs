//! What a real browser, and the tools of people who cannot see the page, make of it.
//!
//! Runs where chromedriver is found and says so where it is not; `ONRECORD_REQUIRE_BROWSER=1` makes it a failure.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use onrecord::jobs::analyses;
use serde_json::{Value, json};
use thirtyfour::ChromeCapabilities;
use thirtyfour::prelude::*;

use super::{editor, small_archive, small_archive_with_mail, upload};
use crate::world::World;

/// A browser that looks at the site of a test.
pub struct Browser {
    pub driver: WebDriver,
    pub site: String,
    _chromedriver: Running,
}

/// A chromedriver that goes when the test does, however that ends.
struct Running {
    process: Child,
    profile: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Whether tests that need a browser may be passed over.
fn missing(what: &str) {
    assert!(std::env::var_os("ONRECORD_REQUIRE_BROWSER").is_none(), "{what} is required here");
    eprintln!("skipped: no {what}");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

impl Browser {
    pub async fn open(world: &World) -> Option<Self> {
        let port = free_port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| missing("chromedriver"))
            .ok()?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port for the site");
        let site = format!("http://{}", listener.local_addr().expect("its address"));
        let router = world.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let profile = std::env::temp_dir().join(format!("onrecord-browser-{}-{port}", std::process::id()));
        let mut wanted = DesiredCapabilities::chrome();
        for flag in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,1000",
            &format!("--user-data-dir={}", profile.display()),
        ] {
            wanted.add_arg(flag).expect("a flag");
        }
        let chromedriver = Running { process, profile };
        let driver = connect(port, wanted).await;
        Some(Self { driver, site, _chromedriver: chromedriver })
    }

    pub async fn goto(&self, address: &str) {
        self.driver.goto(format!("{}{address}", self.site)).await.expect("the page opens");
    }

    /// Signs in: keeps the cookie that a link has been exchanged for.
    pub async fn enter(&self, cookie: &str) {
        let (name, value) = cookie.split_once('=').expect("a cookie");
        let url = format!("{}/editor", self.site);
        self.tool("Network.setCookie", json!({"name": name, "value": value, "url": url, "path": "/editor"})).await;
    }

    pub async fn run(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::new()).await.expect("the script runs").json().clone()
    }

    pub async fn tool(&self, command: &str, with: Value) -> Value {
        self.driver.cdp().send_raw(command, with).await.expect("the browser obeys")
    }

    pub async fn close(self) {
        let Self { driver, .. } = self;
        let _ = driver.quit().await;
    }
}

async fn connect(port: u16, wanted: ChromeCapabilities) -> WebDriver {
    // Several tests may come here; all want the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for _ in 0..100 {
        match WebDriver::new(format!("http://127.0.0.1:{port}"), wanted.clone()).await {
            Ok(driver) => return driver,
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    panic!("chromedriver does not answer");
}

const BRIEFING: &str = "/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind";

/// A quotation that has got a "not".
const ALTERED: &str = "/check?quote=The+dam+in+Norlund+is+not+safe.+We+measured+the+levels+twice&speaker=Ada+Lind";

/// One address of every kind of page.
fn kinds() -> Vec<String> {
    [
        "/",
        "/briefings",
        BRIEFING,
        "/series",
        "/series/harbour-ministry-briefing",
        "/dates",
        "/dates/2026",
        "/dates/2026/03",
        "/dates/2026/03/10",
        "/dates/undated",
        "/speakers",
        "/speakers/ada-lind",
        "/speakers/ada-lind/topics/norlund",
        "/topics",
        "/topics/norlund",
        "/claims",
        "/claims?kind=figure&speaker=ada-lind&from=soon",
        "/claims/1",
        "/search",
        "/corrections",
        "/follow-ups",
        "/follow-ups?state=kept&speaker=nobody",
        "/problems",
        "/problems?number=P-0000-0000",
        "/about/integrity",
        "/api",
        "/search?q=dam",
        "/search?q=%22dam&speaker=nobody",
        "/help/search",
        "/search?q=norlnd",
        "/trends",
        "/trends?q=norlund&q=negotiations&by=month",
        "/trends?speaker=ada-lind&speaker=omar-vesk&measure=per-thousand&by=year",
        "/on-this-day",
        "/on-this-day/03/10",
        "/about",
        "/about/coverage",
        "/questions",
        "/questions?speaker=ada-lind",
        "/questions?label=evaded&speaker=nobody",
        "/questions?thread=1",
        "/about/answers",
        "/nothing/here",
        "/check",
        // Verbatim, altered with a lost number, said by somebody else, in a question, not found, an article, a mistake.
        "/check?quote=The+dam+in+Norlund+is+safe&speaker=Ada+Lind",
        "/check?quote=We+measured+the+levels+two+times+and+the+dam+is+safe",
        ALTERED,
        "/check?quote=The+dam+in+Norlund+is+safe&speaker=Omar+Vesk",
        "/check?quote=Is+the+dam+in+Norlund+safe",
        "/check?quote=A+brass+band+on+every+ferry&speaker=Ada+Lind&from=2026",
        "/check?quote=She+said+%E2%80%9Cthe+dam+in+Norlund+is+not+safe%E2%80%9D+and+%E2%80%9Ca+brass+band+on+every+ferry%E2%80%9D+to+them",
        "/check?quote=dam&from=soon",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(
        ["/4", "/3-4", "/4/chronology", "/4/problem", "/3-4/problem?revision=1", "/history", "?speaker=ada-lind", "?highlight=dam"].map(|rest| format!("{BRIEFING}{rest}")),
    )
    .collect()
}

/// One address at least of every kind of page that only editors see, as the table of routes has them.
async fn editors(world: &World) -> Vec<String> {
    while analyses::read_some(&world.pool).await.expect("it is read") {}
    world
        .change(
            "insert into claim (id, briefing_id, utterance_id, number, starts, ends, kind, suggested, score)
             overriding system value
             select 1000, briefing_id, utterance_id, number, starts, ends - 1, 'fact', 'fact', 0.5 from claim where id = 1",
        )
        .await;
    let [open, held] = editor::drafts(world).await;
    let cookie = editor::sign_in(world).await;
    for fields in [
        "act=review&verdict=Mostly+true&publisher=Harbour+Checks&url=https://checks.example/1&day=2026-03-12",
        "act=link&stands=corrected-by&other=1000",
    ] {
        editor::press_button(world, "/editor/claims/1", &cookie, fields).await.assert_status(303);
    }
    let batch = doubtful_batch(world, &cookie).await;
    let correct = BRIEFING.replace("/briefings", "/editor/briefings");
    let mut addresses = vec![
        "/editor/series/harbour-ministry-briefing/days?day=2026-03-09".to_owned(),
        "/editor/series/harbour-house-briefing/labels".to_owned(),
        format!("{correct}/4"),
        format!("{correct}/redact"),
        correct,
        format!("{batch}?only=new"),
        batch,
    ];
    let doubtful = "2026-11-18-harbour-call";
    addresses.extend([&open, &held, doubtful].map(|slug| format!("/editor/drafts/{slug}")));
    for rest in ["", "?q=harbour", "?q=none", "?of=2026-03-10-harbour-briefing-by-minister-ada-lind"] {
        addresses.push(format!("/editor/drafts/{doubtful}/same-event{rest}"));
    }
    for rest in [
        "",
        "/upload",
        "/unchecked",
        "/sign-in",
        "/account",
        "/account/tokens",
        "/accounts",
        "/audit",
        "/audit?act=none",
    ] {
        addresses.push(format!("/editor{rest}"));
    }
    for rest in
        ["", "?q=none", "/ada-lind", "/ada-lind?from=2030-01-01", "/ada-lind/merge", "/omar-vesk/merge?into=ada-lind"]
    {
        addresses.push(format!("/editor/speakers{rest}"));
    }
    addresses.extend(["/editor/topics", "/editor/topics/norlund", "/editor/claims/1"].map(str::to_owned));
    let told = "revision=1&kind=words&text=The+recording+says+otherwise.&email=rea@example.org";
    let noted = super::problems::report(world, "192.0.2.1:4000", "3-4", told).await;
    addresses.push(noted.header("location").to_owned());
    let acts = ["version=1&act=settle&outcome=declined&reason=It+does+not.", "version=2&act=reopen&reason=It+does."];
    for fields in acts {
        editor::press_button(world, "/editor/problems/1", &cookie, fields).await.assert_status(303);
    }
    editor::press_button(world, "/editor/speakers", &cookie, "one=1&other=2&act=not-same").await.assert_status(303);
    addresses.extend(super::transcripts::every_page(world).await);
    addresses.extend(["/editor/problems", "/editor/problems/1", "/editor/problems?show=settled"].map(str::to_owned));
    addresses.push(format!("/editor/enter?token={}", editor::link(world, editor::TOMORROW).await));
    super::follow_ups::fill(world).await;
    let review = ["", "?of=exchange", "?of=claim", "?of=follow-up", "?of=resolution", "?resolution=1", "?series=none"];
    addresses.extend(review.map(|rest| format!("/editor/review{rest}")));
    for pattern in super::routes::pages_of_editors() {
        let parts: Vec<&str> = pattern.split('/').collect();
        let fits = |address: &&String| {
            let path: Vec<&str> = address.split('?').next().unwrap_or_default().split('/').collect();
            path.len() == parts.len() && parts.iter().zip(path).all(|(part, one)| part.starts_with('{') || *part == one)
        };
        assert!(addresses.iter().any(|address| fits(&address)), "an address of {pattern}, to look at");
    }
    addresses
}

/// An upload with something of each sort of doubt, and a label that is settled for a series.
async fn doubtful_batch(world: &World, cookie: &str) -> String {
    let files: [(&str, &[u8]); 4] = [
        ("office.txt", b"Harbour call\n\nNovember 18, 2026\n\nSPEAKER 1: The lock holds.\n\nQ: Does it?\n\nSPEAKER 1: It does.\n"),
        ("alone.txt", b"Harbour call on ropes\n\nNovember 19, 2026\n\nROSA QUILL: They hold.\n\nQ: Do they?\n\nROSA QUILL: They do.\n"),
        ("surname.txt", b"Harbour call on nets\n\nMR. DROM: The nets hold.\n\nQ: Do they?\n\nMR. DROM: They do.\n"),
        ("empty.txt", b""),
    ];
    let batch = upload::upload(world, cookie, &[("series", "Harbour House briefing")], &files).await;
    // Nothing in a text speaks for people whom the test made up.
    world.change("update transcript_label set origin = 'editor'").await;
    upload::read_all(world).await;
    world.change("update transcript_label l set origin = 'machine' from transcript t where t.id = l.transcript_id and t.evidence = '{}'").await;
    let label: i64 = sqlx::query_scalar("select id from transcript_label where label = 'SPEAKER 1'")
        .fetch_one(&world.pool)
        .await
        .expect("a label");
    let settle = format!("label={label}&speaker=Ida+Berg&create=yes&series=yes");
    editor::press_button(world, "/editor/drafts/2026-11-18-harbour-call/settle", cookie, &settle)
        .await
        .assert_status(303);
    batch
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_kind_of_page() {
    let Some(axe) = std::env::var_os("ONRECORD_AXE") else { return missing("axe-core (ONRECORD_AXE)") };
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let world = small_archive_with_mail().await;
    let editors = editors(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&editor::sign_in(&world).await).await;
    let mut violations = Vec::new();
    let everything: Vec<String> = kinds().into_iter().chain(editors.clone()).collect();
    // The answers of the fact-checker's desk and everything of editors on a phone too.
    let answers = kinds().into_iter().filter(|address| address.starts_with("/check"));
    let answers: Vec<String> = answers.chain(editors).collect();
    for (scheme, width, addresses) in
        [("light", 1280, &everything), ("dark", 1280, &everything), ("light", 390, &answers), ("dark", 390, &answers)]
    {
        let size = json!({"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600});
        browser.tool("Emulation.setDeviceMetricsOverride", size).await;
        let feature = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        browser.tool("Emulation.setEmulatedMedia", feature).await;
        for address in addresses {
            browser.goto(address).await;
            browser.run(&axe).await;
            let script = "const done = arguments[arguments.length - 1];
                axe.run({rules: {'target-size': {enabled: true}}}).then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))));";
            let found = browser.driver.execute_async(script, Vec::new()).await.expect("axe runs");
            for violation in found.json().as_array().expect("a list") {
                violations.push(format!("{scheme} {width} {address}: {violation}"));
            }
        }
    }
    browser.close().await;
    assert!(violations.is_empty(), "{violations:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_wider_than_a_phone() {
    let world = small_archive_with_mail().await;
    let editors = editors(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&editor::sign_in(&world).await).await;
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
    browser.tool("Emulation.setDeviceMetricsOverride", phone).await;
    let mut wide = Vec::new();
    for address in kinds().into_iter().chain(editors) {
        browser.goto(&address).await;
        let width = browser.run("return document.documentElement.scrollWidth").await;
        if width.as_i64() > Some(390) {
            wide.push((address, width));
        }
    }
    browser.close().await;
    assert!(wide.is_empty(), "{wide:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_works_without_javascript() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.tool("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
    browser.goto("/").await;
    let field = browser.driver.find(By::Id("q")).await.expect("a search field");
    field.send_keys("dam safe\n").await.expect("typing works");
    let result = browser.driver.query(By::Css(".result-links a")).first().await.expect("a result");
    result.click().await.expect("it can be followed");
    let said = browser.driver.query(By::Css(".cited .said")).first().await.expect("the words");
    let said = said.text().await.expect("text");
    browser.close().await;
    assert!(said.contains("dam in Norlund"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_offered_while_they_are_typed_and_chosen_by_keyboard() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto("/search").await;
    let state = "const f = document.activeElement, l = document.getElementById(f.getAttribute('aria-controls'));
        return [f.getAttribute('role'), f.getAttribute('aria-expanded'), l.hidden,
                [...l.children].map(o => o.textContent), f.getAttribute('aria-activedescendant') !== null, f.value]";
    let field = browser.driver.find(By::Id("speaker")).await.expect("a field");
    field.send_keys("li").await.expect("typing works");
    for _ in 0..50 {
        if browser.run(state).await[1] == "true" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let offered = browser.run(state).await;
    assert_eq!(offered, json!(["combobox", "true", false, ["Ada Lind 4"], false, "li"]));
    if let Some(axe) = std::env::var_os("ONRECORD_AXE") {
        browser.run(&std::fs::read_to_string(axe).expect("axe-core")).await;
        let script = "const done = arguments[arguments.length - 1];
            axe.run().then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))));";
        let found = browser.driver.execute_async(script, Vec::new()).await.expect("axe runs");
        assert_eq!(found.json(), &json!([]), "the open list");
    }
    field.send_keys(Key::Down + "").await.expect("a key");
    assert_eq!(browser.run(state).await[4], true, "the first name is active");
    field.send_keys(Key::Enter + "").await.expect("a key");
    assert_eq!(browser.run(state).await, json!(["combobox", "false", true, ["Ada Lind 4"], false, "Ada Lind"]));
    // In the field for everything a name leads to its page.
    let field = browser.driver.find(By::Id("q")).await.expect("a field");
    field.send_keys("norl").await.expect("typing works");
    browser.driver.query(By::Css("[role=option]")).first().await.expect("a name");
    for _ in 0..50 {
        if browser.run(state).await[1] == "true" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    field.send_keys(Key::Down + Key::Escape).await.expect("keys");
    assert_eq!(browser.run(state).await[1], "false", "Escape closes the list");
    field.send_keys(Key::Down + "").await.expect("a key");
    tokio::time::sleep(Duration::from_millis(300)).await;
    field.send_keys(Key::Down + Key::Enter).await.expect("keys");
    tokio::time::sleep(Duration::from_millis(300)).await;
    let now = browser.driver.current_url().await.expect("an address");
    // Whoever checks a quotation need not know how the archive spells the name.
    browser.goto("/check").await;
    browser.driver.find(By::Id("speaker")).await.expect("a field").send_keys("ves").await.expect("typing works");
    let name = browser.driver.query(By::Css("[role=option]")).first().await.expect("a name");
    let name = name.text().await.expect("text");
    browser.close().await;
    assert_eq!(now.path(), "/topics/norlund");
    assert!(name.starts_with("Omar Vesk"), "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_key_leads_past_the_masthead() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(BRIEFING).await;
    let page = browser.driver.find(By::Tag("body")).await.expect("a page");
    page.send_keys(Key::Tab + "").await.expect("a key");
    let first = browser.run("return document.activeElement.textContent").await;
    let shown = browser.run("return document.activeElement.getBoundingClientRect().top >= 0").await;
    browser.driver.active_element().await.expect("a link").send_keys(Key::Enter + "").await.expect("a key");
    let then = browser.run("return document.activeElement.id").await;
    browser.close().await;
    assert_eq!((first, shown, then), (json!("Skip to the content"), json!(true), json!("main")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_briefing_reads_as_section_speaker_role_and_words() {
    let world = World::new().await;
    let mut long = world
        .briefing("A long briefing")
        .held_on("2026-05-01")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "Good morning.");
    for n in 1..=150 {
        if n % 50 == 1 {
            long = long.heading(&format!("Section {}", n / 50 + 1));
        }
        long = long.turn("Q", &format!("Question number {n}?")).turn("MS. LIND", &format!("Answer number {n}."));
    }
    let made = long.create().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(&format!("/briefings/{}", made.slug)).await;
    let tree = browser.tool("Accessibility.getFullAXTree", json!({})).await;
    browser.goto(&format!("/briefings/{}#9", made.slug)).await;
    let focused = browser.run("return document.activeElement.id").await;
    browser.close().await;
    let said = spoken(&tree);
    for expected in
        ["heading: Section 1", "heading: Q reporter’s question", "text: Question number 1?", "text: Answer number 150."]
    {
        assert!(said.iter().any(|line| line == expected), "no “{expected}” in {:#?}", &said[..said.len().min(80)]);
    }
    let question = said.iter().position(|line| line == "text: Question number 75?").expect("the question");
    let around = said[question - 4..question + 8].join("\n");
    assert!(around.contains("heading: Q reporter’s question") && around.contains("text: Ada Lind"), "{around}");
    assert_eq!(focused, "9");
}

/// A briefing of thirty questions and answers in three sections.
async fn thirty(world: &World) -> String {
    let mut long = world.briefing("A long briefing").held_on("2026-05-01").person("MS. LIND", "Ada Lind", "Minister");
    for n in 1..=30 {
        if n % 10 == 1 {
            long = long.heading(&format!("Section {}", n / 10 + 1));
        }
        let answer =
            format!("Answer number {n}{}. {}", if n % 9 == 0 { " on the dam" } else { "" }, "And more. ".repeat(40));
        long = long.turn("Q", &format!("Question number {n}?")).turn("MS. LIND", &answer);
    }
    long.create().await.slug
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_move_between_turns_and_matches_and_the_address_follows() {
    let world = World::new().await;
    let slug = thirty(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser
        .tool(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}),
        )
        .await;
    browser.goto(&format!("/briefings/{slug}?highlight=dam")).await;
    let before = browser.run("return location.hash").await;
    let state = "return [document.activeElement.id, location.hash, document.activeElement.getBoundingClientRect().top >= 0 && document.activeElement.getBoundingClientRect().top < 60]";
    let press = async |keys: TypingData| {
        let active = browser.driver.active_element().await.expect("an element");
        active.send_keys(keys).await.expect("keys");
        browser.run(state).await
    };
    let on_turns = [press("j".into()).await, press("j".into()).await];
    tokio::time::sleep(Duration::from_millis(600)).await;
    let at_rest = browser.run("return location.hash").await;
    let back = press("k".into()).await;
    let on_matches = [press("n".into()).await, press("n".into()).await, press("p".into()).await];
    // Typing is typing, and shortcuts stay the browser's.
    let field = browser.driver.find(By::Id("highlight")).await.expect("the field");
    field.send_keys("jnk?").await.expect("typing");
    let typed =
        browser.run("return [document.getElementById('highlight').value, document.getElementById('keys').open]").await;
    browser.run("document.getElementById('4').focus()").await;
    let with_control = press(Key::Control + "j").await;
    // The list of keys opens, closes, and switches them off on this device.
    press("?".into()).await;
    let open = browser
        .run("return [document.getElementById('keys').open, document.activeElement.closest('dialog') !== null]")
        .await;
    browser.driver.find(By::Id("keys-on")).await.expect("the switch").click().await.expect("a click");
    browser.driver.active_element().await.expect("the dialog").send_keys(Key::Escape + "").await.expect("a key");
    browser.goto(&format!("/briefings/{slug}")).await;
    browser.run("document.getElementById('4').focus()").await;
    let off = press("j".into()).await;
    browser.close().await;
    assert_eq!(before, "");
    assert_eq!(on_turns, [json!(["1", "#1", true]), json!(["2", "#2", true])]);
    assert_eq!((at_rest, back), (json!("#2"), json!(["1", "#1", true])));
    // Nine questions and answers and a heading before the ninth answer, then another heading.
    assert_eq!(on_matches, [json!(["19", "#19", true]), json!(["38", "#38", true]), json!(["19", "#19", true])]);
    assert_eq!(typed, json!(["damjnk?", false]));
    assert_eq!((&with_control[0], open), (&json!("4"), json!([true, true])));
    assert_eq!(off[0], "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_and_the_sections_follow_the_turn_being_read_and_nothing_moves() {
    let world = World::new().await;
    let slug = thirty(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(&format!("/briefings/{slug}")).await;
    let shift = "const done = arguments[arguments.length - 1];
        let sum = 0;
        new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value)).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300);";
    let moved = browser.driver.execute_async(shift, Vec::new()).await.expect("a sum").json().clone();
    let pages = browser.run("return history.length").await;
    browser.run("dispatchEvent(new Event('wheel')); document.getElementById('30').scrollIntoView({block: 'start', behavior: 'instant'})").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    let follows = browser
        .run("return [location.hash, document.querySelector('.contents [aria-current]').textContent, document.activeElement.tagName]")
        .await;
    let beside = browser.run("const c = document.querySelector('.contents').getBoundingClientRect(); return c.top >= 0 && c.bottom <= innerHeight").await;
    browser.run("document.querySelector('.contents a').click()").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    let followed = browser.run("return location.hash").await;
    let pages_after = browser.run("return history.length").await;
    browser.close().await;
    assert_eq!(moved, json!(0));
    assert_eq!(follows, json!(["#30", "Section 2", "BODY"]));
    assert_eq!(followed, "#22", "a link to a section leads to that section");
    let pages = pages.as_i64().map(|pages| pages + 1);
    assert_eq!((beside, pages), (json!(true), pages_after.as_i64()), "only the link is a step of the history");
}

/// Headings and texts of an accessibility tree, in reading order.
fn spoken(tree: &Value) -> Vec<String> {
    let name = |node: &Value| node["name"]["value"].as_str().unwrap_or_default().trim().to_owned();
    let nodes = tree["nodes"].as_array().expect("nodes");
    let by_id: std::collections::HashMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["nodeId"].as_str()?, node))).collect();
    let mut said = Vec::new();
    let mut waiting: Vec<&str> = nodes.first().and_then(|root| root["nodeId"].as_str()).into_iter().collect();
    while let Some(node) = waiting.pop().and_then(|id| by_id.get(id)) {
        match node["role"]["value"].as_str() {
            Some("heading") => said.push(format!("heading: {}", name(node))),
            Some("StaticText") => said.push(format!("text: {}", name(node))),
            _ => {}
        }
        let children = node["childIds"].as_array().into_iter().flatten().filter_map(Value::as_str);
        waiting.extend(children.collect::<Vec<_>>().into_iter().rev());
    }
    said
}

/// What would be pasted; the browser is allowed to read it for the test only.
async fn pasted(browser: &Browser) -> String {
    let allow = json!({"permission": {"name": "clipboard-read"}, "setting": "granted", "origin": browser.site});
    browser.tool("Browser.setPermission", allow).await;
    let script =
        "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, e => done('' + e));";
    let read = browser.driver.execute_async(script, Vec::new()).await.expect("the clipboard is read");
    read.json().as_str().unwrap_or_default().to_owned()
}

/// What the status beside the buttons says, once it says something.
async fn status(browser: &Browser, of: &str) -> String {
    let script = format!("return document.querySelector('{of} [role=status]').textContent");
    for _ in 0..40 {
        if let Some(said) = browser.run(&script).await.as_str().filter(|said| !said.is_empty()) {
            return said.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    String::new()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_turn_to_a_copied_citation_by_keys_alone() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(&format!("{BRIEFING}/4")).await;
    let page = browser.driver.find(By::Tag("body")).await.expect("a page");
    page.send_keys(Key::Tab + "").await.expect("a key");
    let mut strokes = 1;
    loop {
        let on = browser.driver.active_element().await.expect("something focused");
        let name = on.text().await.unwrap_or_default();
        let key = if strokes == 1 || name.ends_with("APA") { Key::Enter } else { Key::Tab };
        on.send_keys(key + "").await.expect("a key");
        strokes += 1;
        if name.ends_with("APA") || strokes > 20 {
            break;
        }
    }
    let said = status(&browser, ".cite-bar").await;
    let pasted = pasted(&browser).await;
    browser.close().await;
    assert!(strokes <= 12, "{strokes} strokes");
    assert_eq!(said, "The citation (APA) is copied.");
    assert!(pasted.starts_with("Lind, A. (Harbour Minister). (2026, March 10). Harbour briefing"), "{pasted}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_copying_is_not_allowed_the_text_is_selected_and_the_key_named() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(&format!("{BRIEFING}/4")).await;
    browser
        .run("navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
        .await;
    browser.run("document.querySelector('a[href=\"#cite-mla\"]').click()").await;
    let said = status(&browser, ".cite-bar").await;
    let selected = browser.run("return getSelection().toString()").await;
    browser.close().await;
    assert_eq!(said, "It is selected: press Ctrl+C to copy it.");
    assert!(selected.as_str().is_some_and(|text| text.starts_with("Lind, Ada. “Harbour briefing")), "{selected}");
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_words_are_copied_with_who_said_them_and_a_link_that_finds_them() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(BRIEFING).await;
    browser
        .run(
            "const text = document.getElementById('4').querySelector('.said p').firstChild;
             getSelection().setBaseAndExtent(text, 4, text, 26)",
        )
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let where_ = browser.run("return document.querySelector('.selected-where').textContent").await;
    let cite = browser.run("return document.querySelector('.selected-words a').getAttribute('href')").await;
    let problem = "return document.querySelector('.selected-words a[rel=nofollow]').getAttribute('href')";
    let problem = browser.run(problem).await;
    let button = browser.driver.find(By::Css(".selected-words [data-what=words]")).await.expect("a button");
    button.click().await.expect("it can be pressed");
    let said = status(&browser, ".selected-words").await;
    let pasted = pasted(&browser).await;
    browser.close().await;
    assert_eq!(where_, "Selected in turn 4");
    assert_eq!(cite, format!("{BRIEFING}/4?revision=1"));
    assert_eq!(problem, format!("{BRIEFING}/4/problem?revision=1"));
    assert_eq!(said, "The words are copied.");
    let expected = "“dam in Norlund is safe”\n— Ada Lind, Harbour Minister, “Harbour briefing by Minister Ada Lind”, 10 March 2026. \
                    https://onrecord.example/briefings/2026-03-10-harbour-briefing-by-minister-ada-lind/4?revision=1\
                    #:~:text=dam%20in%20Norlund%20is%20safe";
    assert_eq!(pasted, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript_the_ways_to_copy_lead_to_the_text_and_turns_can_be_chosen() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.tool("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
    browser.goto(&format!("{BRIEFING}/4")).await;
    browser.driver.find(By::Css("a[href='#cite-apa']")).await.expect("a way").click().await.expect("it is followed");
    let apa = browser.driver.find(By::Id("cite-apa")).await.expect("the text");
    let (shown, text) = (apa.is_displayed().await.expect("seen or not"), apa.text().await.expect("text"));
    let first = browser.driver.find(By::Id("cite-first")).await.expect("a field");
    first.clear().await.expect("it can be emptied");
    first.send_keys("3\n").await.expect("typing works");
    // The form is sent after the key was pressed.
    let mut address = browser.driver.current_url().await.expect("an address");
    for _ in 0..50 {
        if address.path().ends_with("/3-4") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        address = browser.driver.current_url().await.expect("an address");
    }
    browser.close().await;
    assert!(shown && text.starts_with("Lind, A. (Harbour Minister)."), "{shown} {text}");
    assert!(address.path().ends_with("/3-4"), "{address}");
}

/// Where the focus is, and whether one sees it there: an outline, within the window.
const FOCUS: &str = "const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
    return [(e.id || e.textContent.trim()), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0]";

/// Somebody who has nothing but a keyboard; counts the strokes.
pub struct Typist<'a> {
    pub browser: &'a Browser,
    pub strokes: usize,
    /// What had the focus without showing it.
    pub unseen: Vec<String>,
}

impl Typist<'_> {
    pub async fn press(&mut self, keys: TypingData) {
        self.browser.driver.active_element().await.expect("an element").send_keys(keys).await.expect("a key");
        self.strokes += 1;
    }

    /// Presses Tab until something with this name, or with a name that begins so, has the focus.
    pub async fn tab_to(&mut self, name: &str) {
        for _ in 0..20 {
            self.press(Key::Tab + "").await;
            let focus = self.browser.run(FOCUS).await;
            let at = focus[0].as_str().unwrap_or_default();
            if focus[1] != true {
                self.unseen.push(at.to_owned());
            }
            if at.starts_with(name) {
                return;
            }
        }
        panic!("“{name}” is out of reach");
    }

    /// What has the focus after a page has been opened; it must be seen there.
    pub async fn lands_on(&mut self, id: &str) {
        let mut focus = Value::Null;
        for _ in 0..60 {
            focus = self.browser.driver.execute(FOCUS, Vec::new()).await.map_or(Value::Null, |it| it.json().clone());
            if focus[0] == id {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(focus, json!([id, true]), "after {} strokes", self.strokes);
    }
}

/// From the front page to a copied citation of a quotation, and whether it can be printed from there.
async fn from_quotation_to_citation(browser: &Browser, script: bool) -> (usize, Vec<String>, String) {
    browser.goto("/").await;
    let mut typist = Typist { browser, strokes: 0, unseen: Vec::new() };
    typist.tab_to("Check").await;
    typist.press(Key::Enter + "").await;
    typist.lands_on("quote").await;
    // What would be pasted, in one stroke.
    typist.press("The dam in Norlund is not safe. We measured the levels twice".into()).await;
    typist.tab_to("speaker").await;
    typist.press(Key::Enter + "").await;
    typist.lands_on("answer").await;
    assert_eq!(browser.driver.title().await.expect("a title"), "Altered: check a quotation · Onrecord");
    typist.tab_to("Turn 4").await;
    typist.press(Key::Enter + "").await;
    typist.lands_on("copy").await;
    typist.tab_to("Copy citation, Chicago, note").await;
    typist.press(Key::Enter + "").await;
    let citation = if script {
        assert_eq!(status(browser, ".cite-bar").await, "The citation (Chicago, note) is copied.");
        pasted(browser).await
    } else {
        typist.lands_on("cite-chicago-note").await;
        browser.run("return document.activeElement.textContent").await.as_str().unwrap_or_default().to_owned()
    };
    // One more stroke prints: the words and their citation, without what only a screen needs.
    typist.strokes += 1;
    browser.tool("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
    let printed = browser.run("return document.body.innerText").await.as_str().unwrap_or_default().to_owned();
    browser.tool("Emulation.setEmulatedMedia", json!({"media": ""})).await;
    assert!(
        printed.contains("The dam in Norlund is safe.") && printed.contains("Ada Lind (Harbour Minister)"),
        "{printed}"
    );
    assert!(!printed.contains("Copy link") && !printed.contains("Briefings"), "{printed}");
    (typist.strokes, typist.unseen, citation)
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_quotation_to_a_printed_citation_by_keys_alone_on_a_desk_and_on_a_phone() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    let desk = from_quotation_to_citation(&browser, true).await;
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false});
    browser.tool("Emulation.setDeviceMetricsOverride", phone).await;
    let phone = from_quotation_to_citation(&browser, true).await;
    browser.tool("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
    let without_script = from_quotation_to_citation(&browser, false).await;
    browser.close().await;
    eprintln!("strokes: {} at a desk, {} on a phone, {} without scripts", desk.0, phone.0, without_script.0);
    for (strokes, unseen, citation) in [desk, phone, without_script] {
        assert!(strokes < 25, "{strokes} strokes");
        assert_eq!(unseen, Vec::<String>::new(), "the focus is always seen");
        assert!(
            citation.starts_with("Ada Lind (Harbour Minister), “Harbour briefing by Minister Ada Lind,”"),
            "{citation}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_quotation_is_understood_by_ear() {
    let world = small_archive().await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.goto(ALTERED).await;
    let tree = browser.tool("Accessibility.getFullAXTree", json!({})).await;
    browser.close().await;
    let said = spoken(&tree);
    let headings: Vec<String> =
        said.iter().filter_map(|line| line.strip_prefix("heading: ")).map(str::to_lowercase).collect();
    assert_eq!(
        headings,
        ["check a quotation", "altered", "where it stands", "what the archive holds", "check another"]
    );
    let all = said.iter().filter_map(|line| line.strip_prefix("text: ")).collect::<Vec<_>>().join(" ");
    for expected in [
        "Altered Ada Lind said something very like this on 10 March 2026, but not in these words.",
        "A “not” was lost or added: that turns the meaning round.",
        "As quoted The dam in Norlund is [differs: not ] safe. We measured the levels twice",
        "1 difference “not” is added",
    ] {
        assert!(all.contains(expected), "no “{expected}” in {all}");
    }
}
