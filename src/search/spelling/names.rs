//! The name that may have been meant by a misspelt one.

use super::cost;
use crate::search::tokens::tokens;

/// What one slip weighs against how much somebody speaks, whose logarithm counts.
const SLIP: f32 = 2.5;
/// What a word of the name weighs that was not typed.
const UNTOLD: f32 = 0.15;

/// Which of these names is nearest to what was typed; each comes with its weight. `None` if none is near.
pub fn nearest_name<'a>(typed: &str, names: impl Iterator<Item = (&'a str, u64)>) -> Option<usize> {
    let typed: Vec<String> = tokens(typed).into_iter().map(|token| token.text).collect();
    if typed.is_empty() {
        return None;
    }
    names
        .enumerate()
        .filter_map(|(at, (name, weight))| Some((at, likeness(&typed, name)? + (weight as f32).ln_1p())))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(at, _)| at)
}

/// How alike a name is to the words typed; `None` if one of them is like no word of it.
fn likeness(typed: &[String], name: &str) -> Option<f32> {
    let words: Vec<String> = tokens(name).into_iter().map(|token| token.text).collect();
    let joined = words.windows(2).map(<[String]>::concat);
    let known: Vec<String> = words.iter().cloned().chain(joined).collect();
    let whole = typed.concat();
    let apart = typed.iter().map(|word| nearest(word, &known)).sum::<Option<f32>>();
    let slips = match (apart, nearest(&whole, &known)) {
        (Some(apart), Some(together)) => apart.min(together + 0.3),
        (apart, together) => apart.or(together.map(|together| together + 0.3))?,
    };
    Some(-SLIP * slips - UNTOLD * words.len().saturating_sub(typed.len()) as f32)
}

/// The cost of the word nearest to what was typed.
fn nearest(typed: &str, words: &[String]) -> Option<f32> {
    let most = match typed.chars().count() {
        ..=2 => 0.0,
        3 => 0.8,
        4 => 1.1,
        5 => 1.6,
        6 | 7 => 2.0,
        _ => 2.6,
    };
    let costs = words.iter().filter(|word| word.len().abs_diff(typed.len()) <= 4).map(|word| cost(typed, word));
    costs.filter(|cost| *cost <= most).min_by(f32::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_recognised_by_any_of_its_words() {
        let names = [("Ada Lind", 40), ("Omar Vesk", 90), ("Karla Jean-Morrow", 20), ("Adam Lindqvist", 1)];
        let nearest = |typed| nearest_name(typed, names.iter().copied()).map(|at| names[at].0);
        assert_eq!(nearest("lynd"), Some("Ada Lind"));
        assert_eq!(nearest("Omer Vesck"), Some("Omar Vesk"));
        assert_eq!(nearest("jeanmorow"), Some("Karla Jean-Morrow"));
        assert_eq!(nearest("lindquist"), Some("Adam Lindqvist"));
        assert_eq!(nearest("Bartholomew"), None);
        assert_eq!(nearest("…"), None);
    }
}
