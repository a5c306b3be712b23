//! Finding: the query language and the full-text index.
//!
//! Invariant: the index answers *which* utterances match, never what they say. It is derived from the database,
//! disposable, and knows up to which position of the feed it is complete.
