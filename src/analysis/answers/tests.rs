//! How exchanges of people who do not exist are labelled.

use super::*;

fn labelled(question: &str, answer: &str) -> AnswerLabel {
    label(question, answer, "").label
}

fn because(question: &str, answer: &str) -> String {
    let range = label(question, answer, "").because.unwrap_or_default();
    answer.chars().skip(range.start).take(range.len()).collect()
}

#[test]
fn a_question_that_is_answered() {
    for answer in ["Yes.", "No, we will not.", "Of course. It always has.", "I do.", "Not at all.", "That's correct."] {
        assert_eq!(
            labelled("Q. Do you think the ferry will sail, Mayor Vale?", answer),
            AnswerLabel::Answered,
            "{answer}"
        );
    }
    assert_eq!(labelled("How many boats are there?", "There are 14 boats in the harbour."), AnswerLabel::Answered);
}

#[test]
fn a_question_that_they_will_not_answer() {
    for answer in [
        "No comment.",
        "I'm not going to get into that.",
        "I won't speculate about that.",
        "We don't comment on private conversations of the Mayor.",
        "I'd rather not say.",
        "It would be inappropriate for me to comment on a pending case.",
        "Mayor Vale. That's a hypothetical.",
        "I am not at liberty to discuss it.",
    ] {
        let found = label("What did the Mayor say to the fishermen?", answer, "");
        assert_eq!((found.label, found.clarity), (AnswerLabel::Declined, Clarity::ClearNonReply), "{answer}");
    }
}

#[test]
fn a_question_on_which_they_have_nothing() {
    for answer in [
        "I don't know.",
        "I haven't seen the report.",
        "I don't have anything on that.",
        "I have no information about it.",
        "We're not aware of that.",
        "I can't recall.",
    ] {
        assert_eq!(labelled("Why was the lighthouse dark on Monday?", answer), AnswerLabel::NoInformation, "{answer}");
    }
}

#[test]
fn a_question_for_somebody_else_or_for_another_time() {
    for answer in
        ["I'd refer you to the Ministry of Tides.", "You'd have to ask the harbour master.", "Ask the Secretary."]
    {
        assert_eq!(labelled("Why was the lighthouse dark?", answer), AnswerLabel::ReferredElsewhere, "{answer}");
    }
    for answer in ["We'll get back to you.", "I'll take that question.", "Stay tuned.", "You'll find out soon."] {
        assert_eq!(labelled("Who will be the next harbour master?", answer), AnswerLabel::Deferred, "{answer}");
    }
}

#[test]
fn a_question_that_was_not_understood() {
    for answer in ["What?", "I'm sorry?", "Which ferry?", "What do you mean?", "Can you repeat the question?"] {
        let found = label("Are you satisfied with the tide tables of the islands?", answer, "");
        assert_eq!(found.label, AnswerLabel::ClarificationAsked, "{answer}");
    }
}

#[test]
fn the_words_that_gave_it_away_are_whole() {
    let question = "What did he say about the silver?";
    assert_eq!(because(question, "Well, Ana — I’m not going to get into that."), "I’m not going to get into that");
    assert_eq!(because(question, "Thank you. I don't have anything on that, Tom."), "I don't have anything on that");
    assert_eq!(because("Will it sail?", "Yes. It will."), "Yes");
}

#[test]
fn a_refusal_with_an_answer_after_it_is_no_clear_non_reply() {
    let answer = "I don't want to speculate about the vote. But the council will pay for the new ferry in full, the ferry \
                  will sail from the north quay, and every islander will have a seat on it by the spring. We promised the \
                  islanders a ferry that they can afford, and the fares of the ferry will not rise.";
    let found = label("Will the council pay for the ferry, and will the fares rise?", answer, "Will the fares rise?");
    assert_ne!(found.clarity, Clarity::ClearNonReply);
}

#[test]
fn what_somebody_did_not_do_is_an_answer_and_not_ignorance() {
    assert_eq!(labelled("Have you talked to the harbour master?", "I have not talked to him."), AnswerLabel::Answered);
    assert_eq!(labelled("Did he see the letter?", "Not that I'm aware of."), AnswerLabel::Answered);
}

#[test]
fn every_judgement_says_why() {
    let found = label("Will you sail?", "No.", "");
    assert!(!found.reasons.is_empty());
    assert!((found.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-4);
}

#[test]
fn the_same_exchanges_make_the_same_model() {
    let pair = |answer: &str, votes| train::Pair {
        question: "Will the ferry sail?".to_owned(),
        answer: answer.to_owned(),
        asked: String::new(),
        votes,
    };
    let answers = ["Yes, it will.", "No comment.", "The sea is wide, and we are working on it.", "It may."];
    let pairs: Vec<train::Pair> = (0..24)
        .map(|number| {
            pair(&format!("{} {number}", answers[number % 4]), [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]][number % 2])
        })
        .collect();
    let model = train::train(&pairs, &[]).write();
    assert_eq!(model, train::train(&pairs, &[]).write());
    assert!(model.starts_with("(class)\tclear reply\tambivalent\tclear non-reply\n"), "{model}");
}

#[test]
fn nothing_and_nonsense_are_labelled_too() {
    for text in ["", " ", "...", "—", "\u{0}", "The President. ", "[14.]"] {
        assert!(label(text, text, text).because.is_none(), "{text:?}");
    }
}

#[test]
fn a_long_text_without_an_end_takes_no_long_time() {
    let began = std::time::Instant::now();
    label("Why?", &"a".repeat(200_000), "");
    label("Why?", &"i don't ".repeat(25_000), "");
    assert!(began.elapsed() < std::time::Duration::from_secs(20));
}
