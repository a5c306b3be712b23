//! The only SQL: free functions on a connection, one file per family of tables.
//!
//! Invariant: nothing outside this module speaks SQL, and nothing in here decides anything.

pub mod schema;

pub use sqlx::{PgConnection as Connection, PgPool as Pool, Postgres, Transaction};

/// What can go wrong between us and the database.
pub use sqlx::Error;
