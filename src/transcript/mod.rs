//! Reading: bytes in, [`Parsed`] out.
//!
//! Invariants: pure (no I/O, no clock, no ids, nothing of ours imported); never panics and never fails, what cannot be
//! understood is a diagnostic; no word is lost: every token of the source text is in a label or in the text of a
//! segment, in the same order.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)
)]

pub mod blocks;
pub mod detect;
pub mod diagnostic;
pub mod format;
pub mod model;

pub use diagnostic::{Diagnostic, Severity};
pub use model::{Input, Parsed};
