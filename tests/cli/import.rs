//! `onrecord import`: what comes in, what is said about it, and what is left alone.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::fiction;
use super::world::{Running, World};

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn folders_files_and_archives_come_in_once_and_bad_files_have_a_line() {
    let world = World::new("import");
    world.file("folder/one.html", fiction::briefing(1, 6));
    world.file("folder/deeper/two.html", fiction::briefing(2, 6));
    world.file("folder/empty.txt", "");
    let copy = world.file("copy-of-one.html", fiction::briefing(1, 6));
    let manifest = "file,title,date,series\nthree.txt,The Third Briefing,2021-03-04,Harbour House briefing\n";
    let third = fiction::text("", "Some Briefing", "", "The lighthouse is shut.");
    let archive = zip(&[("manifest.csv", manifest.as_bytes()), ("three.txt", third.as_bytes())]);
    let archive = world.file("archive.zip", archive);
    let all: &[&str] = &["--publish", &world.path("folder"), &copy, &archive, "no-such-file.txt"];

    let plain: Vec<&str> = all.iter().copied().chain(["--dry-run"]).collect();
    let tried = world.import(&plain);
    assert_eq!((tried.count("imported"), tried.count("failed"), tried.code), (3, 2, Some(1)), "{tried:#?}");
    let server = world.serve();
    assert_eq!(server.briefings().len(), 14, "a dry run writes nothing; the sample archive is there");
    assert!(server.total("trawler") > 0);

    let first = world.import(all);
    first.assert_counts(3, 1, 2);
    let keys: Vec<String> = first.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys,
        ["imported", "unchanged", "failed", "utterances", "words", "seconds", "failures", "kept_as_drafts"]
    );
    assert!(first.reason("no-such-file.txt").contains("no file"), "{first:?}");
    assert!(!first.reason("empty.txt").is_empty());
    assert_eq!(first.count("utterances"), tried.count("utterances"));

    // What is reported as imported is found when the command returns, and the sample archive is gone.
    assert_eq!(server.total("lighthouse"), 3);
    assert_eq!(server.total("trawler"), 0);
    assert_eq!(server.briefings().len(), 3);
    let speakers = server.page("/api/v1/speakers");
    assert!(speakers.contains("Mara Voss") && !speakers.contains("Joren Pell"), "{speakers}");
    assert_eq!(server.get("/speakers/joren-pell").status, 404);
    let third = server.json("/api/v1/briefings?from=2021-03-04&to=2021-03-04");
    assert_eq!(third["briefings"][0]["title"], "The Third Briefing");

    world.import(all).assert_counts(0, 4, 2);
    assert_eq!(server.briefings().len(), 3);
    let sentences = world.run(&["import", &copy]);
    assert!(sentences.stdout.contains("0 imported") && sentences.stdout.contains("1 unchanged"), "{sentences:?}");
}

#[test]
fn what_the_person_who_imports_says_counts() {
    let world = World::new("given");
    let path = world.file("a.txt", fiction::text("", "Some Remarks", "May 6, 2020", "The works will close."));
    let given = [
        "--publish",
        "--series",
        "harbour-house-briefing",
        "--date",
        "2020-05-07",
        "--title",
        "What Was Said of the Works",
        "--kind",
        "statement",
        &path,
    ];
    world.import(&given).assert_counts(1, 0, 0);
    let server = world.serve();
    let briefing = &server.briefings()[0];
    assert_eq!(briefing["title"], "What Was Said of the Works");
    assert_eq!(briefing["date"], "2020-05-07");
    assert_eq!(briefing["briefing_kind"], "statement");
    let of_series = server.json("/api/v1/briefings?series=harbour-house-briefing");
    assert_eq!(of_series["briefings"].as_array().unwrap().len(), 1, "{of_series}");
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let world = World::new("usage");
    for wrong in [
        &["import"][..],
        &["import", "--date", "yesterday", "a.txt"],
        &["import", "--kind", "sermon", "a.txt"],
        &["import", "--no-such-option", "a.txt"],
        &["no-such-command"],
    ] {
        assert_eq!(world.run(wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(world.postgres(), None);
}

#[test]
fn addresses_of_our_own_network_are_refused() {
    let world = World::new("address");
    let address = super::http::publish([("/a.html".to_owned(), fiction::briefing(1, 4).into_bytes())].into());
    let outcome = world.import(&["--publish", &format!("{address}/a.html")]);
    outcome.assert_counts(0, 0, 1);
    let reason = outcome.reason("a.html");
    assert!(reason.contains("private") || reason.contains("own network"), "{reason}");
}

#[test]
fn a_path_that_leads_to_no_source_is_named() {
    let world = World::new("nothing");
    std::fs::create_dir_all(world.path("empty/deeper")).unwrap();
    let archive = world.file("empty.zip", zip(&[]));
    let inner = zip(&[("inner.txt", b"Some words.")]);
    let nested = world.file("nested.zip", zip(&[("inside.zip", &inner)]));
    let outcome = world.import(&[&world.path("empty"), &archive, &nested, "ftp://harbour.example/a.txt"]);
    outcome.assert_counts(0, 0, 4);
    for empty in ["in/empty", "empty.zip"] {
        let failures = outcome.json()["failures"].as_array().unwrap().clone();
        let failure = failures.iter().find(|one| one["file"].as_str().unwrap().ends_with(empty)).expect(empty);
        assert_eq!(failure["reason"], "There is nothing in here that could be imported.");
    }
    assert!(outcome.reason("inside.zip").contains("archive inside an archive"), "{outcome:?}");
    assert!(outcome.reason("ftp:").contains("Only http:// and https://"), "{outcome:?}");
}

#[test]
fn briefings_of_one_day_and_title_get_addresses_of_their_own_also_from_imports_at_once() {
    let world = World::new("addresses");
    for number in 0..40 {
        let words = format!(
            "The lighthouse has {number} windows, {number} doors, {number} lamps. In {number} nights {number} ships saw {number} of them."
        );
        let text = fiction::text("", "Press Briefing by Press Secretary Mara Voss", "May 6, 2020", &words);
        world.file(&format!("{}/{number}.txt", ["even", "odd"][number % 2]), text);
    }
    let start = |folder| Running::start(world.command(&["import", "--json", "--publish", &world.path(folder)]));
    let (even, odd) = (start("even"), start("odd"));
    even.finish().assert_counts(20, 0, 0);
    odd.finish().assert_counts(20, 0, 0);
    let server = world.serve();
    let mut slugs: Vec<_> =
        server.briefings().iter().map(|briefing| briefing["slug"].as_str().unwrap().to_owned()).collect();
    slugs.sort();
    slugs.dedup();
    assert_eq!((slugs.len(), server.total("lighthouse windows")), (40, 40));
    assert!(slugs.iter().any(|slug| slug.ends_with("mara-voss-40")), "{slugs:?}");
}

#[test]
fn two_imports_of_the_same_folder_at_once_share_the_work() {
    let world = World::new("twice");
    for number in 0..30 {
        world.file(&format!("many/{number}.html"), fiction::briefing(number, 6));
    }
    let many = world.path("many");
    let start = || Running::start(world.command(&["import", "--json", "--publish", &many]));
    let (first, second) = (start(), start());
    let (first, second) = (first.finish(), second.finish());
    assert_eq!((first.code, second.code), (Some(0), Some(0)), "{first:?} {second:?}");
    assert_eq!(first.count("imported") + second.count("imported"), 30);
    let server = world.serve();
    assert_eq!((server.briefings().len(), server.total("lighthouse")), (30, 30));
}

#[test]
fn the_same_event_twice_is_kept_as_a_draft_whatever_was_asked_and_is_no_failure() {
    let world = World::new("twice");
    let text = |words: &str| {
        fiction::text(
            "",
            "Press Briefing by Press Secretary Mara Voss",
            "May 6, 2020",
            &format!("The lighthouse {words}"),
        )
    };
    let first = world
        .file("a.txt", text("is to be painted white, and the harbour master has ordered the paint in Kallenport."));
    let second =
        world.file("b.txt", text("is to be painted red, and the harbour master has ordered the paint in Kallenport."));
    let both = [first.as_str(), &second];
    let outcome = world.import(&[&["--publish"], &both[..]].concat());
    outcome.assert_counts(2, 0, 0);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let kept = outcome.json()["kept_as_drafts"].clone();
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    assert!(kept[0]["file"].as_str().unwrap().ends_with("b.txt"), "{kept}");
    assert!(kept[0]["same_event"].as_str().unwrap().starts_with("2020-05-06-press-briefing"), "{kept}");
    assert!(kept[0]["alike"].as_f64().unwrap() > 0.8, "{kept}");
    assert!(outcome.stderr.contains("kept as a draft"), "{outcome:?}");
    let again = world.import(&[&["--publish"], &both[..]].concat());
    again.assert_counts(0, 2, 0);
    assert_eq!(again.json()["kept_as_drafts"].as_array().unwrap().len(), 1, "{again:?}");
    let server = world.serve();
    assert_eq!(server.total("lighthouse"), 1, "readers see it once");
    assert_eq!(server.total("white"), 1);
}
