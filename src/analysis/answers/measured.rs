//! How good answer labels are, and what goes with them: every measured figure that pages show, with its sample and day.
//!
//! `model.md` says how the figures of the classes came about.

use jiff::civil::Date;

use crate::domain::{AnswerLabel, Clarity};

/// The day on which everything here was measured.
pub const MEASURED_ON: Date = jiff::civil::date(2026, 11, 28);

/// The precision from which on what the machine says of a class may be counted beside a person's name.
pub const ENOUGH: f32 = 0.8;

/// Exchanges with the votes of people, in cross-validation and held aside.
pub const CROSS_VALIDATED: u32 = 176;
/// See [`CROSS_VALIDATED`].
pub const HELD_ASIDE: u32 = 61;
/// The mean F1 of the three classes, cross-validated and held aside, and between what it lies in 95 of 100 samples.
pub const MACRO_F1: (f32, f32, [f32; 2]) = (0.72, 0.70, [0.55, 0.83]);

/// How good one class of the CLARITY taxonomy is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// The class.
    pub clarity: Clarity,
    /// Of what gets the label, how much people call so too: cross-validated.
    pub precision: f32,
    /// Of what people call so, how much gets the label: cross-validated.
    pub recall: f32,
    /// The same on what was held aside.
    pub precision_aside: f32,
    /// See `precision_aside`.
    pub recall_aside: f32,
}

/// The classes, in order.
pub const CLASSES: [Class; 3] = [
    Class { clarity: Clarity::ClearReply, precision: 0.72, recall: 0.64, precision_aside: 0.57, recall_aside: 0.67 },
    Class { clarity: Clarity::Ambivalent, precision: 0.67, recall: 0.79, precision_aside: 0.77, recall_aside: 0.79 },
    Class { clarity: Clarity::ClearNonReply, precision: 0.93, recall: 0.64, precision_aside: 1.00, recall_aside: 0.56 },
];

/// How good a class is.
pub fn class(clarity: Clarity) -> Class {
    let [reply, ambivalent, non_reply] = CLASSES;
    match clarity {
        Clarity::ClearReply => reply,
        Clarity::Ambivalent => ambivalent,
        Clarity::ClearNonReply => non_reply,
    }
}

/// Whether what the machine says of a class may be counted beside a person's name: both measurements must allow it.
pub fn counts_by_name(clarity: Clarity) -> bool {
    let class = class(clarity);
    class.precision >= ENOUGH && class.precision_aside >= ENOUGH
}

/// Some of which so many were right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// How many were right.
    pub right: u32,
    /// How many were looked at.
    pub of: u32,
}

impl Sample {
    /// The part that was right.
    pub fn part(self) -> f64 {
        f64::from(self.right) / f64::from(self.of)
    }

    /// Between what the part lies with 95 % probability (Wilson).
    pub fn interval(self) -> [f64; 2] {
        const Z: f64 = 1.96;
        let (part, of) = (self.part(), f64::from(self.of));
        let middle = part + Z * Z / (2.0 * of);
        let reach = Z * (part * (1.0 - part) / of + Z * Z / (4.0 * of * of)).sqrt();
        [-1.0, 1.0].map(|side: f64| ((middle + side * reach) / (1.0 + Z * Z / of)).clamp(0.0, 1.0))
    }
}

/// Labels of exchanges of White House briefings, drawn at random, that strict readers can defend who did not see them when
/// they read (`coded.tsv`).
pub const LABELS_READ: Sample = Sample { right: 111, of: 150 };
/// The same of `dodged` alone: all in 582 briefings.
pub const DODGED_READ: Sample = Sample { right: 5, of: 5 };
/// The same of `deflected` alone: all in 582 briefings.
pub const DEFLECTED_READ: Sample = Sample { right: 5, of: 5 };
/// Pairs of question and response read by eye: those that belong together, whole, without any doubt.
pub const PAIRS_READ: Sample = Sample { right: 138, of: 150 };

/// How good one label is beyond its class, where that was measured.
pub fn label(label: AnswerLabel) -> Option<Sample> {
    match label {
        AnswerLabel::Dodged => Some(DODGED_READ),
        AnswerLabel::Deflected => Some(DEFLECTED_READ),
        _ => None,
    }
}

/// Claims: the mean over debates of the average precision of the ranking, on debates held aside, and how many these are.
pub const CLAIMS: (f32, u32) = (0.168, 13);
/// Follow-ups: precision, the recall among sentences with words of promising, and how many of those found were read.
pub const FOLLOW_UPS: (f32, f32, u32) = (0.96, 0.81, 50);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clear_non_replies_count_beside_a_name() {
        let counted: Vec<Clarity> = Clarity::ALL.into_iter().filter(|clarity| counts_by_name(*clarity)).collect();
        assert_eq!(counted, [Clarity::ClearNonReply]);
    }

    #[test]
    fn an_interval_is_wide_where_little_was_looked_at() {
        let rounded = |sample: Sample| sample.interval().map(|bound| (bound * 100.0).round() as u32);
        assert_eq!(rounded(Sample { right: 8, of: 12 }), [39, 86]);
        assert_eq!(rounded(Sample { right: 54, of: 60 }), [80, 95]);
        assert_eq!(rounded(Sample { right: 5, of: 5 })[1], 100);
    }
}
