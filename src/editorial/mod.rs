//! Named writes: each is one transaction's worth of statements that belong together.
//!
//! Invariant: what readers can find changes only here, and every such change takes the next position of the feed.

mod batch;
mod correct;
mod days;
mod people;
mod publish;
mod redact;
mod rights;

pub use batch::{settle_label, withdraw_batch};
pub use correct::{Act, Corrected, Correction, Description, Refused, correct};
pub use days::{DayRefused, mark_day, unmark_day};
pub use people::{PeopleChange, resolve_people};
pub use publish::{ScheduleRefused, publish, publish_drafts, remove_sample, schedule};
pub use redact::{Order, Plan, Redacted, RedactionRefused, Stretch, plan as plan_redaction, redact};
pub use rights::{RightsWanted, set_label_attribution, set_rights};
