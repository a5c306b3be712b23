//! Logistic regression over sparse, named features: small models that can say why they judged as they did.
//!
//! A model is a text file beside the code that uses it: lines that begin with `#` say where it comes from, every other
//! line is a name, a tab and a weight (of [`Classes`]: a weight for each). What a model has no weight for counts nothing.

mod fit;
mod minimise;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Write;

use rustc_hash::FxHashMap;

pub use fit::{Settings, fit, fit_classes};

/// What every example has.
const BIAS: &str = "(bias)";
/// The line of a file that names its classes.
const CLASSES: &str = "(class)";

/// What is seen in one example: named values. A name that comes twice counts as the sum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features(Vec<(Cow<'static, str>, f32)>);

impl Features {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a feature with a value. Names hold no tab and no line break.
    pub fn add(&mut self, name: impl Into<Cow<'static, str>>, value: f32) {
        self.0.push((name.into(), value));
    }

    /// Adds a feature that is there or not.
    pub fn flag(&mut self, name: impl Into<Cow<'static, str>>) {
        self.add(name, 1.0);
    }

    /// Names and values in the order in which they were seen.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

/// Weights of features, for one question that is answered by yes or no.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    bias: f32,
    weights: FxHashMap<String, f32>,
}

impl Model {
    /// Reads a model file. Lines that say no weight are passed over.
    pub fn read(text: &str) -> Self {
        let mut model = Self::default();
        for (name, weight) in weights(text) {
            let Ok(weight) = weight.parse() else { continue };
            match name {
                BIAS => model.bias = weight,
                _ => drop(model.weights.insert(name.to_owned(), weight)),
            }
        }
        model
    }

    /// The text of the model file, without the lines that say where it comes from.
    pub fn write(&self) -> String {
        let mut text = format!("{BIAS}\t{}\n", self.bias);
        let mut weights: Vec<(&String, &f32)> = self.weights.iter().collect();
        weights.sort_unstable_by_key(|(name, _)| *name);
        for (name, weight) in weights {
            let _ = writeln!(text, "{name}\t{weight}");
        }
        text
    }

    /// How much speaks for yes: log odds.
    pub fn score(&self, features: &Features) -> f32 {
        let weight = |(name, value): (&str, f32)| self.weights.get(name).map_or(0.0, |weight| weight * value);
        self.bias + features.iter().map(weight).sum::<f32>()
    }

    /// How probable yes is.
    pub fn probability(&self, features: &Features) -> f32 {
        probability(self.score(features))
    }

    /// What each feature adds to the score, the strongest first, whether for or against.
    pub fn because<'a>(&self, features: &'a Features) -> Vec<(&'a str, f32)> {
        let mut sums: FxHashMap<&str, f32> = FxHashMap::default();
        for (name, value) in features.iter() {
            if let Some(weight) = self.weights.get(name) {
                *sums.entry(name).or_default() += weight * value;
            }
        }
        let mut because: Vec<(&str, f32)> = sums.into_iter().filter(|(_, sum)| *sum != 0.0).collect();
        because.sort_unstable_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0)));
        because
    }
}

/// Weights of features for each of several classes, of which one is right.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Classes(Vec<(String, Model)>);

impl Classes {
    /// Reads a model file. Lines that say no weights are passed over.
    pub fn read(text: &str) -> Self {
        let mut classes = Self::default();
        for (name, rest) in weights(text) {
            if name == CLASSES {
                classes.0 = rest.split('\t').map(|name| (name.to_owned(), Model::default())).collect();
                continue;
            }
            for ((_, model), weight) in classes.0.iter_mut().zip(rest.split('\t')) {
                match weight.parse() {
                    Ok(weight) if name == BIAS => model.bias = weight,
                    Ok(weight) if weight != 0.0 => drop(model.weights.insert(name.to_owned(), weight)),
                    Ok(_) | Err(_) => {}
                }
            }
        }
        classes
    }

    /// The text of the model file, without the lines that say where it comes from.
    pub fn write(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        let mut text = format!("{CLASSES}\t{}\n", names.join("\t"));
        let mut features: Vec<&str> =
            self.0.iter().flat_map(|(_, model)| model.weights.keys()).map(String::as_str).collect();
        features.sort_unstable();
        features.dedup();
        for name in std::iter::once(BIAS).chain(features) {
            text.push_str(name);
            for (_, model) in &self.0 {
                let weight = if name == BIAS { Some(&model.bias) } else { model.weights.get(name) };
                let _ = write!(text, "\t{}", weight.unwrap_or(&0.0));
            }
            text.push('\n');
        }
        text
    }

    /// Each class with its probability, in the order of the file.
    pub fn probabilities(&self, features: &Features) -> Vec<(&str, f32)> {
        let scores: Vec<f32> = self.0.iter().map(|(_, model)| model.score(features)).collect();
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let odds: Vec<f32> = scores.iter().map(|score| (score - highest).exp()).collect();
        let sum: f32 = odds.iter().sum();
        self.0.iter().zip(odds).map(|((name, _), odds)| (name.as_str(), odds / sum)).collect()
    }

    /// What each feature adds to the score of one class, the strongest first. Nothing for a class that is none.
    pub fn because<'a>(&self, class: &str, features: &'a Features) -> Vec<(&'a str, f32)> {
        self.0.iter().find(|(name, _)| name == class).map_or_else(Vec::new, |(_, model)| model.because(features))
    }
}

/// Log odds as a probability.
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Whether a labelled document is kept aside: a quarter of them, by a hash of the name. Settings are chosen and figures are
/// taken with models that never saw them, so that the score on them says what to expect of texts that nobody has seen.
pub fn held_aside(document: &str) -> bool {
    let hash = document
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // Names that differ at their end alone have hashes that lie close together until they are mixed.
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed ^ (mixed >> 33)).is_multiple_of(4)
}

/// Names and what stands behind them, without the lines that say where the model comes from.
fn weights(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with("# ")).filter_map(|line| line.split_once('\t'))
}
