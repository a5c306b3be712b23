//! The only SQL: free functions on a connection, one file per family of tables.
//!
//! Invariant: nothing outside this module speaks SQL, and nothing in here decides anything.

pub mod accounts;
pub mod analyses;
pub mod anniversaries;
pub mod answers;
pub mod audit;
pub mod batches;
pub mod briefings;
pub mod claim_desk;
pub mod claims;
pub mod coding;
pub mod coverage;
pub mod directory;
pub mod drafts;
pub mod editing;
pub mod exchanges;
pub mod feed;
pub mod follow_ups;
pub mod identities;
pub mod labels;
pub mod outbox;
pub mod passages;
pub mod people;
pub mod problems;
pub mod proposals;
pub mod publication;
pub mod quotations;
pub mod record;
pub mod redactions;
pub mod refetches;
pub mod resolutions;
pub mod review;
pub mod review_items;
pub mod review_queue;
pub mod revisions;
pub mod rights;
pub mod same_event;
pub mod schema;
pub mod series;
pub mod sessions;
pub mod sign_in;
pub mod sources;
pub mod speaker_acts;
pub mod speaker_desk;
pub mod speaker_words;
pub mod speakers;
pub mod suggestions;
pub mod threads;
pub mod tokens;
pub mod topics;
pub mod transcripts;
pub mod utterances;
pub mod verification;
pub mod waiting;

pub use sqlx::{PgConnection as Connection, PgPool as Pool, Postgres, Transaction};

/// What can go wrong between us and the database.
pub use sqlx::Error;

/// A transaction that sees one state of the archive throughout.
pub async fn snapshot(pool: &Pool) -> Result<Transaction<'static, Postgres>, Error> {
    pool.begin_with("begin isolation level repeatable read read only").await
}

/// Whether a transaction failed only because of another one at the same time, so that trying again helps.
pub fn collided(error: &Error) -> bool {
    const DEADLOCK: &str = "40P01";
    const NOT_SERIALIZABLE: &str = "40001";
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some(DEADLOCK | NOT_SERIALIZABLE))
}

/// Lets the end of a transaction not wait for the disk. What comes after it and does wait makes it durable too.
pub async fn commit_without_waiting(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("set local synchronous_commit = off").execute(conn).await.map(drop)
}
