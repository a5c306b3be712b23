//! Work that outlives a request: following the feed into the index, resolving people when evidence has
//! changed, finding questions that are asked again and what keeps promises, reading what editors upload, publishing at
//! the time set, fetching sources again, sending mail, forgetting addresses, giving back the space of redacted words.
//!
//! Invariant: every job can be killed at any moment and goes on where it was; none of them is needed for the truth.

pub mod analyses;
pub mod embargo;
pub mod fingerprints;
pub mod follower;
pub mod forgetting;
pub mod mail;
pub mod people;
mod quiet;
pub mod refetch;
pub mod resolutions;
pub mod sweep;
pub mod threads;
pub mod topics;
pub mod uploads;
pub mod verify;
