//! Training: one tree after the other, each on what those before it got wrong. The same examples in the same order give the
//! same forest.

use std::collections::{BTreeMap, HashMap};

use super::{DEPTH, Forest, LEAVES, SPLITS, Tree};
use crate::analysis::linear::{Features, probability};

/// Values of a feature are told apart in so many steps.
const STEPS: usize = 16;
/// Examples on each side of a split, weighed by how unsure they are.
const SUPPORT: f32 = 2.0;

/// How to train.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How many trees.
    pub trees: usize,
    /// How far each goes towards what it sees.
    pub rate: f32,
    /// How strongly leaves are drawn to zero.
    pub l2: f32,
    /// Which share of the features each tree may ask for.
    pub share: f32,
    /// Features that fewer examples have are left out.
    pub at_least: usize,
    /// Where chance begins.
    pub seed: u64,
}

/// Trains on examples: what is seen, how much it is a yes (0 to 1), and how much the example counts. Features of which
/// `usable` says no are not asked for.
pub fn fit(examples: &[(Features, f32, f32)], usable: impl Fn(&str) -> bool, settings: &Settings) -> Forest {
    let columns = columns(examples, usable, settings.at_least);
    let mut chance = Chance(settings.seed | 1);
    let bias = bias(examples);
    let mut scores = vec![bias; examples.len()];
    let mut grown = Vec::with_capacity(settings.trees);
    for _ in 0..settings.trees {
        let pulls: Vec<(f32, f32)> = examples
            .iter()
            .zip(&scores)
            .map(|((_, target, weight), score)| {
                let probable = probability(*score);
                (weight * (target - probable), weight * probable * (1.0 - probable))
            })
            .collect();
        let asked: Vec<usize> = (0..columns.len()).filter(|_| chance.next() < settings.share).collect();
        let (splits, leaf_of) = grow(&columns, &asked, &pulls, settings.l2);
        let mut sums = [(0.0_f32, 0.0_f32); LEAVES];
        for (leaf, pull) in leaf_of.iter().zip(&pulls) {
            if let Some(sum) = sums.get_mut(*leaf) {
                *sum = (sum.0 + pull.0, sum.1 + pull.1);
            }
        }
        let leaves = sums.map(|(pull, weight)| (settings.rate * pull / (weight + settings.l2) * 1e4).round() / 1e4);
        for (score, leaf) in scores.iter_mut().zip(&leaf_of) {
            *score += leaves.get(*leaf).copied().unwrap_or_default();
        }
        grown.push((splits, leaves));
    }
    let mut forest = Forest { bias, ..Forest::default() };
    for (splits, leaves) in grown {
        let named = splits.map(|split| {
            split.and_then(|(column, step)| {
                let column = columns.get(column)?;
                Some((column.name, *column.cuts.get(step)?))
            })
        });
        // Where no question helps, nothing is above the highest threshold.
        let splits =
            named.map(|split| split.map_or((forest.place("-"), f32::MAX), |(name, cut)| (forest.place(name), cut)));
        forest.trees.push(Tree { splits, leaves });
    }
    forest
}

/// The log odds of yes among all examples.
fn bias(examples: &[(Features, f32, f32)]) -> f32 {
    let all: f32 = examples.iter().map(|(_, _, weight)| weight).sum();
    let yes: f32 = examples.iter().map(|(_, target, weight)| target * weight).sum();
    let odds = yes.max(0.5) / (all - yes).max(0.5);
    (odds.ln() * 1e3).round() / 1e3
}

/// One feature of all examples, in steps.
struct Column<'a> {
    name: &'a str,
    /// A value above so many of these is in the step of that number.
    cuts: Vec<f32>,
    steps: Vec<u8>,
}

fn columns(examples: &[(Features, f32, f32)], usable: impl Fn(&str) -> bool, at_least: usize) -> Vec<Column<'_>> {
    let mut values: BTreeMap<&str, HashMap<usize, f32>> = BTreeMap::new();
    for (example, (features, ..)) in examples.iter().enumerate() {
        for (name, value) in features.iter().filter(|(name, _)| usable(name)) {
            *values.entry(name).or_default().entry(example).or_default() += value;
        }
    }
    values.retain(|_, values| values.len() >= at_least);
    let column = |(name, values): (_, HashMap<usize, f32>)| {
        let all: Vec<f32> = (0..examples.len()).map(|example| values.get(&example).copied().unwrap_or(0.0)).collect();
        let cuts = cuts(&all);
        let steps = all.iter().map(|value| cuts.iter().filter(|cut| value > *cut).count() as u8).collect();
        Column { name, cuts, steps }
    };
    values.into_iter().map(column).collect()
}

/// Thresholds between the values: all of them where they are few, and else such that as many examples lie between any two.
fn cuts(values: &[f32]) -> Vec<f32> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let mut different = sorted.clone();
    different.dedup();
    if different.len() <= STEPS {
        different.pop();
        return different;
    }
    let mut cuts: Vec<f32> = (1..STEPS).filter_map(|step| sorted.get(step * sorted.len() / STEPS).copied()).collect();
    cuts.dedup();
    cuts
}

/// A question: which column, and above which of its cuts.
type Split = Option<(usize, usize)>;

/// Grows one tree; says for every example in which leaf it ends.
fn grow(columns: &[Column<'_>], asked: &[usize], pulls: &[(f32, f32)], l2: f32) -> ([Split; SPLITS], Vec<usize>) {
    let mut splits = [None; SPLITS];
    let mut node_of = vec![0_usize; pulls.len()];
    for level in 0..DEPTH {
        let nodes = 1 << level;
        let mut best: Vec<(f32, Split)> = vec![(1e-6, None); nodes];
        for &column in asked {
            let Some(steps) = columns.get(column).map(|column| &column.steps) else { continue };
            let mut sums = vec![(0.0_f32, 0.0_f32); nodes * STEPS];
            for ((node, step), pull) in node_of.iter().zip(steps).zip(pulls) {
                if let Some(sum) = sums.get_mut(node * STEPS + usize::from(*step)) {
                    *sum = (sum.0 + pull.0, sum.1 + pull.1);
                }
            }
            for (best, sums) in best.iter_mut().zip(sums.chunks(STEPS)) {
                improve(best, column, sums, l2);
            }
        }
        for (split, (_, found)) in splits.iter_mut().skip(nodes - 1).zip(&best) {
            *split = *found;
        }
        for (example, node) in node_of.iter_mut().enumerate() {
            let split = best.get(*node).and_then(|(_, split)| *split);
            let right = split.is_some_and(|(column, step)| {
                columns
                    .get(column)
                    .and_then(|column| column.steps.get(example))
                    .is_some_and(|at| usize::from(*at) > step)
            });
            *node = 2 * *node + usize::from(right);
        }
    }
    (splits, node_of)
}

/// Takes a cut of a column if it parts the examples of a node better than what was found before.
fn improve(best: &mut (f32, Split), column: usize, sums: &[(f32, f32)], l2: f32) {
    let gain = |(pull, weight): (f32, f32)| pull * pull / (weight + l2);
    let all = sums.iter().fold((0.0, 0.0), |sum, next| (sum.0 + next.0, sum.1 + next.1));
    let mut left = (0.0, 0.0);
    for (step, sum) in sums.iter().enumerate() {
        left = (left.0 + sum.0, left.1 + sum.1);
        let right = (all.0 - left.0, all.1 - left.1);
        if left.1 < SUPPORT || right.1 < SUPPORT {
            continue;
        }
        let better = gain(left) + gain(right) - gain(all);
        if better > best.0 {
            *best = (better, Some((column, step)));
        }
    }
}

/// Chance that is the same every time.
struct Chance(u64);

impl Chance {
    /// From 0 up to 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}
