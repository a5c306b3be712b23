//! Stories about trees: what they see that a sum cannot.

use super::{Forest, Settings, fit};
use crate::analysis::linear::Features;

const FEW: Settings = Settings { trees: 40, rate: 0.3, l2: 1.0, share: 1.0, at_least: 1, seed: 7 };

fn seen(names: &[&'static str], wind: f32) -> Features {
    let mut features = Features::new();
    for name in names {
        features.flag(*name);
    }
    features.add("wind", wind);
    features
}

/// Ships sink in a storm or in fog, but not in both, for then nobody sails.
fn voyages() -> Vec<(Features, f32, f32)> {
    let voyage = |number: u8| {
        let (fog, wind) = (number.is_multiple_of(2), f32::from(number % 20));
        let sinks = fog != (wind > 9.0);
        (seen(if fog { &["fog"] } else { &[] }, wind), f32::from(u8::from(sinks)), 1.0)
    };
    (0..200).map(voyage).collect()
}

#[test]
fn trees_see_company() {
    let forest = fit(&voyages(), |_| true, &FEW);
    for (names, wind, sinks) in
        [(&["fog"][..], 2.0, true), (&["fog"], 18.0, false), (&[], 2.0, false), (&[], 18.0, true)]
    {
        assert_eq!(forest.score(&seen(names, wind)) > 0.0, sinks, "{names:?} {wind}");
    }
}

#[test]
fn the_same_examples_give_the_same_file_and_the_file_the_same_forest() {
    let forest = fit(&voyages(), |_| true, &FEW);
    assert_eq!(fit(&voyages(), |_| true, &FEW).write(), forest.write());
    let again = Forest::read(&format!("# From a harbour.\n{}no tree\n\n", forest.write()));
    assert_eq!(again.write(), forest.write());
    assert_eq!(again.score(&seen(&["fog"], 3.0)).to_bits(), forest.score(&seen(&["fog"], 3.0)).to_bits());
}

#[test]
fn what_is_not_usable_is_not_asked_for() {
    let forest = fit(&voyages(), |name| name != "wind", &FEW);
    assert!(!forest.write().contains("wind"));
}
