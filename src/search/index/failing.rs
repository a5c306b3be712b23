//! Which restrictions each briefing of a segment fails, so that a facet can leave its own one aside.

use super::columns::{Numbers, Segment, day_number};
use super::count::place;
use super::query::Filters;
use crate::domain::BriefingKind;

/// The briefing fails nothing. What it does fail is one bit each.
pub const PASSES: u8 = 0;
/// Another series was asked for.
pub const WRONG_SERIES: u8 = 1;
/// Another year was asked for.
pub const WRONG_YEAR: u8 = 2;
/// Another kind of briefing was asked for.
pub const WRONG_KIND: u8 = 4;
/// It fails what no facet leaves aside.
pub const OUT: u8 = 8;

/// What each run fails; nothing at all if no run fails anything.
pub fn failing(filters: &Filters, segment: &Segment, numbers: &Numbers) -> Vec<u8> {
    let series: Vec<u32> = filters.series.iter().filter_map(|id| numbers.series.known(i64::from(id.0))).collect();
    let years: Vec<u32> = filters.years.iter().filter_map(|year| numbers.years.known(i64::from(*year))).collect();
    let kinds: Vec<u8> = filters.briefing_kinds.iter().map(|kind| place(&BriefingKind::ALL, kind) as u8).collect();
    let (from, to) = (filters.from.map(day_number), filters.to.map(day_number));
    let present = segment.columns.briefing_kinds.iter().zip(0u8..).filter(|(present, _)| **present);
    let all_kinds = kinds.is_empty() || present.into_iter().all(|(_, kind)| kinds.contains(&kind));
    let any_day = from.is_none() && to.is_none();
    if all_kinds && any_day && filters.series.is_empty() && filters.years.is_empty() && filters.briefing.is_none() {
        return Vec::new();
    }
    let mut any = false;
    let each = segment.columns.runs.iter().map(|run| {
        let mut fails = PASSES;
        if !filters.series.is_empty() && !series.contains(&run.series) {
            fails |= WRONG_SERIES;
        }
        if !filters.years.is_empty() && !years.contains(&run.year) {
            fails |= WRONG_YEAR;
        }
        if !kinds.is_empty() && !kinds.contains(&run.briefing_kind) {
            fails |= WRONG_KIND;
        }
        let dated = |right: &dyn Fn(i32) -> bool| run.day.is_some_and(right);
        if from.is_some_and(|from| !dated(&|day| day >= from))
            || to.is_some_and(|to| !dated(&|day| day <= to))
            || filters.briefing.is_some_and(|id| id.0 != run.briefing)
        {
            fails |= OUT;
        }
        any |= fails != PASSES;
        fails
    });
    let failing: Vec<u8> = each.collect();
    if any { failing } else { Vec::new() }
}
