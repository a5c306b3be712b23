//! What the text means: who a label names, what a passage is about, which series a briefing belongs to.
//!
//! Invariants: pure (no I/O, no clock, no ids made up); the outcome depends on the text and on what is already known, never
//! on the order in which texts arrive; nothing here decides, it suggests with a reason.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::indexing_slicing))]

pub mod agreement;
pub mod anchors;
pub mod answers;
pub mod claims;
pub mod comparison;
pub mod exchanges;
pub mod follow_ups;
pub mod likeness;
pub mod linear;
pub mod people;
pub mod quotations;
pub mod rarity;
pub mod reported;
pub mod resampling;
pub mod revisions;
pub mod sentences;
pub mod series;
pub mod suggestions;
pub mod topics;
pub mod trees;
