//! The export module.
