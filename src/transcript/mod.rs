//! Reading: bytes in, [`Parsed`] out.
//!
//! Invariants: pure (no I/O, no clock, no ids, nothing of ours imported); never panics and never fails, what cannot be
//! understood is a diagnostic; no word is lost: every token of the source text is in a label or in the text of a
//! segment, in the same order.
//!
//! The way: [`detect`] recognises and decodes, a reader in [`format`] yields [`blocks`], [`document`] lays them end to
//! end, [`evidence`] decides which words are labels, [`turns`] splits, [`prose`] normalises, [`read`] puts it together.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)
)]

mod asked;
pub mod blocks;
pub mod coverage;
pub mod dates;
pub mod detect;
pub mod diagnostic;
pub mod document;
mod embargo;
mod event;
mod evidence;
pub mod format;
mod head;
mod head_words;
mod inline;
mod kind;
mod label_words;
mod labels;
mod marks;
pub mod model;
mod prose;
mod read;
#[cfg(test)]
mod tests;
mod times;
mod turns;

pub use diagnostic::{Diagnostic, Severity};
pub use model::{Input, Parsed};
pub use read::parse;
