//! What is said of two states of a text.

use super::*;
use crate::domain::{Mark, MarkKind};

fn stand<'a>(number: i32, label: &'a str, text: &'a str) -> Stand<'a> {
    Stand { number, kind: UtteranceKind::Turn, label: Some(label), text }
}

fn shown(before: &str, after: &str) -> String {
    let piece = |stretch: Stretch| match stretch.fate {
        Fate::Same => stretch.text,
        Fate::Out => format!("[-{}-]", stretch.text),
        Fate::In => format!("{{+{}+}}", stretch.text),
    };
    words(before, after).into_iter().map(piece).collect()
}

#[test]
fn words_are_compared_and_not_letters() {
    assert_eq!(shown("our supporters, again", "our supporter's, again"), "our [-supporters-]{+supporter's+}, again");
    assert_eq!(shown("a red old boat sails", "a green new boat sails"), "a [-red old-]{+green new+} boat sails");
    assert_eq!(shown("we go", "we do not go"), "we {+do not +}go");
    assert_eq!(shown("same", "same"), "same");
    assert_eq!(shown("", "new"), "{+new+}");
}

#[test]
fn a_split_a_join_and_a_new_voice_are_told_as_such() {
    let before = [stand(1, "A", "One two."), stand(2, "B", "Three."), stand(3, "B", "Four.")];
    let after = [stand(1, "A", "One"), stand(4, "Q", "two."), stand(2, "C", "Three.\n\nFour.")];
    let told = changes(&before, &after);
    assert_eq!(told[0], Change::Split { number: 1, into: 4, text: "two.".into(), voice: Some("Q".into()) });
    assert_eq!(told[1], Change::Voice { number: 2, was: Some("B".into()), is: Some("C".into()) });
    assert_eq!(told[2], Change::Joined { number: 2, gone: 3 });
    assert_eq!(told.len(), 3);
    assert!(told[0].concerns(4) && told[2].concerns(3) && !told[2].concerns(1));
}

#[test]
fn what_is_new_and_what_is_gone_keeps_its_words() {
    let before = [stand(1, "A", "One."), stand(2, "A", "Two.")];
    let after = [stand(3, "A", "Three."), stand(2, "A", "Two.")];
    let told = changes(&before, &after);
    let expected =
        [Change::Removed { number: 1, text: "One.".into() }, Change::Added { number: 3, text: "Three.".into() }];
    assert_eq!(told, expected);
    assert_eq!(changes(&before, &before), []);
}

#[test]
fn marks_stay_with_their_words() {
    let mark = |start, end| Mark { kind: MarkKind::Strike, start, end };
    let before = "é forty thousands now";
    let marks = [mark(8, 17)];
    assert_eq!(carry(&marks, before, "é about forty thousands now"), [mark(14, 23)]);
    assert_eq!(carry(&marks, before, "é forty now"), []);
    assert_eq!(carry(&[mark(2, 17)], before, "é forty millions now"), [mark(2, 8)]);
}

#[test]
fn facts_are_told_by_name() {
    let before = Facts { title: "Tides".into(), ..Facts::default() };
    let speakers = [("MR. VESC".to_owned(), Some("Omar Vesk".to_owned()))].into();
    let after = Facts { title: "The tides".into(), date: Some("2026-03-10".into()), speakers, ..Facts::default() };
    let told: Vec<_> = fact_changes(&before, &after).into_iter().map(|one| (one.name, one.was, one.is)).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [
            ("title".to_owned(), some("Tides"), some("The tides")),
            ("date".to_owned(), None, some("2026-03-10")),
            ("MR. VESC".to_owned(), None, some("Omar Vesk")),
        ]
    );
}
