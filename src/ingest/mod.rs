//! From an address or a file to a draft: fetch, read in a limited child, plan, apply.
//!
//! Invariant: bytes from outside are only ever read in the child, and nothing is written but by `apply`.

pub mod apply;
pub mod archive;
mod attribution;
pub mod child;
pub mod fetch;
pub mod plan;
pub mod same_event;
pub mod sidecar;
pub mod walk;
