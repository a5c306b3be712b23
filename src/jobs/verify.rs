//! Verifying the record: every hash computed again, and the first thing named that does not match.

use std::collections::HashSet;

use serde_json::Value;

use crate::domain::chain::{self, AuditFacts};
use crate::domain::{Facts, RedactionId};
use crate::store::verification::{self, Chain, Revision, Utterance};
use crate::store::{self, Connection, record, redactions};

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
    /// Utterances and sources that were destroyed by a redaction on record.
    pub redacted: u64,
    /// Entries of the audit log in a chain that holds.
    pub audit_entries: u64,
    /// The hash of the last of these.
    pub audit_head: String,
    /// The first thing that does not match.
    pub mismatch: Option<String>,
}

/// Redactions that the audit log knows: only what one of these covers may be missing.
type OnRecord = HashSet<i64>;

/// Verifies everything as it is at one moment: `conn` should be in a snapshot.
pub async fn verify(conn: &mut Connection) -> Result<Verified, store::Error> {
    let mut done = Verified::default();
    let (on_record, mismatch) = redacted(conn).await?;
    if mismatch.is_some() {
        return Ok(Verified { mismatch, ..done });
    }
    done.mismatch = sources(conn, &on_record, &mut done).await?;
    if done.mismatch.is_none() {
        done.mismatch = chains(conn, &on_record, &mut done).await?;
    }
    if done.mismatch.is_none() {
        done.mismatch = audit(conn, &mut done).await?;
    }
    Ok(done)
}

/// The redactions on record, and the first that covers other things than the audit log says.
async fn redacted(conn: &mut Connection) -> Result<(OnRecord, Option<String>), store::Error> {
    let mut on_record = OnRecord::new();
    for (entry, refs) in verification::redactions(conn).await? {
        let Some(redaction) = refs.get("redaction").and_then(Value::as_i64) else { continue };
        let hashes = redactions::covered(conn, RedactionId(redaction)).await?;
        if refs.get("covers").and_then(Value::as_str) != Some(&hex::encode(chain::covered(&hashes))) {
            let mismatch = format!("audit log: redaction {redaction} covers other things than entry {entry} says");
            return Ok((on_record, Some(mismatch)));
        }
        on_record.insert(redaction);
    }
    Ok((on_record, None))
}

async fn sources(
    conn: &mut Connection,
    on_record: &OnRecord,
    done: &mut Verified,
) -> Result<Option<String>, store::Error> {
    let mut last = 0;
    while let Some(source) = verification::source_after(conn, last).await? {
        last = source.id;
        if let Some(redaction) = source.redaction {
            if !on_record.contains(&redaction) || !source.bytes.is_empty() {
                return Ok(Some(format!("source {last}: no redaction on record covers that it was withheld")));
            }
            done.redacted += 1;
            continue;
        }
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

async fn chains(
    conn: &mut Connection,
    on_record: &OnRecord,
    done: &mut Verified,
) -> Result<Option<String>, store::Error> {
    let mut last = 0;
    loop {
        let some = verification::chains_after(conn, last, SOME).await?;
        let Some(end) = some.last() else { return Ok(None) };
        last = end.id;
        for one in &some {
            let mismatch = transcript(conn, one, on_record, done).await?;
            if mismatch.is_some() {
                return Ok(mismatch);
            }
        }
    }
}

async fn transcript(
    conn: &mut Connection,
    one: &Chain,
    on_record: &OnRecord,
    done: &mut Verified,
) -> Result<Option<String>, store::Error> {
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
            if utterance.redaction.is_some() {
                if !is_gone(&utterance, on_record) {
                    return Ok(Some(format!(
                        "{slug}, revision {number}: no redaction on record covers what is gone of utterance {named}"
                    )));
                }
                done.redacted += 1;
            } else if chain::utterance(&utterance.facts).as_slice() != utterance.hash {
                return Ok(Some(format!("{slug}, revision {number}: utterance {named} is not what was hashed")));
            }
            hashes.extend(utterance.hash);
            done.utterances += 1;
        }
        if !follows(&before, &revision, &hashes, on_record) {
            return Ok(Some(format!("{slug}: revision {number} does not follow from what stands before and in it")));
        }
        before = revision.hash;
        done.revisions += 1;
    }
    Ok((one.present != Some(number)).then(|| format!("{slug}: the revision that is shown is not the last, {number}")))
}

/// Whether nothing is left of an utterance, and a redaction on record says so.
fn is_gone(utterance: &Utterance, on_record: &OnRecord) -> bool {
    let facts = &utterance.facts;
    let nothing = facts.text.is_empty() && facts.marks.is_none() && facts.asked_by.is_none() && facts.salt.is_empty();
    nothing && utterance.redaction.is_some_and(|redaction| on_record.contains(&redaction))
}

/// Whether the hash of a revision is what it must be after the one before, with these utterances.
fn follows(before: &[u8], revision: &Revision, utterances: &[u8], on_record: &OnRecord) -> bool {
    let facts = &revision.facts;
    let hash = match (revision.redaction, &revision.words_hash) {
        (None, None) => chain::revision(before, facts, utterances),
        (Some(redaction), Some(words)) if on_record.contains(&redaction) => {
            let left = serde_json::from_str::<Value>(&facts.facts).ok();
            let nothing =
                facts.actor.is_empty() && facts.reason.is_empty() && left == Some(serde_json::json!(Facts::default()));
            if !nothing {
                return false;
            }
            chain::revision_over(before, facts, words, utterances)
        }
        _ => return false,
    };
    hash.as_slice() == revision.hash
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
    // What a redaction destroyed names nothing any more.
    revision.redaction.is_some() || facts.source == revision.source
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
