//! `onrecord train answers`: from news conferences and hearings whose answers people judged.

use std::path::Path;
use std::process::ExitCode;

use crate::analysis::answers::measure::{Figures, figures};
use crate::analysis::answers::train::{cross_validate, train};
use crate::cli::labelled::answers::{conferences, hearings};

/// Rounds of the cross-validation.
const ROUNDS: u64 = 20;

pub(super) fn run(data: &Path) -> anyhow::Result<ExitCode> {
    let conferences = conferences(&data.join("answer-clarity").join("dev.jsonl"))?;
    let hearings = hearings(&data.join("question-response").join("train.jsonl"))?;
    super::write("analysis/answers/model.tsv", &train(&conferences, &hearings).write())?;
    let rounds: Vec<Figures> =
        cross_validate(&conferences, &hearings, ROUNDS).iter().filter_map(|cases| figures(cases)).collect();
    let mean = |of: &dyn Fn(&Figures) -> f64| rounds.iter().map(of).sum::<f64>() / rounds.len().max(1) as f64;
    println!("Cross-validated in 5 parts, mean of {} rounds:", rounds.len());
    println!("macro F1 {:.3}", mean(&|figures| figures.macro_f1));
    println!("precision of clear non-replies where 0.4 are found {:.3}", mean(&|figures| figures.non_reply_precision));
    for (place, class) in rounds.first().iter().flat_map(|first| &first.classes).enumerate() {
        let of = |value: fn(&crate::analysis::answers::measure::Score) -> f64| {
            mean(&|figures| figures.classes.get(place).map_or(0.0, value))
        };
        let (precision, recall, f1) = (of(|score| score.precision), of(|score| score.recall), of(|score| score.f1));
        println!("{}: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}", class.class.as_str());
    }
    Ok(ExitCode::SUCCESS)
}
