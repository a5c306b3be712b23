//! The texts of a briefing: the main one, other transcripts, and newer versions that stand beside them.

use jiff::Timestamp;

use super::sources::NotGiven;
use super::{Connection, Error};
use crate::domain::{BriefingId, RevisionId, Rights, TranscriptId, TranscriptStatus};

/// One text of a briefing and where it came from.
#[derive(Debug, Clone)]
pub struct Text {
    /// Its row.
    pub id: TranscriptId,
    /// Its place among the texts of its briefing, in addresses.
    pub number: i32,
    /// Whether it is the one that is shown, searched and cited.
    pub is_main: bool,
    /// The row of its present revision.
    pub revision_id: RevisionId,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What the issuer says of it.
    pub status: TranscriptStatus,
    /// Number of its present revision.
    pub revision: i32,
    /// SHA-256 of the bytes it was read from last.
    pub sha256: Vec<u8>,
    /// Media type of these bytes.
    pub media_type: String,
    /// The file they came in.
    pub file_name: Option<String>,
    /// The address they were fetched from, or that describes them.
    pub url: Option<String>,
    /// Who published them.
    pub publisher: Option<String>,
    /// When they came in.
    pub retrieved_at: Timestamp,
    /// Why readers do not get them, if so.
    pub not_given: Option<NotGiven>,
}

/// The texts of a briefing, the main one first.
pub async fn texts(conn: &mut Connection, id: BriefingId) -> Result<Vec<Text>, Error> {
    let rows = sqlx::query!(
        r#"select t.id as "id: TranscriptId", t.number as "place!", t.is_main, r.id as "revision_id: RevisionId", t.issuer,
                  t.status as "status: TranscriptStatus", r.number, s.sha256, s.media_type, s.file_name, s.url,
                  s.publisher, s.retrieved_at, s.redaction_id is not null as "redacted!", b.rights as "rights: Rights",
                  -- Whoever is not to be named in one text of an event is named in the others.
                  (b.attribution <> 'named' or exists (select from reader_label l join transcript o on o.id = l.transcript_id
                                                         where o.briefing_id = b.id and l.attribution <> 'named')) as "unnamed!"
           from briefing b join transcript t on t.briefing_id = b.id join revision r on r.id = t.revision_id
             join source s on s.id = coalesce(
               (select o.source_id from revision o where o.transcript_id = t.id and o.source_id is not null
                order by o.number desc limit 1), t.source_id)
           where t.briefing_id = $1 and t.standing = 'shown' order by t.is_main desc, t.number"#,
        id.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| (NotGiven::of(r.redacted, r.rights, r.unnamed), r))
        .map(|(not_given, r)| Text {
            id: r.id,
            number: r.place,
            is_main: r.is_main,
            revision_id: r.revision_id,
            issuer: r.issuer,
            status: r.status,
            revision: r.number,
            sha256: r.sha256,
            media_type: r.media_type,
            // It may name whom the file names.
            file_name: r.file_name.filter(|_| not_given.is_none()),
            url: r.url,
            publisher: r.publisher,
            retrieved_at: r.retrieved_at.to_jiff(),
            not_given,
        })
        .collect())
}

/// Makes the text of a draft one of another briefing: a further transcript of it.
pub async fn join(conn: &mut Connection, id: TranscriptId, briefing: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "with before as (update revision set of_main = false where transcript_id = $1)
         update transcript
         set briefing_id = $2, is_main = false, standing = 'shown',
             number = (select coalesce(max(number), 0) + 1 from transcript where briefing_id = $2)
         where id = $1",
        id.0,
        briefing.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Puts a text beside a transcript of a briefing, as a version that is not shown by itself.
pub async fn put_beside(conn: &mut Connection, id: TranscriptId, briefing: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "with before as (update revision set of_main = false where transcript_id = $1)
         update transcript set briefing_id = $2, is_main = false, standing = 'proposed', number = null where id = $1",
        id.0,
        briefing.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Removes the briefing of a draft whose text has gone to another one. What led to it leads on.
pub async fn remove_emptied(conn: &mut Connection, draft: BriefingId, into: BriefingId) -> Result<(), Error> {
    sqlx::query!("update upload set briefing_id = $2, state = 'joined' where briefing_id = $1", draft.0, into.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "update same_event s set other_id = $2
         where other_id = $1 and briefing_id <> $2
           and not exists (select from same_event o where o.briefing_id = s.briefing_id and o.other_id = $2)",
        draft.0,
        into.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "delete from briefing b
         where id = $1 and status = 'draft' and not exists (select from transcript t where t.briefing_id = b.id)",
        draft.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Says who issued a transcript, and what they say of it.
pub async fn describe(
    conn: &mut Connection,
    id: TranscriptId,
    issuer: Option<&str>,
    status: TranscriptStatus,
) -> Result<(), Error> {
    sqlx::query!("update transcript set issuer = $2, status = $3 where id = $1", id.0, issuer, status.as_str())
        .execute(conn)
        .await
        .map(drop)
}

/// Makes a transcript the main one of its briefing.
pub async fn make_main(conn: &mut Connection, briefing: BriefingId, id: TranscriptId) -> Result<(), Error> {
    sqlx::query!("update transcript set is_main = false where briefing_id = $1 and is_main", briefing.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("update transcript set is_main = true where briefing_id = $1 and id = $2", briefing.0, id.0)
        .execute(conn)
        .await
        .map(drop)
}

/// Makes a transcript say of its text what a newer version of it says, which replaces it.
pub async fn take_over(conn: &mut Connection, id: TranscriptId, newer: TranscriptId) -> Result<(), Error> {
    sqlx::query!(
        "update transcript t
         set evidence = n.evidence, diagnostics = n.diagnostics, format = n.format, status = 'revised'
         from transcript n where t.id = $1 and n.id = $2",
        id.0,
        newer.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The revision with which a transcript joined its briefing, or its first.
pub async fn first_revision(conn: &mut Connection, id: TranscriptId) -> Result<RevisionId, Error> {
    sqlx::query_scalar!(
        r#"select id as "id: RevisionId" from revision where transcript_id = $1
           order by (kind = 'metadata' and not of_main) desc,
                    case when kind = 'metadata' and not of_main then -number else number end limit 1"#,
        id.0
    )
    .fetch_one(conn)
    .await
}

/// A draft as it may become part of another briefing, held until the end of the transaction.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The briefing.
    pub briefing_id: BriefingId,
    /// Its text.
    pub transcript_id: TranscriptId,
    /// The present revision of that.
    pub revision_id: RevisionId,
    /// How many texts it has by now.
    pub texts: i64,
}

/// Holds a draft, by its address.
pub async fn hold_draft(conn: &mut Connection, slug: &str) -> Result<Option<Draft>, Error> {
    let held = sqlx::query_scalar!("select id from briefing where slug = $1 and status = 'draft' for update", slug);
    let Some(id) = held.fetch_optional(&mut *conn).await? else { return Ok(None) };
    sqlx::query_as!(
        Draft,
        r#"select t.briefing_id as "briefing_id: BriefingId", t.id as "transcript_id: TranscriptId",
                  t.revision_id as "revision_id!: RevisionId",
                  (select count(*) from transcript o where o.briefing_id = t.briefing_id) as "texts!"
           from transcript t where t.briefing_id = $1 and t.is_main"#,
        id
    )
    .fetch_optional(conn)
    .await
}
