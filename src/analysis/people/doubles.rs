//! Speakers who are perhaps the same person: a suggestion for editors, never done by the machine.

use std::collections::BTreeMap;

use super::name::Name;
use super::words::{distance, folded_words, same_given};

/// Somebody who speaks, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody<'a> {
    /// The name shown.
    pub name: &'a str,
    /// Series in which they speak.
    pub series: &'a [i32],
    /// Offices under which they speak.
    pub offices: &'a [String],
}

/// Two who are perhaps the same, by their places in the list, and what they have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The one.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// An office that both hold; none: only a series in which both speak.
    pub office: Option<String>,
}

/// Everybody in the list who shares a family name and an office, or a series and what may be one given name.
pub fn doubles(all: &[Somebody<'_>]) -> Vec<Double> {
    let mut families: BTreeMap<String, Vec<(usize, Vec<String>)>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        let words = folded_words(one.name);
        if let Some(family) = words.last() {
            families.entry(family.clone()).or_default().push((at, words));
        }
    }
    let mut found = Vec::new();
    for family in families.values() {
        for (place, (one, words)) in family.iter().enumerate() {
            for (other, others) in family.iter().skip(place + 1) {
                let (Some(a), Some(b)) = (all.get(*one), all.get(*other)) else { continue };
                let office = a.offices.iter().find(|office| b.offices.contains(office)).cloned();
                let series = a.series.iter().any(|series| b.series.contains(series));
                let given = may_be_one_given_name(a.name, words, b.name, others);
                if given && (series || office.is_some()) {
                    found.push(Double { one: *one, other: *other, office });
                }
            }
        }
    }
    found
}

/// Whether nothing in two names of one family says that they are two people.
fn may_be_one_given_name(a: &str, a_words: &[String], b: &str, b_words: &[String]) -> bool {
    let (Some(first), Some(second)) = (a_words.first(), b_words.first()) else { return false };
    let gender = |name: &str| Name::new(name).and_then(|name| name.gender());
    if gender(a).zip(gender(b)).is_some_and(|(a, b)| a != b) {
        return false;
    }
    let surname_only = |words: &[String], name: &str| words.len() == 1 || super::is_surname_only(name);
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    surname_only(a_words, a)
        || surname_only(b_words, b)
        || same_given(first, second)
        || initial(first, second)
        || initial(second, first)
        || (first.chars().next() == second.chars().next() && distance(first, second) <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody<'a>(name: &'a str, series: &'a [i32]) -> Somebody<'a> {
        Somebody { name, series, offices: &[] }
    }

    #[test]
    fn one_family_name_one_series_and_no_other_given_name_may_be_one_person() {
        let pairs = |names: [&str; 2], series: [&[i32]; 2]| {
            let [a, b] = names;
            doubles(&[somebody(a, series[0]), somebody(b, series[1])]).len()
        };
        for twice in [
            ["Mr. Vale", "Omar Vale"],
            ["Johann Vesk", "John Vesk"],
            ["J. Vesk", "John Vesk"],
            ["Bill Orr", "William Orr"],
        ] {
            assert_eq!(pairs(twice, [&[1], &[1, 2]]), 1, "{twice:?}");
            assert_eq!(pairs(twice, [&[1], &[2]]), 0, "{twice:?}");
        }
        assert_eq!(pairs(["Ada Lind", "Omar Lind"], [&[1], &[1]]), 0);
        assert_eq!(pairs(["Ms. Lind", "Ada Lindt"], [&[1], &[1]]), 0);
    }

    #[test]
    fn an_office_that_both_hold_is_said() {
        let offices = ["Harbour Minister".to_owned()];
        let one = Somebody { offices: &offices, ..somebody("Ada Lind", &[1]) };
        let other = Somebody { offices: &offices, ..somebody("A. Lind", &[2]) };
        let found = doubles(&[one, other]);
        assert_eq!(found, [Double { one: 0, other: 1, office: Some("Harbour Minister".to_owned()) }]);
    }
}
