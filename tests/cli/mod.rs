//! The binary as people use it: each story has a data directory with a private PostgreSQL of its own.

mod acknowledged;
mod analyse;
mod analyse_answers;
mod analyse_quotations;
mod analyse_transcript;
mod citations;
mod coding;
mod download;
mod editors;
mod embargo;
mod examples;
mod export;
mod fiction;
mod hostile;
mod http;
mod import;
mod index;
mod kills;
mod malformed;
mod program;
mod report;
mod schema;
mod start;
mod verify;
mod world;
