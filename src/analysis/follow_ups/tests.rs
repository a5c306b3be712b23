//! Small stories of promises, kept and not.

use super::*;
use crate::analysis::exchanges::exchanges;
use crate::domain::{Role, UtteranceKind};

fn turn(asks: bool, text: &str) -> Turn<'_> {
    Turn {
        kind: UtteranceKind::Turn,
        asker: asks,
        speaker: Some(u64::from(asks)),
        role: asks.then_some(Role::Questioner),
        text,
        asked_by: None,
    }
}

/// What a response promises.
fn promised(response: &str) -> Vec<(PromiseKind, String)> {
    let turns = [turn(true, "How many boats are in the harbour of Varen?"), turn(false, response)];
    let words = |found: &FollowUp| {
        let span = found.promise.span.clone();
        response.chars().skip(span.start).take(span.len()).collect::<String>()
    };
    promises(&turns, &exchanges(&turns)).iter().map(|found| (found.kind, words(found))).collect()
}

fn kind(response: &str) -> Option<PromiseKind> {
    promised(response).first().map(|found| found.0)
}

#[test]
fn a_promise_to_come_back_is_told_by_its_words() {
    for (response, expected) in [
        ("I’ll take that question.", PromiseKind::TakenQuestion),
        ("We’ll have to take the question and see what the ministry says.", PromiseKind::TakenQuestion),
        ("I don’t have that here. Let me get back to you.", PromiseKind::GetBack),
        ("I’ll have somebody at the harbour office follow up with you.", PromiseKind::GetBack),
        ("When the date is set, we’ll let you know.", PromiseKind::GetBack),
        ("I’ll check on that and let you know.", PromiseKind::GetBack),
        ("I’ll have to look into that.", PromiseKind::Check),
        ("I would have to -- let me double-check.", PromiseKind::Check),
        ("I’ll see if we can find a number for you.", PromiseKind::Check),
        ("We’ll get you the readout.", PromiseKind::Provide),
        ("I can get you a list of those.", PromiseKind::Provide),
        ("We’ll have more on that later today.", PromiseKind::MoreLater),
        ("Nothing yet, but we’ll keep you posted.", PromiseKind::MoreLater),
        ("No lo tengo, lo vamos a revisar.", PromiseKind::Check),
    ] {
        assert_eq!(kind(response), Some(expected), "{response}");
    }
}

#[test]
fn words_alike_promise_nothing() {
    for response in [
        "I’ll take your questions.",
        "I’ll take one more. And then we have to go.",
        "Let me get back to my point.",
        "We’ll get back to work on Monday.",
        "You’d have to check with the harbour office.",
        "I would refer you to the ministry for more information.",
        "We’re not going to get back to you on that.",
        "I told you I would get back to you.",
        "I don’t think that we’ll have more to say about it.",
        "They will look into the cause of the fire.",
        "I’ll ask the mayor to come up and say a few words.",
        "We’ll see what happens.",
        "Did they get back to you?",
        "I can share that with my son.",
    ] {
        assert_eq!(promised(response), [], "{response}");
    }
}

#[test]
fn what_is_promised_side_by_side_is_one_promise() {
    let found =
        promised("I don’t know. I’ll check. We’ll get back to you this evening. There are boats there, as always.");
    assert_eq!(found, [(PromiseKind::GetBack, "I’ll check. We’ll get back to you this evening.".to_owned())]);
}

#[test]
fn only_a_response_owes_something() {
    let turns = [
        turn(false, "Good afternoon. We’ll have a readout of the call later today."),
        turn(true, "I’ll get back to you about the photograph. Is the ferry running?"),
        turn(false, "It is."),
        turn(true, "And tomorrow?"),
        turn(false, "I’ll look into that."),
    ];
    let pairs = exchanges(&turns);
    let found = promises(&turns, &pairs);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].promise.turn, found[0].exchange), (4, 1));
}

fn candidate(text: &str, at: i64) -> Candidate<'_> {
    Candidate { text, question: None, asked_by: None, at }
}

#[test]
fn what_keeps_a_promise_shares_rare_words_or_says_so() {
    let owed = [Owed {
        question: "How many trawlers were detained off Kallenport in March?",
        promise: "I’ll have to get back to you.",
        asked_by: Some("Ada Vale"),
        at: 10,
        until: 70,
    }];
    let candidates = [
        candidate("Eleven trawlers were detained off Kallenport that month.", 5),
        candidate("The budget was agreed, and the bridge will be painted in the summer.", 11),
        candidate("Ada, yesterday you asked about the trawlers off Kallenport: eleven were detained in March.", 11),
        candidate("The trawlers have to be inspected every second year.", 12),
        candidate("Schools stay closed on Friday.", 12),
    ];
    let found = resolutions(&owed, &candidates);
    assert_eq!(found.first().map(|best| (best.owed, best.candidate)), Some((0, 2)), "{found:?}");
    assert!(found.iter().all(|it| it.candidate != 0), "what was said before keeps no promise: {found:?}");
    assert!(found.iter().all(|it| it.candidate != 1 && it.candidate != 4), "{found:?}");
    let because = &found[0].because;
    assert!(
        matches!(&because[0], Reason::SharedWords(words) if words.iter().any(|word| word.starts_with("kallenport")))
    );
    assert!(because.contains(&Reason::SaysSo("yesterday you asked".to_owned())), "{because:?}");
}

#[test]
fn words_beyond_its_reach_keep_no_promise() {
    let owed = |until| Owed {
        question: "How many trawlers were detained off Kallenport in March?",
        promise: "I’ll have to get back to you.",
        asked_by: None,
        at: 10,
        until,
    };
    let candidates = [
        candidate("Schools stay closed on Friday.", 11),
        candidate("Eleven trawlers were detained off Kallenport in March.", 40),
    ];
    assert_eq!(resolutions(&[owed(40)], &candidates).len(), 1);
    assert_eq!(resolutions(&[owed(39)], &candidates), []);
}

#[test]
fn the_same_reporter_adds_to_it() {
    let owed = [Owed {
        question: "Will the dredging in the eastern channel go on?",
        promise: "Let me check.",
        asked_by: Some("Ada Vale"),
        at: 1,
        until: 61,
    }];
    let asked = |by| Candidate {
        text: "It goes on until the autumn.",
        question: Some("And the dredging of the channel?"),
        asked_by: Some(by),
        at: 2,
    };
    let found = resolutions(&owed, &[asked("Tom Hask"), asked("Ada Vale")]);
    assert_eq!(found[0].candidate, 1);
    assert!(found[0].because.contains(&Reason::SameAsker("Ada Vale".to_owned())));
    assert!(found.iter().all(|it| (0.0..=1.0).contains(&it.score)));
}

#[test]
fn hostile_words_take_no_long_time() {
    let response = "i'll we'll let me get back have more when once ".repeat(20_000);
    let began = std::time::Instant::now();
    promised(&response);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
