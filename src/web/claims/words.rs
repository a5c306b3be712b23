//! Claims in readers' words: kinds, numbers, how one stands to another.

use crate::analysis::claims::numbers::{CALENDAR_YEAR, Number};
use crate::domain::{ClaimKind, ClaimLinkKind};
use crate::web::phrase::{self, Given};

/// From this score on a claim is much worth a check: about one in twenty.
const HIGH: f32 = 0.4;
/// From this one on it is somewhat worth it: about one in three.
const MIDDLING: f32 = 0.2;

/// A kind with its article.
pub fn a_kind(kind: impl Given<ClaimKind>) -> &'static str {
    match kind.given() {
        ClaimKind::Fact => "a fact",
        ClaimKind::Figure => "a figure",
        ClaimKind::Denial => "a denial",
        ClaimKind::Accusation => "an accusation",
        ClaimKind::Prediction => "a prediction",
        ClaimKind::Commitment => "a commitment",
        ClaimKind::Position => "a position",
    }
}

/// What a kind means.
pub fn meaning(kind: impl Given<ClaimKind>) -> &'static str {
    match kind.given() {
        ClaimKind::Fact => "Something is or was so.",
        ClaimKind::Figure => "Something is so many, so much, or more than something else.",
        ClaimKind::Denial => "Something is not so, or was not done or said.",
        ClaimKind::Accusation => "Somebody who is named did something bad, or wants to.",
        ClaimKind::Prediction => "Something will happen.",
        ClaimKind::Commitment => "The speaker, or those spoken for, will do something.",
        ClaimKind::Position => "What should be done, or what the speaker is for or against.",
    }
}

/// How much a claim deserves a check.
pub fn worth(score: f32) -> &'static str {
    match score {
        HIGH.. => "high",
        MIDDLING.. => "middling",
        _ => "low",
    }
}

/// What one claim does to another, or has done to it.
pub fn link(kind: impl Given<ClaimLinkKind>, forth: bool) -> &'static str {
    match (kind.given(), forth) {
        (ClaimLinkKind::Repeats, true) => "repeats",
        (ClaimLinkKind::Repeats, false) => "is repeated by",
        (ClaimLinkKind::Narrows, true) => "narrows",
        (ClaimLinkKind::Narrows, false) => "is narrowed by",
        (ClaimLinkKind::Contradicts, true) => "contradicts",
        (ClaimLinkKind::Contradicts, false) => "is contradicted by",
        (ClaimLinkKind::CorrectedBy, true) => "is corrected by",
        (ClaimLinkKind::CorrectedBy, false) => "corrects",
    }
}

/// "2.5 million jobs", "13 percent", "the year 2006". A unit that the sentence writes so keeps its capital: "16 million
/// Norlunders".
pub fn number(number: &Number, sentence: &str) -> String {
    let said: String = sentence.chars().skip(number.span.start).take(number.span.len()).collect();
    let printed = said.rsplit(' ').next().unwrap_or_default();
    match number.unit.as_deref() {
        None => amount(number.value),
        Some(CALENDAR_YEAR) => format!("the year {}", number.value),
        Some(unit) if printed.to_lowercase() == unit => format!("{} {printed}", amount(number.value)),
        Some(unit) => format!("{} {unit}", amount(number.value)),
    }
}

fn amount(value: f64) -> String {
    const SCALES: [(f64, &str); 3] = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    let (scale, name) = SCALES.into_iter().find(|(scale, _)| value >= *scale).unwrap_or((1.0, ""));
    let scaled = value / scale;
    let written = if scaled.fract() == 0.0 && scaled < 1e15 {
        phrase::count(scaled as u64)
    } else {
        format!("{scaled:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    format!("{written}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::numbers::numbers;

    #[test]
    fn numbers_are_read_out_with_their_unit() {
        let said = |text: &str| numbers(text).iter().map(|one| number(one, text)).collect::<Vec<_>>();
        assert_eq!(said("two and a half million jobs since 2006"), ["2.5 million jobs", "the year 2006"]);
        assert_eq!(said("$1.2 billion, or 13.75 percent"), ["1.2 billion dollars", "13.75 percent"]);
        assert_eq!(said("twelve hundred containers"), ["1,200 containers"]);
        assert_eq!(said("It covers 16 million Norlunders."), ["16 million Norlunders"]);
    }

    #[test]
    fn a_link_reads_well_from_both_ends() {
        for kind in ClaimLinkKind::ALL {
            assert_ne!(link(kind, true), link(kind, false));
        }
    }
}
