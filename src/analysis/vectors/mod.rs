//! What words mean, as far as their company tells: words that stand among the same words have vectors that lie close.
//!
//! A file has a line a word: the word, a tab, and a character for how much it says and for each direction.

mod fit;

#[cfg(test)]
mod tests;

use std::fmt::Write;

use rustc_hash::FxHashMap;

pub use fit::fit;

/// The characters of a file from the lowest value to the highest: `!` to `}`.
const LOWEST: u8 = b'!';
const STEPS: f32 = 46.0;
/// The highest value that a file can say; hardly any is higher.
const HIGHEST: f32 = 0.5;
/// The shortest sum of vectors that is taken to say something.
const FAINT: f32 = 0.3;

/// Words with their vectors.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vectors {
    directions: usize,
    /// How much a word says, which is the less the commoner it is, and where it lies.
    words: FxHashMap<String, (f32, Vec<f32>)>,
}

impl Vectors {
    /// Reads a file. Lines that are no word are passed over.
    pub fn read(text: &str) -> Self {
        let mut vectors = Self::default();
        for (word, levels) in text.lines().filter_map(|line| line.split_once('\t')) {
            let [says, levels @ ..] = levels.as_bytes() else { continue };
            let vector: Vec<f32> = levels.iter().map(|level| value(*level)).collect();
            vectors.directions = vectors.directions.max(vector.len());
            // How much a word says lies between nothing and one.
            vectors.words.insert(word.to_owned(), ((value(*says) / HIGHEST).midpoint(1.0), vector));
        }
        vectors
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let mut words: Vec<(&String, &(f32, Vec<f32>))> = self.words.iter().collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        let mut text = String::new();
        for (word, (says, vector)) in words {
            let levels: String = vector.iter().map(|value| level(*value)).collect();
            let _ = writeln!(text, "{word}\t{}{levels}", level((2.0 * says - 1.0) * HIGHEST));
        }
        text
    }

    /// Where words lie together: a vector of length one, or a shorter one where they say little.
    pub fn place<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<f32> {
        let mut sum = vec![0.0; self.directions];
        for (says, vector) in words.filter_map(|word| self.words.get(word)) {
            for (sum, value) in sum.iter_mut().zip(vector) {
                *sum += says * value;
            }
        }
        let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt().max(FAINT);
        for value in &mut sum {
            *value /= length;
        }
        sum
    }
}

fn level(value: f32) -> char {
    let step = (value / HIGHEST * STEPS).round().clamp(-STEPS, STEPS) + STEPS;
    char::from(LOWEST + step as u8)
}

fn value(level: u8) -> f32 {
    (f32::from(level.saturating_sub(LOWEST)) - STEPS) / STEPS * HIGHEST
}
