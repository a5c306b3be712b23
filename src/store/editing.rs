//! Drafts as editors complete them: what they are beside their words, and what was looked at.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{
    AccountId, Actor, BatchId, BriefingId, BriefingKind, BriefingStatus, SeriesId, Slug, TranscriptStatus,
};

/// What a draft is beside its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Fields {
    /// The title.
    pub title: String,
    /// The date of the event.
    pub date: Option<Date>,
    /// What it is.
    pub kind: BriefingKind,
    /// Name of its series.
    pub series: Option<String>,
    /// Where it was held.
    pub place: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Local time at which it began.
    pub starts: Option<Time>,
    /// Local time at which it ended.
    pub ends: Option<Time>,
    /// The zone printed beside the time.
    pub zone: Option<String>,
    /// Who issued the text.
    pub issuer: Option<String>,
    /// What the issuer says of it.
    pub status: TranscriptStatus,
    /// A line that restricts publication.
    pub embargo_text: Option<String>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
}

/// A draft as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Its row.
    pub id: BriefingId,
    /// What it is.
    pub fields: Fields,
    /// The readable part of the address of its series.
    pub series_slug: Option<String>,
    /// IANA name of the time zone of its series.
    pub time_zone: Option<String>,
    /// How often it was saved.
    pub saves: i32,
    /// When last.
    pub saved_at: Option<Timestamp>,
    /// By whom.
    pub saved_by: Option<String>,
}

/// A draft by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Standing>, Error> {
    let row = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.title, b.date, b.briefing_kind as "kind: BriefingKind",
                  s.name as "series?", s.slug as "series_slug?", s.time_zone as "time_zone?", b.place, b.language, b.starts, b.ends, b.zone, t.issuer,
                  t.status as "status: TranscriptStatus", b.embargo_text, b.embargo_until, b.saves, b.saved_at,
                  a.email as "saved_by?"
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main left join series s on s.id = b.series_id
             left join account a on a.id = b.saved_by
           where b.slug = $1 and b.status = 'draft'"#,
        slug
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Standing {
        id: row.id,
        fields: Fields {
            title: row.title,
            date: row.date.map(jiff_sqlx::Date::to_jiff),
            kind: row.kind,
            series: row.series,
            place: row.place,
            language: row.language,
            starts: row.starts.map(jiff_sqlx::Time::to_jiff),
            ends: row.ends.map(jiff_sqlx::Time::to_jiff),
            zone: row.zone,
            issuer: row.issuer,
            status: row.status,
            embargo_text: row.embargo_text,
            embargo_until: row.embargo_until.map(jiff_sqlx::Timestamp::to_jiff),
        },
        series_slug: row.series_slug,
        time_zone: row.time_zone,
        saves: row.saves,
        saved_at: row.saved_at.map(jiff_sqlx::Timestamp::to_jiff),
        saved_by: row.saved_by,
    }))
}

/// Holds a draft, by its address, until the end of the transaction, and then reads it.
pub async fn lock(conn: &mut Connection, slug: &str) -> Result<Option<Standing>, Error> {
    let held = sqlx::query_scalar!("select id from briefing where slug = $1 for no key update", slug);
    if held.fetch_optional(&mut *conn).await?.is_none() {
        return Ok(None);
    }
    find(conn, slug).await
}

/// Writes what a draft is; a date that changes is an editor's. Returns how often it was saved by now.
pub async fn save(
    conn: &mut Connection,
    id: BriefingId,
    is: &Fields,
    series: Option<SeriesId>,
    actor: &Actor,
    now: Timestamp,
) -> Result<i32, Error> {
    sqlx::query!(
        "update transcript set issuer = $2, status = $3 where briefing_id = $1 and is_main",
        id.0,
        is.issuer,
        is.status.as_str()
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!(
        "update briefing
         set title = $2, date_origin = case when $3::date is null then null when date is distinct from $3 then 'editor'
                                            else date_origin end,
             date = $3, briefing_kind = $4, series_id = $5, place = $6, language = $7, starts = $8, ends = $9, zone = $10,
             embargo_text = $11, embargo_until = $12, saves = saves + 1, saved_at = $13, saved_by = $14
         where id = $1
         returning saves",
        id.0,
        is.title,
        is.date.map(ToSqlx::to_sqlx) as _,
        is.kind.as_str(),
        series.map(|id| id.0),
        is.place,
        is.language,
        is.starts.map(ToSqlx::to_sqlx) as _,
        is.ends.map(ToSqlx::to_sqlx) as _,
        is.zone,
        is.embargo_text,
        is.embargo_until.map(ToSqlx::to_sqlx) as _,
        now.to_sqlx() as _,
        actor.account.map(|id| id.0)
    )
    .fetch_one(conn)
    .await
}

/// Drafts that editors have saved, with the address of each and what it would be made of now.
pub async fn saved(conn: &mut Connection, drafts: &[BriefingId]) -> Result<Vec<(BriefingId, Slug, Slug)>, Error> {
    let ids: Vec<i64> = drafts.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: BriefingId", slug, title, date from briefing
           where id = any($1) and status = 'draft' and saves > 0"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let saved = rows.into_iter().filter_map(|row| {
        Some((row.id, Slug::parse(&row.slug)?, Slug::of_briefing(row.date.map(jiff_sqlx::Date::to_jiff), &row.title)))
    });
    Ok(saved.collect())
}

/// The readable part of the address of a briefing.
pub async fn address(conn: &mut Connection, id: BriefingId) -> Result<String, Error> {
    sqlx::query_scalar!("select slug from briefing where id = $1", id.0).fetch_one(conn).await
}

/// Gives a draft another address.
pub async fn readdress(conn: &mut Connection, draft: BriefingId, slug: &Slug) -> Result<(), Error> {
    sqlx::query!("update briefing set slug = $2 where id = $1 and status = 'draft'", draft.0, slug.as_str())
        .execute(conn)
        .await
        .map(drop)
}

/// Takes what editors have said of drafts beside their words up into the record: a revision each, where anything is
/// different from what the present one says. The words and their hashes are those of the present one.
pub async fn take_up(
    conn: &mut Connection,
    drafts: &[BriefingId],
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<(), Error> {
    let ids: Vec<i64> = drafts.iter().map(|id| id.0).collect();
    sqlx::query!(
        r#"with said as materialized (
               select t.id as transcript_id, before.id as before_id, before.hash as before,
                      -- Those of the main text are numbered through the briefing.
                      (select max(r.number) + 1 from transcript o join revision r on r.transcript_id = o.id
                       where o.briefing_id = t.briefing_id and r.of_main) as number,
                      before.facts as facts_before, new_salt() as salt,
                      revision_facts(b.title, b.date, b.date_origin, b.series_id, b.place, b.language,
                                     (select coalesce(json_object_agg(l.label, coalesce(s.name, l.role) order by l.label),
                                                      '{}'::json)
                                      from transcript_label l left join speaker s on s.id = l.speaker_id
                                      where l.transcript_id = t.id and l.origin = 'editor' and l.series_label_id is null))
                        as facts
               from briefing b join transcript t on t.briefing_id = b.id and t.is_main
                 join revision before on before.id = t.revision_id
               where b.id = any($1) and b.status = 'draft'
                 and (b.saves > 0 or exists (select from transcript_label l where l.transcript_id = t.id and l.origin = 'editor'))
           ), revised as (
               insert into revision (transcript_id, number, kind, reason, actor, account_id, created_at, facts, salt, hash)
               select transcript_id, number, 'metadata', $2, $3, $4, $5, facts, salt,
                      revision_hash(before, number, 'metadata', $5, $4, salt, $3, $2, facts,
                                    (select coalesce(string_agg(u.hash, '' order by u.position), '')
                                     from utterance u where u.revision_id = before_id))
               from said where facts::jsonb <> facts_before::jsonb - 'source'
               returning id, transcript_id
           ), copied as (
               insert into utterance (revision_id, position, number, kind, label_id, goes_on, text, marks, asked_by,
                                      starts_at_ms, topic_ids, salt, hash, redaction_id)
               select r.id, u.position, u.number, u.kind, u.label_id, u.goes_on, u.text, u.marks, u.asked_by, u.starts_at_ms,
                      u.topic_ids, u.salt, u.hash, u.redaction_id
               from revised r join said using (transcript_id) join utterance u on u.revision_id = said.before_id
           )
           update transcript t set revision_id = r.id from revised r where r.transcript_id = t.id"#,
        &ids,
        reason,
        actor.name,
        actor.account.map(|id| id.0),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps that an editor has looked at what drafts are in doubt about, and that it is right as it stands.
pub async fn settle_doubt(
    conn: &mut Connection,
    drafts: &[BriefingId],
    code: &str,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), Error> {
    let ids: Vec<i64> = drafts.iter().map(|id| id.0).collect();
    sqlx::query!(
        "insert into doubt_settled (briefing_id, code, account_id, settled_at)
         select id, $2, $3, $4 from briefing where id = any($1) and status = 'draft' on conflict do nothing",
        &ids,
        code,
        by.map(|id| id.0),
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The batch that a draft came with.
pub async fn batch_of(conn: &mut Connection, draft: BriefingId) -> Result<Option<BatchId>, Error> {
    sqlx::query_scalar!(
        r#"select batch_id as "id: BatchId" from upload where briefing_id = $1 and state = 'draft' order by id limit 1"#,
        draft.0
    )
    .fetch_optional(conn)
    .await
}

/// Says that an editor has checked what readers see of briefings, or has not.
pub async fn check(
    conn: &mut Connection,
    briefings: &[BriefingId],
    checked: Option<(Timestamp, Option<AccountId>)>,
) -> Result<(), Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update briefing set checked_at = $2, checked_by = $3 where id = any($1)",
        &ids,
        checked.map(|(at, _)| at.to_sqlx()) as _,
        checked.and_then(|(_, by)| by).map(|id| id.0)
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Whether and by whom a briefing was checked.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Its row.
    pub id: BriefingId,
    /// Who sees it.
    pub status: BriefingStatus,
    /// When it was checked.
    pub at: Option<Timestamp>,
    /// By whom.
    pub by: Option<String>,
}

/// Whether a briefing was checked, by its address.
pub async fn checked(conn: &mut Connection, slug: &str) -> Result<Option<Checked>, Error> {
    let row = sqlx::query!(
        r#"select b.id as "id: BriefingId", b.status as "status: BriefingStatus", b.checked_at, a.email as "by?"
           from briefing b left join account a on a.id = b.checked_by where b.slug = $1"#,
        slug
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Checked {
        id: row.id,
        status: row.status,
        at: row.checked_at.map(jiff_sqlx::Timestamp::to_jiff),
        by: row.by,
    }))
}

/// A published briefing that no editor has checked.
#[derive(Debug, Clone)]
pub struct Unchecked {
    /// The readable part of its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The date of the event.
    pub date: Option<Date>,
    /// Name of its series.
    pub series: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

/// What is published and no editor has checked, what was published last first, with how many there are.
pub async fn unchecked(conn: &mut Connection, skip: i64, take: i64) -> Result<(Vec<Unchecked>, i64), Error> {
    let total = sqlx::query_scalar!(
        r#"select count(*) as "total!" from briefing where status = 'published' and checked_at is null"#
    )
    .fetch_one(&mut *conn)
    .await?;
    let rows = sqlx::query!(
        r#"select b.slug, b.title, b.date, s.name as "series?", coalesce(b.language, s.language) as language
           from briefing b left join series s on s.id = b.series_id
           where b.status = 'published' and b.checked_at is null
           order by b.published_at desc, b.id desc offset $1 limit $2"#,
        skip,
        take
    )
    .fetch_all(conn)
    .await?;
    let unchecked = rows.into_iter().map(|row| Unchecked {
        slug: row.slug,
        title: row.title,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        series: row.series,
        language: row.language,
    });
    Ok((unchecked.collect(), total))
}
