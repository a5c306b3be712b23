//! Named writes: each is one transaction's worth of statements that belong together.
//!
//! Invariant: what readers can find changes only here, and every such change takes the next position of the feed.

mod batch;
mod correct;
mod days;
mod people;
mod publish;
mod topics;

pub use batch::{settle_label, withdraw_batch};
pub use correct::{Act, Corrected, Correction, Description, Refused, correct};
pub use days::{DayRefused, mark_day, unmark_day};
pub use people::{
    PeopleChange, SpeakerRefused, SpeakerWord, Split, merge_speakers, resolve_people, say_of_speaker, split_speaker,
    undo_speaker_act,
};
pub use publish::{ScheduleRefused, publish, publish_drafts, remove_sample, schedule};
pub use topics::{
    TopicRefused, TopicTerms, add_topic, remove_topic, rename_topic, set_terms, tag_anew, term, terms, terms_if,
    topics_of,
};
