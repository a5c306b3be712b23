//! Answers together with how they spread over time, in one pass.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Index;
use super::columns::day_of;
use super::count::{Counted, count};
use super::query::{Answer, Bucket, IndexError, Query};
use super::snapshot::Snapshot;

impl Index {
    /// The answer of a search and how many matches each month has, in order; months without any are left out.
    pub fn search_and_months(&self, query: &Query) -> Result<(Answer, Vec<(Date, u64)>), IndexError> {
        let (snapshot, fields) = self.fresh()?;
        let counted = count(query, true, &snapshot.segments, &snapshot.numbers, &fields)?;
        let months = snapshot.steps(&counted, Bucket::Month);
        Ok((snapshot.answer(query, &counted, &fields)?, months))
    }

    /// How many utterances match in each day, month or year, in order; steps without any are left out.
    pub fn over_time(&self, query: &Query, bucket: Bucket) -> Result<Vec<(Date, u64)>, IndexError> {
        let (snapshot, fields) = self.fresh()?;
        let counted = count(query, false, &snapshot.segments, &snapshot.numbers, &fields)?;
        Ok(snapshot.steps(&counted, bucket))
    }
}

impl Snapshot {
    fn steps(&self, counted: &Counted, bucket: Bucket) -> Vec<(Date, u64)> {
        let mut steps: BTreeMap<Date, u64> = BTreeMap::new();
        for (segment, tally) in self.segments.iter().zip(&counted.segments) {
            for (run, count) in segment.columns.runs.iter().zip(&tally.runs).filter(|(_, count)| **count > 0) {
                if let Some(day) = run.day {
                    *steps.entry(bucket.start(day_of(day))).or_default() += u64::from(*count);
                }
            }
        }
        steps.into_iter().collect()
    }
}
