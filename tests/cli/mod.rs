//! The binary as people use it: each story has a data directory with a private PostgreSQL of its own.

mod citations;
mod download;
mod editors;
mod embargo;
mod export;
mod fiction;
mod http;
mod import;
mod index;
mod kills;
mod malformed;
mod report;
mod start;
mod verify;
mod world;
