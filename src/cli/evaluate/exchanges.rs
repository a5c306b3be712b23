//! `onrecord evaluate exchanges`: how far people who coded the same sample agree, and how far the machine agrees with them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde::Serialize;

use super::Options;
use crate::analysis::agreement::alpha;
use crate::analysis::answers::measure::{Case, Figures, figures};
use crate::analysis::answers::{Answer, label};
use crate::analysis::resampling::interval;
use crate::cli::coding::Coded;
use crate::domain::{AnswerLabel, Clarity};

/// What was measured.
#[derive(Debug, Serialize)]
struct Report {
    /// Exchanges that anybody coded.
    exchanges: usize,
    coders: usize,
    /// Exchanges that two or more coded.
    coded_by_several: usize,
    /// Of those who coded the same ones, for labels and for the classes of the CLARITY taxonomy.
    alpha: Option<Measured>,
    alpha_of_classes: Option<Measured>,
    /// Against what all who coded an exchange say of it; where they differ, it is left out.
    machine: Machine,
}

/// A figure with the interval in which 95 of 100 samples like this one would put it.
#[derive(Debug, Serialize)]
struct Measured {
    figure: f64,
    interval: [f64; 2],
}

/// How the machine does.
#[derive(Debug, Serialize)]
struct Machine {
    exchanges: usize,
    /// The share to which it gives the same label.
    same_label: Option<Measured>,
    labels: Vec<Row>,
    classes: Option<Figures>,
}

/// One label.
#[derive(Debug, Serialize)]
struct Row {
    label: AnswerLabel,
    /// How many people gave it to.
    cases: usize,
    /// How many the machine gave it to.
    judged: usize,
    /// How many both.
    both: usize,
}

/// An exchange with the labels that people gave it.
struct Unit {
    labels: Vec<AnswerLabel>,
    machine: Answer,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let units = units(&options.files)?;
    ensure!(!units.is_empty(), "No exchange of these files has a label, so there is nothing to compare");
    let report = report(&units, options.files.len());
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        say(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn units(files: &[impl AsRef<Path>]) -> anyhow::Result<Vec<Unit>> {
    let mut units: BTreeMap<i64, Unit> = BTreeMap::new();
    for file in files {
        let file = file.as_ref();
        let text = fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = || format!("Line {} of {}", number + 1, file.display());
            let coded: Coded =
                serde_json::from_str(line).with_context(|| format!("{} is no line of a sample", place()))?;
            if coded.label.trim().is_empty() {
                continue;
            }
            let said: AnswerLabel = coded.label.trim().parse().with_context(|| {
                let all = AnswerLabel::ALL.map(AnswerLabel::as_str).join(", ");
                format!("{}: \u{201c}{}\u{201d} is none of {all}", place(), coded.label)
            })?;
            let machine = || label(&coded.question, &coded.response, "");
            let unit = units.entry(coded.id).or_insert_with(|| Unit { labels: Vec::new(), machine: machine() });
            unit.labels.push(said);
        }
    }
    Ok(units.into_values().collect())
}

fn report(units: &[Unit], coders: usize) -> Report {
    let labels: Vec<&[AnswerLabel]> = units.iter().map(|unit| unit.labels.as_slice()).collect();
    let classes: Vec<Vec<Clarity>> =
        units.iter().map(|unit| unit.labels.iter().map(|label| label.clarity()).collect()).collect();
    let classes: Vec<&[Clarity]> = classes.iter().map(Vec::as_slice).collect();
    Report {
        exchanges: units.len(),
        coders,
        coded_by_several: labels.iter().filter(|labels| labels.len() > 1).count(),
        alpha: measured(&labels, alpha),
        alpha_of_classes: measured(&classes, alpha),
        machine: machine(units),
    }
}

fn measured<T: Copy>(cases: &[T], figure: impl Fn(&[T]) -> Option<f64>) -> Option<Measured> {
    Some(Measured { figure: figure(cases)?, interval: interval(cases, figure) })
}

fn machine(units: &[Unit]) -> Machine {
    let agreed = |unit: &Unit| {
        let first = *unit.labels.first()?;
        unit.labels.iter().all(|label| *label == first).then_some((first, unit.machine.label))
    };
    let pairs: Vec<(AnswerLabel, AnswerLabel)> = units.iter().filter_map(agreed).collect();
    let same = |sample: &[(AnswerLabel, AnswerLabel)]| {
        let same = sample.iter().filter(|(said, judged)| said == judged).count();
        (!sample.is_empty()).then(|| same as f64 / sample.len() as f64)
    };
    let row = |label: AnswerLabel| Row {
        label,
        cases: pairs.iter().filter(|(said, _)| *said == label).count(),
        judged: pairs.iter().filter(|(_, judged)| *judged == label).count(),
        both: pairs.iter().filter(|(said, judged)| *said == label && *judged == label).count(),
    };
    let case = |unit: &Unit| {
        let first = unit.labels.first()?.clarity();
        let [.., non_reply] = unit.machine.probabilities;
        let agreed = unit.labels.iter().all(|label| label.clarity() == first);
        agreed.then_some(Case { clarity: first, judged: unit.machine.clarity, non_reply })
    };
    Machine {
        exchanges: pairs.len(),
        same_label: measured(&pairs, same),
        labels: AnswerLabel::ALL.into_iter().map(row).filter(|row| row.cases + row.judged > 0).collect(),
        classes: figures(&units.iter().filter_map(case).collect::<Vec<_>>()),
    }
}

fn say(report: &Report) {
    println!("{} exchanges, {} of them coded by several", report.exchanges, report.coded_by_several);
    say_one("Krippendorff's alpha, labels", report.alpha.as_ref());
    say_one("Krippendorff's alpha, classes", report.alpha_of_classes.as_ref());
    println!("Where people agree ({}), the machine:", report.machine.exchanges);
    say_one("same label", report.machine.same_label.as_ref());
    println!("{:<20}  cases  judged  both", "label");
    for Row { label, cases, judged, both } in &report.machine.labels {
        println!("{:<20}  {cases:>5}  {judged:>6}  {both:>4}", label.as_str());
    }
    if let Some(classes) = &report.machine.classes {
        super::answers::say("Classes where people agree", classes);
    }
}

fn say_one(what: &str, measured: Option<&Measured>) {
    match measured {
        Some(Measured { figure, interval: [low, high] }) => {
            println!("{what} {figure:.3} (95 %: {low:.3} to {high:.3})");
        }
        None => println!("{what}: too few were coded by two, or all alike"),
    }
}
