//! `onrecord analyse` and `onrecord evaluate`: no archive, a line for a line, and a bad line stops nothing.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::world::World;

fn onrecord(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    // Where no folder could be made: whoever opened an archive would fail.
    command.args(arguments).env("ONRECORD_DATA_DIR", "/dev/null/nowhere").env_remove("DATABASE_URL");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn told(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = onrecord(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output
}

fn answers(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn sentence(text: &str) -> String {
    json!({ "document": "harbour", "speaker": "VOSS", "text": text }).to_string()
}

#[test]
fn every_sentence_gets_a_score_and_a_kind_in_order() {
    let said = ["Good evening.", "The ferry carried 3,000 passengers last year.", "We will rebuild the northern pier."];
    let lines = said.map(sentence).join("\n");
    let output = told(&["analyse", "claims"], lines.as_bytes());
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let answers = answers(&output);
    let kinds: Vec<&Value> = answers.iter().map(|answer| &answer["kind"]).collect();
    assert_eq!(kinds, [&Value::Null, &json!("figure"), &json!("commitment")]);
    assert!(answers.iter().all(|answer| (0.0..=1.0).contains(&answer["score"].as_f64().unwrap())), "{answers:?}");
    assert!(answers[1]["score"].as_f64() > answers[0]["score"].as_f64());
}

#[test]
fn a_bad_line_says_what_to_do_and_the_others_go_on() {
    let good = sentence("The harbour was closed.");
    let bad = [
        &b"{\"document\": \"harbour\", \"speaker\": \"VOSS\"}"[..],
        b"nonsense",
        b"",
        b"[1]",
        b"\xff\xfe",
        b"{\"document\": 1}",
    ];
    let mut input = good.clone().into_bytes();
    for line in bad {
        input.push(b'\n');
        input.extend_from_slice(line);
    }
    input.extend_from_slice(format!("\n{good}\r\n").as_bytes());
    let output = told(&["analyse", "claims"], &input);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
    let answers = answers(&output);
    assert_eq!(answers.len(), bad.len() + 2);
    for answer in &answers[1..=bad.len()] {
        let error = answer["error"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(error.contains("Send one line like {\"document\""), "{error}");
    }
    assert!(answers[1]["error"].as_str().unwrap().contains("`text`"), "{}", answers[1]);
    assert!(answers[0]["score"].is_number() && answers[bad.len() + 1]["score"].is_number());
}

#[test]
fn answers_come_while_somebody_still_speaks() {
    let mut child = onrecord(&["analyse", "claims"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for text in ["One.", "The ferry carried 3,000 passengers."] {
        writeln!(stdin, "{}", sentence(text)).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains("score"), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn nobody_may_speak_but_everybody_speaks_alone() {
    let line = |document: &str, speaker: Value| json!({ "document": document, "speaker": speaker, "text": "Taxes went up 40 percent." });
    let lines =
        [line("one", json!("VOSS")), line("one", json!("VOSS")), line("two", json!("VOSS")), line("two", Value::Null)];
    let output = told(&["analyse", "claims"], lines.map(|line| line.to_string()).join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let answers = answers(&output);
    assert_eq!(answers[0], answers[2], "another document begins anew");
}

#[test]
fn labelled_files_are_scored_one_by_one_and_together() {
    let world = World::new("evaluate");
    let lines = "1\tVOSS\tGood evening.\t0\n2\tVOSS\tThe ferry carried 3,000 passengers last year.\t1\n3\tVOSS\tThank you.\t0\n";
    let one = world.file("harbour.tsv", lines);
    let none = world.file("greetings.tsv", "1\tVOSS\tGood evening.\t0\n");
    let output = told(&["evaluate", "claims", &one, &none, "--json"], b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = &answers(&output)[0];
    assert_eq!((&report["sentences"], &report["chosen"]), (&json!(4), &json!(1)));
    assert_eq!(report["all"]["mean_average_precision"], json!(1.0), "{report}");
    assert_eq!(report["files"][0]["file"], "harbour");
    assert!(report["files"][1]["average_precision"].is_null() && report["files"][0]["held_aside"].is_boolean());

    let spoilt = world.file("spoilt.tsv", "1\tVOSS\tGood evening.\n");
    let output = told(&["evaluate", "claims", &spoilt], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Line 1 of"), "{output:?}");
    assert_eq!(told(&["evaluate", "claims"], b"").status.code(), Some(2));
}
