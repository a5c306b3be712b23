//! Named writes: each is one transaction's worth of statements that belong together.
//!
//! Invariant: what readers can find changes only here, and every such change takes the next position of the feed.

mod publish;

pub use publish::{publish, remove_sample};
