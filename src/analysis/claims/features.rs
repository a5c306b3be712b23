//! What the models see of a sentence.

use std::collections::BTreeSet;

use crate::analysis::linear::Features;
use crate::domain::ClaimKind;

use super::chosen::Chosen;
use super::context::Turn;
use super::reading::Reading;

/// How much being like what was chosen before counts beside a word.
const ALIKE: f32 = 40.0;
/// How much a single word counts beside a class of words.
const WORD: f32 = 0.5;

/// What the features are called that say how much a sentence is like the nearest chosen ones.
const LIKE: [&str; 3] = ["k:nearest", "k:nearest three", "k:nearest five"];

/// The features of a sentence in its turn: `w:` words, `c:` classes of words, `k:` how much it is like what
/// was chosen before, `s:` and `l:` its shape and length, `t:` its place and who speaks.
pub(super) fn features(reading: &Reading, turn: &Turn, kind: Option<ClaimKind>, chosen: &Chosen) -> Features {
    let mut features = Features::new();
    let words = words(reading);
    for word in &words {
        features.add(format!("w:{word}"), WORD);
    }
    for class in reading.classes() {
        features.flag(class);
    }
    features.flag(format!("c:{}", kind.map_or("no claim", ClaimKind::as_str)));
    for (name, alike) in LIKE.into_iter().zip(chosen.alike(words.into_iter())) {
        features.add(name, ALIKE * alike);
    }
    shape(&mut features, reading);
    place(&mut features, turn);
    features
}

/// The different words of a sentence. All figures are one word.
pub(super) fn words(reading: &Reading) -> BTreeSet<&str> {
    let counted =
        reading.tokens.iter().filter(|token| token.is_word() || matches!(token.text.as_str(), "$" | "%" | "?"));
    counted.map(|token| plain(&token.text)).collect()
}

fn plain(word: &str) -> &str {
    if word.starts_with(|letter: char| letter.is_ascii_digit()) { "0" } else { word }
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
