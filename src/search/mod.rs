//! The search module.
