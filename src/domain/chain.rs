//! The hashes of the record, byte by byte: how utterances, revisions and the audit log are chained.
//!
//! The database computes them when it writes (`utterance_hash`, `revision_hash`, `store::audit`); this computes them
//! again for whoever verifies, and is the description for whoever wants to do so without us. All text is UTF-8, numbers
//! are decimal, what is missing is nothing, and `\n` is one line feed. `marks`, `asked_by`, `facts` and `refs` are JSON
//! exactly as PostgreSQL writes it as text.

use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Hash = [u8; 32];

/// What the hash of an utterance covers. Its place is covered by the hash of its revision.
#[derive(Debug, Clone, PartialEq)]
pub struct UtteranceFacts {
    /// 16 random bytes.
    pub salt: Vec<u8>,
    /// The permanent number.
    pub number: Option<i32>,
    /// The kind, as a word.
    pub kind: String,
    /// The label as printed.
    pub label: Option<String>,
    /// The label is not printed here.
    pub goes_on: bool,
    /// The words.
    pub text: String,
    /// The marks.
    pub marks: Option<String>,
    /// The reporter named by the text.
    pub asked_by: Option<String>,
    /// Milliseconds from the beginning of the recording.
    pub starts_at_ms: Option<i64>,
}

/// What the hash of a revision covers beside its utterances.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionFacts {
    /// 16 random bytes.
    pub salt: Vec<u8>,
    /// Its number, from 1.
    pub number: i32,
    /// The kind, as a word.
    pub kind: String,
    /// Microseconds since 1970.
    pub created_at: i64,
    /// The account.
    pub account: Option<i64>,
    /// Who, by name.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// What it says of its briefing.
    pub facts: String,
}

/// What the hash of an entry of the audit log covers.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditFacts {
    /// Its number, from 1.
    pub number: i64,
    /// Position of the feed when it was done.
    pub position: i64,
    /// Microseconds since 1970.
    pub at: i64,
    /// The account.
    pub account: Option<i64>,
    /// What was done.
    pub act: String,
    /// What it was done to.
    pub refs: String,
}

/// SHA-256 of the salt, then, each ended by `\n`: number, kind, `true` or `false` (goes on), milliseconds, marks, who
/// asked, bytes of the label; then label and text.
pub fn utterance(facts: &UtteranceFacts) -> Hash {
    let label = facts.label.as_deref().unwrap_or_default();
    let head = format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        or_nothing(facts.number),
        facts.kind,
        facts.goes_on,
        or_nothing(facts.starts_at_ms),
        facts.marks.as_deref().unwrap_or_default(),
        facts.asked_by.as_deref().unwrap_or_default(),
        label.len()
    );
    sha256(&[&facts.salt, head.as_bytes(), label.as_bytes(), facts.text.as_bytes()])
}

/// SHA-256 of the hash before it (of the first: the SHA-256 of the source's bytes), then, each ended by `\n`: number,
/// kind, microseconds, account; then the SHA-256 of (salt; bytes of the actor, `\n`, actor; bytes of the reason, `\n`,
/// reason; facts); then the hashes of its utterances in order.
pub fn revision(before: &[u8], facts: &RevisionFacts, utterances: &[u8]) -> Hash {
    let RevisionFacts { actor, reason, .. } = facts;
    let words = format!("{}\n{actor}{}\n{reason}{}", actor.len(), reason.len(), facts.facts);
    revision_over(before, facts, &sha256(&[&facts.salt, words.as_bytes()]), utterances)
}

/// The same of a revision whose own words were redacted, from the SHA-256 that was kept of them.
pub fn revision_over(before: &[u8], facts: &RevisionFacts, words: &[u8], utterances: &[u8]) -> Hash {
    let head = format!("{}\n{}\n{}\n{}\n", facts.number, facts.kind, facts.created_at, or_nothing(facts.account));
    sha256(&[before, head.as_bytes(), words, utterances])
}

/// What the audit log says of a redaction: SHA-256 of the hashes of everything that it destroyed, each once and in order:
/// utterances, revisions whose own words are gone, sources.
pub fn covered(hashes: &[Vec<u8>]) -> Hash {
    sha256(&hashes.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// What stands before the first entry of the audit log.
pub fn audit_start() -> Hash {
    sha256(&[b"onrecord audit"])
}

/// SHA-256 of the hash before it, then, each ended by `\n`: number, position, microseconds, account, act, references.
pub fn audit(before: &[u8], facts: &AuditFacts) -> Hash {
    let entry = format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n",
        facts.number,
        facts.position,
        facts.at,
        or_nothing(facts.account),
        facts.act,
        facts.refs
    );
    sha256(&[before, entry.as_bytes()])
}

/// SHA-256 of these bytes, one after another.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

fn or_nothing(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
