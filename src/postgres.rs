//! The postgres module.
