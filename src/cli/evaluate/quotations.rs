//! `onrecord evaluate quotations`: whether sources, cues and contents are found as readers marked them.
//!
//! Training reads files whose name begins with `train`; every other file is held aside.

use std::path::Path;
use std::process::ExitCode;

use anyhow::ensure;
use serde::Serialize;

use super::Options;
use crate::analysis::quotations::measure::{Measure, Row, Score, measure};
use crate::cli::labelled;

/// Files together.
#[derive(Debug, Serialize)]
struct Scores {
    articles: usize,
    source: Readings,
    cue: Readings,
    content: Readings,
}

/// One row in three readings: see `analysis::quotations::measure`.
#[derive(Debug, Serialize)]
struct Readings {
    /// All pieces of an attribution, each exactly.
    strict: Score,
    /// Each piece by itself, exactly.
    by_piece: Score,
    /// Pieces that share a character.
    overlap: Score,
}

#[derive(Debug, Serialize)]
struct File {
    file: String,
    held_aside: bool,
    scores: Scores,
}

#[derive(Debug, Serialize)]
struct Report {
    all: Scores,
    held_aside: Option<Scores>,
    files: Vec<File>,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let (mut all, mut aside) = (Measure::default(), Measure::default());
    let mut files = Vec::new();
    for path in &options.files {
        let measured = score(path)?;
        let held_aside = !labelled::is_trained_on(path);
        all += measured;
        if held_aside {
            aside += measured;
        }
        files.push(File { file: labelled::name(path), held_aside, scores: scores(&measured) });
    }
    ensure!(all.articles > 0, "There is no article in these files, so there is nothing to score");
    let report = Report { all: scores(&all), held_aside: (aside.articles > 0).then(|| scores(&aside)), files };
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        say(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn score(file: &Path) -> anyhow::Result<Measure> {
    let mut sum = Measure::default();
    for article in labelled::articles(file)? {
        sum += measure(&article);
    }
    Ok(sum)
}

fn scores(measure: &Measure) -> Scores {
    let readings = |row: &Row| Readings {
        strict: row.strict.score(),
        by_piece: row.by_piece.score(),
        overlap: row.overlap.score(),
    };
    Scores {
        articles: measure.articles,
        source: readings(&measure.source),
        cue: readings(&measure.cue),
        content: readings(&measure.content),
    }
}

fn say(report: &Report) {
    for file in &report.files {
        let aside = if file.held_aside { ", held aside in training" } else { ", trained on" };
        table(&format!("{}{aside}", file.file), &file.scores);
    }
    if report.files.len() > 1 {
        table("all files", &report.all);
        if let Some(aside) = &report.held_aside {
            table("files held aside in training", aside);
        }
    }
}

fn table(title: &str, scores: &Scores) {
    println!("{title}: {} articles", scores.articles);
    println!("          precision  recall      F1   (exact, all pieces at once; then each piece; then overlap)");
    for (name, readings) in [("source", &scores.source), ("cue", &scores.cue), ("content", &scores.content)] {
        for (at, score) in [readings.strict, readings.by_piece, readings.overlap].into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            println!("{name:<8}  {:>9.4}  {:>6.4}  {:>6.4}", score.precision, score.recall, score.f1);
        }
    }
}
