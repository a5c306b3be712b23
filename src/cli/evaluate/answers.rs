//! `onrecord evaluate answers`: whether answers are judged as people judged them.

use std::process::ExitCode;

use anyhow::Context;
use serde::Serialize;

use super::Options;
use crate::analysis::answers::label;
use crate::analysis::answers::measure::{Case, Figures, RECALL, figures};
use crate::analysis::answers::train::{Pair, held_aside};
use crate::cli::labelled::answers::conferences;
use crate::domain::Clarity;

/// All exchanges, and the part of them that training never saw.
#[derive(Debug, Serialize)]
struct Report {
    all: Figures,
    held_aside: Option<Figures>,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let mut pairs: Vec<Pair> = Vec::new();
    for file in &options.files {
        pairs.extend(conferences(file)?);
    }
    let scored: Vec<(bool, Case)> = pairs.iter().map(|pair| (held_aside(&pair.answer), score(pair))).collect();
    let all: Vec<Case> = scored.iter().map(|(_, case)| *case).collect();
    let aside: Vec<Case> = scored.iter().filter(|(aside, _)| *aside).map(|(_, case)| *case).collect();
    let all = figures(&all).context("There is no exchange in these files, so there is nothing to score")?;
    let report = Report { all, held_aside: figures(&aside) };
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        say("All exchanges", &report.all);
        if let Some(aside) = &report.held_aside {
            say("Of these, held aside in training", aside);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn score(pair: &Pair) -> Case {
    let answer = label(&pair.question, &pair.answer, &pair.asked);
    let [.., non_reply] = answer.probabilities;
    Case { clarity: pair.clarity(), judged: answer.clarity, non_reply }
}

pub(super) fn say(which: &str, figures: &Figures) {
    let [low, high] = figures.macro_f1_interval;
    println!("{which}: {}", figures.cases);
    println!("macro F1 {:.3} (95 %: {low:.3} to {high:.3})", figures.macro_f1);
    let [low, high] = figures.non_reply_precision_interval;
    let precision = figures.non_reply_precision;
    println!("precision of clear non-replies where {RECALL} are found {precision:.3} (95 %: {low:.3} to {high:.3})");
    println!(
        "{:<15}  precision  recall     F1  cases  judged: {}",
        "class",
        Clarity::ALL.map(Clarity::as_str).join(", ")
    );
    for (score, judged) in figures.classes.iter().zip(&figures.confusion) {
        let (name, precision, recall, f1) = (score.class.as_str(), score.precision, score.recall, score.f1);
        println!("{name:<15}  {precision:>9.3}  {recall:>6.3}  {f1:>5.3}  {:>5}  {judged:?}", score.cases);
    }
}
