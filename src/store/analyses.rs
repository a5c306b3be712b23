//! Main texts that are to be read for what they say, and their words.

use super::{Connection, Error};
use crate::domain::{BriefingId, RevisionId, Role, TranscriptId, UtteranceId, UtteranceKind};

/// A main text that is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// The transcript.
    pub transcript: TranscriptId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// Its present revision.
    pub revision: RevisionId,
    /// The revision that was read before, if any.
    pub before: Option<RevisionId>,
    /// It is a report: quotations are read from it, and nothing else.
    pub report: bool,
}

/// Published main texts that were not read as they stand now or not by this version, a few of them; of `parts` shares only
/// the one given.
pub async fn behind(
    conn: &mut Connection,
    version: i32,
    (part, parts): (i64, i64),
    most: i64,
) -> Result<Vec<Behind>, Error> {
    sqlx::query_as!(
        Behind,
        r#"select t.id as "transcript: TranscriptId", b.id as "briefing: BriefingId",
                  t.revision_id as "revision!: RevisionId", t.analysed_revision_id as "before: RevisionId",
                  b.briefing_kind = 'report' as "report!"
           from transcript t join briefing b on b.id = t.briefing_id
           where t.is_main and b.status = 'published' and b.id % $3 = $2
             and (t.analysed_revision_id is distinct from t.revision_id or t.analysis_version <> $1)
           order by t.id desc limit $4"#,
        version,
        part,
        parts,
        most
    )
    .fetch_all(conn)
    .await
}

/// How many texts are to be read, and how many were read by this version.
pub async fn progress(conn: &mut Connection, version: i32) -> Result<(i64, i64), Error> {
    let row = sqlx::query!(
        r#"select count(*) filter (where t.analysed_revision_id is distinct from t.revision_id
                                         or t.analysis_version <> $1) as "behind!",
                  count(*) as "all!"
           from transcript t join briefing b on b.id = t.briefing_id
           where t.is_main and b.status = 'published'"#,
        version
    )
    .fetch_one(conn)
    .await?;
    Ok((row.behind, row.all - row.behind))
}

/// An utterance as far as an analysis reads it.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Its row.
    pub id: UtteranceId,
    /// Its permanent number.
    pub number: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The words.
    pub text: String,
    /// The same for all turns of a person or of a label.
    pub voice: Option<i64>,
    /// What the label stands for when it names nobody.
    pub role: Option<Role>,
    /// The reporter whom the text names.
    pub asked_by: Option<String>,
}

/// The utterances of revisions, in order.
pub async fn spoken(conn: &mut Connection, revisions: &[RevisionId]) -> Result<Vec<(RevisionId, Spoken)>, Error> {
    let ids: Vec<i64> = revisions.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select u.revision_id as "revision: RevisionId", u.id as "id: UtteranceId", u.number as "number!",
                  u.kind as "kind: UtteranceKind", u.text, coalesce(l.speaker_id, -l.id) as voice,
                  l.role as "role: Role", u.asked_by ->> 'name' as asked_by
           from utterance u left join transcript_label l on l.id = u.label_id
           where u.revision_id = any($1) and u.number is not null
           order by u.revision_id, u.position"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let spoken = rows.into_iter().map(|row| {
        let (id, number, kind, text) = (row.id, row.number, row.kind, row.text);
        (row.revision, Spoken { id, number, kind, text, voice: row.voice, role: row.role, asked_by: row.asked_by })
    });
    Ok(spoken.collect())
}

/// Holds of these briefings those that nobody is writing to, whose main text is still of the revision given, and which
/// nobody else has read meanwhile; others are read later.
pub async fn hold(conn: &mut Connection, read: &[Behind]) -> Result<Vec<BriefingId>, Error> {
    let briefings: Vec<i64> = read.iter().map(|one| one.briefing.0).collect();
    let revisions: Vec<i64> = read.iter().map(|one| one.revision.0).collect();
    let before: Vec<Option<i64>> = read.iter().map(|one| one.before.map(|id| id.0)).collect();
    sqlx::query_scalar!(
        r#"select b.id as "id: BriefingId"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             join unnest($1::bigint[], $2::bigint[], $3::bigint[]) as read (briefing_id, revision_id, before_id)
               on read.briefing_id = b.id and read.revision_id = t.revision_id
                  and t.analysed_revision_id is not distinct from read.before_id
           where b.status = 'published'
           for no key update of b skip locked"#,
        &briefings,
        &revisions,
        &before as _
    )
    .fetch_all(conn)
    .await
}

/// Records that texts were read by this version.
pub async fn done(conn: &mut Connection, read: &[Behind], version: i32) -> Result<(), Error> {
    let ids: Vec<i64> = read.iter().map(|one| one.transcript.0).collect();
    sqlx::query!(
        "update transcript set analysed_revision_id = revision_id, analysis_version = $2 where id = any($1)",
        &ids,
        version
    )
    .execute(conn)
    .await
    .map(drop)
}
