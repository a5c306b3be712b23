//! Reading briefings: lists, one, and the texts it has.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{Attribution, BriefingId, BriefingKind, BriefingStatus, RevisionId, Rights, SeriesId};

/// What a list says of a briefing.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub id: BriefingId,
    /// The readable part of its address.
    pub slug: String,
    /// The title as shown.
    pub title: String,
    /// What it is.
    pub kind: BriefingKind,
    /// The date of the event.
    pub date: Option<Date>,
    /// Local time at which it began.
    pub starts: Option<Time>,
    /// The zone printed beside the time.
    pub zone: Option<String>,
    /// Where it was held.
    pub place: Option<String>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// What it belongs to.
    pub series: Option<Named>,
    /// Part of the sample archive.
    pub fiction: bool,
}

/// Which briefings a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this series only.
    pub series: Option<SeriesId>,
    /// Of this kind; `None` means all but reports.
    pub kind: Option<BriefingKind>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or before.
    pub to: Option<Date>,
    /// Only these.
    pub ids: Option<Vec<BriefingId>>,
}

/// The place in a list after which the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cursor {
    /// After this dated briefing.
    Dated(Date, i64),
    /// After this undated briefing; these come last.
    Undated(i64),
}

impl Cursor {
    /// The cursor that continues after this briefing.
    pub fn after(last: &Listed) -> Self {
        match last.date {
            Some(date) => Self::Dated(date, last.id.0),
            None => Self::Undated(last.id.0),
        }
    }
}

/// Published briefings, newest first, undated ones last.
pub async fn list(
    conn: &mut Connection,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let ids: Option<Vec<i64>> = filter.ids.as_ref().map(|ids| ids.iter().map(|id| id.0).collect());
    let (undated_only, date, id) = match after {
        None => (false, None, None),
        Some(Cursor::Dated(date, id)) => (false, Some(date.to_sqlx()), Some(id)),
        Some(Cursor::Undated(id)) => (true, None, Some(id)),
    };
    let rows = sqlx::query!(
        r#"select b.id, b.slug, b.title, b.briefing_kind as "kind: BriefingKind", b.date, b.starts, b.zone, b.place,
                  coalesce(b.language, s.language) as language, b.fiction, s.slug as "series_slug?",
                  s.name as "series_name?"
           from briefing b left join series s on s.id = b.series_id
           where b.status = 'published'
             and ($1::int is null or b.series_id = $1)
             and case when $2::text is null then b.briefing_kind <> 'report' or $8 else b.briefing_kind = $2 end
             and ($3::date is null or b.date >= $3) and ($4::date is null or b.date <= $4)
             and case when $5 then b.date is null and b.id < $7
                      else $6::date is null or b.date is null or (b.date, b.id) < ($6, $7) end
             and ($9::bigint[] is null or b.id = any($9))
           order by b.date desc nulls last, b.id desc
           limit $10"#,
        filter.series.map(|id| id.0),
        filter.kind.map(BriefingKind::as_str),
        filter.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        filter.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        undated_only,
        date as Option<jiff_sqlx::Date>,
        id,
        ids.is_some(),
        ids.as_deref(),
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Listed {
            id: BriefingId(r.id),
            slug: r.slug,
            title: r.title,
            kind: r.kind,
            date: r.date.map(jiff_sqlx::Date::to_jiff),
            starts: r.starts.map(jiff_sqlx::Time::to_jiff),
            zone: r.zone,
            place: r.place,
            language: r.language,
            series: r.series_slug.zip(r.series_name).map(|(slug, name)| Named { slug, name }),
            fiction: r.fiction,
        })
        .collect())
}

/// Published briefings without a date.
pub async fn undated(conn: &mut Connection, limit: i64) -> Result<Vec<Listed>, Error> {
    list(conn, &Filter::default(), Some(Cursor::Undated(i64::MAX)), limit).await
}

/// One briefing, with what its own page says beyond a list.
#[derive(Debug, Clone)]
pub struct Briefing {
    /// What a list says of it.
    pub listed: Listed,
    /// Published or withdrawn; drafts are never read from here.
    pub status: BriefingStatus,
    /// Where the date comes from.
    pub date_origin: Option<String>,
    /// Local time at which it ended.
    pub ends: Option<Time>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
    /// An editor has checked it.
    pub checked: bool,
    /// Which words readers may see.
    pub rights: Rights,
    /// Whether readers are told who speaks.
    pub attribution: Attribution,
}

/// Addresses of everything published, oldest first.
pub async fn slugs(conn: &mut Connection) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!("select slug from briefing where status = 'published' order by date nulls last, id")
        .fetch_all(conn)
        .await
}

/// A briefing by its address: published, or withdrawn after having been published. Of one that is withdrawn only what its
/// address says.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Briefing>, Error> {
    let row = sqlx::query!(
        r#"select b.id, b.slug, b.title, b.briefing_kind as "kind: BriefingKind", b.date, b.starts, b.zone, b.place,
                  b.fiction, s.slug as "series_slug?", s.name as "series_name?", b.status as "status: BriefingStatus",
                  b.date_origin, b.ends, coalesce(b.language, s.language) as language, b.withdrawn_reason,
                  b.withdrawn_at, b.published_at, b.checked_at is not null as "checked!", b.rights as "rights: Rights",
                  b.attribution as "attribution: Attribution"
           from briefing b left join series s on s.id = b.series_id
           where b.slug = $1 and b.status <> 'draft' and b.published_at is not null"#,
        slug,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| Briefing {
        listed: Listed {
            id: BriefingId(r.id),
            slug: r.slug,
            title: r.title,
            kind: r.kind,
            date: r.date.map(jiff_sqlx::Date::to_jiff),
            starts: r.starts.map(jiff_sqlx::Time::to_jiff),
            zone: r.zone,
            place: r.place.filter(|_| r.status == BriefingStatus::Published),
            language: r.language,
            series: r
                .series_slug
                .zip(r.series_name)
                .filter(|_| r.status == BriefingStatus::Published)
                .map(|(slug, name)| Named { slug, name }),
            fiction: r.fiction,
        },
        status: r.status,
        date_origin: r.date_origin,
        ends: r.ends.map(jiff_sqlx::Time::to_jiff),
        withdrawn_reason: r.withdrawn_reason,
        withdrawn_at: r.withdrawn_at.map(jiff_sqlx::Timestamp::to_jiff),
        published_at: r.published_at.map(jiff_sqlx::Timestamp::to_jiff),
        checked: r.checked,
        rights: r.rights,
        attribution: r.attribution,
    }))
}

/// A briefing of the same series, just before or after another.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Address and title.
    pub named: Named,
    /// The date of the event.
    pub date: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
}

/// The published briefings of the same series before and after a dated one.
pub async fn neighbours(conn: &mut Connection, id: BriefingId) -> Result<[Option<Neighbour>; 2], Error> {
    let rows = sqlx::query!(
        r#"select false as "after!", o.slug as "slug!", o.title as "title!", o.date, o.language
           from briefing b, lateral (
             select * from briefing o where o.series_id = b.series_id and o.status = 'published'
               and o.briefing_kind <> 'report' and o.date <= b.date and (o.date, o.id) < (b.date, b.id)
             order by o.date desc, o.id desc limit 1) o
           where b.id = $1
           union all
           select true, o.slug, o.title, o.date, o.language
           from briefing b, lateral (
             select * from briefing o where o.series_id = b.series_id and o.status = 'published'
               and o.briefing_kind <> 'report' and o.date >= b.date and (o.date, o.id) > (b.date, b.id)
             order by o.date, o.id limit 1) o
           where b.id = $1"#,
        id.0
    )
    .fetch_all(conn)
    .await?;
    let mut around = [None, None];
    for r in rows {
        around[usize::from(r.after)] = Some(Neighbour {
            named: Named { slug: r.slug, name: r.title },
            date: r.date.map(jiff_sqlx::Date::to_jiff),
            language: r.language,
        });
    }
    Ok(around)
}

/// Who speaks in a briefing, and how often anybody does.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// Names of the people, those with most turns first.
    pub people: Vec<String>,
    /// Turns of all, reporters included.
    pub turns: i64,
}

/// The voices of these briefings; one without turns has none.
pub async fn voices(conn: &mut Connection, ids: &[BriefingId]) -> Result<HashMap<BriefingId, Voices>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select briefing_id as "id: BriefingId", sum(turns)::bigint as "turns!",
                  array_agg(name order by turns desc, name) filter (where name is not null) as people
           from (select t.briefing_id, s.name, sum(l.turns) as turns
                 from transcript t join reader_label l on l.transcript_id = t.id
                   left join speaker s on s.id = l.speaker_id
                 where t.is_main and t.briefing_id = any($1) and l.turns > 0
                 group by t.briefing_id, s.id) as voice
           group by briefing_id"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let voices = |people: Option<Vec<String>>, turns| Voices { people: people.unwrap_or_default(), turns };
    Ok(rows.into_iter().map(|r| (r.id, voices(r.people, r.turns))).collect())
}

/// One state of a text.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its row.
    pub id: RevisionId,
    /// Its number, from 1.
    pub number: i32,
    /// When it was written.
    pub created_at: Timestamp,
    /// When the present one was written, if that is another.
    pub changed_at: Option<Timestamp>,
    /// The number of the present one.
    pub present: i32,
}

/// The revision of a briefing's main text that has this number, or the present one.
pub async fn revision(conn: &mut Connection, id: BriefingId, number: Option<i32>) -> Result<Option<Revision>, Error> {
    let row = sqlx::query!(
        r#"select r.id as "id: RevisionId", r.number, r.created_at, now.created_at as "now!", now.id <> r.id as "old!",
                  now.number as "present!"
           from transcript t join revision now on now.id = t.revision_id
             join transcript o on o.briefing_id = t.briefing_id and o.standing = 'shown'
             join revision r on r.transcript_id = o.id and r.of_main
           where t.briefing_id = $1 and t.is_main and r.number = coalesce($2, now.number)"#,
        id.0,
        number,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| Revision {
        id: r.id,
        number: r.number,
        created_at: r.created_at.to_jiff(),
        changed_at: r.old.then(|| r.now.to_jiff()),
        present: r.present,
    }))
}

/// How much readers can see.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extent {
    /// Published briefings, reports apart.
    pub briefings: i64,
    /// Of these, without a date.
    pub undated: i64,
    /// Published reports.
    pub reports: i64,
    /// Whether any of it is the sample archive.
    pub fiction: bool,
    /// The first day on record.
    pub first: Option<Date>,
    /// The last day on record.
    pub last: Option<Date>,
}

/// Counts what readers can see.
pub async fn extent(conn: &mut Connection) -> Result<Extent, Error> {
    let row = sqlx::query!(
        r#"select count(*) filter (where briefing_kind <> 'report') as "briefings!",
                  count(*) filter (where briefing_kind <> 'report' and date is null) as "undated!",
                  count(*) filter (where briefing_kind = 'report') as "reports!",
                  coalesce(bool_or(fiction), false) as "fiction!",
                  min(date) filter (where briefing_kind <> 'report') as first,
                  max(date) filter (where briefing_kind <> 'report') as last
           from briefing where status = 'published'"#
    )
    .fetch_one(conn)
    .await?;
    Ok(Extent {
        briefings: row.briefings,
        undated: row.undated,
        reports: row.reports,
        fiction: row.fiction,
        first: row.first.map(jiff_sqlx::Date::to_jiff),
        last: row.last.map(jiff_sqlx::Date::to_jiff),
    })
}
