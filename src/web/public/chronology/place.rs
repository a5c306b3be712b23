//! Where a passage stands among everything that matches, and what is shown around it.

use std::cmp::Ordering;

use crate::domain::BriefingId;
use crate::search::{Hit, Query};
use crate::web::App;
use crate::web::error::Error;
use crate::web::overview::Overview;

/// Shown before and after the passage on its own page.
const AROUND: usize = 8;
/// Shown on the pages before and after that.
const PER_PAGE: usize = 20;

/// A passage by its place in its briefing.
pub struct Passage {
    /// The briefing.
    pub briefing: BriefingId,
    /// Position of its first utterance.
    pub from: u32,
    /// Position of its last utterance.
    pub to: u32,
}

impl Passage {
    /// How many utterances it has.
    pub fn len(&self) -> usize {
        (self.to - self.from) as usize + 1
    }

    /// Whether it contains what was found.
    pub fn holds(&self, hit: &Hit) -> bool {
        hit.briefing_id == self.briefing && (self.from..=self.to).contains(&hit.position)
    }
}

/// What is shown of the matches, oldest first, as first and number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// Matches before the passage.
    pub all_before: usize,
    /// Matches after the passage.
    pub all_after: usize,
    /// Of those before it.
    pub before: (usize, usize),
    /// Of those after it.
    pub after: (usize, usize),
    /// 0 is around the passage.
    pub page: i64,
    /// Whether there is an earlier page.
    pub earlier: bool,
    /// Whether there is a later page.
    pub later: bool,
}

impl Window {
    /// The part of a page; the passage's own where there is no such page.
    fn of(all_before: usize, inside: usize, all_after: usize, page: i64) -> Self {
        let beyond = usize::try_from(page.unsigned_abs().saturating_sub(1)).unwrap_or(usize::MAX);
        let skipped = beyond.saturating_mul(PER_PAGE).saturating_add(AROUND);
        let first_after = all_before + inside;
        let (before, after) = match page.cmp(&0) {
            Ordering::Less if skipped < all_before => {
                let end = all_before - skipped;
                let begin = end.saturating_sub(PER_PAGE);
                ((begin, end - begin), (first_after, 0))
            }
            Ordering::Greater if skipped < all_after => {
                ((all_before, 0), (first_after + skipped, PER_PAGE.min(all_after - skipped)))
            }
            Ordering::Equal => {
                let begin = all_before.saturating_sub(AROUND);
                ((begin, all_before - begin), (first_after, AROUND.min(all_after)))
            }
            _ => return Self::of(all_before, inside, all_after, 0),
        };
        let later = match page.cmp(&0) {
            Ordering::Less => true,
            _ => after.0 + after.1 < first_after + all_after,
        };
        let earlier = page > 0 || before.0 > 0;
        Self { all_before, all_after, before, after, page, earlier, later }
    }
}

/// Finds the passage among the matches of a query, whether or not it is one of them.
pub fn window(app: &App, overview: &Overview, query: &Query, passage: &Passage, page: i64) -> Result<Window, Error> {
    let own = overview.ledger.date(passage.briefing);
    // As the index orders by: undated ones last, of one day in the order in which they came.
    let order = |id: BriefingId| (overview.ledger.date(id).is_none(), overview.ledger.date(id), id);
    let own = (own.is_none(), own, passage.briefing);
    let (mut before, mut inside, mut after) = (0, 0, 0);
    for (id, count) in app.index.briefings(query)? {
        match order(id).cmp(&own) {
            Ordering::Less => before += count as usize,
            Ordering::Greater => after += count as usize,
            Ordering::Equal => {
                let mut here = Query { offset: 0, limit: count as usize, ..query.clone() };
                here.filters.briefing = Some(id);
                for hit in app.index.search(&here)?.hits {
                    match hit.position {
                        at if at < passage.from => before += 1,
                        at if at > passage.to => after += 1,
                        _ => inside += 1,
                    }
                }
            }
        }
    }
    Ok(Window::of(before, inside, after, page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(all_before: usize, all_after: usize, page: i64) -> ((usize, usize), (usize, usize), bool, bool) {
        let window = Window::of(all_before, 1, all_after, page);
        (window.before, window.after, window.earlier, window.later)
    }

    #[test]
    fn the_passage_stands_between_what_came_before_and_after() {
        assert_eq!(shown(0, 0, 0), ((0, 0), (1, 0), false, false));
        assert_eq!(shown(3, 2, 0), ((0, 3), (4, 2), false, false));
        assert_eq!(shown(30, 30, 0), ((22, 8), (31, 8), true, true));
    }

    #[test]
    fn pages_before_and_after_follow_without_gap_or_overlap() {
        assert_eq!(shown(30, 30, -1), ((2, 20), (31, 0), true, true));
        assert_eq!(shown(30, 30, -2), ((0, 2), (31, 0), false, true));
        assert_eq!(shown(30, 30, 1), ((30, 0), (39, 20), true, true));
        assert_eq!(shown(30, 30, 2), ((30, 0), (59, 2), true, false));
    }

    #[test]
    fn a_page_that_does_not_exist_is_the_passages_own() {
        assert_eq!(shown(30, 30, 3), shown(30, 30, 0));
        assert_eq!(shown(30, 30, i64::MIN), shown(30, 30, 0));
        assert_eq!(Window::of(30, 1, 30, i64::MAX).page, 0);
    }
}
