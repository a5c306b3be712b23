//! One integration binary: stories about behaviour, mirrored on the addresses.

mod architecture;
mod corpora;
mod transcripts;
mod web;
mod world;
