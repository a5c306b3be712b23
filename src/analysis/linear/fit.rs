//! Training: weights that make the examples probable and stay small. The same examples in the same order give the same
//! model, to the digit.

use std::collections::{BTreeMap, HashMap};

use super::minimise::minimise;
use super::{Classes, Features, Model};

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How strongly weights are drawn to zero.
    pub l2: f32,
    /// Steps at most.
    pub epochs: usize,
    /// Features that fewer examples have are left out.
    pub at_least: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { l2: 1.0, epochs: 100, at_least: 2 }
    }
}

/// Trains on examples: what is seen, how much it is a yes (0 to 1), and how much the example counts.
pub fn fit(examples: &[(Features, f32, f32)], settings: &Settings) -> Model {
    let names = names(examples.iter().map(|(features, ..)| features), settings.at_least);
    let rows = examples.iter().map(|(features, target, weight)| Row::new(features, &names, vec![*target], *weight));
    models(&names, &rows.collect::<Vec<_>>(), 1, settings).pop().unwrap_or_default()
}

/// Trains on examples of several classes: what is seen, which class is right (its place among the classes), and how much
/// the example counts. An example on which people disagree may come several times.
pub fn fit_classes(examples: &[(Features, usize, f32)], classes: &[&str], settings: &Settings) -> Classes {
    let names = names(examples.iter().map(|(features, ..)| features), settings.at_least);
    let rows = examples.iter().map(|(features, class, weight)| {
        let target = (0..classes.len()).map(|other| f32::from(u8::from(other == *class))).collect();
        Row::new(features, &names, target, *weight)
    });
    let models = models(&names, &rows.collect::<Vec<_>>(), classes.len(), settings);
    Classes(classes.iter().map(|class| (*class).to_owned()).zip(models).collect())
}

/// Features that enough examples have, each with its place, in the order of the alphabet.
fn names<'a>(examples: impl Iterator<Item = &'a Features>, at_least: usize) -> BTreeMap<&'a str, usize> {
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    for (number, features) in examples.enumerate() {
        for (name, _) in features.iter() {
            let (count, last) = seen.entry(name).or_insert((0, usize::MAX));
            if *last != number {
                (*count, *last) = (*count + 1, number);
            }
        }
    }
    let mut names: Vec<&str> =
        seen.into_iter().filter(|(_, (count, _))| *count >= at_least).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.into_iter().enumerate().map(|(place, name)| (name, place)).collect()
}

/// An example with numbers for names.
struct Row {
    values: Vec<(usize, f64)>,
    /// For each class how much it is right; of a single one, whether yes.
    target: Vec<f32>,
    weight: f64,
}

impl Row {
    fn new(features: &Features, names: &BTreeMap<&str, usize>, target: Vec<f32>, weight: f32) -> Self {
        let known = |(name, value): (&str, f32)| Some((*names.get(name)?, f64::from(value)));
        Self { values: features.iter().filter_map(known).collect(), target, weight: f64::from(weight) }
    }
}

/// Weights lie class by class, each with the bias at its end.
fn models(names: &BTreeMap<&str, usize>, rows: &[Row], classes: usize, settings: &Settings) -> Vec<Model> {
    let width = names.len() + 1;
    let weights = minimise(vec![0.0; width * classes], settings.epochs, |weights, gradient| {
        loss(weights, gradient, rows, width, f64::from(settings.l2))
    });
    let rounded = |weight: f64| (weight * 1000.0).round() as f32 / 1000.0;
    let model = |weights: &[f64]| {
        let named = names.iter().filter_map(|(name, place)| Some(((*name).to_owned(), rounded(*weights.get(*place)?))));
        Model {
            bias: weights.last().map_or(0.0, |bias| rounded(*bias)),
            weights: named.filter(|(_, weight)| *weight != 0.0).collect(),
        }
    };
    weights.chunks(width).map(model).collect()
}

/// How improbable the examples are under these weights, and in which direction that grows.
fn loss(weights: &[f64], gradient: &mut [f64], rows: &[Row], width: usize, l2: f64) -> f64 {
    let mut loss = 0.0;
    for (weights, gradient) in weights.chunks(width).zip(gradient.chunks_mut(width)) {
        for (place, (weight, slope)) in weights.iter().zip(gradient).enumerate() {
            // The bias is free.
            let strength = if place + 1 == width { 0.0 } else { l2 };
            *slope = strength * weight;
            loss += strength * weight * weight / 2.0;
        }
    }
    let mut scores = Vec::new();
    for row in rows {
        scores.clear();
        scores.extend(weights.chunks(width).map(|weights| {
            let value = |(place, value): &(usize, f64)| weights.get(*place).map_or(0.0, |weight| weight * value);
            weights.last().copied().unwrap_or_default() + row.values.iter().map(value).sum::<f64>()
        }));
        loss += row.weight * residuals(&mut scores, &row.target);
        for (residual, gradient) in scores.iter().zip(gradient.chunks_mut(width)) {
            let step = row.weight * residual;
            for (place, value) in &row.values {
                if let Some(slope) = gradient.get_mut(*place) {
                    *slope += step * value;
                }
            }
            if let Some(slope) = gradient.last_mut() {
                *slope += step;
            }
        }
    }
    loss
}

/// Turns scores into what is wrong with them, and says how improbable the right answer is.
fn residuals(scores: &mut [f64], target: &[f32]) -> f64 {
    if let ([score], [target]) = (&mut *scores, target) {
        let target = f64::from(*target);
        // Written so that nothing overflows.
        let loss = score.max(0.0) - *score * target + (-score.abs()).exp().ln_1p();
        *score = 1.0 / (1.0 + (-*score).exp()) - target;
        return loss;
    }
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|score| (score - highest).exp()).sum();
    let mut loss = 0.0;
    for (score, target) in scores.iter_mut().zip(target) {
        let target = f64::from(*target);
        let log = *score - highest - sum.ln();
        loss -= target * log;
        *score = log.exp() - target;
    }
    loss
}
