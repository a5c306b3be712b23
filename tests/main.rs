//! One integration binary: stories about behaviour, mirrored on the addresses.

mod architecture;
mod cli;
mod corpora;
mod figures;
mod readme;
mod record;
mod sample;
mod transcripts;
mod web;
mod world;
