//! One integration binary: stories about behaviour, mirrored on the addresses.

mod architecture;
mod cli;
mod corpora;
mod sample;
mod transcripts;
