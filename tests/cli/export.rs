//! `onrecord export`: what people take away is what the address of a briefing says, and never a draft.

use serde_json::Value;

use super::fiction;
use super::world::{Outcome, World};

const VOSS: &str = "Press Briefing by Press Secretary Mara Voss";

/// Two published briefings and a draft.
fn archive(name: &str) -> World {
    let world = World::new(name);
    let one = world.file("one.txt", fiction::text("", VOSS, "May 6, 2020", "The lighthouse stays open."));
    let two = world.file("two.html", fiction::briefing(2, 7));
    world.import(&["--publish", &one, &two]).assert_counts(2, 0, 0);
    let draft = world.file("draft.txt", fiction::text("", VOSS, "June 7, 2021", "The zirconium works will close."));
    world.import(&[&draft]).assert_counts(1, 0, 0);
    world
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

fn slugs(briefings: &[Value]) -> Vec<&str> {
    briefings.iter().map(|briefing| briefing["slug"].as_str().unwrap()).collect()
}

#[test]
fn every_published_briefing_is_a_line_that_says_what_its_address_says() {
    let world = archive("export");
    let Outcome { code, stdout, stderr, .. } =
        world.run(&["export", "--format", "jsonl", "--public-url", "https://onrecord.example"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let exported = lines(&stdout);
    assert_eq!(exported.len(), 2, "{stdout}");
    assert!(!stdout.contains("zirconium"), "a draft never leaves");

    let server = world.serve();
    for briefing in &exported {
        let slug = briefing["slug"].as_str().unwrap();
        let mut served = server.get(&format!("/api/v1/briefings/{slug}")).body;
        // What differs is only where readers find it.
        served = served.replace(&server.address, "https://onrecord.example");
        assert_eq!(briefing, &serde_json::from_str::<Value>(&served).unwrap());
    }
    let one = exported.iter().find(|briefing| briefing["date"] == "2020-05-06").expect("the first briefing");
    for key in ["title", "date_origin", "briefing_kind", "transcripts", "utterances"] {
        assert!(!one[key].is_null(), "{key} of {one:#}");
    }
    assert_eq!(one["transcripts"][0]["source"]["media_type"], "text/plain");
    let utterances = one["utterances"].as_array().unwrap();
    let turn = utterances.iter().find(|one| one["kind"] == "turn").expect("a turn");
    assert_eq!((&turn["label"], &turn["speaker"]["slug"]), (&"MS. VOSS".into(), &"mara-voss".into()));
    assert_eq!(turn["text"], "Good afternoon. The lighthouse stays open.");
    let numbers: Vec<u64> = utterances.iter().map(|one| one["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=utterances.len() as u64).collect::<Vec<_>>());
}

#[test]
fn chosen_slugs_go_into_a_folder_and_those_that_nobody_sees_are_named() {
    let world = archive("export-some");
    let all = world.run(&["export"]).stdout;
    let all = lines(&all);
    let chosen = slugs(&all)[1];
    let draft = "2021-06-07-press-briefing-by-press-secretary-mara-voss";
    let folder = world.path("taken/away");

    let outcome = world.run(&["export", "--out", &folder, chosen, "no-such-briefing", draft]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{outcome:?}");
    for unknown in ["no-such-briefing", draft] {
        assert!(outcome.stderr.contains(&format!("{unknown}: there is no published briefing")), "{outcome:?}");
    }
    let written = std::fs::read_to_string(format!("{folder}/briefings.jsonl")).unwrap();
    assert_eq!(lines(&written), [all[1].clone()]);
    assert_eq!(world.run(&["export", "--format", "papyrus"]).code, Some(2));
}
