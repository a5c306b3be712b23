//! Exchanges go in and labels come out, one for one; labelled files are scored.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::world::World;

/// What the program answers to lines, and its exit code.
fn analyse(lines: &str) -> (Vec<Value>, Option<i32>) {
    let world = World::new("analyse-answers");
    let mut child = world.command(&["analyse", "answers"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    assert!(!world.data().exists(), "no archive is opened");
    (answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

fn exchange(question: &str, answer: &str) -> String {
    format!("{}\n", json!({"question": question, "answer": answer, "asked": ""}))
}

#[test]
fn each_exchange_gets_a_class_a_label_and_the_words_that_gave_it_away() {
    let answer = "Thanks, Ånna. I’d refer you to the Ministry of Tides for that.";
    let lines = [
        exchange("Will the ferry sail on Sunday?", "Yes. It leaves at nine."),
        exchange("Why did the harbour master leave?", answer),
        exchange("Did he take the silver?", "I'm not going to get into that."),
    ];
    let (answers, code) = analyse(&lines.concat());
    assert_eq!(code, Some(0));
    let of = |key: &str| answers.iter().map(|answer| answer[key].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(of("label"), ["answered", "referred-elsewhere", "declined"]);
    assert_eq!(of("clarity"), ["clear reply", "clear non-reply", "clear non-reply"]);
    assert!(answers.iter().all(|answer| (0.0..=1.0).contains(&answer["score"].as_f64().unwrap())));
    let because: Vec<usize> = serde_json::from_value(answers[1]["because"].clone()).unwrap();
    let words: String = answer.chars().skip(because[0]).take(because[1] - because[0]).collect();
    assert_eq!(words, "I’d refer you to the Ministry of Tides for that");
}

#[test]
fn a_line_that_is_no_exchange_gets_an_error_and_the_others_go_on() {
    let lines = format!("{{\"question\": 1}}\nnothing\n{}", exchange("Will you sail?", "No."));
    let (answers, code) = analyse(&lines);
    assert_eq!(code, Some(1));
    assert!(
        answers[0]["error"].as_str().unwrap().contains("\"answer\""),
        "it says what a line looks like: {answers:?}"
    );
    assert!(answers[1]["error"].is_string());
    assert_eq!(answers[2]["label"], "answered");
}

#[test]
fn which_question_is_meant_may_be_left_out_and_texts_may_be_empty() {
    let (answers, code) = analyse(
        "{\"question\": \"\", \"answer\": \"\"}\n{\"question\": \"Why?\", \"answer\": \"What?\", \"asked\": null}\n",
    );
    assert_eq!(code, Some(0));
    assert_eq!(answers[0]["because"], Value::Null);
    assert_eq!(answers[1]["label"], "clarification-asked");
}

fn labelled(answer: &str, label: &str) -> String {
    let question = "Q. Will the ferry sail on Sunday?";
    let line = json!({"interview_question": question, "interview_answer": answer, "question": question, "clarity_label": label});
    format!("{line}\n")
}

#[test]
fn labelled_files_are_scored() {
    let world = World::new("evaluate-answers");
    let lines = [
        labelled("The Mayor. Yes. It leaves at nine.", "Direct Reply"),
        labelled("The Mayor. No comment.", "Direct Non-Reply"),
        labelled("The Mayor. I don't know.", "Clear Non-Reply"),
        labelled("The Mayor. No, it will not.", "Ambivalent"),
    ];
    let file = world.file("exchanges.jsonl", lines.concat());
    let outcome = world.run(&["evaluate", "answers", "--json", &file]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let report: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(report["all"]["confusion"], json!([[1, 0, 0], [1, 0, 0], [0, 0, 2]]));
    assert_eq!(report["all"]["non_reply_precision"], 1.0);
    let reply = &report["all"]["classes"][0];
    assert_eq!(
        (&reply["class"], &reply["precision"], &reply["recall"]),
        (&json!("clear reply"), &json!(0.5), &json!(1.0))
    );
    let said = world.run(&["evaluate", "answers", &file]);
    assert!(said.stdout.contains("macro F1"), "{said:?}");
}

#[test]
fn a_labelled_file_that_cannot_be_read_is_named_with_its_line() {
    let world = World::new("evaluate-answers");
    let file = world
        .file("exchanges.jsonl", [labelled("The Mayor. Yes.", "Direct Reply"), labelled("No.", "Perhaps")].concat());
    let outcome = world.run(&["evaluate", "answers", &file]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("line 2") && outcome.stderr.contains("exchanges.jsonl"), "{outcome:?}");
}
