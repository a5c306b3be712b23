//! Boosted decision trees over named features: where it is the company of features that counts, and not their sum.
//!
//! A file has a line a tree: its splits from the root down, each a name and a threshold, then the values of its leaves.

mod fit;

#[cfg(test)]
mod tests;

use std::fmt::Write;

use rustc_hash::FxHashMap;

pub use fit::{Settings, fit};

use super::linear::Features;

/// Questions on the way from the root to a leaf.
const DEPTH: usize = 3;
/// The line of a file that says where everything begins.
const BIAS: &str = "(bias)";
const SPLITS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;

/// Every question of a tree is "is this feature above that threshold?"; yes goes right.
#[derive(Debug, Clone, PartialEq)]
struct Tree {
    splits: [(usize, f32); SPLITS],
    leaves: [f32; LEAVES],
}

/// Trees whose values add up to log odds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// Where everything begins.
    bias: f32,
    names: FxHashMap<String, usize>,
    trees: Vec<Tree>,
}

impl Forest {
    /// Reads a file. Lines that are no tree are passed over.
    pub fn read(text: &str) -> Self {
        let mut forest = Self::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            if let Some(Ok(bias)) = line.strip_prefix(BIAS).map(|bias| bias.trim().parse()) {
                forest.bias = bias;
                continue;
            }
            let mut fields = line.split('\t');
            let mut tree = Tree { splits: [(0, 0.0); SPLITS], leaves: [0.0; LEAVES] };
            let whole = tree.splits.iter_mut().all(|split| {
                let (Some(name), Some(Ok(threshold))) = (fields.next(), fields.next().map(str::parse)) else {
                    return false;
                };
                *split = (forest.place(name), threshold);
                true
            });
            let leaves = tree.leaves.iter_mut().all(|leaf| {
                let Some(Ok(value)) = fields.next().map(str::parse) else { return false };
                *leaf = value;
                true
            });
            if whole && leaves {
                forest.trees.push(tree);
            }
        }
        forest
    }

    /// The place of a feature among those that are asked for.
    fn place(&mut self, name: &str) -> usize {
        let next = self.names.len();
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// The text of the file, without the lines that say where it comes from.
    pub fn write(&self) -> String {
        let mut names = vec![""; self.names.len()];
        for (name, place) in &self.names {
            if let Some(named) = names.get_mut(*place) {
                *named = name;
            }
        }
        let mut text = format!("{BIAS}\t{}\n", self.bias);
        for tree in &self.trees {
            for (place, threshold) in &tree.splits {
                let _ = write!(text, "{}\t{threshold}\t", names.get(*place).copied().unwrap_or_default());
            }
            let leaves: Vec<String> = tree.leaves.iter().map(ToString::to_string).collect();
            let _ = writeln!(text, "{}", leaves.join("\t"));
        }
        text
    }

    /// How much speaks for yes: log odds.
    pub fn score(&self, features: &Features) -> f32 {
        let mut values = vec![0.0; self.names.len()];
        for (name, value) in features.iter() {
            if let Some(sum) = self.names.get(name).and_then(|place| values.get_mut(*place)) {
                *sum += value;
            }
        }
        self.bias + self.trees.iter().map(|tree| tree.value(&values)).sum::<f32>()
    }
}

impl Tree {
    fn value(&self, values: &[f32]) -> f32 {
        let mut node = 0;
        while let Some((place, threshold)) = self.splits.get(node) {
            let right = values.get(*place).is_some_and(|value| value > threshold);
            node = 2 * node + 1 + usize::from(right);
        }
        self.leaves.get(node - SPLITS).copied().unwrap_or_default()
    }
}
