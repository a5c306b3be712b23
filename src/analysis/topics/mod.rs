//! What a passage is about: countries, organisations and issues, from a gazetteer and from the terms of editors.
//!
//! What counts as speaking of a country is decided once, here:
//! - Its name, its adjective, its people, and its capital or seat of government standing for the government ("Moscow",
//!   "the Kremlin"). A capital that is also a common place or name needs company in the same passage (`company.tsv`).
//! - "Washington" is never a topic: it is a city, a state, a president or one's own government. One's own country is no
//!   topic either: at the White House "American" says nothing ([`Context::home`]). "Brussels" means two organisations and a
//!   country, so it means none of them.
//! - Georgia is the country only beside Tbilisi, Russia, the Caucasus and the like, and never beside Atlanta or Warnock; Chad,
//!   Niger, Mali and Guinea need Africa or a neighbour beside them; Turkey is none at Thanksgiving.
//! - A name of a country after a given name or a form of address ("Vernon Jordan", "Mr. Monaco") is a person's, before another
//!   capital it may be ("Chad Arrowood"); once a passage has such a person, the bare name means the person there.
//! - "Congo" is the Democratic Republic unless Brazzaville is named; "Korea" alone is neither; "Dominican" is the Dominican
//!   Republic; the Guineas are four.
//! - Phrases that contain a name and mean something else are known as such (`nothing.txt`): "New Mexico", "Korean War",
//!   "American Indian", "Mexican-American". The Paris Agreement is climate, East Palestine lies in Ohio.
//! - A place before the name of an American state is in that state: "Lebanon, Pennsylvania".
//! - Capitals in a term must be capitals in the text ("china", "turkey", "who" and "us" are words), small letters may be
//!   either; accents and the shape of apostrophes make no difference.

mod gazetteer;
mod matching;
pub mod terms;
mod traps;

pub use gazetteer::{Topic, all};
pub use matching::{Context, TopicSpan, home_of, tag};
pub use terms::{Tagged, Term, TermLanguage, Terms};

#[cfg(test)]
mod tests;
