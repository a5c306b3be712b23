//! Named writes: each is one transaction's worth of statements that belong together.
//!
//! Invariant: what readers can find changes only here, and every such change takes the next position of the feed.

mod adopt;
mod analyse;
mod batch;
mod check;
mod claims;
mod correct;
mod days;
mod decided;
mod draft;
mod follow_ups;
mod people;
mod problems;
mod publish;
mod redact;
mod review;
mod rights;
mod same_event;
mod settle;
mod threads;
mod topics;

pub use adopt::{adopt, decline, fetch_again, preview, propose};
pub use analyse::{Reading, keep_analyses, to_analyse};
pub use batch::withdraw_batch;
pub use check::check;
pub use claims::{
    ClaimRefused, ClaimWord, ReviewWanted, decide_claim, link_claims, review_claim, take_back_review, unlink_claims,
};
pub use correct::{Act, Corrected, Correction, Description, Refused, correct};
pub use days::{DayRefused, mark_day, unmark_day};
pub use draft::{NotSaved, save_draft};
pub use follow_ups::{OpenPromises, REACH as RESOLUTIONS_REACH, open_promises, suggest_resolutions};
pub use people::{
    PeopleChange, SpeakerRefused, SpeakerWord, Split, merge_speakers, part_speakers, resolve_people, say_of_speaker,
    split_speaker, undo_speaker_act, unpart_speakers,
};
pub use problems::{
    LONGEST, Mistake, ProblemAct, ProblemRefused, Settlement, Told, act_on_problem, note_problem, stands, touching,
};
pub use publish::{ScheduleRefused, publish, publish_drafts, remove_sample, schedule};
pub use redact::{Order, Plan, Redacted, RedactionRefused, Stretch, plan as plan_redaction, redact};
pub use review::{
    ExchangeWord, FollowUpWord, ResolutionWord, ReviewWord, Reviewed, decide_exchange, decide_follow_up,
    decide_resolution, review,
};
pub use rights::{RightsWanted, set_label_attribution, set_rights};
pub use same_event::{Choice, ChoiceRefused, choose, make_main};
pub use settle::{
    Word, correct_for_series, create_speaker, settle_doubt, settle_for_series, settle_for_their_series, settle_labels,
    unsettle_for_series,
};
pub use threads::thread_questions;
pub use topics::{
    TopicRefused, TopicTerms, add_topic, remove_topic, rename_topic, set_terms, set_topic_kind, tag_anew, term, terms,
    terms_if, topics_of,
};
