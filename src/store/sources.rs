//! Sources: the bytes as received.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{BriefingId, BriefingStatus, RedactedSource, Rights, SourceId, TranscriptId};

/// A source to be kept.
#[derive(Debug, Clone)]
pub struct NewSource<'a> {
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// The bytes as received.
    pub bytes: &'a [u8],
    /// Media type, by content.
    pub media_type: &'a str,
    /// Name of the file it came as.
    pub file_name: Option<&'a str>,
    /// Address it came from or is published at.
    pub url: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it came.
    pub retrieved_at: Timestamp,
    /// The words extracted from it.
    pub source_text: &'a str,
}

/// Keeps a source; `None` when its bytes are kept already.
pub async fn insert(conn: &mut Connection, source: &NewSource<'_>) -> Result<Option<SourceId>, Error> {
    sqlx::query_scalar!(
        r#"insert into source (sha256, bytes, media_type, file_name, url, publisher, retrieved_at, source_text)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (sha256) do nothing
           returning id as "id: SourceId""#,
        source.sha256.as_slice(),
        source.bytes,
        source.media_type,
        source.file_name,
        source.url,
        source.publisher,
        source.retrieved_at.to_sqlx() as _,
        source.source_text,
    )
    .fetch_optional(conn)
    .await
}

/// What the archive made of these bytes when they came before.
#[derive(Debug, Clone)]
pub struct Known {
    /// The briefing they became.
    pub briefing_id: BriefingId,
    /// Whether readers see it.
    pub status: BriefingStatus,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// It seems to be of an event that is here already, and no editor has said what it is.
    pub unsettled: bool,
    /// They were destroyed since, and do not come back.
    pub redacted: Option<RedactedSource>,
}

/// Looks the bytes up by their SHA-256.
pub async fn known(conn: &mut Connection, sha256: &[u8; 32]) -> Result<Option<Known>, Error> {
    let row = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.status as "status: BriefingStatus", b.embargo_until,
                  exists (select from same_event e where e.briefing_id = b.id and e.settled_at is null) as "unsettled!",
                  v.created_at as "redacted_at?", v.reason as "because?"
           from source s join transcript t on t.source_id = s.id join briefing b on b.id = t.briefing_id
             left join redaction x on x.id = s.redaction_id left join revision v on v.id = x.revision_id
           where s.sha256 = $1
           order by t.standing = 'shown' desc, t.id limit 1"#,
        sha256.as_slice()
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Known {
        briefing_id: row.id,
        status: row.status,
        embargo_until: row.embargo_until.map(jiff_sqlx::Timestamp::to_jiff),
        unsettled: row.unsettled,
        redacted: row.redacted_at.zip(row.because).map(|(at, reason)| RedactedSource { at: at.to_jiff(), reason }),
    }))
}

/// The row of a source by its SHA-256.
pub async fn of_sha256(conn: &mut Connection, sha256: &[u8; 32]) -> Result<Option<SourceId>, Error> {
    sqlx::query_scalar!(r#"select id as "id: SourceId" from source where sha256 = $1"#, sha256.as_slice())
        .fetch_optional(conn)
        .await
}

/// Bytes that are kept, with the name of the file they came in.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The bytes as received.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub sha256: Vec<u8>,
    /// Name of the file.
    pub file_name: Option<String>,
}

/// The bytes of a source.
pub async fn bytes(conn: &mut Connection, id: SourceId) -> Result<Kept, Error> {
    sqlx::query_as!(Kept, "select bytes, sha256, file_name from source where id = $1", id.0).fetch_one(conn).await
}

/// The words of the source from which a transcript was read last.
pub async fn words(conn: &mut Connection, transcript: TranscriptId) -> Result<String, Error> {
    sqlx::query_scalar!(
        "select s.source_text
         from transcript t join source s on s.id = coalesce(
             (select r.source_id from revision r where r.transcript_id = t.id and r.source_id is not null
              order by r.number desc limit 1), t.source_id)
         where t.id = $1",
        transcript.0
    )
    .fetch_one(conn)
    .await
}

/// A source as a reader may ask for it.
#[derive(Debug, Clone)]
pub struct Original {
    /// Its row.
    pub id: SourceId,
    /// Media type, by content.
    pub media_type: String,
    /// Name of the file it came as.
    pub file_name: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// Who sees the briefing that it became.
    pub status: BriefingStatus,
    /// Why readers do not get it, if so.
    pub withheld: Option<NotGiven>,
}

/// Why readers do not get the bytes of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotGiven {
    /// They were destroyed by a redaction.
    Redacted,
    /// Only quotations of the text may be shown.
    Quotations,
    /// They name somebody who is not to be named.
    Names,
}

/// The source of a briefing that readers see or saw, by its SHA-256.
pub async fn original(conn: &mut Connection, slug: &str, sha256: &[u8]) -> Result<Option<Original>, Error> {
    let row = sqlx::query!(
        r#"select s.id as "id: SourceId", s.media_type, s.file_name, s.url, b.status as "status: BriefingStatus",
                  s.redaction_id is not null as "redacted!", b.rights as "rights: Rights",
                  -- Whoever is not to be named in one text of an event is named in the others.
                  (b.attribution <> 'named' or exists (select from reader_label r join transcript o on o.id = r.transcript_id
                                                         where o.briefing_id = b.id and r.attribution <> 'named')) as "unnamed!"
           from briefing b join transcript t on t.briefing_id = b.id and t.standing in ('shown', 'adopted')
             join source s on s.id = t.source_id
           where b.slug = $1 and s.sha256 = $2 and b.status <> 'draft' and b.published_at is not null
           limit 1"#,
        slug,
        sha256
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Original {
        id: row.id,
        media_type: row.media_type,
        file_name: row.file_name,
        url: row.url,
        status: row.status,
        withheld: NotGiven::of(row.redacted, row.rights, row.unnamed),
    }))
}

impl NotGiven {
    /// The first reason that holds.
    pub(super) const fn of(redacted: bool, rights: Rights, unnamed: bool) -> Option<Self> {
        match (redacted, rights) {
            (true, _) => Some(Self::Redacted),
            (_, Rights::Quotations) => Some(Self::Quotations),
            _ if unnamed => Some(Self::Names),
            _ => None,
        }
    }
}
