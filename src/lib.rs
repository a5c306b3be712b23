//! Onrecord: a press briefing archive.
//!
//! It keeps transcripts of press briefings, works out who said what, and serves pages that people can search, cite and
//! trust. This is the map: what each module is, who may import whom, and three walkthroughs.
//!
//! # The rooms
//!
//! | module | what it is | may import |
//! |---|---|---|
//! | [`domain`] | the vocabulary as plain values: briefing, utterance, speaker, topic, slug, ids | nothing of ours |
//! | [`config`] | every setting, read once | nothing of ours |
//! | [`telemetry`] | logs and metrics | nothing of ours |
//! | [`postgres`] | finds or starts a private PostgreSQL when no database is given | nothing of ours |
//! | [`transcript`] | pure: bytes in, labels and text out; never fails, loses no word | nothing, not even `domain` |
//! | [`analysis`] | pure: what the text means: people, topics, claims, questions and what became of them, promises, quotations; quotations beside the record | `domain` |
//! | [`search`] | the query language and the full-text index: *which* utterances match | `domain` |
//! | [`export`] | pure: the archive in formats that people take away | `domain` |
//! | [`store`] | the only SQL: *what* the archive says | `domain` |
//! | [`auth`] | who is asking | `domain`, `store` |
//! | [`editorial`] | named writes, each one transaction: publish, correct, merge, settle a problem | `domain`, `analysis`, `store` |
//! | [`ingest`] | fetch, parse in a limited child, plan (pure), apply | `domain`, `transcript`, `analysis`, `store` |
//! | [`jobs`] | work that outlives a request: the index follower, reading uploads, publishing at a set time, fetching sources again, mail, giving back the space of redacted words | `domain`, `analysis`, `search`, `store`, `ingest`, `editorial` |
//! | [`web`] | routes, pages, the JSON interface | `domain`, `analysis`, `search`, `export`, `store`, `auth`, `editorial`, `ingest` |
//! | [`cli`] | one file per subcommand; puts the rooms together | everything; nobody imports `cli` |
//!
//! Some crates stay behind fences: `sqlx` in `store` (derives also in `domain`), `axum` and `askama` in `web`, `tantivy`
//! in `search`, `clap` in `cli` and `config`, `lettre` in `jobs`, `utoipa` in `web` (derives also in `domain`),
//! `openidconnect` in `auth`, the HTTP client in `ingest`, `jobs`, `auth` and `postgres`.
//! What is pure reads no file, no clock and no environment; time comes in as a parameter everywhere but in `cli`.
//! `tests/architecture.rs` reads the sources and fails when any of this stops being true.
//!
//! # A transcript comes in
//!
//! 1. `cli::import` walks what it was given ([`ingest::walk`]): files, folders, archives, addresses, and the sidecars
//!    (`index.jsonl`, `manifest.csv`) that describe them.
//! 2. The bytes go to a child process of our own binary with limits on time and memory ([`ingest::child`]). There
//!    [`transcript`] detects the format, extracts the source text and cuts it into segments: turns with their labels,
//!    headings, notes, paragraphs. What it cannot understand becomes a diagnostic, and no word is lost.
//! 3. [`ingest::plan`] decides, without touching anything, what the briefing will be: kind, title, date and where the
//!    date comes from, series. A preview and `import --dry-run` end here.
//! 4. [`ingest::apply`] writes the source and the draft in one transaction; the same bytes again are "unchanged".
//! 5. When the whole import is there, [`analysis`] resolves labels to people in date order, whatever the order of the
//!    files, and tags topics. [`editorial`] publishes: the last statement of each such transaction takes the next
//!    position of the feed.
//! 6. The follower in [`jobs`] reads the feed from the position that the index has applied, and [`search`] replaces the
//!    briefing in the index and stores the new position in the same commit. A crash anywhere resumes from there.
//!
//! # A reader asks
//!
//! 1. `/search?q=...` reaches [`web`], whose one table of routes names the handler.
//! 2. [`search`] reads the query; nonsense is repaired, and the page will say how it was read.
//! 3. The index answers *which*: the ids of twenty utterances, the total, the counts beside each filter.
//! 4. [`store`] answers *what*: their words, speakers, the office held then, the question before, in one round trip.
//! 5. The handler hands both to a template, which says it in HTML; the same answer goes out as JSON from
//!    `/api/v1/search`.
//!
//! # A quotation is checked
//!
//! 1. `/check` or `/api/v1/check` hands the words to [`search`], which knows the utterances that share their rarest words
//!    and stretches.
//! 2. [`store`] reads what stands there; [`analysis::comparison`] lays the quotation beside each, word by word, and judges:
//!    verbatim, altered, spliced, somebody else's, a question's, taken up, in other words, not held.
//! 3. [`web`] says it in sentences, with the turns around each passage and with what the archive holds at all.

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
