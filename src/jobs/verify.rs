//! Verifying the record: every hash computed again, and the first thing named that does not match.

use serde_json::Value;

use crate::domain::Facts;
use crate::domain::chain::{self, AuditFacts};
use crate::store::verification::{self, Chain, Revision};
use crate::store::{self, Connection, record};

/// Rows read at a time.
const SOME: i64 = 500;

/// How much was verified, and what does not match.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Verified {
    /// Sources whose bytes have their SHA-256.
    pub sources: u64,
    /// Revisions in chains that hold.
    pub revisions: u64,
    /// Utterances with their hash.
    pub utterances: u64,
    /// Entries of the audit log in a chain that holds.
    pub audit_entries: u64,
    /// The hash of the last of these.
    pub audit_head: String,
    /// The first thing that does not match.
    pub mismatch: Option<String>,
}

/// Verifies everything as it is at one moment: `conn` should be in a snapshot.
pub async fn verify(conn: &mut Connection) -> Result<Verified, store::Error> {
    let mut done = Verified::default();
    done.mismatch = sources(conn, &mut done).await?;
    if done.mismatch.is_none() {
        done.mismatch = chains(conn, &mut done).await?;
    }
    if done.mismatch.is_none() {
        done.mismatch = audit(conn, &mut done).await?;
    }
    Ok(done)
}

async fn sources(conn: &mut Connection, done: &mut Verified) -> Result<Option<String>, store::Error> {
    let mut last = 0;
    while let Some(source) = verification::source_after(conn, last).await? {
        last = source.id;
        if chain::sha256(&[&source.bytes]).as_slice() != source.sha256 {
            return Ok(Some(format!(
                "source {last}: its bytes do not have the SHA-256 {}",
                hex::encode(&source.sha256)
            )));
        }
        done.sources += 1;
    }
    Ok(None)
}

async fn chains(conn: &mut Connection, done: &mut Verified) -> Result<Option<String>, store::Error> {
    let mut last = 0;
    loop {
        let some = verification::chains_after(conn, last, SOME).await?;
        let Some(end) = some.last() else { return Ok(None) };
        last = end.id;
        for one in &some {
            let mismatch = transcript(conn, one, done).await?;
            if mismatch.is_some() {
                return Ok(mismatch);
            }
        }
    }
}

async fn transcript(conn: &mut Connection, one: &Chain, done: &mut Verified) -> Result<Option<String>, store::Error> {
    let slug = &one.slug;
    let mut before = one.source_sha256.clone();
    let mut number = 0;
    for revision in verification::revisions(conn, one.id).await? {
        number += 1;
        if revision.of_main && revision.facts.number > number {
            // Revisions of another transcript lie between.
            number = revision.facts.number;
        }
        if revision.facts.number != number {
            return Ok(Some(format!("{slug}: revision {number} is missing")));
        }
        if !names_its_source(&revision) {
            return Ok(Some(format!("{slug}: revision {number} names another source")));
        }
        let mut hashes = Vec::new();
        for (place, utterance) in verification::utterances(conn, revision.id).await?.into_iter().enumerate() {
            let named = utterance.facts.number.map_or_else(|| format!("at {place}"), |number| number.to_string());
            if utterance.position != place as i32 {
                return Ok(Some(format!("{slug}, revision {number}: utterance {named} is not in its place")));
            }
            if chain::utterance(&utterance.facts).as_slice() != utterance.hash {
                return Ok(Some(format!("{slug}, revision {number}: utterance {named} is not what was hashed")));
            }
            hashes.extend(utterance.hash);
            done.utterances += 1;
        }
        if chain::revision(&before, &revision.facts, &hashes).as_slice() != revision.hash {
            return Ok(Some(format!("{slug}: revision {number} does not follow from what stands before and in it")));
        }
        before = revision.hash;
        done.revisions += 1;
    }
    Ok((one.present != Some(number)).then(|| format!("{slug}: the revision that is shown is not the last, {number}")))
}

async fn audit(conn: &mut Connection, done: &mut Verified) -> Result<Option<String>, store::Error> {
    let mut before = chain::audit_start().to_vec();
    let mut last = 0;
    loop {
        let some = verification::audit_after(conn, last, SOME).await?;
        if some.is_empty() {
            break;
        }
        for (facts, hash) in some {
            last += 1;
            if facts.number != last {
                return Ok(Some(format!("audit log: entry {last} is missing")));
            }
            if chain::audit(&before, &facts).as_slice() != hash {
                return Ok(Some(format!("audit log: entry {last} does not follow from what stands before and in it")));
            }
            if let Some(mismatch) = names_its_revision(conn, &facts).await? {
                return Ok(Some(mismatch));
            }
            before = hash;
            done.audit_entries += 1;
        }
    }
    let head = record::audit_head(conn).await?;
    done.audit_head = hex::encode(&before);
    Ok((head.hash != before || head.length != last)
        .then(|| format!("audit log: it ends with entry {last}, but {} were written: the end is missing", head.length)))
}

/// Whether what was hashed names the source that the row leads to.
fn names_its_source(revision: &Revision) -> bool {
    let facts: Facts = serde_json::from_str(&revision.facts.facts).unwrap_or_default();
    facts.source == revision.source
}

/// What an entry about a correction names and what is not that, if so.
async fn names_its_revision(conn: &mut Connection, entry: &AuditFacts) -> Result<Option<String>, store::Error> {
    let refs: Value = serde_json::from_str(&entry.refs).unwrap_or_default();
    let number = |name: &str| refs.get(name).and_then(Value::as_i64);
    let Some(hash) = refs.get("hash").and_then(Value::as_str) else { return Ok(None) };
    let Some((briefing, revision)) = number("briefing").zip(number("revision")) else { return Ok(None) };
    let hash = hex::decode(hash).unwrap_or_default();
    Ok((!verification::has_revision(conn, briefing, revision as i32, &hash).await?)
        .then(|| format!("audit log: entry {} names another revision {revision} of briefing {briefing}", entry.number)))
}
