//! The domain module.
