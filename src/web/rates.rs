//! How questions were answered over time: shares with what they are shares of.
//!
//! Where a person is named, what the machine says enters only of classes whose measured precision allows it.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::analysis::answers::measured;
use crate::domain::{Clarity, Ledger, Origin, Scope};
use crate::search::Bucket;
use crate::store::exchanges::{Count, Counts, Filter};

/// Months up to which each is a step of its own.
const MONTHS: usize = 24;

/// What is counted of the questions of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Questions that got a response: what shares are shares of.
    pub responded: u64,
    /// How many of them have a label of each class that may be counted, by whoever's word; in the order of
    /// [`Clarity::ALL`].
    pub classes: [u64; 3],
    /// Those whose label is an editor's word.
    pub decided: u64,
    /// How many of these have a label of each class.
    pub by_editors: [u64; 3],
    /// Briefings from which the questions come.
    pub briefings: u64,
    /// Briefings of the same series that the archive holds, whoever speaks there.
    pub held: u64,
}

impl Tally {
    fn add(&mut self, count: &Count, named: bool) {
        let Some(label) = count.label else { return };
        let clarity = label.clarity();
        let class = Clarity::ALL.iter().position(|one| *one == clarity).unwrap_or(0);
        self.responded += count.questions;
        if count.origin == Origin::Editor {
            self.decided += count.questions;
            self.by_editors[class] += count.questions;
        }
        if !named || measured::counts_by_name(clarity) {
            self.classes[class] += count.questions;
        }
    }
}

/// Rates over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Months or years.
    pub by: Bucket,
    /// Whether a person is named.
    pub named: bool,
    /// Each step with what is counted, without a break.
    pub steps: Vec<(Date, Tally)>,
    /// All of them together, with what is undated.
    pub all: Tally,
    /// Questions of undated briefings.
    pub undated: u64,
}

impl Rates {
    /// Puts counts together. `named`: the filter names a person.
    pub fn of(counts: &Counts, filter: &Filter, named: bool, ledger: &Ledger) -> Self {
        let months: Vec<Date> = counts.briefings.keys().copied().flatten().collect();
        let (first, last) = (months.first().copied(), months.last().copied());
        let span: Vec<Date> = match (first, last) {
            (Some(first), Some(last)) => first.series(1.month()).take_while(|month| *month <= last).collect(),
            _ => Vec::new(),
        };
        let by = if span.len() <= MONTHS { Bucket::Month } else { Bucket::Year };
        let mut steps: BTreeMap<Date, Tally> = span.iter().map(|month| (by.start(*month), Tally::default())).collect();
        let mut rates = Self { by, named, steps: Vec::new(), all: Tally::default(), undated: 0 };
        for count in &counts.counts {
            rates.all.add(count, named);
            match count.month {
                Some(month) => steps.entry(by.start(month)).or_default().add(count, named),
                None => rates.undated += count.questions,
            }
        }
        for (month, briefings) in &counts.briefings {
            rates.all.briefings += briefings;
            if let Some(month) = month {
                steps.entry(by.start(*month)).or_default().briefings += briefings;
            }
        }
        let held = |from: Option<Date>, to: Option<Date>| {
            let scope = Scope { speaker: None, series: filter.series.clone(), from, to };
            ledger.cover(scope, None).briefings as u64
        };
        for (step, tally) in &mut steps {
            let last = if by == Bucket::Year { step.last_of_year() } else { step.last_of_month() };
            let from = filter.from.map_or(*step, |from| from.max(*step));
            let to = filter.to.map_or(last, |to| to.min(last));
            tally.held = held(Some(from), Some(to));
        }
        rates.all.held = held(filter.from, filter.to);
        rates.steps = steps.into_iter().collect();
        rates
    }

    /// The classes of which shares are shown.
    pub fn classes(&self) -> impl Iterator<Item = (usize, Clarity)> {
        let named = self.named;
        Clarity::ALL.into_iter().enumerate().filter(move |(_, class)| !named || measured::counts_by_name(*class))
    }
}

/// "45 %", or nothing where nothing is counted.
pub fn share(part: u64, of: u64) -> Option<String> {
    (of > 0).then(|| format!("{:.0} %", part as f64 * 100.0 / of as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AnswerLabel;
    use jiff::civil::date;

    fn count(month: Option<Date>, label: AnswerLabel, origin: Origin, questions: u64) -> Count {
        Count { month, label: Some(label), origin, questions }
    }

    fn counts() -> Counts {
        let (march, may) = (Some(date(2026, 3, 1)), Some(date(2026, 5, 1)));
        Counts {
            counts: vec![
                count(march, AnswerLabel::Dodged, Origin::Machine, 6),
                count(march, AnswerLabel::Declined, Origin::Machine, 3),
                count(march, AnswerLabel::Dodged, Origin::Editor, 1),
                Count { month: march, label: None, origin: Origin::Machine, questions: 5 },
                count(may, AnswerLabel::Answered, Origin::Machine, 2),
                count(None, AnswerLabel::Answered, Origin::Machine, 4),
            ],
            briefings: [(march, 2), (may, 1), (None, 1)].into(),
        }
    }

    #[test]
    fn shares_are_of_questions_that_got_a_response() {
        let rates = Rates::of(&counts(), &Filter::default(), false, &Ledger::default());
        let steps: Vec<_> = rates.steps.iter().map(|(_, tally)| (tally.responded, tally.classes)).collect();
        assert_eq!(steps, [(10, [0, 7, 3]), (0, [0; 3]), (2, [2, 0, 0])], "April without a break");
        assert_eq!((rates.all.responded, rates.all.briefings, rates.undated), (16, 4, 4));
        assert_eq!((share(7, 10).as_deref(), share(0, 0)), (Some("70 %"), None));
    }

    #[test]
    fn beside_a_name_a_machine_counts_only_where_it_is_good_enough() {
        let rates = Rates::of(&counts(), &Filter::default(), true, &Ledger::default());
        assert_eq!(rates.classes().map(|(_, class)| class).collect::<Vec<_>>(), [Clarity::ClearNonReply]);
        let march = rates.steps[0].1;
        assert_eq!(march.classes, [0, 0, 3], "no word of a machine on dodging");
        assert_eq!((march.decided, march.by_editors), (1, [0, 1, 0]));
    }
}
