//! Finding: the query language and the full-text index.
//!
//! Invariant: the index answers *which* utterances match, never what they say. It is derived from the database,
//! disposable, and knows up to which position of the feed it is complete.

mod index;
pub mod language;
mod plain;
pub mod snippet;
pub mod spelling;
pub mod stem;
pub mod tokens;

pub use index::{
    Access, Answer, Bucket, Candidates, Facets, Filters, Hit, Index, IndexError, MAX_RANKED, Query, Rebuild, Sort,
    Sought, VERSION, Words,
};
pub use plain::matches;
pub use stem::Language;
