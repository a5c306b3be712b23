//! Reading what was hashed, and the hashes, for whoever computes them again.

use serde_json::Value;

use super::{Connection, Error};
use crate::domain::chain::{AuditFacts, RevisionFacts, UtteranceFacts};

/// Bytes as received and what they were said to be.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its row.
    pub id: i64,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256 on record.
    pub sha256: Vec<u8>,
    /// The redaction that destroyed them, if one did.
    pub redaction: Option<i64>,
}

/// The next source after a row.
pub async fn source_after(conn: &mut Connection, id: i64) -> Result<Option<Source>, Error> {
    sqlx::query_as!(
        Source,
        "select id, bytes, sha256, redaction_id as redaction from source where id > $1 order by id limit 1",
        id
    )
    .fetch_optional(conn)
    .await
}

/// A transcript whose revisions are a chain.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Its row.
    pub id: i64,
    /// The address of its briefing.
    pub slug: String,
    /// SHA-256 of its source: the beginning of the chain.
    pub source_sha256: Vec<u8>,
    /// The number of the revision that is shown.
    pub present: Option<i32>,
}

/// Some transcripts after a row.
pub async fn chains_after(conn: &mut Connection, id: i64, limit: i64) -> Result<Vec<Chain>, Error> {
    sqlx::query_as!(
        Chain,
        r#"select t.id, b.slug, s.sha256 as source_sha256, r.number as "present?"
           from transcript t join briefing b on b.id = t.briefing_id join source s on s.id = t.source_id
             left join revision r on r.id = t.revision_id
           where t.id > $1 order by t.id limit $2"#,
        id,
        limit
    )
    .fetch_all(conn)
    .await
}

/// A revision and its hash on record.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its row.
    pub id: i64,
    /// What was hashed.
    pub facts: RevisionFacts,
    /// The hash on record.
    pub hash: Vec<u8>,
    /// It was the main text of its briefing: its number may leave out those of other transcripts.
    pub of_main: bool,
    /// SHA-256 of the bytes it was read from, in hexadecimal, if others than those before.
    pub source: Option<String>,
    /// The redaction that destroyed its own words, if one did.
    pub redaction: Option<i64>,
    /// What its hash holds of these words then.
    pub words_hash: Option<Vec<u8>>,
}

/// The revisions of a transcript, oldest first.
pub async fn revisions(conn: &mut Connection, transcript: i64) -> Result<Vec<Revision>, Error> {
    let rows = sqlx::query!(
        r#"select id, salt, number, kind, (extract(epoch from created_at) * 1000000)::bigint as "created_at!",
                  account_id, actor, reason, facts::text as "facts!", hash, of_main, redaction_id, words_hash,
                  (select encode(s.sha256, 'hex') from source s where s.id = source_id) as source
           from revision where transcript_id = $1 order by number"#,
        transcript
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Revision {
            id: r.id,
            facts: RevisionFacts {
                salt: r.salt.unwrap_or_default(),
                number: r.number,
                kind: r.kind,
                created_at: r.created_at,
                account: r.account_id,
                actor: r.actor,
                reason: r.reason,
                facts: r.facts,
            },
            hash: r.hash,
            of_main: r.of_main,
            source: r.source,
            redaction: r.redaction_id,
            words_hash: r.words_hash,
        })
        .collect())
}

/// An utterance and its hash on record.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// Its place in the text.
    pub position: i32,
    /// What was hashed.
    pub facts: UtteranceFacts,
    /// The hash on record.
    pub hash: Vec<u8>,
    /// The redaction that destroyed it, if one did.
    pub redaction: Option<i64>,
}

/// The utterances of a revision, in order.
pub async fn utterances(conn: &mut Connection, revision: i64) -> Result<Vec<Utterance>, Error> {
    let rows = sqlx::query!(
        r#"select u.position, u.salt, u.number, u.kind, l.label as "label?", u.goes_on, u.text, u.marks::text as marks,
                  u.asked_by::text as asked_by, u.starts_at_ms, u.hash, u.redaction_id
           from utterance u left join transcript_label l on l.id = u.label_id
           where u.revision_id = $1 order by u.position"#,
        revision
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Utterance {
            position: r.position,
            facts: UtteranceFacts {
                salt: r.salt.unwrap_or_default(),
                number: r.number,
                kind: r.kind,
                label: r.label,
                goes_on: r.goes_on,
                text: r.text,
                marks: r.marks,
                asked_by: r.asked_by,
                starts_at_ms: r.starts_at_ms,
            },
            hash: r.hash,
            redaction: r.redaction_id,
        })
        .collect())
}

/// Some entries of the audit log after one, each with its hash on record.
pub async fn audit_after(conn: &mut Connection, id: i64, limit: i64) -> Result<Vec<(AuditFacts, Vec<u8>)>, Error> {
    let rows = sqlx::query!(
        r#"select id, position, (extract(epoch from at) * 1000000)::bigint as "at!", account_id, act,
                  refs::text as "refs!", hash
           from audit_entry where id > $1 order by id limit $2"#,
        id,
        limit
    )
    .fetch_all(conn)
    .await?;
    let facts = rows.into_iter().map(|r| {
        let facts = AuditFacts {
            number: r.id,
            position: r.position,
            at: r.at,
            account: r.account_id,
            act: r.act,
            refs: r.refs,
        };
        (facts, r.hash)
    });
    Ok(facts.collect())
}

/// Whether a revision of a briefing has this number and hash. A draft may have become a transcript of another briefing.
pub async fn has_revision(conn: &mut Connection, briefing: i64, number: i32, hash: &[u8]) -> Result<bool, Error> {
    let here = sqlx::query_scalar!(
        r#"select exists (select from transcript t join revision r on r.transcript_id = t.id
                          where t.briefing_id = $1 and r.number = $2 and r.hash = $3) as "here!""#,
        briefing,
        number,
        hash
    );
    if here.fetch_one(&mut *conn).await? {
        return Ok(true);
    }
    sqlx::query_scalar!(
        r#"select not exists (select from briefing where id = $1)
                  and exists (select from revision where number = $2 and hash = $3) as "elsewhere!""#,
        briefing,
        number,
        hash
    )
    .fetch_one(conn)
    .await
}

/// The references of every entry of the audit log about a redaction, each with the number of its entry.
pub async fn redactions(conn: &mut Connection) -> Result<Vec<(i64, Value)>, Error> {
    let rows = sqlx::query!(r#"select id, refs as "refs: Value" from audit_entry where act = 'redact' order by id"#)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.refs)).collect())
}
