//! Words that are scripts, in every field that anybody can fill: they stay words on every page, feed, table and header.

use std::collections::{BTreeSet, HashMap, VecDeque};

use axum::body::Body;
use axum::http::Request;
use scraper::{Html, Selector};

use super::editor::{form, look, press_button, session, sign_in};
use super::small_archive;
use super::upload::{CLEAR, read_all, slugs, upload};
use crate::world::{Answer, World};

/// Breaks out of attributes, titles, text areas, comments and scripts, if anything lets it.
const HOSTILE: &str = "Tide\"'></title></textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>";
/// The same as a form sends it.
fn sent() -> String {
    url::form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect()
}

/// A transcript with it in the head, as a label, in words, between brackets, and as a date.
fn hostile_transcript() -> String {
    format!(
        "HARBOUR HOUSE {HOSTILE}\n\nPRESS BRIEFING BY PRESS SECRETARY ADA {HOSTILE}\n\nNovember 20, 2026 {HOSTILE}\n\n\
         MS. LIND: Good afternoon. {HOSTILE} ({HOSTILE}) [{HOSTILE}]\n\nQ {HOSTILE}: Is it {HOSTILE}?\n\n\
         MS. <SCRIPT>ALERT(3)</SCRIPT>: It is.\n\nDR. \"'><IMG SRC=X ONERROR=ALERT(4)>: It is not.\n\n\
         MODERATOR: Thank you.\n\n{HOSTILE}\n\nEND\n"
    )
}

/// An archive whose every field was filled by somebody who means harm; the address of the corrected briefing.
async fn poisoned() -> (World, String) {
    let world = World::new().await;
    let admin = sign_in(&world).await;
    let text = hostile_transcript();
    let link = format!("javascript:alert(5)//{HOSTILE}");
    let fields = [
        ("text", text.as_str()),
        ("title", HOSTILE),
        ("series", HOSTILE),
        ("publisher", HOSTILE),
        ("url", link.as_str()),
        ("addresses", "https://\"'><script>alert(6)</script>.invalid/<img/src=x/onerror=alert(7)>"),
    ];
    let manifest = "file,title,publisher,url,series,speakers\n\
        a.txt,\"Sidecar\"\"'><script>alert(8)</script>\",<b>x</b>,javascript:alert(9),<img src=x onerror=alert(10)>,<u>\n\
        <script>alert(11)</script>.txt,x,x,x,x,x\n";
    let other = text.replace("afternoon", "morning");
    let name = "<script>alert(12)<_script>'><img src=x onerror=alert(13)>.txt";
    let files: [(&str, &[u8]); 4] = [
        ("a.txt", other.as_bytes()),
        ("manifest.csv", manifest.as_bytes()),
        (name, b"\x00\x01\x02"),
        ("b<img src=x onerror=alert(14)>.html", b"<title><script>alert(15)</script></title><p>Q: <img src=x onerror=alert(16)></p><p>MS. LIND: <svg onload=alert(17)>Yes.</p>"),
    ];
    let batch = upload(&world, &admin, &fields, &files).await;
    upload(&world, &admin, &[("text", CLEAR), ("series", "Harbour Ministry briefing")], &[]).await;
    read_all(&world).await;
    let drafts = slugs(&world, "draft").await;
    assert!(drafts.len() >= 2, "{drafts:?}");
    for draft in [&drafts[0], &drafts[1], &drafts[drafts.len() - 1]] {
        press_button(&world, &format!("/editor/drafts/{draft}/publish"), &admin, "").await.assert_status(303);
    }
    let slug = drafts[0].clone();
    correct_with_hostile_words(&world, &admin, &slug).await;
    let withdrawn = &drafts[1];
    let words = sent();
    let fields = format!("act=withdraw&revision=1&reason={words}");
    press_button(&world, &format!("/editor/briefings/{withdrawn}/correct"), &admin, &fields).await.assert_status(303);
    for (address, fields) in [
        ("/editor/account/tokens", format!("name={}&scope=edit&days=3", &words[..90])),
        ("/editor/accounts", "email=%22%3E%3Cscript%3E%40x.example&role=editor".to_owned()),
        ("/editor/accounts", "email=%3Cimg/src=x/onerror=alert(18)%3E%40x.example&role=editor".to_owned()),
        (
            "/editor/series/harbour-ministry-briefing/days",
            format!("day=2026-03-12&state=missing&reason={words}&note={words}&source={words}"),
        ),
        (&format!("{batch}/settle"), format!("label={words}&speaker={words}")),
    ] {
        world.send(form(address, &admin, &fields)).await;
    }
    session(
        &world,
        "<script>alert(19)</script>@x.example",
        onrecord::domain::AccountRole::Editor,
        super::editor::TOMORROW,
    )
    .await;
    world
        .change(
            "update speaker set name = name || '\"''><script>alert(20)</script>';
             update office set title = title || '\"''><script>alert(21)</script>';
             update topic set name = name || '\"''><script>alert(22)</script>';
             update source set file_name = file_name || '\"''><script>alert(23)</script>', publisher = '<script>alert(24)</script>';
             update transcript_label set reason = '<script>alert(25)</script>' where suggested_speaker_id is not null",
        )
        .await;
    (world, slug)
}

/// Every act of correction, with hostile words in every field of it.
async fn correct_with_hostile_words(world: &World, admin: &str, slug: &str) {
    let number = async |like: &'static str| -> i32 {
        let number = "select u.number from utterance u join revision r on r.id = u.revision_id
                      join transcript t on t.id = r.transcript_id join briefing b on b.id = t.briefing_id
                      where b.slug = $1 and u.text like $2 order by u.position limit 1";
        sqlx::query_scalar(number).bind(slug).bind(like).fetch_one(&world.pool).await.expect(like)
    };
    let (first, second) = (number("Good afternoon.%").await, number("%Is it%").await);
    let words = sent();
    let mut revision = 1;
    for act in [
        format!("act=words&number={first}&compared=yes&text=Changed+{words}"),
        format!("act=note&number={first}&kind=issuer&text={words}"),
        format!("act=voice&number={first}&label={words}"),
        format!("act=describe&title={words}&series={words}+two&place={words}&language=%22%3E%3Cb%3E"),
        format!("act=split&number={second}&begins=alert(1)&label=%3Cscript%3E{words}"),
    ] {
        let fields = format!("{act}&revision={revision}&reason={words}");
        let answer = press_button(world, &format!("/editor/briefings/{slug}/correct"), admin, &fields).await;
        assert!(answer.status == 303 || act.starts_with("act=split"), "{act}: {}", answer.words());
        revision += i32::from(answer.status == 303);
    }
    assert!(revision > 4, "most acts are done");
}

/// Addresses with hostile words in them.
fn reflected(slug: &str) -> Vec<String> {
    let words = sent();
    let paths = [
        "/search",
        "/search.csv",
        "/feeds/search.atom",
        "/check",
        "/trends",
        "/trends.csv",
        "/speakers",
        "/briefings",
        "/topics",
        "/claims",
        "/editor/sign-in",
        "/editor/audit",
        "/editor/enter",
        "/about/coverage",
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/trends",
        "/api/v1/changed",
        "/api/v1/briefings",
        "/api/v1/claims",
    ];
    let names = [
        "q", "quote", "speaker", "topic", "series", "from", "to", "sort", "next", "token", "act", "account", "link",
        "year", "by", "revision", "kind",
    ];
    let mut all: Vec<String> =
        paths.iter().flat_map(|path| names.map(|name| format!("{path}?{name}={words}"))).collect();
    all.extend(
        ["briefings", "speakers", "topics", "series", "dates", "none", "editor/drafts", "editor/batches"]
            .map(|at| format!("/{at}/{}", words.replace('+', "%20"))),
    );
    all.extend(
        ["", "/cite", "/card.png", "/history", "/3", "/1-4", "/3/chronology"]
            .map(|at| format!("/briefings/{slug}{at}?revision=1")),
    );
    all.extend(
        ["bibtex", "ris", "csl", "csl-json", "json", "html", "txt"]
            .map(|format| format!("/briefings/{slug}/cite/{format}")),
    );
    all
}

/// Nothing in an answer may run.
#[track_caller]
/// An original file is handed out as it came, and no browser may take it for a page of ours.
fn is_original(answer: &Answer) -> bool {
    answer.header("content-security-policy").starts_with("sandbox;")
}

fn assert_only_words(address: &str, answer: &Answer) {
    for (name, value) in &answer.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        assert!(!value.contains("<script") && !value.contains("<img"), "{address}: {name}: {value}");
    }
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
    if is_original(answer) {
        assert!(answer.header("content-disposition").starts_with("attachment;"), "{address}");
        return;
    }
    assert!(answer.header("content-security-policy").contains("script-src 'self'"), "{address}");
    let location = answer.header("location");
    assert!(location.is_empty() || location.starts_with('/') && !location.starts_with("//"), "{address}: {location}");
    let kind = answer.header("content-type");
    if kind.starts_with("text/html") {
        assert_page(address, &answer.text);
    } else if kind.contains("xml") {
        assert_feed(address, &answer.text);
    } else {
        let known = [
            "application/json",
            "application/problem+json",
            "text/csv",
            "text/plain",
            "image/png",
            "text/css",
            "text/javascript",
            "",
        ];
        let known = known.iter().any(|known| kind == *known || kind.starts_with(&format!("{known};")));
        assert!(known || kind.starts_with("application/"), "{address}: {kind}");
    }
}

fn assert_page(address: &str, text: &str) {
    for raw in ["<script>", "<img src=x", "<svg onload", "<SCRIPT", "<IMG"] {
        assert!(!text.contains(raw), "{address} holds {raw}");
    }
    let page = Html::parse_document(text);
    let every = Selector::parse("*").expect("a selector");
    for element in page.select(&every) {
        let element = element.value();
        let value = |name: &str| element.attr(name).unwrap_or_default();
        match element.name() {
            "script" if value("type") == "application/ld+json" => {}
            "script" => assert!(value("src").starts_with("/static/"), "{address}: {element:?}"),
            "iframe" | "object" | "embed" | "base" | "style" => panic!("{address}: {element:?}"),
            _ => {}
        }
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{address}: {element:?}");
            let value = value.trim().to_ascii_lowercase();
            assert!(!value.starts_with("javascript:") && !value.starts_with("data:"), "{address}: {element:?}");
            assert!(name != "src" || value.starts_with('/'), "{address}: {element:?}");
        }
    }
    let data = Selector::parse("script[type='application/ld+json']").expect("a selector");
    for script in page.select(&data) {
        let text: String = script.text().collect();
        serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|error| panic!("{address}: {error}: {text}"));
        assert!(!text.contains('<'), "{address}: {text}");
    }
}

fn assert_feed(address: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{address}: {error}: {text}")) {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let name = tag.name().as_ref().to_lowercase();
                assert!(!["script", "img", "svg"].contains(&name.as_str()), "{address}: {name}");
            }
            _ => {}
        }
    }
}

/// Where a page leads on this site.
fn links(text: &str) -> BTreeSet<String> {
    let page = Html::parse_document(text);
    let links = Selector::parse("a[href], link[href], img[src], form[action]").expect("a selector");
    let address = |element: scraper::ElementRef<'_>| {
        let element = element.value();
        let link = element.attr("href").or(element.attr("src")).or(element.attr("action"))?;
        let link = link.strip_prefix("https://onrecord.example").unwrap_or(link);
        let link = link.split('#').next().unwrap_or_default();
        (link.starts_with('/') && !link.starts_with("/static/")).then(|| link.to_owned())
    };
    page.select(&links).filter_map(address).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn words_stay_words_wherever_they_are_shown() {
    let (world, slug) = poisoned().await;
    let admin = sign_in(&world).await;
    let mut waiting: VecDeque<String> =
        ["/", "/editor", "/about", "/sitemap.xml", "/opensearch.xml", "/api", "/api/v1/speakers"]
            .map(str::to_owned)
            .into();
    waiting.extend(["", "/1", "/2", "/3", "/4"].map(|at| format!("/editor/briefings/{slug}{at}")));
    waiting.extend(reflected(&slug));
    let (mut seen, mut of_path) = (BTreeSet::new(), HashMap::<String, usize>::new());
    let mut shown = 0;
    while let Some(address) = waiting.pop_front() {
        // Of the addresses that differ in their query only, some are enough.
        let of_path = of_path.entry(address.split('?').next().unwrap_or_default().to_owned()).or_default();
        if *of_path >= 20 || !seen.insert(address.clone()) {
            continue;
        }
        *of_path += 1;
        let answer = look(&world, &admin, &address).await;
        assert!(answer.status.as_u16() < 500, "{address}: {}", answer.status);
        assert_only_words(&address, &answer);
        shown += usize::from(answer.text.contains("alert("));
        if answer.header("content-type").starts_with("text/html") && !is_original(&answer) {
            waiting.extend(links(&answer.text));
        }
    }
    println!("{} addresses, {shown} of them show the hostile words", seen.len());
    assert!(seen.len() > 200 && shown > 60, "{} addresses, {shown} with the words", seen.len());
}

#[tokio::test]
async fn forms_that_are_refused_show_what_was_typed_as_words() {
    let world = small_archive().await;
    let admin = sign_in(&world).await;
    let slug = "2026-03-10-harbour-briefing-by-minister-ada-lind";
    let words = sent();
    let correct = format!("/editor/briefings/{slug}/correct");
    for (address, fields) in [
        ("/editor/sign-in", format!("email={words}&password=x&next={words}")),
        ("/editor/enter", format!("token={words}&email={words}&password=x&again=y")),
        ("/check", format!("quote={words}&speaker={words}&from={words}&to={words}")),
        ("/editor/accounts", format!("email={words}&role={words}")),
        ("/editor/accounts", format!("email={words}&role=editor")),
        ("/editor/account/tokens", format!("name=&scope=edit&days={words}")),
        ("/editor/account/password", format!("present={words}&password={words}&again=x")),
        (&correct, format!("act=words&revision=1&number=7&text={words}&reason={words}")),
        (&correct, format!("act=words&revision=9&number=7&text={words}&reason={words}")),
        (&correct, format!("act=words&revision=9&number=70&text={words}&reason={words}")),
        (
            &correct,
            format!(
                "act=describe&revision=9&title={words}&series={words}&place={words}&language={words}&reason={words}"
            ),
        ),
        (&correct, format!("act=split&revision=1&number=4&begins={words}&label={words}&reason={words}")),
        (
            &format!("/editor/briefings/{slug}/settle"),
            format!("label=1&revision=1&speaker={words}&role={words}&office={words}&reason={words}"),
        ),
        (&format!("/editor/briefings/{slug}/settle"), format!("label=1&revision=9&role=staff&reason={words}")),
        ("/editor/series/harbour-ministry-briefing/days", format!("day={words}&state={words}&reason={words}")),
        ("/editor/batches/1/settle", format!("label={words}&speaker={words}")),
    ] {
        let answer = world.send(form(address, &admin, &fields)).await;
        assert!(answer.status.as_u16() < 500, "{address} {fields}: {}", answer.status);
        assert_only_words(address, &answer);
        // A NUL in any field is no reason to fall over.
        let answer = world.send(form(address, &admin, &fields.replace(&words, "a%00b"))).await;
        assert!(answer.status.as_u16() < 500, "{address} with NUL: {}", answer.status);
    }
    let quoted = Request::post("/api/v1/check").header("content-type", "application/json");
    let body = serde_json::json!({"quote": HOSTILE, "speaker": HOSTILE}).to_string();
    assert_only_words("/api/v1/check", &world.send(quoted.body(Body::from(body)).expect("a request")).await);
}
