//! Labels become people.

mod evidence;
mod label;
mod mention;
mod name;
mod office;
mod resolve;
mod words;

pub use evidence::{Evidence, LabelSeen, Mention, OfficeSeen, Place, TitledSeen, evidence};
pub use label::role_of;
pub use resolve::{
    Decision, Known, KnownSpeaker, LabelMeaning, Meaning, Person, PersonLink, Resolution, TranscriptEvidence, resolve,
};
