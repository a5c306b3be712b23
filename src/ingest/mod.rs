//! The ingest module.

pub mod archive;
pub mod child;
pub mod fetch;

pub mod sidecar;
pub mod walk;
