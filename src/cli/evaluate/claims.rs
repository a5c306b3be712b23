//! `onrecord evaluate claims`: whether the sentences that fact-checkers chose come first.

use std::path::Path;
use std::process::ExitCode;

use anyhow::ensure;
use serde::Serialize;

use super::Options;
use crate::analysis::claims::measure::{average_precision, precision_at, ranked};
use crate::analysis::claims::{Context, Sentence, has_learnt_from, judge};
use crate::analysis::linear::held_aside;
use crate::cli::labelled;

/// One file.
#[derive(Debug, Serialize)]
struct Scored {
    file: String,
    /// One of those kept aside when the figures in `model.md` were taken.
    held_aside: bool,
    /// The models have learnt from it, so the score flatters them.
    learnt_from: bool,
    sentences: usize,
    chosen: usize,
    /// Nothing where no sentence was chosen.
    average_precision: Option<f64>,
    precision_at_10: f64,
    precision_at_50: f64,
}

/// Files together: means over those in which something was chosen.
#[derive(Debug, Serialize)]
struct Mean {
    files: usize,
    mean_average_precision: f64,
    precision_at_10: f64,
    precision_at_50: f64,
}

/// All files, and those that the models have not learnt from.
#[derive(Debug, Serialize)]
struct Report {
    sentences: usize,
    chosen: usize,
    all: Option<Mean>,
    held_aside: Option<Mean>,
    unseen: Option<Mean>,
    files: Vec<Scored>,
}

pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let files: Vec<Scored> = options.files.iter().map(|file| score(file)).collect::<Result<_, _>>()?;
    let report = Report {
        sentences: files.iter().map(|file| file.sentences).sum(),
        chosen: files.iter().map(|file| file.chosen).sum(),
        all: mean(files.iter()),
        held_aside: mean(files.iter().filter(|file| file.held_aside)),
        unseen: mean(files.iter().filter(|file| !file.learnt_from)),
        files,
    };
    ensure!(report.chosen > 0, "No sentence of these files was chosen, so there is nothing to score");
    if options.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        say(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn score(file: &Path) -> anyhow::Result<Scored> {
    let document = labelled::sentences(file)?;
    let mut context = Context::default();
    let mut scored = Vec::with_capacity(document.sentences.len());
    for (speaker, text, chosen) in &document.sentences {
        scored.push((judge(&mut context, &Sentence { speaker: Some(speaker), text }).score, *chosen));
    }
    let ranked = ranked(&scored);
    Ok(Scored {
        held_aside: held_aside(&document.name),
        learnt_from: has_learnt_from(&document.name),
        file: document.name,
        sentences: ranked.len(),
        chosen: ranked.iter().filter(|chosen| **chosen).count(),
        average_precision: average_precision(&ranked),
        precision_at_10: precision_at(&ranked, 10),
        precision_at_50: precision_at(&ranked, 50),
    })
}

fn mean<'a>(files: impl Iterator<Item = &'a Scored>) -> Option<Mean> {
    let files: Vec<(f64, &Scored)> = files.filter_map(|file| Some((file.average_precision?, file))).collect();
    let count = files.len() as f64;
    (!files.is_empty()).then(|| Mean {
        files: files.len(),
        mean_average_precision: files.iter().map(|(average, _)| average).sum::<f64>() / count,
        precision_at_10: files.iter().map(|(_, file)| file.precision_at_10).sum::<f64>() / count,
        precision_at_50: files.iter().map(|(_, file)| file.precision_at_50).sum::<f64>() / count,
    })
}

fn say(report: &Report) {
    println!("average precision  at 10  at 50  chosen  sentences  file");
    for file in &report.files {
        let average = file.average_precision.map_or_else(|| "-".to_owned(), |average| format!("{average:.4}"));
        let aside = if file.held_aside { " (held aside)" } else { "" };
        let learnt = if file.learnt_from { " (learnt from)" } else { "" };
        let (at_10, at_50, chosen, sentences) =
            (file.precision_at_10, file.precision_at_50, file.chosen, file.sentences);
        let name = &file.file;
        println!("{average:>17}  {at_10:>5.2}  {at_50:>5.2}  {chosen:>6}  {sentences:>9}  {name}{aside}{learnt}");
    }
    println!("{} sentences, {} of them chosen", report.sentences, report.chosen);
    let means = [(&report.all, "all"), (&report.held_aside, "held aside"), (&report.unseen, "not learnt from")];
    for (mean, which) in means {
        if let Some(Mean { files, mean_average_precision, precision_at_10, precision_at_50 }) = mean {
            println!(
                "mean average precision {mean_average_precision:.4}, precision at 10 {precision_at_10:.3}, at 50 \
                 {precision_at_50:.3}: {files} files ({which})"
            );
        }
    }
    if report.files.iter().any(|file| file.learnt_from) {
        println!(
            "The models have learnt from some of these files; src/analysis/claims/model.md says how models that had not \
             score on those held aside."
        );
    }
}
