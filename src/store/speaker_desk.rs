//! Speakers as editors read them: with the evidence that each has.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{AccountId, Office, Origin, SeriesId, SpeakerId};

/// A speaker in the list of editors.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The row.
    pub id: SpeakerId,
    /// Address and name.
    pub named: Named,
    /// For alphabetical lists.
    pub sort_name: String,
    /// An editor named them or brought them in.
    pub by_editor: bool,
    /// Labels that stand for them, drafts too.
    pub labels: i64,
    /// Turns under those.
    pub turns: i64,
    /// The best score of a label.
    pub score: f32,
    /// Series in which they speak.
    pub series: Vec<SeriesId>,
    /// Offices under which they speak.
    pub offices: Vec<String>,
    /// First day on which they speak.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
}

/// Everybody who speaks and is not merged.
pub async fn list(conn: &mut Connection) -> Result<Vec<Listed>, Error> {
    let rows = sqlx::query!(
        r#"select s.id as "id: SpeakerId", s.slug, s.name, s.sort_name,
                  (s.named_by_editor or bool_or(l.origin = 'editor')) as "by_editor!", count(*) as "labels!",
                  sum(l.turns) as "turns!", coalesce(max(l.score), 1) as "score!: f32",
                  array_agg(distinct b.series_id) filter (where b.series_id is not null) as "series: Vec<SeriesId>",
                  array_agg(distinct l.office) filter (where l.office is not null) as offices,
                  min(b.date) as first, max(b.date) as last
           from speaker s join transcript_label l on l.speaker_id = s.id join transcript t on t.id = l.transcript_id
             join briefing b on b.id = t.briefing_id
           where s.merged_into is null
           group by s.id order by lower(s.sort_name), s.slug"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            named: Named { slug: row.slug, name: row.name },
            sort_name: row.sort_name,
            by_editor: row.by_editor,
            labels: row.labels,
            turns: row.turns,
            score: row.score,
            series: row.series.unwrap_or_default(),
            offices: row.offices.unwrap_or_default(),
            first: row.first.map(jiff_sqlx::Date::to_jiff),
            last: row.last.map(jiff_sqlx::Date::to_jiff),
        })
        .collect())
}

/// Two of whom an editor says that they are not the same.
#[derive(Debug, Clone)]
pub struct NotSame {
    /// The one with the lower row.
    pub one: (SpeakerId, Named),
    /// The other.
    pub other: (SpeakerId, Named),
    /// Who says so.
    pub by: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

/// Everybody of whom that is said, what was said last first.
pub async fn not_same(conn: &mut Connection) -> Result<Vec<NotSame>, Error> {
    let rows = sqlx::query!(
        r#"select a.id as "one: SpeakerId", a.slug as one_slug, a.name as one_name, b.id as "other: SpeakerId",
                  b.slug as other_slug, b.name as other_name, c.email as "by?", n.created_at
           from not_same n join speaker a on a.id = n.one_id join speaker b on b.id = n.other_id
             left join account c on c.id = n.account_id
           order by n.created_at desc, a.id, b.id"#
    )
    .fetch_all(conn)
    .await?;
    let not_same = rows.into_iter().map(|row| NotSame {
        one: (row.one, Named { slug: row.one_slug, name: row.one_name }),
        other: (row.other, Named { slug: row.other_slug, name: row.other_name }),
        by: row.by,
        at: row.created_at.to_jiff(),
    });
    Ok(not_same.collect())
}

/// Keeps that two are not the same; says whether that is new.
pub async fn part(
    conn: &mut Connection,
    (one, other): (SpeakerId, SpeakerId),
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let parted = sqlx::query!(
        "insert into not_same (one_id, other_id, account_id, created_at)
         select least(a.id, b.id), greatest(a.id, b.id), $3, $4 from speaker a, speaker b
         where a.id = $1 and b.id = $2 and a.id <> b.id on conflict do nothing",
        one.0,
        other.0,
        by.map(|id| id.0),
        now.to_sqlx() as _
    );
    Ok(parted.execute(conn).await?.rows_affected() > 0)
}

/// Takes that back; says whether it was said.
pub async fn unpart(conn: &mut Connection, (one, other): (SpeakerId, SpeakerId)) -> Result<bool, Error> {
    let taken = sqlx::query!(
        "delete from not_same where one_id = least($1::bigint, $2::bigint) and other_id = greatest($1::bigint, $2::bigint)",
        one.0,
        other.0
    );
    Ok(taken.execute(conn).await?.rows_affected() > 0)
}

/// A label that stands for somebody, and why.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its row.
    pub id: i64,
    /// As printed.
    pub label: String,
    /// Turns under it.
    pub turns: i32,
    /// The briefing.
    pub briefing: Named,
    /// The briefing is not published.
    pub hidden: bool,
    /// When it was held.
    pub date: Option<Date>,
    /// Name of its series.
    pub series: Option<String>,
    /// The office held then.
    pub office: Option<String>,
    /// Whose word it is.
    pub origin: Origin,
    /// Why, where the machine says so.
    pub reason: Option<String>,
    /// Who was named, where merges or splits made somebody else of them.
    pub named: Option<String>,
}

/// Which labels are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Of this series.
    pub series: Option<SeriesId>,
    /// Not before.
    pub from: Option<Date>,
    /// Not after.
    pub to: Option<Date>,
}

/// Labels that stand for somebody, oldest first, with how many there are.
pub async fn evidence(
    conn: &mut Connection,
    id: SpeakerId,
    wanted: Wanted,
    limit: i64,
) -> Result<(Vec<Evidence>, i64), Error> {
    let day = |date: Option<Date>| date.map(jiff_sqlx::ToSqlx::to_sqlx);
    let rows = sqlx::query!(
        r#"select l.id, l.label, l.turns, b.slug, b.title, b.status <> 'published' as "hidden!", b.date,
                  e.name as "series?", l.office, l.origin as "origin: Origin", l.reason, n.name as "named?",
                  count(*) over () as "total!"
           from transcript_label l join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
             left join series e on e.id = b.series_id
             left join speaker n on n.id = l.named_id and n.id <> l.speaker_id
           where l.speaker_id = $1 and ($2::integer is null or b.series_id = $2)
             and ($3::date is null or b.date >= $3) and ($4::date is null or b.date <= $4)
           order by b.date, b.id, l.label limit $5"#,
        id.0,
        wanted.series.map(|id| id.0),
        day(wanted.from) as _,
        day(wanted.to) as _,
        limit
    )
    .fetch_all(conn)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    let evidence = rows.into_iter().map(|row| Evidence {
        id: row.id,
        label: row.label,
        turns: row.turns,
        briefing: Named { slug: row.slug, name: row.title },
        hidden: row.hidden,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        series: row.series,
        office: row.office,
        origin: row.origin,
        reason: row.reason,
        named: row.named,
    });
    Ok((evidence.collect(), total))
}

/// How much somebody says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// Turns.
    pub turns: i64,
    /// Briefings that they are in, drafts too.
    pub briefings: i64,
}

/// How much somebody says.
pub async fn share(conn: &mut Connection, id: SpeakerId) -> Result<Share, Error> {
    sqlx::query_as!(
        Share,
        r#"select coalesce(sum(l.turns), 0) as "turns!", count(distinct t.briefing_id) as "briefings!"
           from transcript_label l join transcript t on t.id = l.transcript_id where l.speaker_id = $1"#,
        id.0
    )
    .fetch_one(conn)
    .await
}

/// In how many briefings both speak, each under a label of their own.
pub async fn together(conn: &mut Connection, a: SpeakerId, b: SpeakerId) -> Result<i64, Error> {
    sqlx::query_scalar!(
        r#"select count(distinct x.transcript_id) as "count!" from transcript_label x
             join transcript_label y on y.transcript_id = x.transcript_id
           where x.speaker_id = $1 and y.speaker_id = $2"#,
        a.0,
        b.0
    )
    .fetch_one(conn)
    .await
}

/// The series in which somebody speaks, with labels in each.
pub async fn series(conn: &mut Connection, id: SpeakerId) -> Result<Vec<(SeriesId, String, i64)>, Error> {
    let rows = sqlx::query!(
        r#"select e.id as "id: SeriesId", e.name, count(*) as "labels!"
           from transcript_label l join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
             join series e on e.id = b.series_id
           where l.speaker_id = $1 group by e.id order by count(*) desc, e.name"#,
        id.0
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.id, row.name, row.labels)).collect())
}

/// A name or an office with its origin, as an editor sees it.
#[derive(Debug, Clone)]
pub struct Said<T> {
    /// Its row, of an office of an editor's.
    pub id: Option<i64>,
    /// What is said.
    pub what: T,
    /// By whom.
    pub origin: Origin,
    /// An editor denies it.
    pub denied: bool,
}

/// The other names of somebody, and of those merged into them.
pub async fn names(conn: &mut Connection, id: SpeakerId) -> Result<Vec<Said<String>>, Error> {
    let rows = sqlx::query!(
        r#"select distinct n.name as "name!", n.origin as "origin!: Origin",
                  exists (select from speaker_denied d join speaker m on m.id = d.speaker_id
                          where coalesce(m.merged_into, m.id) = p.id and d.what = 'name' and d.text = n.name) as "denied!"
           from speaker p join speaker s on coalesce(s.merged_into, s.id) = p.id
             join (select speaker_id, name, origin from speaker_name
                   union all select id, name, 'machine' from speaker where merged_into is not null) n on n.speaker_id = s.id
           where p.id = $1 and n.name <> p.name order by 1, 2"#,
        id.0
    );
    let rows = rows.fetch_all(conn).await?;
    let said = |origin: Origin, name, denied| Said {
        id: None,
        what: name,
        origin,
        denied: denied && origin == Origin::Machine,
    };
    Ok(rows.into_iter().map(|row| said(row.origin, row.name, row.denied)).collect())
}

/// The offices that the machine and editors give somebody, and those merged into them.
pub async fn offices(conn: &mut Connection, id: SpeakerId) -> Result<Vec<Said<Office>>, Error> {
    let rows = sqlx::query!(
        r#"select o.id, o.title, o.from_date, o.to_date, o.origin as "origin: Origin",
                  exists (select from speaker_denied d join speaker m on m.id = d.speaker_id
                          where coalesce(m.merged_into, m.id) = $1 and d.what = 'office' and d.text = o.title) as "denied!"
           from office o join speaker s on s.id = o.speaker_id
           where coalesce(s.merged_into, s.id) = $1
           order by o.origin, o.from_date nulls last, o.title, o.id"#,
        id.0
    );
    let day = |date: Option<jiff_sqlx::Date>| date.map(jiff_sqlx::Date::to_jiff);
    let offices = rows.fetch_all(conn).await?.into_iter().map(|row| Said {
        id: (row.origin == Origin::Editor).then_some(row.id),
        denied: row.denied && row.origin == Origin::Machine,
        origin: row.origin,
        what: Office { title: row.title, from: day(row.from_date), to: day(row.to_date) },
    });
    Ok(offices.collect())
}
