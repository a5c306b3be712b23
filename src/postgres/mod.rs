//! The postgres module.

pub mod download;
