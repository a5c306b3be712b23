//! The archive in formats that people take away: citations, and pictures of quotations.
//!
//! Invariant: pure. What goes out depends on the values that come in and on nothing else: no clock, no file, no
//! database.

pub mod card;
pub mod citation;
mod shorten;

pub use shorten::shorten;
