//! The ingest module.

pub mod child;
