//! Finding: what was meant, names that are completed, lines over time, and what can be taken away.

use serde_json::json;

use super::small_archive;
use crate::world::World;

/// The small archive with things in it that no reader may see.
async fn with_secrets() -> World {
    let world = small_archive().await;
    let secret = |title: &str| {
        world.briefing(title).held_on("2026-11-22").in_series("Hidden series").person("MR. NYE", "Tom Nye", "Nobody")
    };
    secret("Unpublished zeppelins").turn("MR. NYE", "Zeppelins over Norlund.").draft().create().await;
    secret("Withdrawn zeppelins").turn("MR. NYE", "Zeppelins over Norlund.").withdrawn().create().await;
    world
}

#[tokio::test]
async fn a_misspelt_word_is_offered_as_it_is_used_and_never_replaced() {
    let world = small_archive().await;
    world
        .get("/search?q=norlnd+dam")
        .await
        .assert_page()
        .assert_says("Did you mean norlund dam ? 2 results")
        .assert_says("Nothing found for norlnd dam")
        .assert_has("href=\"/search?q=norlund+dam\"");
    let answer = world.get("/api/v1/search?q=%22dam+in+norlnd%22").await.json();
    assert_eq!(answer["query"]["did_you_mean"], "\"dam in norlund\"");
    assert_eq!(answer["query"]["did_you_mean_url"], "https://onrecord.example/search?q=%22dam+in+norlund%22");
    assert_eq!(answer["total"], 0);
    for fine in ["/search?q=norlund", "/search?q=xylophone", "/search?q=norlund+millions"] {
        world.get(fine).await.assert_page().assert_does_not_say("Did you mean");
    }
}

#[tokio::test]
async fn a_misspelt_name_is_offered_wherever_it_stands() {
    let world = small_archive().await;
    world
        .get("/search?q=dam&speaker=lynd")
        .await
        .assert_says("Did you mean speaker:\"Ada Lind\" dam ? 1 result")
        .assert_has("href=\"/search?q=dam&#38;speaker=Ada+Lind\"");
    let answer = world.get("/api/v1/search?q=speaker:visk+norlnd").await.json();
    assert_eq!(answer["query"]["did_you_mean"], "speaker:\"Omar Vesk\" norlund");
    world.get("/search?q=topic:norlend").await.assert_says("Did you mean topic:Norlund ? 4 results");
    world.get("/search?speaker=bartholomew").await.assert_page().assert_does_not_say("Did you mean");
}

#[tokio::test]
async fn nothing_hidden_is_offered_completed_listed_or_drawn() {
    let world = with_secrets().await;
    for address in [
        "/api/v1/suggest?q=tom",
        "/api/v1/suggest?q=hidden",
        "/api/v1/search?q=zepelins",
        "/api/v1/search?q=speaker:tim",
        "/feeds/search.atom?q=norlund",
        "/feeds/briefings.atom",
        "/search.csv?q=norlund",
        "/sitemap.xml?part=briefings-1",
        "/sitemap.xml?part=speakers-1",
        "/sitemap.xml?part=series-1",
        "/api/v1/trends?q=zeppelins",
        "/on-this-day",
        "/",
    ] {
        let answer = world.get(address).await.assert_status(200).text.to_lowercase();
        for hidden in ["nye", "zeppelins over", "unpublished", "withdrawn zep", "hidden series", "hidden-series"] {
            assert!(!answer.contains(hidden), "{address} tells of “{hidden}”: {answer}");
        }
    }
    assert_eq!(world.get("/api/v1/trends?q=zeppelins").await.json()["lines"][0]["total"], 0);
}

#[tokio::test]
async fn any_part_of_a_name_completes_it_those_with_most_words_first() {
    let world = small_archive().await;
    let names = |answer: serde_json::Value| {
        let suggestions = answer["suggestions"].as_array().expect("a list").clone();
        suggestions.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(world.get("/api/v1/suggest?q=LÍN").await.json()), ["Ada Lind"]);
    assert_eq!(names(world.get("/api/v1/suggest?q=lind+ad").await.json()), ["Ada Lind"]);
    assert_eq!(names(world.get("/api/v1/suggest?q=o&kind=speaker").await.json()), ["Omar Vesk"]);
    assert_eq!(names(world.get("/api/v1/suggest?q=br").await.json()).len(), 2);
    assert_eq!(names(world.get("/api/v1/suggest?q=").await.json()), Vec::<String>::new());
    let first = &world.get("/api/v1/suggest?q=nor").await.json()["suggestions"][0];
    let url = "https://onrecord.example/topics/norlund";
    assert_eq!(*first, json!({"kind": "topic", "slug": "norlund", "name": "Norlund", "count": 4, "url": url}));
    let browser = world.get("/api/v1/suggest?q=nor&format=opensearch").await;
    assert!(browser.header("content-type").starts_with("application/x-suggestions+json"));
    assert_eq!(browser.json(), json!(["nor", ["Norlund"], ["topic, 4 utterances"], [url]]));
    world.get("/api/v1/suggest?q=x&kind=planet").await.assert_status(400);
}

#[tokio::test]
async fn a_line_beside_results_shows_when_it_was_said() {
    let world = small_archive().await;
    world
        .get("/search?q=norlund")
        .await
        .assert_says("4 results between November 2025 and March 2026; most in March 2026, 3.")
        .assert_has("href=\"/trends?q=norlund\"");
}

#[tokio::test]
async fn trends_compare_words_and_people_and_say_where_nothing_is_held() {
    let world = small_archive().await;
    let page = world.get("/trends?q=norlund&q=negotiations&by=month").await.assert_page();
    let page = page
        .assert_says("A norlund 4 turns; most in March 2026, 3.")
        .assert_says("B negotiations 1 turn; most in November 2025, 1.")
        .assert_says("The archive holds nothing of December 2025 to February 2026: there the lines are broken.")
        .assert_says("December 2025 nothing held nothing held");
    assert!(page.text.contains("<title id=\"trend-title\">") && page.text.contains("<desc id=\"trend-desc\">"));
    let answer = world.get("/api/v1/trends?speaker=ada-lind&speaker=vesk&by=year").await.json();
    assert_eq!(answer["lines"][0]["name"], "Ada Lind");
    // Of seven turns held in 2026 and 2025, four and two are by these.
    let points = json!([
        {"step": "2025", "turns": 1, "turns_held": 3, "per_thousand": 1000.0 / 3.0},
        {"step": "2026", "turns": 3, "turns_held": 5, "per_thousand": 600.0}
    ]);
    assert_eq!(answer["lines"][0]["points"], points);
    let share = world.get("/api/v1/trends?q=norlund&speaker=ada-lind&by=year").await.json();
    assert_eq!(share["lines"][0]["points"][1]["turns_held"], 3, "of what she said");
    let csv = world.get("/trends.csv?q=norlund&by=year").await.assert_status(200);
    assert_eq!(
        csv.text,
        "year,line,turns,turns_held,per_thousand\r\n2025,norlund,1,3,333.333\r\n2026,norlund,3,5,600.000\r\n"
    );
    world.get("/trends").await.assert_page().assert_says("Put in words, or choose a speaker or a series.");
    world.get("/trends?q=xylophone").await.assert_page().assert_says("Nothing found.");
    world.get("/trends?q=a&q=b&q=c&q=d&q=e&q=f&q=g").await.assert_says("Only the first 6 of 7 lines are shown.");
    world.get("/api/v1/trends").await.assert_status(400);
    world.get("/api/v1/trends?q=a&by=day").await.assert_status(400);
}

#[tokio::test]
async fn results_are_a_table_in_which_nothing_is_a_formula() {
    let world = small_archive().await;
    world
        .briefing("=Sums")
        .held_on("2026-04-01")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .turn("MS. LIND", "+1 for \"Norlund\", as they say,\n\nand -1 for us.")
        .create()
        .await;
    let csv = world.get("/search.csv?q=norlund&sort=oldest").await.assert_status(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"search.csv\"");
    let mut reader = csv::Reader::from_reader(csv.text.as_bytes());
    assert_eq!(
        reader.headers().expect("a head").iter().take(5).collect::<Vec<_>>(),
        ["date", "series", "briefing", "kind", "number"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a table");
    assert_eq!(rows.len(), 5);
    let last = &rows[4];
    assert_eq!((&last[0], &last[2], &last[4], &last[6]), ("2026-04-01", "'=Sums", "1", "Ada Lind"));
    assert_eq!(&last[10], "'+1 for \"Norlund\", as they say,\n\nand -1 for us.");
    assert_eq!((&rows[0][5], &rows[0][7]), ("MR. VESK", "Spokesman"));
    world.get("/search?q=norlund").await.assert_has("href=\"/search.csv?q=norlund\"");
    assert_eq!(world.get("/search.csv?q=xylophone").await.text.lines().count(), 1);
}

#[tokio::test]
async fn the_day_it_is_brings_back_other_years() {
    let world = small_archive().await;
    world
        .get("/")
        .await
        .assert_says("On this day, 22 November The archive holds no briefing of this day in another year.");
    for year in ["2019", "2026"] {
        let held = format!("{year}-11-22");
        world.briefing(&format!("Ferry briefing of {year}")).held_on(&held).turn("Q", "And now?").create().await;
    }
    let home = world.get("/").await.assert_page();
    let words = home.words();
    let (_, this_day) = words.split_once("On this day").expect("the section");
    assert!(this_day.contains("Ferry briefing of 2019") && !this_day.contains("Ferry briefing of 2026"), "{this_day}");
    world.get("/on-this-day").await.assert_says("2 briefings were held on a 22 November.").assert_says("of 2026");
    world.get("/on-this-day/11/22").await.assert_page().assert_has("href=\"/on-this-day/11/23\"");
    world.get("/on-this-day/02/29").await.assert_page().assert_has("href=\"/on-this-day/03/01\"");
    world.get("/on-this-day/12/31").await.assert_page().assert_has("href=\"/on-this-day/01/01\"");
    world.get("/on-this-day/02/30").await.assert_status(404);
}
