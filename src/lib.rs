//! Onrecord: a press briefing archive.

pub mod analysis;
pub mod auth;
pub mod cli;
pub mod config;
pub mod domain;
pub mod editorial;
pub mod export;
pub mod ingest;
pub mod jobs;
pub mod postgres;
pub mod search;
pub mod store;
pub mod telemetry;
pub mod transcript;
pub mod web;
