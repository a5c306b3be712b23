//! The feed: what changed for readers, in commit order.

use std::time::Duration;

use sqlx::postgres::PgListener;

use super::{Connection, Error, Pool};
use crate::domain::indexed::{Change, IndexedBriefing, IndexedUtterance};
use crate::domain::{
    BriefingId, BriefingKind, Rights, Role, SeriesId, SpeakerId, TopicId, UtteranceId, UtteranceKind, rights,
};

const CHANNEL: &str = "feed";

/// Gives the briefings the next position and tells whoever follows the feed.
///
/// Must be the last statement of its transaction: it holds the one row of the feed until the commit, which makes
/// positions gapless and visible in their order.
pub async fn advance(conn: &mut Connection, briefings: &[BriefingId]) -> Result<i64, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"with next as (update feed set position = position + 1 returning position),
                marked as (update briefing set position = (select position from next) where id = any($1) returning 1),
                removed as (update removal set position = (select position from next) where position is null returning 1),
                told as (select pg_notify('feed', (select position from next)::text))
           select position as "position!" from next, told"#,
        &ids
    )
    .fetch_one(conn)
    .await
}

/// The same, for briefings of which some may never have been published: those stay out of the feed.
pub async fn touch(conn: &mut Connection, briefings: &[BriefingId]) -> Result<(), Error> {
    let public = public(conn, briefings).await?;
    if !public.is_empty() {
        advance(conn, &public).await?;
    }
    Ok(())
}

/// The same, where also names change: readers' pages are of a new position even if no briefing is.
pub async fn advance_public(conn: &mut Connection, briefings: &[BriefingId]) -> Result<i64, Error> {
    let public = public(conn, briefings).await?;
    advance(conn, &public).await
}

async fn public(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<BriefingId>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: BriefingId" from briefing where id = any($1) and position is not null"#,
        &ids
    )
    .fetch_all(conn)
    .await
}

/// The last position given out.
pub async fn position(conn: &mut Connection) -> Result<i64, Error> {
    sqlx::query_scalar!("select position from feed").fetch_one(conn).await
}

/// The briefings that changed after a position, oldest change first.
pub async fn changed_after(conn: &mut Connection, position: i64) -> Result<Vec<BriefingId>, Error> {
    sqlx::query_scalar!(
        r#"select id as "id!: BriefingId" from (
               select id, position from briefing where position > $1
               union all select briefing_id, position from removal where position > $1
           ) changed order by position, id"#,
        position
    )
    .fetch_all(conn)
    .await
}

/// These briefings with the bytes of their main source's text, in the same order.
pub async fn sizes(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<(BriefingId, u64)>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select wanted.id as "id!: BriefingId", coalesce(octet_length(s.source_text), 0) as "bytes!"
           from unnest($1::bigint[]) with ordinality as wanted (id, place)
             left join transcript t on t.briefing_id = wanted.id and t.is_main
             left join source s on s.id = t.source_id
           order by wanted.place"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.bytes as u64)).collect())
}

/// What the index is to hold of these briefings from now on: main transcripts of published briefings only, and of these
/// only words and names that readers may see.
pub async fn changes(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<Change>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let heads = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.briefing_kind as "briefing_kind: BriefingKind", b.date,
                  b.series_id as "series_id: SeriesId", coalesce(b.language, e.language) as language,
                  t.revision_id as "revision_id!", b.rights as "rights: Rights"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             left join series e on e.id = b.series_id
           where b.id = any($1) and b.status = 'published'"#,
        &ids
    )
    .fetch_all(&mut *conn)
    .await?;
    let revisions: Vec<i64> = heads.iter().map(|head| head.revision_id).collect();
    let mut rows = sqlx::query!(
        r#"select u.revision_id, u.id as "id: UtteranceId", u.position, u.kind as "kind: UtteranceKind", u.text,
                  u.topic_ids as "topic_ids: Vec<TopicId>", l.label as "label?", l.role as "role?: Role",
                  l.speaker_id as "speaker_id?: SpeakerId"
           from utterance u left join reader_label l on l.id = u.label_id
           where u.revision_id = any($1) and u.redaction_id is null
           order by u.revision_id, u.position"#,
        &revisions
    )
    .fetch_all(conn)
    .await?
    .into_iter()
    .peekable();
    let mut by_revision = std::collections::HashMap::<i64, Vec<IndexedUtterance>>::new();
    for row in &mut rows {
        by_revision.entry(row.revision_id).or_default().push(IndexedUtterance {
            utterance_id: row.id,
            position: row.position as u32,
            kind: row.kind,
            label: row.label,
            speaker_id: row.speaker_id,
            role: row.role,
            topics: row.topic_ids,
            text: row.text,
        });
    }
    let mut now: std::collections::HashMap<BriefingId, IndexedBriefing> = heads
        .into_iter()
        .map(|head| {
            let briefing = IndexedBriefing {
                briefing_kind: head.briefing_kind,
                date: head.date.map(jiff_sqlx::Date::to_jiff),
                series_id: head.series_id,
                language: head.language,
                utterances: within(head.rights, by_revision.remove(&head.revision_id).unwrap_or_default()),
            };
            (head.id, briefing)
        })
        .collect();
    Ok(briefings.iter().map(|&briefing_id| Change { briefing_id, now: now.remove(&briefing_id) }).collect())
}

/// The utterances of which readers may see something, with that. Subjects may stand in what is left out.
fn within(rights: Rights, utterances: Vec<IndexedUtterance>) -> Vec<IndexedUtterance> {
    if rights == Rights::Full {
        return utterances;
    }
    let quoted = utterances.into_iter().map(|one| {
        let quoted = rights::quotations(&one.text, &[]);
        let topics = if quoted.whole { one.topics } else { Vec::new() };
        IndexedUtterance { text: quoted.text, topics, ..one }
    });
    quoted.filter(|one| !one.text.is_empty()).collect()
}

/// Waits for news of the feed.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Begins to listen.
    pub async fn connect(pool: &Pool) -> Result<Self, Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Self(listener))
    }

    /// Returns when something was published, or after the time given: notifications may be lost, and standbys send none.
    pub async fn news(&mut self, at_most: Duration) -> Result<(), Error> {
        match tokio::time::timeout(at_most, self.0.recv()).await {
            Ok(Ok(_)) | Err(_) => Ok(()),
            Ok(Err(error)) => Err(error),
        }
    }
}
