//! What a real browser, and the tools of people who cannot see the page, make of it.
//!
//! Runs where chromedriver is found and says so where it is not; `ONRECORD_REQUIRE_BROWSER=1` makes it a failure.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::ChromeCapabilities;
use thirtyfour::prelude::*;

use super::{editor, small_archive};
use crate::world::World;

/// A browser that looks at the site of a test.
struct Browser {
    driver: WebDriver,
    site: String,
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
    async fn open(world: &World) -> Option<Self> {
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

    async fn goto(&self, address: &str) {
        self.driver.goto(format!("{}{address}", self.site)).await.expect("the page opens");
    }

    /// Signs in: keeps the cookie that a link has been exchanged for.
    async fn enter(&self, cookie: &str) {
        let (name, value) = cookie.split_once('=').expect("a cookie");
        let url = format!("{}/editor", self.site);
        self.tool("Network.setCookie", json!({"name": name, "value": value, "url": url, "path": "/editor"})).await;
    }

    async fn run(&self, script: &str) -> Value {
        self.driver.execute(script, Vec::new()).await.expect("the script runs").json().clone()
    }

    async fn tool(&self, command: &str, with: Value) -> Value {
        self.driver.cdp().send_raw(command, with).await.expect("the browser obeys")
    }

    async fn close(self) {
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
        "/search",
        "/search?q=dam",
        "/search?q=%22dam&speaker=nobody",
        "/help/search",
        "/about",
        "/about/coverage",
        "/nothing/here",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain([
        format!("{BRIEFING}/4"),
        format!("{BRIEFING}/4/chronology"),
        format!("{BRIEFING}?speaker=ada-lind"),
        format!("{BRIEFING}?highlight=dam"),
    ])
    .collect()
}

/// One address of every kind of page that only editors see.
fn editors(drafts: &[String; 2]) -> Vec<String> {
    let [open, held] = drafts;
    let link = format!("/editor/enter?token={}", "0".repeat(64));
    let days = "/editor/series/harbour-ministry-briefing/days?day=2026-03-09".to_owned();
    vec!["/editor".to_owned(), link, days, format!("/editor/drafts/{open}"), format!("/editor/drafts/{held}")]
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_any_kind_of_page() {
    let Some(axe) = std::env::var_os("ONRECORD_AXE") else { return missing("axe-core (ONRECORD_AXE)") };
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let world = small_archive().await;
    let drafts = editor::drafts(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&editor::sign_in(&world).await).await;
    let mut violations = Vec::new();
    for scheme in ["light", "dark"] {
        let feature = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        browser.tool("Emulation.setEmulatedMedia", feature).await;
        for address in kinds().into_iter().chain(editors(&drafts)) {
            browser.goto(&address).await;
            browser.run(&axe).await;
            let script = "const done = arguments[arguments.length - 1];
                axe.run({rules: {'target-size': {enabled: true}}}).then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))));";
            let found = browser.driver.execute_async(script, Vec::new()).await.expect("axe runs");
            for violation in found.json().as_array().expect("a list") {
                violations.push(format!("{scheme} {address}: {violation}"));
            }
        }
    }
    browser.close().await;
    assert!(violations.is_empty(), "{violations:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_wider_than_a_phone() {
    let world = small_archive().await;
    let drafts = editor::drafts(&world).await;
    let Some(browser) = Browser::open(&world).await else { return };
    browser.enter(&editor::sign_in(&world).await).await;
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
    browser.tool("Emulation.setDeviceMetricsOverride", phone).await;
    let mut wide = Vec::new();
    for address in kinds().into_iter().chain(editors(&drafts)) {
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
    let result = browser.driver.find(By::Css(".result-links a")).await.expect("a result");
    result.click().await.expect("it can be followed");
    let said = browser.driver.find(By::Css(".cited .said")).await.expect("the words").text().await.expect("text");
    browser.close().await;
    assert!(said.contains("dam in Norlund"), "{said}");
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
