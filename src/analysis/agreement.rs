//! How far people who code the same things agree, beyond what chance would make of it.

use std::collections::BTreeMap;

/// Krippendorff's alpha for nominal values (Krippendorff, *Content Analysis*, chapter on reliability): 1 where all agree, 0
/// where they agree as chance would. Each unit has the values that coders gave it; those with fewer than two count for
/// nothing. None where nothing can be said: no unit has two values, or there is only one value.
pub fn alpha<T: Ord + Copy>(units: &[&[T]]) -> Option<f64> {
    let mut totals: BTreeMap<T, f64> = BTreeMap::new();
    let mut disagreed = 0.0;
    for values in units.iter().filter(|values| values.len() > 1) {
        let mut counted: BTreeMap<T, f64> = BTreeMap::new();
        values.iter().for_each(|value| *counted.entry(*value).or_default() += 1.0);
        let all = values.len() as f64;
        let pairs_that_agree: f64 = counted.values().map(|count| count * (count - 1.0)).sum();
        disagreed += (all * (all - 1.0) - pairs_that_agree) / (all - 1.0);
        for (value, count) in counted {
            *totals.entry(value).or_default() += count;
        }
    }
    let all: f64 = totals.values().sum();
    let squares: f64 = totals.values().map(|count| count * count).sum();
    let by_chance = (all * all - squares) / (all - 1.0);
    (by_chance > 0.0).then(|| 1.0 - disagreed / by_chance)
}

#[cfg(test)]
mod tests {
    use super::alpha;

    #[test]
    fn two_coders_of_ten_units_are_as_in_the_worked_example() {
        // Binary data of two observers and ten units, six zeros and four units apart: alpha is 0.095.
        let one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
        let other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        let units: Vec<[i32; 2]> = one.iter().zip(other).map(|(one, other)| [*one, other]).collect();
        let units: Vec<&[i32]> = units.iter().map(<[i32; 2]>::as_slice).collect();
        assert!((alpha(&units).unwrap() - 0.095).abs() < 0.001);
    }

    #[test]
    fn who_always_agrees_has_one_and_who_says_only_one_thing_has_none() {
        assert!((alpha(&[&["a", "a"][..], &["b", "b"]]).unwrap() - 1.0).abs() < 1e-9);
        assert_eq!(alpha(&[&["a", "a"][..], &["a", "a"]]), None);
        assert_eq!(alpha(&[&["a"][..], &["b"]]), None);
    }
}
