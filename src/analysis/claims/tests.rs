//! Stories about claims, with invented people and places.

use std::collections::BTreeSet;

use crate::domain::ClaimKind;

use super::chosen::Chosen;
use super::measure::{average_precision, precision_at, ranked};
use super::numbers::{CALENDAR_YEAR, numbers};
use super::{Context, Sentence, claims, judge};

fn kind(text: &str) -> Option<ClaimKind> {
    judge(&mut Context::default(), &Sentence { speaker: Some("TIDE"), text }).kind
}

fn assert_kinds(expected: Option<ClaimKind>, texts: &[&str]) {
    for text in texts {
        assert_eq!(kind(text), expected, "{text}");
    }
}

/// Words, value and unit of each number.
fn read(text: &str) -> Vec<(String, f64, Option<String>)> {
    let words = |span: std::ops::Range<usize>| text.chars().skip(span.start).take(span.len()).collect();
    numbers(text).into_iter().map(|number| (words(number.span), number.value, number.unit)).collect()
}

fn assert_number(text: &str, words: &str, value: f64, unit: Option<&str>) {
    let read = read(text);
    let [(found, number, of)] = read.as_slice() else { panic!("{text}: {read:?}") };
    assert_eq!((found.as_str(), of.as_deref()), (words, unit), "{text}");
    assert!((number - value).abs() < value * 1e-9, "{text}: {number}");
}

#[test]
fn numbers_are_read_with_what_they_count() {
    assert_number("We created two and a half million jobs.", "two and a half million jobs", 2.5e6, Some("jobs"));
    assert_number("The quay cost $1.2 billion in all.", "$1.2 billion", 1.2e9, Some("dollars"));
    assert_number("Wages rose 13 percent.", "13 percent", 13.0, Some("percent"));
    assert_number("There were 3,000 American troops on the island.", "3,000 American troops", 3000.0, Some("troops"));
    assert_number("A coalition of 60-plus nations agreed.", "60-plus nations", 60.0, Some("nations"));
    assert_number("Twenty-five ships a day pass.", "Twenty-five ships", 25.0, Some("ships"));
    assert_number("A 104-page report says so.", "104-page", 104.0, Some("page"));
    assert_number("Half a million people fled.", "Half a million people", 500_000.0, Some("people"));
    assert_number(
        "It holds two hundred and fifty thousand tons.",
        "two hundred and fifty thousand tons",
        250_000.0,
        Some("tons"),
    );
    assert_number("We lost $7.25bn.", "$7.25bn", 7.25e9, Some("dollars"));
    assert_number("He paid fifty million dollars.", "fifty million dollars", 5e7, Some("dollars"));
    assert_number("That is up 2.5% on the year.", "2.5%", 2.5, Some("percent"));
    assert_number("It began in 2006.", "2006", 2006.0, Some(CALENDAR_YEAR));
    assert_number("A million new jobs came.", "A million new jobs", 1e6, Some("jobs"));
}

#[test]
fn a_unit_said_once_counts_for_both() {
    let both = read("Between 40 or 50 percent of the fleet rusts.");
    assert_eq!(both.iter().map(|(_, value, _)| *value).collect::<Vec<_>>(), [40.0, 50.0]);
    assert!(both.iter().all(|(_, _, unit)| unit.as_deref() == Some("percent")), "{both:?}");
}

#[test]
fn names_dates_and_times_are_no_numbers() {
    for text in [
        "The MS-13 gang was here.",
        "We remember 9/11.",
        "It starts at 10:30.",
        "We meet on January 20 at noon.",
        "No one came, and one of them left.",
        "The 45th mayor spoke in the 1990s.",
        "See you at 8 p.m. tomorrow.",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn numbers_stand_where_they_are_said() {
    let text = "“Très cher”: 40 % of it, or €3 million.";
    let words: Vec<String> = read(text).into_iter().map(|(words, ..)| words).collect();
    assert_eq!(words, ["40 %", "€3 million"]);
}

#[test]
fn each_kind_is_told_by_its_words() {
    assert_kinds(
        Some(ClaimKind::Figure),
        &["Unemployment on the island is 51 percent.", "In Porto Verde they had thousands of burglaries."],
    );
    assert_kinds(
        Some(ClaimKind::Denial),
        &[
            "I did not support the dredging of the bay.",
            "That's not true, and he knows it.",
            "I have nothing to do with the ferry company.",
            "Wrong.",
        ],
    );
    assert_kinds(
        Some(ClaimKind::Accusation),
        &["Mayor Pell lied about the lighthouse.", "She deleted the harbour log.", "You destroyed the fishing fleet."],
    );
    assert_kinds(
        Some(ClaimKind::Commitment),
        &[
            "We will rebuild the northern pier.",
            "I'm going to sign the ferry bill on Monday.",
            "I will never sell the lighthouse.",
            "I promise you a new quay.",
        ],
    );
    assert_kinds(
        Some(ClaimKind::Prediction),
        &["The price of herring will double next winter.", "They're going to lose the election in Sant Marco."],
    );
    assert_kinds(
        Some(ClaimKind::Position),
        &[
            "We should close the harbour in winter.",
            "I oppose the new toll on the bridge.",
            "The council must release its records.",
        ],
    );
    assert_kinds(
        Some(ClaimKind::Fact),
        &[
            "Governor Voss signed the treaty with Norland in the spring.",
            "The harbour was closed for most of last year.",
        ],
    );
}

#[test]
fn what_asserts_nothing_is_no_claim() {
    assert_kinds(
        None,
        &[
            "Good evening from the harbour.",
            "Thank you very much, Mayor.",
            "Will you close the harbour?",
            "I'm proud to be here with you.",
            "Let me move on.",
            "[applause]",
            "Yes.",
            "",
            "...",
        ],
    );
}

#[test]
fn a_figure_deserves_a_check_more_than_a_greeting() {
    let mut context = Context::default();
    let mut score = |speaker, text| judge(&mut context, &Sentence { speaker: Some(speaker), text }).score;
    let thanks = score("VOSS", "Thank you all very much for coming.");
    let figure = score("VOSS", "Under the last government our taxes went up 40 percent, the highest in the world.");
    let feeling = score("VOSS", "I love this town.");
    assert!(figure > 2.0 * thanks && figure > 2.0 * feeling, "{figure} {thanks} {feeling}");
    assert!((0.0..=1.0).contains(&figure));
}

#[test]
fn a_claim_says_where_it_stands_and_why() {
    let text = "Good évening. The dredging cost $40 million, and Mayor Pell lied about it. We will see.";
    let claims = claims(text, false);
    let [claim] = claims.as_slice() else { panic!("{claims:?}") };
    let words = |span: &std::ops::Range<usize>| text.chars().skip(span.start).take(span.len()).collect::<String>();
    assert_eq!(words(&claim.span), "The dredging cost $40 million, and Mayor Pell lied about it.");
    assert_eq!((claim.kind, words(&claim.numbers[0].span).as_str()), (ClaimKind::Accusation, "$40 million"));
    let shown = &claim.because[0];
    assert_eq!((shown.what.as_str(), words(shown.span.as_ref().unwrap()).as_str()), ("Pell lied", "Pell lied"));
    assert!(claim.because.len() > 1 && claim.because[1].weight.is_some(), "{claim:?}");
}

#[test]
fn nothing_that_is_sent_takes_long() {
    let begin = std::time::Instant::now();
    for hostile in ["a", "9", "9,", "'", "a'", "9-", "and a half ", "\u{301}", "(", "[["] {
        let text = hostile.repeat(1_000_000 / hostile.len());
        let _ = judge(&mut Context::default(), &Sentence { speaker: None, text: &text });
        let _ = claims(&text, false);
    }
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

/// What a harbour's fact-checkers chose among what is said there.
fn harbour() -> Chosen {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<String>>();
    let said = [
        ("we have the highest harbour dues of all islands in the whole western sea", true),
        ("the lighthouse on the northern cape cost forty million crowns last year alone", true),
        ("the the the", false),
        ("good morning to all of you in the hall", false),
        ("in the hall we have the tide", false),
    ]
    .map(|(text, chosen)| (words(text), chosen));
    Chosen::learn(said.iter().map(|(words, chosen)| (words, *chosen)))
}

#[test]
fn what_was_chosen_before_is_known_again() {
    let chosen = harbour();
    let alike = |chosen: &Chosen, text: &str| chosen.alike(text.split(' '))[0];
    let again = alike(&chosen, "remember the highest harbour dues of all islands");
    let other = alike(&chosen, "the mayor of all islands slept in the hall");
    assert!(again > 1.5 * other && again < 1.0 && other > 0.0, "{again} {other}");
    assert!(alike(&chosen, "the") < 0.01 && alike(&chosen, "") == 0.0 && alike(&Chosen::default(), "dues") == 0.0);
    let cost = "the lighthouse on the northern cape cost forty million crowns";
    assert!(alike(&chosen, cost) > 0.1 && alike(&chosen.without(&(1..2)), cost) < 0.05, "its own document is left out");
    assert!(chosen.alike(cost.split(' ')).is_sorted_by(|near, far| near > far));
}

#[test]
fn what_was_chosen_comes_back_from_its_file_without_its_words() {
    let text = harbour().write();
    let read = Chosen::read(&format!("# From a harbour.\n{text}neither\n\nnor\tit\n"));
    assert_eq!(read.write(), text);
    let dues = |chosen: &Chosen| chosen.alike("highest dues of all".split(' '));
    assert!(dues(&read).iter().zip(dues(&harbour())).all(|(read, learnt)| (read - learnt).abs() < 1e-6));
    assert!(!text.contains("lighthouse"));
}

#[test]
fn average_precision_rewards_what_comes_first() {
    assert_eq!(average_precision(&[false, false]), None);
    assert_eq!(average_precision(&[true, false, false, true]), Some(0.75));
    assert_eq!(ranked(&[(0.1, false), (0.9, true), (0.5, false)]), [true, false, false]);
    assert!((precision_at(&[true, false], 10) - 0.5).abs() < 1e-9);
}
