//! The editorial module.
