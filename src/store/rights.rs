//! What editors say readers may see of a briefing's words and names.

use super::{Connection, Error};
use crate::domain::{Attribution, BriefingId, BriefingStatus, Rights};

/// What holds for a briefing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its row.
    pub id: BriefingId,
    /// Who sees it.
    pub status: BriefingStatus,
    /// Which words readers may see.
    pub rights: Rights,
    /// Whether readers are told who speaks.
    pub attribution: Attribution,
    /// As what whoever is not named is shown.
    pub attributed_to: Option<String>,
}

/// What holds for a briefing, which is held until the end of the transaction.
pub async fn lock(conn: &mut Connection, slug: &str) -> Result<Option<Held>, Error> {
    sqlx::query_as!(
        Held,
        r#"select id as "id: BriefingId", status as "status: BriefingStatus", rights as "rights: Rights",
                  attribution as "attribution: Attribution", attributed_to
           from briefing where slug = $1 for no key update"#,
        slug
    )
    .fetch_optional(conn)
    .await
}

/// What holds for a briefing.
pub async fn of(conn: &mut Connection, id: BriefingId) -> Result<Held, Error> {
    sqlx::query_as!(
        Held,
        r#"select id as "id: BriefingId", status as "status: BriefingStatus", rights as "rights: Rights",
                  attribution as "attribution: Attribution", attributed_to
           from briefing where id = $1"#,
        id.0
    )
    .fetch_one(conn)
    .await
}

/// Says what holds for a briefing.
pub async fn set(conn: &mut Connection, to: &Held) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set rights = $2, attribution = $3, attributed_to = $4 where id = $1",
        to.id.0,
        to.rights.as_str(),
        to.attribution.as_str(),
        to.attributed_to
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Says which words of a briefing readers may see.
pub async fn set_words(conn: &mut Connection, id: BriefingId, rights: Rights) -> Result<(), Error> {
    sqlx::query!("update briefing set rights = $2 where id = $1", id.0, rights.as_str()).execute(conn).await.map(drop)
}

/// Lays what holds for a draft over the briefing that its text goes to: of two the stricter holds.
pub async fn carry_over(conn: &mut Connection, draft: BriefingId, into: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "update briefing b
         set rights = case when d.rights = 'quotations' then d.rights else b.rights end,
             attribution = case when b.attribution = 'named' then d.attribution else b.attribution end,
             attributed_to = coalesce(b.attributed_to, d.attributed_to)
         from briefing d where d.id = $1 and b.id = $2",
        draft.0,
        into.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Lays what holds for a label of one text of a briefing over the same label, and the same person, in its others: nobody
/// is unnamed in one text and named beside it.
pub async fn agree(conn: &mut Connection, briefing: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "update transcript_label l set attribution = o.attribution, attributed_to = o.attributed_to
         from transcript t, transcript_label o join transcript of on of.id = o.transcript_id
         where t.id = l.transcript_id and t.briefing_id = $1 and of.briefing_id = $1 and of.id <> t.id
           and o.attribution <> 'named' and l.attribution is null
           and (l.label = o.label or l.speaker_id = o.speaker_id)",
        briefing.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// A label of a briefing's main transcript and what holds for it.
#[derive(Debug, Clone)]
pub struct Label {
    /// Its row.
    pub id: i64,
    /// As printed.
    pub label: String,
    /// As readers see it.
    pub shown: String,
    /// Whether readers are told who speaks; none: as of the whole briefing.
    pub attribution: Option<Attribution>,
    /// As what it is shown, where it is not named.
    pub attributed_to: Option<String>,
}

/// The labels of a briefing's main transcript, those with most turns first.
pub async fn labels(conn: &mut Connection, id: BriefingId) -> Result<Vec<Label>, Error> {
    sqlx::query_as!(
        Label,
        r#"select l.id, l.label, r.label as "shown!", l.attribution as "attribution: Attribution", l.attributed_to
           from transcript t join transcript_label l on l.transcript_id = t.id join reader_label r on r.id = l.id
           where t.briefing_id = $1 and t.is_main order by l.turns desc, l.label"#,
        id.0
    )
    .fetch_all(conn)
    .await
}

/// Says what holds for a label in every transcript of a briefing that has it, and in the others for the same person;
/// returns one of their rows.
pub async fn set_label(
    conn: &mut Connection,
    briefing: BriefingId,
    label: &str,
    attribution: Option<Attribution>,
    attributed_to: Option<&str>,
) -> Result<Option<i64>, Error> {
    let ids = sqlx::query_scalar!(
        "update transcript_label l set attribution = $3, attributed_to = $4
         from transcript t where t.id = l.transcript_id and t.briefing_id = $1 and (
             l.label = $2 or not t.is_main and l.speaker_id in (
               select m.speaker_id from transcript_label m join transcript o on o.id = m.transcript_id
               where o.briefing_id = $1 and o.is_main and m.label = $2))
         returning l.id",
        briefing.0,
        label,
        attribution.map(Attribution::as_str),
        attributed_to
    )
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().min())
}
