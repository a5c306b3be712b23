//! Training: which words stand near which, more often than chance would have it, and the directions in which that varies most.
//! The same texts in the same order give the same vectors.

use std::collections::{BTreeMap, HashMap};

use super::Vectors;

/// Words to each side that count as company.
const NEAR: usize = 5;
/// Rounds in which directions settle.
const ROUNDS: usize = 5;
/// Directions that are followed and thrown away, so that the others settle faster.
const SPARE: usize = 8;
/// Words about as common as this say half of what rare ones say.
const COMMON: f64 = 0.001;

/// How often words stand near each other, more than chance would have it: row, column, log of the ratio.
type Company = Vec<(usize, usize, f32)>;

/// Learns from texts that are cut into sentences of words. The commonest words get vectors.
pub fn fit(sentences: &[Vec<String>], words: usize, directions: usize) -> Vectors {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in sentences.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let mut known: Vec<(&str, usize)> = counts.into_iter().collect();
    known.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    known.truncate(words);
    let places: HashMap<&str, usize> = known.iter().enumerate().map(|(place, (word, _))| (*word, place)).collect();
    let company = company(sentences, &places);
    let (axes, strengths) = directions_of(&company, known.len(), directions + SPARE);
    let vector = |place: usize| {
        let row = axes.get(place).into_iter().flatten().zip(&strengths).take(directions);
        let mut vector: Vec<f32> = row.map(|(value, strength)| value * strength.sqrt()).collect();
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
        for value in &mut vector {
            *value /= length;
        }
        vector
    };
    let says = |count: usize| (COMMON / (COMMON + count as f64 / total as f64)) as f32;
    let named =
        known.iter().enumerate().map(|(place, (word, count))| ((*word).to_owned(), (says(*count), vector(place))));
    Vectors { directions, words: named.collect() }
}

fn company(sentences: &[Vec<String>], places: &HashMap<&str, usize>) -> Company {
    let mut near: HashMap<(usize, usize), f64> = HashMap::new();
    for sentence in sentences {
        let places: Vec<Option<usize>> = sentence.iter().map(|word| places.get(word.as_str()).copied()).collect();
        for (at, first) in places.iter().enumerate() {
            for (distance, second) in places.iter().skip(at + 1).take(NEAR).enumerate() {
                if let (Some(first), Some(second)) = (first, second) {
                    let counts = 1.0 / (distance as f64 + 1.0);
                    *near.entry((*first, *second)).or_default() += counts;
                    *near.entry((*second, *first)).or_default() += counts;
                }
            }
        }
    }
    // A sum in another order is another sum.
    let near: BTreeMap<(usize, usize), f64> = near.into_iter().collect();
    let mut sums = vec![0.0_f64; places.len()];
    for ((first, _), count) in &near {
        if let Some(sum) = sums.get_mut(*first) {
            *sum += count;
        }
    }
    // Rare company is taken to be a little commoner than it is.
    let chances: Vec<f64> = sums.iter().map(|sum| sum.powf(0.75)).collect();
    let all: f64 = chances.iter().sum();
    let ratio = |((first, second), count): ((usize, usize), f64)| {
        let expected = sums.get(first)? * chances.get(second)? / all;
        let ratio = (count / expected).ln() as f32;
        (ratio > 0.0 && count > 0.5).then_some((first, second, ratio))
    };
    near.into_iter().filter_map(ratio).collect()
}

/// A value in each direction for every word.
type Axes = Vec<Vec<f32>>;

/// Where every word lies in the strongest directions of the table, and how strong each is.
fn directions_of(company: &Company, words: usize, directions: usize) -> (Axes, Vec<f32>) {
    let mut state = 12_345_u64;
    let mut chance = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1_u64 << 24) as f32 - 0.5
    };
    let mut axes: Axes = (0..words).map(|_| (0..directions).map(|_| chance()).collect()).collect();
    part(&mut axes, directions);
    for _ in 0..ROUNDS {
        for on_its_side in [true, false] {
            axes = across(company, &axes, directions, on_its_side);
            part(&mut axes, directions);
        }
    }
    let other = across(company, &axes, directions, true);
    let strengths = (0..directions).map(|direction| dot(&other, direction, direction).sqrt() as f32).collect();
    (axes, strengths)
}

/// The table times the axes, or the table on its side.
fn across(company: &Company, axes: &Axes, directions: usize, on_its_side: bool) -> Axes {
    let mut product = vec![vec![0.0; directions]; axes.len()];
    for (first, second, ratio) in company {
        let (to, from) = if on_its_side { (second, first) } else { (first, second) };
        if let (Some(to), Some(from)) = (product.get_mut(*to), axes.get(*from)) {
            for (to, from) in to.iter_mut().zip(from) {
                *to += ratio * from;
            }
        }
    }
    product
}

/// Makes axes stand at right angles, each of length one.
fn part(axes: &mut Axes, directions: usize) {
    for direction in 0..directions {
        for other in 0..direction {
            let shared = dot(axes, direction, other) as f32;
            shift(axes, direction, |row| row.get(other).map_or(0.0, |value| -shared * value));
        }
        let length = dot(axes, direction, direction).sqrt().max(f64::from(f32::MIN_POSITIVE)) as f32;
        shift(axes, direction, |row| row.get(direction).map_or(0.0, |value| value / length - value));
    }
}

/// Adds something to the value of every word in one direction.
fn shift(axes: &mut Axes, direction: usize, by: impl Fn(&[f32]) -> f32) {
    for row in axes {
        let by = by(row);
        if let Some(value) = row.get_mut(direction) {
            *value += by;
        }
    }
}

fn dot(axes: &Axes, one: usize, other: usize) -> f64 {
    let products = axes.iter().filter_map(|row| Some(f64::from(*row.get(one)?) * f64::from(*row.get(other)?)));
    products.sum()
}
