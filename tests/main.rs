//! One integration binary: stories about behaviour, mirrored on the addresses.
mod corpora;
mod transcripts;
