//! What the models see of a sentence.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::analysis::linear::Features;
use crate::analysis::vectors::Vectors;
use crate::domain::ClaimKind;

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

/// All figures are one word.
pub(super) fn plain(word: &str) -> &str {
    if word.starts_with(|letter: char| letter.is_ascii_digit()) { "0" } else { word }
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
    for mark in reading.marks() {
        features.flag(format!("s:{mark}"));
    }
    features.add("s:names", reading.names().min(5) as f32);
    features.add("s:numbers", reading.numbers().min(4) as f32);
}

fn place(features: &mut Features, turn: &Turn) {
    features.add("t:sentence of turn", (turn.sentence as f32).ln_1p());
    features.add("t:asks", turn.asks);
    features.add("t:long turns", turn.long);
    features.add("t:age", turn.age);
    for flag in &turn.flags {
        features.flag(*flag);
    }
}
