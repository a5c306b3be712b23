//! `onrecord sample exchanges` and `onrecord evaluate exchanges`: two people code the same questions without the machine.

use serde_json::{Value, json};

use super::fiction;
use super::world::World;

const VOSS: &str = "Press Briefing by Press Secretary Mara Voss";

fn coded(sample: &[Value], labels: &[&str]) -> String {
    let line = |(one, label): (&Value, &&str)| {
        let mut one = one.clone();
        one["label"] = json!(label);
        one.to_string() + "\n"
    };
    sample.iter().zip(labels).map(line).collect()
}

#[test]
fn two_people_code_a_sample_and_are_compared_with_each_other_and_the_machine() {
    let world = World::new("coding");
    let words = "The lighthouse stays open.\n\nQ: Will the minister sign the treaty?\n\n\
        MS. VOSS: I’m not going to comment on that.\n\nQ: How many trawlers are held?\n\nMS. VOSS: Twelve trawlers are held.\n\n\
        Q: Where is the minister today?\n\nMS. VOSS: I don’t know where he is.";
    let file = world.file("one.txt", fiction::text("", VOSS, "May 6, 2020", words));
    world.import(&["--publish", &file]).assert_counts(1, 0, 0);

    let drawn = world.run(&["sample", "exchanges", "--n", "4", "--seed", "1"]);
    assert_eq!(drawn.code, Some(0), "{}", drawn.stderr);
    let sample: Vec<Value> = drawn.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sample.len(), 4, "{}", drawn.stdout);
    assert_eq!(world.run(&["sample", "exchanges", "--n", "4", "--seed", "1"]).stdout, drawn.stdout, "the same seed");
    let mine = world.path("nobody-knows");
    for one in &sample {
        assert_eq!(one["label"], "", "nobody is told what the machine says");
        assert!(one.get("score").is_none() && one.get("suggested").is_none(), "{one}");
    }

    let right: Vec<&str> = sample
        .iter()
        .map(|one| match one["question"].as_str().unwrap() {
            text if text.contains("treaty") => "declined",
            text if text.contains("trawlers") => "answered",
            text if text.contains("say more") => "declined",
            _ => "no-information",
        })
        .collect();
    let first = world.file("first.jsonl", coded(&sample, &right));
    let second = world.file("second.jsonl", coded(&sample, &[right[0], right[1], right[2], "partly"]));
    let outcome = world.run(&["evaluate", "exchanges", &first, &second, "--json"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let report: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((&report["exchanges"], &report["coded_by_several"]), (&json!(4), &json!(4)));
    assert!(report["alpha"]["figure"].as_f64().is_some_and(|alpha| alpha < 1.0));
    assert_eq!(report["machine"]["exchanges"], 3, "where the two differ, the machine is not measured");

    let wrong = world.file("wrong.jsonl", coded(&sample, &["evaded", "", "", ""]));
    let refused = world.run(&["evaluate", "exchanges", &wrong]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("Line 1") && refused.stderr.contains("clarification-asked"), "{}", refused.stderr);
    assert_eq!(world.run(&["evaluate", "exchanges", &mine]).code, Some(1), "a file that is not there");
}
