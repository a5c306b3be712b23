//! What the model sees of a sentence.

use crate::analysis::linear::Features;

use super::tokens::tokens;
use super::{Context, Sentence};

/// The features of a sentence after what was said before.
pub(super) fn features(_context: &mut Context, sentence: &Sentence<'_>) -> Features {
    let mut features = Features::new();
    let tokens = tokens(sentence.text);
    features.add("length", (tokens.len() as f32).ln_1p());
    for token in tokens.iter().filter(|token| token.is_word()) {
        features.flag(format!("w:{}", token.text));
    }
    features
}
