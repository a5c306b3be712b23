//! The only SQL: free functions on a connection, one file per family of tables.
//!
//! Invariant: nothing outside this module speaks SQL, and nothing in here decides anything.

pub mod briefings;
pub mod directory;
pub mod drafts;
pub mod feed;
pub mod people;
pub mod schema;
pub mod series;
pub mod sessions;
pub mod sources;
pub mod speakers;
pub mod topics;
pub mod utterances;
pub mod waiting;

pub use sqlx::{PgConnection as Connection, PgPool as Pool, Postgres, Transaction};

/// What can go wrong between us and the database.
pub use sqlx::Error;

/// A transaction that sees one state of the archive throughout.
pub async fn snapshot(pool: &Pool) -> Result<Transaction<'static, Postgres>, Error> {
    pool.begin_with("begin isolation level repeatable read read only").await
}
