//! Stories about small models: what they learn, how they are written down, and what they say for themselves.

use super::{Classes, Features, Model, Settings, fit, fit_classes, held_aside};

fn seen(words: &str) -> Features {
    let mut features = Features::new();
    words.split(' ').for_each(|word| features.flag(word.to_owned()));
    features
}

/// Sentences of a harbour master; those with figures are a yes.
fn lessons() -> Vec<(Features, f32, f32)> {
    [
        ("forty ships came", 1.0),
        ("ten ships sank", 1.0),
        ("forty cranes fell", 1.0),
        ("good morning all", 0.0),
        ("good evening ships", 0.0),
        ("thanks all came", 0.0),
    ]
    .map(|(words, target)| (seen(words), target, 1.0))
    .to_vec()
}

const EVERY_WORD: Settings = Settings { l2: 0.1, epochs: 100, at_least: 1 };

#[test]
fn a_model_learns_what_speaks_for_and_against() {
    let model = fit(&lessons(), &EVERY_WORD);
    assert!(model.probability(&seen("forty geese")) > 0.7);
    assert!(model.probability(&seen("good geese")) < 0.3);
    let words = seen("good forty forty geese");
    let because = model.because(&words);
    let names: Vec<&str> = because.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["forty", "good"], "the same name counts once, what is unknown not at all: {because:?}");
    assert!(because[0].1 > 0.0 && because[1].1 < 0.0);
}

#[test]
fn examples_that_count_nothing_teach_nothing_and_rare_words_are_left_out() {
    let mut examples = lessons();
    examples.push((seen("geese geese"), 1.0, 1.0));
    examples.push((seen("forty"), 0.0, 0.0));
    let model = fit(&examples, &Settings { at_least: 2, ..EVERY_WORD });
    assert!(!model.write().contains("geese"), "one example has it, however often");
    assert!(model.write().contains("forty"));
    examples.retain(|(_, _, weight)| *weight > 0.0);
    assert_eq!(fit(&examples, &Settings { at_least: 2, ..EVERY_WORD }), model);
}

#[test]
fn the_same_examples_give_the_same_file_and_the_file_the_same_model() {
    let model = fit(&lessons(), &EVERY_WORD);
    let text = model.write();
    assert_eq!(fit(&lessons(), &EVERY_WORD).write(), text);
    assert_eq!(Model::read(&format!("# From a harbour.\n{text}not a weight\n\n")), model);
    let weight = text.lines().find_map(|line| line.strip_prefix("forty\t")).expect("a line for every word");
    assert!(weight.split('.').nth(1).is_none_or(|digits| digits.len() <= 3), "{weight}");
}

#[test]
fn weights_are_the_best_ones() {
    // Three of four say yes, and nothing draws the bias to zero: its log odds are those of three to one.
    let coin: Vec<(Features, f32, f32)> = (0..4).map(|n| (Features::new(), f32::from(u8::from(n > 0)), 1.0)).collect();
    assert!((fit(&coin, &EVERY_WORD).score(&Features::new()) - 3_f32.ln()).abs() < 0.002);
    let half = [(Features::new(), 0.75, 1.0)];
    assert!((fit(&half, &EVERY_WORD).probability(&Features::new()) - 0.75).abs() < 0.002);
}

#[test]
fn one_of_several_classes_is_right() {
    let examples =
        [("ahoy there", 0), ("ahoy crew", 0), ("sink it", 1), ("sink there", 1), ("row crew", 2), ("row it", 2)]
            .map(|(words, class)| (seen(words), class, 1.0));
    let classes = fit_classes(&examples, &["greeting", "threat", "order"], &EVERY_WORD);
    assert_eq!(Classes::read(&classes.write()), classes);
    let row = seen("row now");
    let probable = classes.probabilities(&row);
    assert!((probable.iter().map(|(_, probable)| probable).sum::<f32>() - 1.0).abs() < 1e-5);
    assert!(probable[2].0 == "order" && probable[2].1 > 0.6, "{probable:?}");
    assert_eq!(classes.because("order", &row)[0].0, "row");
    assert!(classes.because("weather", &row).is_empty());
    assert!(Classes::read("").probabilities(&row).is_empty());
}

#[test]
fn about_a_quarter_of_all_documents_is_kept_aside() {
    let aside = (0..1000).filter(|number| held_aside(&format!("harbour-{number}"))).count();
    assert!((200..300).contains(&aside), "{aside}");
}
