//! The ingest module.

pub mod apply;
pub mod archive;
pub mod child;
pub mod fetch;

pub mod plan;
pub mod sidecar;
pub mod walk;
