//! Whether words were said as they are quoted: a quotation beside passages of the record.
//!
//! Two texts are compared word by word (`words`, `align`), what differs is named (`differences`), and what all passages
//! together say about the quotation is the verdict ([`judge`]).

mod align;
mod article;
mod chain;
mod cues;
mod differences;
mod irregular;
mod laid;
mod loose;
mod loosely;
mod numbers;
mod reported;
mod splice;
mod stutter;
mod verdict;
mod words;

pub use article::{InMarks, quotations, unwrapped};
pub use differences::{Difference, Warning};
pub use reported::Reported;
pub use verdict::{Finding, Passage, Place, Verdict, Voice, judge};

#[cfg(test)]
mod tests;
