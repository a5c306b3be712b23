//! What readers are not to see leaves no trace: on no page, in no count, list, feed or answer to a program.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;

use super::editor::form;
use super::routes::for_readers;
use crate::world::{Answer, World};

/// Each stands in the words, the names, the series or the subjects of one briefing that is hidden, wholly or in part.
const HIDDEN: [&str; 5] = ["quandle", "brimble", "trindle", "gromble", "skerry"];
/// A word that is nowhere at all, like none of these and none that is.
const NOWHERE: &str = "wyxyzzyq";

/// Visible things, and beside them a draft, an embargoed, a withdrawn, a quotations-only and a background briefing.
async fn archive() -> World {
    let world = super::small_archive().await;
    world
        .briefing("Quandle draft")
        .held_on("2026-03-10")
        .in_series("Quandle series")
        .person("MS. QUANDLE", "Vela Quandle", "Quandle Keeper")
        .person("MS. LIND", "Ada Lind", "Minister for Quandle")
        .perhaps("MR. VESK", "Odd Quandle", "the same face")
        .turn("MS. QUANDLE", "The quandle is blue.")
        .about("Quandle Land")
        .turn("MS. LIND", "So it is.")
        .turn("MR. VESK", "Indeed.")
        .draft()
        .create()
        .await;
    world
        .briefing("Brimble advisory")
        .held_on("2026-11-20")
        .in_series("Brimble series")
        .person("MR. BRIMBLE", "Ulf Brimble", "Brimble Warden")
        .turn("MR. BRIMBLE", "The brimble opens at noon.")
        .about("Brimble Land")
        .embargoed("EMBARGOED: BRIMBLE", "2026-11-23T12:00:00Z")
        .create()
        .await;
    world
        .briefing("Port briefing")
        .held_on("2026-03-09")
        .in_series("Trindle series")
        .person("MR. TRINDLE", "Odo Trindle", "Trindle Clerk")
        .turn("MR. TRINDLE", "The trindle is lost.")
        .about("Trindle Land")
        .withdrawn()
        .create()
        .await;
    world
        .briefing("Port report")
        .of_kind("report")
        .held_on("2026-03-12")
        .paragraph("A gromble hid. \u{201c}The wall is sound,\u{201d} Ada Lind said. The gromble left.")
        .about("Gromble Land")
        .paragraph("Gromble, gromble.")
        .about("Gromble Land")
        .create()
        .await;
    world
        .briefing("Port call")
        .held_on("2026-03-13")
        .in_series("Harbour Ministry briefing")
        .person("MR. SKERRY", "Tam Skerry", "Skerry Master")
        .perhaps("MS. SKERRI", "Pat Skerry", "one letter differs")
        .turn("MR. SKERRY", "The tide is out.")
        .turn("Q", "And the ferry?")
        .turn("MS. SKERRI", "It is in.")
        .create()
        .await;
    world
        .change(
            "update briefing set rights = 'quotations' where slug like '%port-report';
             update briefing set attribution = 'background', attributed_to = 'PORT OFFICIAL' where slug like '%port-call';
             update source set file_name = 'skerry.html' where id in
               (select t.source_id from transcript t join briefing b on b.id = t.briefing_id where slug like '%port-call');
             update revision r set facts = jsonb_set(facts::jsonb, '{speakers}', '{\"MR. SKERRY\": \"Tam Skerry\"}')::json
             from transcript t join briefing b on b.id = t.briefing_id where t.id = r.transcript_id and slug like '%port-call'",
        )
        .await;
    // Somebody who is visible is suggested for a visible label: that stays; somebody who is not must not be.
    world
        .change(
            "update transcript_label set suggested_speaker_id = (select id from speaker where slug = 'vela-quandle')
             where label = 'MR. VESC'",
        )
        .await;
    world
}

/// Every readable route with everything put into it that fits, hidden or not.
async fn addresses(world: &World) -> BTreeSet<String> {
    let slugs = async |table: &str| -> Vec<String> {
        let sql = sqlx::AssertSqlSafe(format!("select slug from {table}"));
        sqlx::query_scalar(sql).fetch_all(&world.pool).await.expect("slugs")
    };
    let briefings = slugs("briefing").await;
    let topics = slugs("topic").await;
    let sources: Vec<String> =
        sqlx::query_scalar("select encode(sha256, 'hex') from source").fetch_all(&world.pool).await.expect("hashes");
    let mut all = BTreeSet::new();
    for route in for_readers().filter(|route| !route.starts_with("/static") && !route.starts_with("/editor")) {
        let family = route.split('/').find(|part| !["", "api", "v1"].contains(part));
        let named = match family {
            Some("series") => slugs("series").await,
            Some("speakers") => slugs("speaker").await,
            Some("topics") => topics.clone(),
            _ => briefings.clone(),
        };
        for slug in named {
            let with_slug = route.replace("{slug}", &slug);
            for (a, b, c) in [("1", "2026", "03"), ("2", "2026", "11"), ("1-2", "2025", "11")] {
                let filled = with_slug.replace("{numbers}", a).replace("{year}", b).replace("{month}", c);
                let filled = filled.replace("{day}", "10").replace("{range}", "1..2");
                for format in ["ris", "bibtex", "csl-json", "json-ld", "text", "json"] {
                    let filled = filled.replace("{format}", format);
                    let choices = if filled.contains("{topic}") { &topics } else { &sources };
                    for choice in choices {
                        all.insert(filled.replace("{topic}", choice).replace("{sha256}", choice));
                    }
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn what_is_hidden_leaves_no_trace_at_any_address() {
    let world = archive().await;
    let all = addresses(&world).await;
    assert!(all.len() > 300, "{}", all.len());
    let (mut shown, mut traces) = (0, Vec::new());
    for address in &all {
        let answer = world.get(address).await;
        shown += usize::from(answer.status == 200);
        // Pages repeat their own address.
        let text = answer.text.replace(address.as_str(), "").to_lowercase();
        for word in HIDDEN.iter().filter(|word| !address.contains(*word)) {
            if let Some((before, after)) = text.split_once(word) {
                let before: String = before.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
                traces.push(format!("{address}: {before}{word}{}", after.chars().take(40).collect::<String>()));
            }
        }
        // Where a form is sent leads on whatever was typed.
        let nothing = answer.status == 404 || address.ends_with("/cite");
        if HIDDEN.iter().any(|word| address.contains(word)) && !address.contains("/topics/") && !nothing {
            traces.push(format!("{address}: {}", answer.status));
        }
    }
    assert!(traces.is_empty(), "{}", traces.join("\n"));
    assert!(shown > 100, "{shown}");
    world
        .get("/briefings/2026-03-09-port-briefing")
        .await
        .assert_says("This briefing has been withdrawn on 3 February 2026")
        .assert_says("Published by mistake.");
}

/// Questions in which a word can be put, by address or as what is sent.
fn questions(word: &str) -> Vec<Request<Body>> {
    let get = |address: String| Request::get(address).body(Body::empty()).expect("a request");
    let mut asked: Vec<Request<Body>> = [
        "/search?q=W",
        "/search?q=W*",
        "/search?q=speaker:W",
        "/search?q=label:W",
        "/search?q=series:W",
        "/search?q=W&briefing_kind=report",
        "/search?speaker=W",
        "/search?series=W",
        "/search.csv?q=W",
        "/feeds/search.atom?q=W",
        "/trends?q=W",
        "/trends.csv?q=W",
        "/check?quote=The+W+is+blue",
        "/check?quote=The+water+is+rising&speaker=W",
        "/briefings?series=W",
        "/briefings/2026-03-12-port-report?highlight=W",
        "/briefings/2026-03-13-port-call?speaker=W",
        "/about/coverage?series=W",
        "/questions?speaker=W",
        "/questions?reporter=W",
        "/questions?series=W",
        "/api/v1/questions?speaker=W",
        "/W",
        "/speakers/W",
        "/speakers/tam-W",
        "/series/W",
        "/series/W-series",
        "/briefings/W-advisory",
        "/briefings/2026-03-10-W-draft",
        "/api/v1/search?q=W",
        "/api/v1/search?q=W&briefing_kind=report",
        "/api/v1/search?q=dam&speaker=W",
        "/api/v1/suggest?q=W",
        "/api/v1/suggest?q=W&format=opensearch",
        "/api/v1/trends?q=W",
        "/api/v1/briefings?series=W",
        "/api/v1/series/W-series/coverage",
        "/api/v1/speakers/W",
    ]
    .iter()
    .map(|address| get(address.replace('W', word)))
    .collect();
    asked.push(form("/check", "", &format!("quote=The+{word}+is+blue")));
    let json = format!("{{\"quote\": \"The {word} is blue.\", \"speaker\": \"{word}\"}}");
    let json = Request::post("/api/v1/check").header("content-type", "application/json").body(Body::from(json));
    asked.push(json.expect("a request"));
    asked
}

#[tokio::test]
async fn a_hidden_word_is_answered_as_one_that_is_nowhere() {
    let world = archive().await;
    let same = |answer: &Answer, word: &str| {
        let text = answer.text.replace(word, NOWHERE);
        // How long it took, and where the words stand.
        let kept = text.lines().filter(|line| !line.contains("milliseconds") && !line.contains("seconds</"));
        (answer.status, kept.collect::<Vec<_>>().join("\n"))
    };
    let mut traces = Vec::new();
    for word in HIDDEN {
        for (hidden, nowhere) in questions(word).into_iter().zip(questions(NOWHERE)) {
            let address = hidden.uri().to_string();
            let (hidden, nowhere) = (world.send(hidden).await, world.send(nowhere).await);
            let (hidden, nowhere) = (same(&hidden, word), same(&nowhere, NOWHERE));
            if hidden != nowhere {
                let mut lines = hidden.1.lines().zip(nowhere.1.lines());
                let differs = lines.find(|(hidden, nowhere)| hidden != nowhere);
                traces.push(format!("{address}: {} {} {differs:?}", hidden.0, nowhere.0));
            }
        }
    }
    assert!(traces.is_empty(), "{}", traces.join("\n"));
}
