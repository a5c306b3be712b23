//! What the models see of a sentence.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::analysis::linear::Features;
use crate::analysis::vectors::Vectors;
use crate::domain::ClaimKind;

<<<<<<< HEAD
use super::context::Turn;
use super::reading::Reading;

/// How much a direction of meaning counts beside a word.
const MEANING: f32 = 4.0;
/// How much a single word counts beside a class of words.
const WORD: f32 = 0.5;

/// Directions that words can lie in.
pub(super) const DIRECTION_COUNT: usize = 64;
static DIRECTIONS: LazyLock<Vec<String>> = LazyLock::new(|| (0..DIRECTION_COUNT).map(|at| format!("e:{at}")).collect());

/// The features of a sentence in its turn: `w:` words, `c:` classes of words, `e:` directions of meaning, `s:` and `l:` its
/// shape and length, `t:` its place and who speaks.
pub(super) fn features(reading: &Reading, turn: &Turn, kind: Option<ClaimKind>, vectors: &Vectors) -> Features {
=======
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
>>>>>>> answers
    let mut features = Features::new();
    words(&mut features, reading);
    for class in reading.classes() {
        features.flag(class);
    }
    features.flag(format!("c:{}", kind.map_or("no claim", ClaimKind::as_str)));
    let words = reading.tokens.iter().filter(|token| token.is_word());
    let meaning = vectors.place(words.map(|token| plain(&token.text)));
    for (direction, value) in DIRECTIONS.iter().zip(meaning) {
        features.add(direction.as_str(), MEANING * value);
    }
    shape(&mut features, reading);
    place(&mut features, turn);
    features
}

<<<<<<< HEAD
/// All figures are one word.
pub(super) fn plain(word: &str) -> &str {
    if word.starts_with(|letter: char| letter.is_ascii_digit()) { "0" } else { word }
=======
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
>>>>>>> answers
}

fn words(features: &mut Features, reading: &Reading) {
    let counted =
        reading.tokens.iter().filter(|token| token.is_word() || matches!(token.text.as_str(), "$" | "%" | "?"));
    let different: BTreeSet<&str> = counted.map(|token| plain(&token.text)).collect();
    for word in different {
        features.add(format!("w:{word}"), WORD);
    }
}

fn shape(features: &mut Features, reading: &Reading) {
    let length = reading.words();
    features.add("s:length", (length as f32).ln_1p());
<<<<<<< HEAD
    features.flag(match length {
        0..=2 => "l:0-2",
        3..=4 => "l:3-4",
        5..=6 => "l:5-6",
        7..=9 => "l:7-9",
        10..=13 => "l:10-13",
        14..=19 => "l:14-19",
        20..=29 => "l:20-29",
        30..=44 => "l:30-44",
        _ => "l:45-",
    });
=======
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
>>>>>>> answers
    for mark in reading.marks() {
        features.flag(format!("s:{mark}"));
    }
    features.add("s:names", reading.names().min(5) as f32);
    features.add("s:numbers", reading.numbers().min(4) as f32);
}

fn place(features: &mut Features, turn: &Turn) {
    features.add("t:sentence of turn", (turn.sentence as f32).ln_1p());
<<<<<<< HEAD
    features.add("t:asks", turn.asks);
    features.add("t:long turns", turn.long);
    features.add("t:age", turn.age);
    for flag in &turn.flags {
        features.flag(*flag);
=======
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
>>>>>>> answers
    }
}
