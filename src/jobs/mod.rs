//! The jobs module.
