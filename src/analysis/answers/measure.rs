//! How well labels agree with those that people gave, and how far that can be trusted.

use serde::Serialize;

use crate::analysis::resampling::interval;
use crate::domain::Clarity;

/// One exchange: what people said and what was judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// What people said.
    pub clarity: Clarity,
    /// What was judged.
    pub judged: Clarity,
    /// How probable a clear non-reply was found.
    pub non_reply: f32,
}

/// Precision, recall and their harmonic mean for one class.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// The class.
    pub class: Clarity,
    /// Exchanges of which people said so.
    pub cases: usize,
    /// The share of those judged so that people said it of.
    pub precision: f64,
    /// The share of those that people said it of that were judged so.
    pub recall: f64,
    /// Both.
    pub f1: f64,
}

/// What was measured of some exchanges.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// How many.
    pub cases: usize,
    /// The mean over the classes.
    pub macro_f1: f64,
    /// Where 95 of 100 samples like this one would put it.
    pub macro_f1_interval: [f64; 2],
    /// Each class.
    pub classes: Vec<Score>,
    /// For each class that people said, how often each was judged, both in the order of the classes.
    pub confusion: [[usize; 3]; 3],
    /// Of the exchanges most probably clear non-replies, as many as it takes to hold [`RECALL`] of them: the share that are.
    pub non_reply_precision: f64,
    /// Where 95 of 100 samples like this one would put it.
    pub non_reply_precision_interval: [f64; 2],
}

/// The share of clear non-replies that must be found.
pub const RECALL: f64 = 0.4;

/// Measures some exchanges; nothing where there is none.
pub fn figures(cases: &[Case]) -> Option<Figures> {
    if cases.is_empty() {
        return None;
    }
    let classes = classes(cases);
    Some(Figures {
        cases: cases.len(),
        macro_f1: macro_f1(&classes),
        macro_f1_interval: interval(cases, |sample| Some(macro_f1(&self::classes(sample)))),
        classes,
        confusion: confusion(cases),
        non_reply_precision: precision_at(cases).unwrap_or_default(),
        non_reply_precision_interval: interval(cases, precision_at),
    })
}

fn confusion(cases: &[Case]) -> [[usize; 3]; 3] {
    let count = |clarity, judged| cases.iter().filter(|case| case.clarity == clarity && case.judged == judged).count();
    Clarity::ALL.map(|clarity| Clarity::ALL.map(|judged| count(clarity, judged)))
}

fn classes(cases: &[Case]) -> Vec<Score> {
    let score = |class: Clarity| {
        let said = cases.iter().filter(|case| case.clarity == class).count();
        let judged = cases.iter().filter(|case| case.judged == class).count();
        let both = cases.iter().filter(|case| case.clarity == class && case.judged == class).count();
        let f1 = share(2 * both, said + judged);
        Score { class, cases: said, precision: share(both, judged), recall: share(both, said), f1 }
    };
    Clarity::ALL.into_iter().map(score).collect()
}

fn share(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

fn macro_f1(classes: &[Score]) -> f64 {
    classes.iter().map(|score| score.f1).sum::<f64>() / classes.len().max(1) as f64
}

/// Nothing where there is no clear non-reply.
fn precision_at(cases: &[Case]) -> Option<f64> {
    let is = |case: &&Case| case.clarity == Clarity::ClearNonReply;
    let wanted = (cases.iter().filter(is).count() as f64 * RECALL).ceil() as usize;
    let mut ranked: Vec<&Case> = cases.iter().collect();
    ranked.sort_by(|a, b| b.non_reply.total_cmp(&a.non_reply));
    let mut found = 0;
    for (place, case) in ranked.iter().enumerate() {
        found += usize::from(is(case));
        if found >= wanted && found > 0 {
            return Some(share(found, place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use Clarity::{Ambivalent, ClearNonReply, ClearReply};

    fn case(clarity: Clarity, judged: Clarity, non_reply: f32) -> Case {
        Case { clarity, judged, non_reply }
    }

    #[test]
    fn figures_are_those_of_the_cases() {
        let cases = [
            case(ClearNonReply, ClearNonReply, 0.9),
            case(ClearReply, ClearNonReply, 0.8),
            case(ClearNonReply, Ambivalent, 0.4),
            case(ClearReply, ClearReply, 0.1),
            case(Ambivalent, Ambivalent, 0.2),
        ];
        let figures = figures(&cases).unwrap();
        assert_eq!(figures.confusion, [[1, 0, 1], [0, 1, 0], [0, 1, 1]]);
        let f1: Vec<f64> = figures.classes.iter().map(|score| (score.f1 * 1000.0).round()).collect();
        assert_eq!(f1, [667.0, 667.0, 500.0]);
        assert!((figures.macro_f1 - 0.6111).abs() < 0.001);
        assert!((figures.non_reply_precision - 1.0).abs() < f64::EPSILON, "one of two is enough");
        let [low, high] = figures.macro_f1_interval;
        assert!(low < figures.macro_f1 && figures.macro_f1 < high);
    }

    #[test]
    fn nothing_has_no_figures() {
        assert_eq!(figures(&[]), None);
    }
}
