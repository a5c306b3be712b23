//! `onrecord analyse quotations`, `evaluate quotations` and `train quotations`: no archive, a line for a line.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::world::World;

const ARTICLE: &str = "Harbour Minister Lena Hask visited the northern pier on Monday.\n\n“It is older than I thought,” she said. \
    “It will have to go.”\n\nAccording to the harbour authority, 40 boats use the pier every day.";

fn onrecord(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    // Where no folder could be made: whoever opened an archive would fail.
    command.args(arguments).env("ONRECORD_DATA_DIR", "/dev/null/nowhere").env_remove("DATABASE_URL");
    command.env_remove("ONRECORD_LABELLED");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn told(arguments: &[&str], input: &str) -> Output {
    let mut child = onrecord(arguments).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn words(article: &str, span: &Value) -> String {
    let place = |at: usize| usize::try_from(span[at].as_u64().unwrap()).unwrap();
    article.chars().skip(place(0)).take(place(1) - place(0)).collect()
}

#[test]
fn an_article_comes_back_as_its_quotations() {
    let line = json!({ "id": "pier", "text": ARTICLE }).to_string();
    let output = told(&["analyse", "quotations"], &line);
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    let answers = answers(&output);
    assert_eq!(answers[0]["id"], "pier");
    let quotations = answers[0]["quotations"].as_array().unwrap();
    let direct = quotations.iter().find(|one| one["mode"] == "direct").unwrap_or_else(|| panic!("{answers:#?}"));
    assert_eq!(direct["speaker"], "Lena Hask");
    assert_eq!(words(ARTICLE, &direct["source"]), "she");
    assert_eq!(words(ARTICLE, &direct["cue"]), "said");
    let pieces: Vec<String> = direct["content"].as_array().unwrap().iter().map(|piece| words(ARTICLE, piece)).collect();
    assert_eq!(pieces, ["“It is older than I thought,”", "“It will have to go.”"]);
    let indirect = quotations.iter().find(|one| one["mode"] == "indirect").unwrap_or_else(|| panic!("{answers:#?}"));
    assert_eq!(words(ARTICLE, &indirect["cue"]), "According to");
}

#[test]
fn a_bad_line_says_what_to_do_and_the_others_go_on() {
    let good = json!({ "id": 7, "text": ARTICLE }).to_string();
    let output = told(&["analyse", "quotations"], &format!("{{\"id\": 1}}\nnonsense\n{good}\n"));
    assert_eq!(output.status.code(), Some(1));
    let answers = answers(&output);
    assert_eq!(answers.len(), 3);
    for answer in &answers[..2] {
        let error = answer["error"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(error.contains("Send one line like {\"id\""), "{error}");
    }
    assert_eq!(answers[2]["id"], 7);
}

#[test]
fn an_article_without_words_has_no_quotations() {
    let output = told(&["analyse", "quotations"], "{\"id\": null, \"text\": \"\"}\n");
    assert_eq!(answers(&output), [json!({ "id": null, "quotations": [] })]);
}

/// The article with what a reader would mark in its second paragraph.
fn labelled() -> String {
    let span = |part: &str| {
        let start = ARTICLE[..ARTICLE.find(part).unwrap()].chars().count();
        json!([start, start + part.chars().count()])
    };
    let said = json!({
        "source": [span("she")],
        "cue": [span("said")],
        "content": [span("“It is older than I thought,”"), span("“It will have to go.”")],
    });
    let according = json!({
        "source": [span("the harbour authority")],
        "cue": [span("According to")],
        "content": [span("40 boats use the pier every day")],
    });
    json!({ "id": "pier", "text": ARTICLE, "attributions": [said, according] }).to_string()
}

#[test]
fn labelled_articles_are_scored_and_only_training_files_are_not_aside() {
    let world = World::new("quotations");
    let (train, dev) = (world.file("train.jsonl", labelled()), world.file("dev.jsonl", labelled()));
    let output = told(&["evaluate", "quotations", &train, &dev, "--json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = &answers(&output)[0];
    assert_eq!((&report["files"][0]["held_aside"], &report["files"][1]["held_aside"]), (&json!(false), &json!(true)));
    assert_eq!((&report["all"]["articles"], &report["held_aside"]["articles"]), (&json!(2), &json!(1)));
    for row in ["source", "cue", "content"] {
        assert_eq!(report["all"][row]["strict"]["recall"], 1.0, "{row}: {report:#}");
    }
    let table = told(&["evaluate", "quotations", &dev], "");
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(table.contains("dev, held aside in training: 1 articles") && table.contains("content"), "{table}");
}

#[test]
fn a_file_that_is_no_article_is_named() {
    let world = World::new("no-articles");
    let file = world.file("dev.jsonl", "{\"id\": \"one\"}\n");
    let output = told(&["evaluate", "quotations", &file], "");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() != Some(0) && error.contains("Line 1 of") && error.contains("dev.jsonl"), "{error}");
    let output = told(&["train", "quotations", "--labelled", &world.path("")], "");
    assert!(output.status.code() != Some(0) && String::from_utf8_lossy(&output.stderr).contains("quote-attribution"));
}
