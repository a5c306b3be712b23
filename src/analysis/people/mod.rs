//! Labels become people.

mod alike;
mod beside;
mod doubles;
mod evidence;
mod label;
mod mention;
mod name;
mod office;
mod resolve;
mod role;
mod tokens;
mod words;

pub use alike::{Likeness, likeness};
pub use doubles::{Double, Somebody, doubles};
pub use evidence::{Evidence, LabelSeen, Mention, OfficeSeen, Place, SurnameSeen, TitledSeen, evidence};
pub use resolve::{
    Decision, Known, KnownSpeaker, LabelMeaning, Meaning, Person, PersonLink, Resolution, TranscriptEvidence, resolve,
};
pub use role::role_of;

/// "Mr. Vale": a form of address and a surname, or a surname alone.
fn is_surname_only(name: &str) -> bool {
    resolve::is_surname_only(name)
}

/// Whether a word is a known given name.
pub(super) fn is_given_name(word: &str) -> bool {
    words::is_given(&words::fold(word))
}

/// Whether a word can be part of an office.
pub(super) fn is_office_word(word: &str) -> bool {
    words::office_word(&words::fold(word)).is_some()
}

/// Whether a given name goes with “he” (true) or “she” (false), where it tells.
pub(super) fn is_he(name: &str) -> Option<bool> {
    words::gender_of(&words::fold(name)).map(|gender| gender == words::Gender::He)
}

/// Whether two given names can be the same person's: “Joe” and “Joseph”.
pub(super) fn is_same_given_name(a: &str, b: &str) -> bool {
    words::same_given(&words::fold(a), &words::fold(b))
}
