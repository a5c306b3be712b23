//! The ingest module.

pub mod archive;
pub mod child;
pub mod sidecar;
pub mod walk;
