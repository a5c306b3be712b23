//! Work that outlives a request.
//!
//! Invariant: every job can be killed at any moment.
