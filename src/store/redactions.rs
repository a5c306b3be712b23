//! Destroying words: in every revision of every transcript of a briefing, in its source, and in what was said about it.
//!
//! What is destroyed is emptied together with its salt; its hash stays, so that the chains still hold.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::types::Json;

use super::{Connection, Error};
use crate::domain::{BriefingId, Facts, ProposalId, RedactionId, RevisionId, RevisionKind, TranscriptId, UtteranceId};

/// An utterance of any revision of any transcript of a briefing.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its row.
    pub id: UtteranceId,
    /// Its permanent number.
    pub number: Option<i32>,
    /// That number is the briefing's, and not one that a text had before it came to the briefing.
    pub counted: bool,
    /// Of the main transcript.
    pub is_main: bool,
    /// In the revision that is shown.
    pub present: bool,
    /// The label as printed.
    pub label: Option<String>,
    /// The words.
    pub text: String,
    /// Its hash: the same words in another revision have the same.
    pub hash: Vec<u8>,
}

/// Every utterance of a briefing that is not redacted yet, in reading order, the revisions that are shown first.
pub async fn held(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Held>, Error> {
    sqlx::query_as!(
        Held,
        r#"select u.id as "id: UtteranceId", u.number, t.is_main, r.id = t.revision_id as "present!", l.label as "label?",
                  u.text, u.hash,
                  t.standing = 'shown' and (r.of_main or r.number >= (
                    select max(j.number) from revision j
                    where j.transcript_id = t.id and j.kind = 'metadata' and not j.of_main)) as "counted!"
           from transcript t join revision r on r.transcript_id = t.id join utterance u on u.revision_id = r.id
             left join transcript_label l on l.id = u.label_id
           where t.briefing_id = $1 and u.redaction_id is null
           order by t.is_main desc, r.id = t.revision_id desc, r.number, u.position"#,
        briefing.0
    )
    .fetch_all(conn)
    .await
}

/// Words about a briefing that may repeat words of it.
#[derive(Debug, Clone)]
pub struct Said {
    /// The revision.
    pub id: RevisionId,
    /// Why it was made.
    pub kind: RevisionKind,
    /// The same in the words of whoever made it.
    pub reason: String,
    /// What it says of the briefing.
    pub facts: Facts,
}

/// What was said with each revision of a briefing, where it is not redacted yet.
pub async fn said(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<Said>, Error> {
    let rows = sqlx::query!(
        r#"select r.id as "id: RevisionId", r.kind as "kind: RevisionKind", r.reason, r.facts as "facts: Json<Facts>"
           from transcript t join revision r on r.transcript_id = t.id
           where t.briefing_id = $1 and r.redaction_id is null order by r.id"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|r| Said { id: r.id, kind: r.kind, reason: r.reason, facts: r.facts.0 }).collect())
}

/// What the machine noted about each transcript of a briefing: diagnostics and evidence about people.
pub async fn noted(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<(TranscriptId, Value)>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: TranscriptId", evidence from transcript where briefing_id = $1 order by id"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.evidence)).collect())
}

/// Begins a redaction of a briefing.
pub async fn begin(conn: &mut Connection, briefing: BriefingId) -> Result<RedactionId, Error> {
    sqlx::query_scalar!(
        r#"insert into redaction (briefing_id, position) select $1, position from feed returning id as "id: RedactionId""#,
        briefing.0
    )
    .fetch_one(conn)
    .await
}

/// Destroys utterances.
pub async fn destroy(conn: &mut Connection, redaction: RedactionId, utterances: &[UtteranceId]) -> Result<(), Error> {
    sqlx::query!(
        "update utterance set text = '', marks = null, asked_by = null, topic_ids = '{}', salt = null, redaction_id = $1
         where id = any($2) and redaction_id is null",
        redaction.0,
        &utterances.iter().map(|id| id.0).collect::<Vec<_>>()
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Puts destroyed utterances under a label that names nobody, and removes labels that nothing carries any more.
pub async fn unlabel(conn: &mut Connection, redaction: RedactionId, label: &str) -> Result<(), Error> {
    sqlx::query!(
        "with of as (select distinct r.transcript_id from utterance u join revision r on r.id = u.revision_id
                     where u.redaction_id = $1 and u.label_id is not null),
              made as (insert into transcript_label (transcript_id, label, turns, role, origin)
                       select transcript_id, $2, 0, 'official', 'editor' from of
                       on conflict (transcript_id, label) do update set origin = 'editor' returning id, transcript_id)
         update utterance u set label_id = made.id
         from revision r join made on made.transcript_id = r.transcript_id
         where u.revision_id = r.id and u.redaction_id = $1 and u.label_id is not null",
        redaction.0,
        label
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from transcript_label l using transcript t, redaction x
         where t.id = l.transcript_id and t.briefing_id = x.briefing_id and x.id = $1
           and not exists (select from utterance u where u.label_id = l.id)",
        redaction.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Destroys what was said with revisions.
pub async fn silence(conn: &mut Connection, redaction: RedactionId, said: &[RevisionId]) -> Result<(), Error> {
    sqlx::query!(
        "update revision
         set words_hash = revision_words_hash(salt, actor, reason, facts), salt = null, redaction_id = $1, actor = '',
             reason = '', facts = $3
         where id = any($2) and redaction_id is null",
        redaction.0,
        &said.iter().map(|id| id.0).collect::<Vec<_>>(),
        serde_json::json!(Facts::default())
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Withholds the sources of a briefing: bytes and text are destroyed, the SHA-256 stays.
pub async fn withhold_sources(conn: &mut Connection, redaction: RedactionId, names_too: bool) -> Result<(), Error> {
    sqlx::query!(
        "update source s
         set bytes = '', source_text = '', redaction_id = coalesce(s.redaction_id, x.id),
             file_name = case when $2 then null else file_name end, url = case when $2 then null else url end
         from transcript t, redaction x where x.id = $1 and t.briefing_id = x.briefing_id and s.id = t.source_id",
        redaction.0,
        names_too
    )
    .execute(&mut *conn)
    .await?;
    // The same bytes may wait to be read once more, and what was uploaded may be described in their words.
    sqlx::query!(
        "update upload u set state = 'known', bytes = null, described = null
         from transcript t join source s on s.id = t.source_id, redaction x
         where x.id = $1 and t.briefing_id = x.briefing_id and u.state = 'waiting' and sha256(u.bytes) = s.sha256",
        redaction.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update upload u set described = null, name = case when $2 then 'redacted' else name end
         from redaction x where x.id = $1 and u.briefing_id = x.briefing_id",
        redaction.0,
        names_too
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update batch b set described = '{}'
         from upload u, redaction x where x.id = $1 and $2 and u.briefing_id = x.briefing_id and b.id = u.batch_id",
        redaction.0,
        names_too
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Newer versions of texts of a briefing that wait for an editor, or were decided with a reason.
pub async fn proposals(
    conn: &mut Connection,
    briefing: BriefingId,
) -> Result<Vec<(ProposalId, Option<String>)>, Error> {
    let rows = sqlx::query!(
        r#"select p.id as "id: ProposalId", p.reason from proposal p join transcript t on t.id = p.of_transcript_id
           where t.briefing_id = $1 and (p.decided_at is null or p.reason is not null) order by p.id"#,
        briefing.0
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.reason)).collect())
}

/// Declines a newer version, if it waits, and writes why.
pub async fn decline(conn: &mut Connection, id: ProposalId, reason: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "with decided as (update proposal set reason = $2, decided_at = coalesce(decided_at, $3) where id = $1
                          returning transcript_id)
         update transcript set standing = 'declined'
         where standing = 'proposed' and id in (select transcript_id from decided)",
        id.0,
        reason,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Forgets from where the texts of a briefing are fetched again, and their fingerprints, which are taken anew.
pub async fn forget_likeness(conn: &mut Connection, briefing: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "with of as (update transcript set fingerprinted = false where briefing_id = $1 returning id),
              told as (delete from fingerprint where transcript_id in (select id from of))
         delete from refetch where transcript_id in (select id from of)",
        briefing.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Destroys what readers wrote about a briefing, and what they were answered: both may repeat its words.
pub async fn silence_problems(conn: &mut Connection, redaction: RedactionId, instead: &str) -> Result<(), Error> {
    sqlx::query!(
        "update problem p set text = $2, reason = case when p.reason is not null then $2 end
         from revision r join transcript t on t.id = r.transcript_id, redaction x
         where x.id = $1 and t.briefing_id = x.briefing_id and r.id = p.revision_id",
        redaction.0,
        instead
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "update problem_reopened o set reason = $2, settled_reason = case when settled_reason is not null then $2 end
         from problem p join revision r on r.id = p.revision_id join transcript t on t.id = r.transcript_id, redaction x
         where x.id = $1 and t.briefing_id = x.briefing_id and o.problem_id = p.id",
        redaction.0,
        instead
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The labels that a transcript still has.
pub async fn labels(conn: &mut Connection, transcript: TranscriptId) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!("select label from transcript_label where transcript_id = $1", transcript.0)
        .fetch_all(conn)
        .await
}

/// Destroys what the machine noted about a transcript, except for this evidence.
pub async fn forget_notes(conn: &mut Connection, transcript: TranscriptId, evidence: &Value) -> Result<(), Error> {
    sqlx::query!("update transcript set diagnostics = '[]', evidence = $2 where id = $1", transcript.0, evidence)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("update transcript_label set reason = null where transcript_id = $1", transcript.0)
        .execute(conn)
        .await
        .map(drop)
}

/// Destroys the title, the address and the place of a briefing; returns the new address.
pub async fn rename(conn: &mut Connection, redaction: RedactionId, title: &str) -> Result<String, Error> {
    sqlx::query_scalar!(
        "update briefing b set title = $2, slug = 'redacted-' || x.id, place = null
         from redaction x where x.id = $1 and b.id = x.briefing_id returning b.slug",
        redaction.0,
        title
    )
    .fetch_one(conn)
    .await
}

/// Words of a briefing itself that editors or its head put there: what restricts it, and why it was withdrawn.
#[derive(Debug, Clone)]
pub struct Remarks {
    /// A line that restricts publication.
    pub embargo_text: Option<String>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
}

/// Reads them.
pub async fn remarks(conn: &mut Connection, briefing: BriefingId) -> Result<Remarks, Error> {
    sqlx::query_as!(Remarks, "select embargo_text, withdrawn_reason from briefing where id = $1", briefing.0)
        .fetch_one(conn)
        .await
}

/// Writes what is left of them.
pub async fn remark(conn: &mut Connection, briefing: BriefingId, left: &Remarks) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set embargo_text = $2, withdrawn_reason = $3 where id = $1",
        briefing.0,
        left.embargo_text,
        left.withdrawn_reason
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Ends a redaction with the revision that it made, and with the position at which an index has heard of it. The feed must
/// be held already, as an entry of the audit log does, and not be advanced yet.
pub async fn end(
    conn: &mut Connection,
    redaction: RedactionId,
    revision: RevisionId,
    advances: bool,
) -> Result<(), Error> {
    sqlx::query!(
        "update redaction set revision_id = $2, position = feed.position + $3::integer from feed where id = $1",
        redaction.0,
        revision.0,
        i32::from(advances)
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The hashes of everything that a redaction covers, in order, each once: utterances, revisions, sources.
pub async fn covered(conn: &mut Connection, redaction: RedactionId) -> Result<Vec<Vec<u8>>, Error> {
    sqlx::query_scalar!(
        r#"select hash as "hash!" from utterance where redaction_id = $1
           union select hash from revision where redaction_id = $1
           union select sha256 from source where redaction_id = $1 order by 1"#,
        redaction.0
    )
    .fetch_all(conn)
    .await
}

/// The feed's position behind which an index holds nothing of what was ever redacted; none if nothing was.
pub async fn last_position(conn: &mut Connection) -> Result<Option<i64>, Error> {
    sqlx::query_scalar!("select max(position) from redaction").fetch_one(conn).await
}

/// Whether the space that redacted words had taken still holds them.
pub async fn is_to_sweep(conn: &mut Connection) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select exists (select from redaction where swept_at is null) as "any!""#)
        .fetch_one(conn)
        .await
}

/// Has the space given back once more: redacted bytes came again and were let go.
pub async fn sweep_again(conn: &mut Connection) -> Result<(), Error> {
    let again = sqlx::query!("update redaction set swept_at = null where id = (select max(id) from redaction)");
    again.execute(conn).await.map(drop)
}

/// Rewrites every table that held words of redacted briefings, so that no dead row is left on disk, and what the planner
/// remembers of their columns. It waits for readers of these tables, and they for it.
pub async fn sweep(conn: &mut Connection, now: Timestamp) -> Result<(), Error> {
    // What was redacted meanwhile is swept the next time.
    let last = sqlx::query_scalar!("select max(id) from redaction").fetch_one(&mut *conn).await?;
    sqlx::query!("set lock_timeout = '5s'").execute(&mut *conn).await?;
    let swept = rewrite(conn).await;
    sqlx::query!("reset lock_timeout").execute(&mut *conn).await?;
    swept?;
    // Only the owner of the cluster may: the private database's is. Elsewhere its administrators do.
    let _ = sqlx::query!("vacuum full pg_statistic").execute(&mut *conn).await;
    if sqlx::query!("checkpoint").execute(&mut *conn).await.is_ok() {
        let _ = sqlx::query!(r#"select pg_switch_wal()::text as "at!""#).fetch_one(&mut *conn).await;
        let _ = sqlx::query!("checkpoint").execute(&mut *conn).await;
    }
    sqlx::query!("update redaction set swept_at = $2 where id <= $1 and swept_at is null", last, now.to_sqlx() as _)
        .execute(conn)
        .await
        .map(drop)
}

async fn rewrite(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!(
        "vacuum (full, analyze) utterance, revision, transcript, transcript_label, source, upload, batch, briefing, problem,
         problem_reopened, proposal, fingerprint, refetch"
    )
    .execute(conn)
    .await
    .map(drop)
}
