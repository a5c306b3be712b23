//! The binary as people use it: each story has a data directory with a private PostgreSQL of its own.

mod acknowledged;
mod analyse_quotations;
mod citations;
mod download;
mod editors;
mod embargo;
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
mod start;
mod verify;
mod world;
