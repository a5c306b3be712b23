//! One integration binary: stories about behaviour, mirrored on the addresses.

mod architecture;
mod corpora;
mod sample;
mod transcripts;
mod web;
mod world;
