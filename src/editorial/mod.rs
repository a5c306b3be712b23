//! Named writes: each is one transaction's worth of statements that belong together.
//!
//! Invariant: what readers can find changes only here, and every such change takes the next position of the feed.

mod batch;
mod correct;
mod days;
mod people;
mod problems;
mod publish;

pub use batch::{settle_label, withdraw_batch};
pub use correct::{Act, Corrected, Correction, Description, Refused, correct};
pub use days::{DayRefused, mark_day, unmark_day};
pub use people::{PeopleChange, resolve_people};
pub use problems::{
    LONGEST, Mistake, ProblemAct, ProblemRefused, Settlement, Told, act_on_problem, note_problem, stands, touching,
};
pub use publish::{ScheduleRefused, publish, publish_drafts, remove_sample, schedule};
