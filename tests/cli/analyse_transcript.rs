//! `onrecord analyse transcript`: one line in, one line out, and no archive.

use std::io::Write;
use std::process::Stdio;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::world::World;

const BRIEFING: &str = "Press Briefing by Press Secretary Mara Voss\nHarbour House\nMarch 14, 2026\n\n1:04 P.M. EST\n\n\
    MS. VOSS: Good afternoon, everybody. The harbour of Kallenport opens again on Friday.\n\n\
    Q: Thanks, Mara. How many trawlers are still --\n\n\
    MS. VOSS: Well --\n\n\
    Q: -- held in Denmark?\n\n\
    MS. VOSS: I don’t have that number. Let me get back to you. Go ahead, Tom.\n\n\
    Q: Thank you. Will the ferry sail on Friday?\n\n\
    MS. VOSS: It will.\n\n\
    Q: Thank you.\n\n\
    END 1:40 P.M. EST\n";

/// What the program answers to some lines, and its exit code.
fn analyse(lines: &[String]) -> (Vec<Value>, Option<i32>) {
    let world = World::new("analyse-transcript");
    let mut child = world.command(&["analyse", "transcript"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(!world.data().exists(), "no archive is made");
    let answers = String::from_utf8(output.stdout).unwrap();
    (answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

/// The words of references, from the utterances of the same answer.
fn words(answer: &Value, refs: &Value) -> Vec<String> {
    let number = |it: &Value| it.as_u64().unwrap() as usize;
    let cut = |it: &Value| {
        let text = answer["utterances"][number(&it["utterance"]) - 1]["text"].as_str().unwrap();
        let (start, end) = (number(&it["start"]), number(&it["end"]));
        text.chars().skip(start).take(end - start).collect()
    };
    refs.as_array().unwrap().iter().map(cut).collect()
}

#[test]
fn a_transcript_comes_back_with_what_can_be_suggested() {
    let line = json!({ "name": "briefing.txt", "text": BRIEFING }).to_string();
    let (answers, code) = analyse(&[line]);
    assert_eq!((answers.len(), code), (1, Some(0)));
    let answer = &answers[0];
    assert_eq!(answer["format"], "plain");
    assert_eq!(answer["date"], "2026-03-14");
    assert_eq!(answer["title"], "Press Briefing by Press Secretary Mara Voss");
    assert_eq!(answer["source_text"], Value::Null, "the words are in the utterances");

    let exchanges = answer["exchanges"].as_array().unwrap();
    assert_eq!(exchanges.len(), 2, "{exchanges:?}");
    assert_eq!(words(answer, &exchanges[0]["question"]), ["How many trawlers are still --", "-- held in Denmark?"]);
    let response = words(answer, &exchanges[0]["response"]);
    assert_eq!(response.last().unwrap(), "I don’t have that number. Let me get back to you.");
    assert_eq!(words(answer, &exchanges[1]["question"]), ["Will the ferry sail on Friday?"]);
    assert_eq!(words(answer, &exchanges[1]["response"]), ["It will."]);
    assert_eq!((&exchanges[1]["follows"], &exchanges[1]["origin"]), (&Value::Null, &json!("machine")));

    assert_eq!(exchanges[1]["label"], "answered");
    assert!(exchanges[0]["label"].is_string() && exchanges[0]["label"] != "answered", "{}", exchanges[0]);

    let promise = &answer["follow_ups"][0];
    assert_eq!((&promise["kind"], &promise["exchange"]), (&json!("get-back"), &json!(0)));
    assert_eq!(words(answer, &json!([promise])), ["Let me get back to you."]);

    let utterances = answer["utterances"].as_array().unwrap();
    let asked = utterances.iter().find(|it| it["text"] == "-- held in Denmark?").unwrap();
    assert_eq!((&asked["label"], &asked["role"], &asked["kind"]), (&json!("Q"), &json!("questioner"), &json!("turn")));
    assert_eq!(asked["topics"][0]["slug"], "denmark");
    let opening = utterances.iter().find(|it| it["label"] == "MS. VOSS").unwrap();
    assert_eq!(opening["claims"][0]["origin"], "machine", "{opening}");
}

#[test]
fn bytes_come_in_base64_and_a_bad_line_stops_nothing() {
    let good = json!({ "name": "briefing.txt", "base64": STANDARD.encode(BRIEFING) }).to_string();
    let bad = [
        "no json".to_owned(),
        json!({ "name": "nothing.txt" }).to_string(),
        json!({ "text": "a", "base64": "YQ==" }).to_string(),
        json!({ "name": "odd.pdf", "base64": "%%" }).to_string(),
        json!({ "name": "empty.txt", "text": "" }).to_string(),
        json!({ "name": "rich.rtf", "text": "{\\rtf1\\ansi MS. VOSS: Good afternoon.}" }).to_string(),
    ];
    let mut lines = bad.to_vec();
    lines.push(good);
    let (answers, code) = analyse(&lines);
    assert_eq!((answers.len(), code), (7, Some(1)));
    for answer in &answers[..6] {
        assert!(answer["error"].as_str().is_some_and(|error| error.len() > 20), "{answer}");
    }
    assert_eq!(answers[6]["exchanges"].as_array().map(Vec::len), Some(2));
}
