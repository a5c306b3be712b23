//! What the model sees of a sentence.

use crate::analysis::linear::Features;
use crate::domain::ClaimKind;

use super::Sentence;
use super::context::{Context, Turn};
use super::reading::Reading;

/// The features of a sentence after what was said before.
pub(super) fn features(
    context: &mut Context,
    sentence: &Sentence<'_>,
    reading: &Reading,
    kind: Option<ClaimKind>,
) -> Features {
    let turn = context.next(sentence, reading);
    let mut features = Features::new();
    words(&mut features, reading);
    classes(&mut features, reading, kind);
    shape(&mut features, reading);
    place(&mut features, &turn);
    before(&mut features, context);
    context.remember(reading);
    features
}

fn words(features: &mut Features, reading: &Reading) {
    let mut seen: Vec<String> = Vec::new();
    let plain =
        |text: &str| if text.starts_with(|c: char| c.is_ascii_digit()) { "0".to_owned() } else { text.to_owned() };
    let mut last = "^".to_owned();
    for token in &reading.tokens {
        if !token.is_word() && !"$%?".contains(&token.text) {
            continue;
        }
        let word = plain(&token.text);
        seen.push(format!("b:{last} {word}"));
        seen.push(format!("w:{word}"));
        last = word;
    }
    seen.sort_unstable();
    seen.dedup();
    for name in seen {
        features.flag(name);
    }
}

fn classes(features: &mut Features, reading: &Reading, kind: Option<ClaimKind>) {
    let mut present = reading.classes();
    present.push(kind.map_or("no claim", ClaimKind::as_str));
    for class in &present {
        features.flag(format!("c:{class}"));
    }
    for (at, first) in present.iter().enumerate() {
        for second in present.iter().skip(at + 1) {
            features.flag(format!("x:{first}+{second}"));
        }
    }
}

fn shape(features: &mut Features, reading: &Reading) {
    let length = reading.words();
    features.add("s:length", (length as f32).ln_1p());
    let bucket = match length {
        0..=2 => 0,
        3..=4 => 1,
        5..=6 => 2,
        7..=9 => 3,
        10..=13 => 4,
        14..=19 => 5,
        20..=29 => 6,
        30..=44 => 7,
        _ => 8,
    };
    features.flag(format!("l:{bucket}"));
    for mark in reading.marks() {
        features.flag(format!("s:{mark}"));
    }
    features.add("s:names", (reading.names() as f32).min(5.0));
    features.add("s:numbers", (reading.numbers() as f32).min(4.0));
}

fn place(features: &mut Features, turn: &Turn) {
    features.add("t:sentence of turn", (turn.sentence as f32).ln_1p());
    if turn.sentence == 0 {
        features.flag("t:first of turn");
    }
    if turn.sentence == 1 {
        features.flag("t:second of turn");
    }
    features.add("t:asks", turn.asks);
    features.add("t:long turns", turn.long);
    if turn.crowd {
        features.flag("t:crowd");
    }
    if turn.asker {
        features.flag("a:asker");
    }
    if turn.note {
        features.flag("t:note");
    }
    if turn.opening {
        features.flag("t:opening");
    }
    if turn.after_question {
        features.flag("t:after question");
    }
    if turn.said_before {
        features.flag("t:said before");
    }
    features.add("t:age", turn.age);
    if let Some(name) = &turn.name {
        features.flag(format!("v:{name}"));
    }
}

fn before(features: &mut Features, context: &Context) {
    for class in &context.before {
        features.flag(format!("p:{class}"));
    }
}
