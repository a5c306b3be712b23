//! What travels between the pool and its children: lengths of four bytes, a header in JSON, raw bytes.

use serde::{Deserialize, Serialize};

/// The first bytes a worker sends. What comes before them is skipped, so that a greeting of some wrapper does no harm,
/// and a program that never sends them is told from a worker.
pub(super) const HELLO: [u8; 8] = *b"\0onrec1\n";

/// The longest answer. JSON of 48 MB is more than a hundred hours of speech.
pub(super) const MAX_ANSWER_BYTES: usize = 48 * 1024 * 1024;

/// What a worker is told before the bytes of a source.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// The name of the source, if it has one.
    pub(super) name: Option<String>,
    /// Processor seconds this job may take; the pool's own clock usually strikes first.
    pub(super) seconds: u64,
    /// Memory the process may have, in bytes.
    pub(super) memory: u64,
}

/// The bytes that go before the source itself.
pub(super) fn opening(header: &Header, source: &[u8]) -> Vec<u8> {
    let json = serde_json::to_vec(header).unwrap_or_default();
    let mut bytes = Vec::with_capacity(json.len() + 8);
    bytes.extend_from_slice(&length(&json));
    bytes.extend_from_slice(&json);
    bytes.extend_from_slice(&length(source));
    bytes
}

/// The length of what follows, as it is sent. Nothing sent is longer than four bytes can say.
pub(super) fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}
