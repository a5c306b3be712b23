//! What editors say of labels: in drafts, and in a whole series from some day on.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{
    AccountId, BatchId, Behind, BriefingId, LabelDoubt, LabelId, Role, SeriesId, SeriesLabelId, SpeakerId,
};

/// The labels of a batch's drafts about which the machine is in this doubt; or only those that read so.
pub async fn in_doubt(
    conn: &mut Connection,
    batch: BatchId,
    doubt: LabelDoubt,
    label: Option<&str>,
) -> Result<Vec<LabelId>, Error> {
    sqlx::query_scalar!(
        r#"select d.label_id as "id!: LabelId"
           from label_in_doubt d join transcript t on t.id = d.transcript_id and t.is_main
             join briefing b on b.id = t.briefing_id
           where b.status = 'draft' and d.why = $2 and ($3::text is null or d.label = $3)
             and exists (select from upload u where u.batch_id = $1 and u.briefing_id = b.id and u.state = 'draft')
           order by d.label_id"#,
        batch.0,
        doubt.as_str(),
        label
    )
    .fetch_all(conn)
    .await
}

/// A label of the main text of a briefing, with what a decision for its series needs.
#[derive(Debug, Clone)]
pub struct OfBriefing {
    /// The label as printed.
    pub label: String,
    /// The series of the briefing.
    pub series: Option<SeriesId>,
    /// The date of the event.
    pub date: Option<Date>,
    /// The decision for the series that it follows.
    pub by_series: Option<SeriesLabelId>,
    /// What an editor says of it in this very transcript.
    pub said: Option<Behind>,
}

/// A label of the main text of a briefing.
pub async fn of_briefing(
    conn: &mut Connection,
    briefing: BriefingId,
    id: LabelId,
) -> Result<Option<OfBriefing>, Error> {
    let row = sqlx::query!(
        r#"select l.label, b.series_id as "series: SeriesId", b.date, l.series_label_id as "by_series: SeriesLabelId",
                  l.role as "role: Role", l.named_id as "named: SpeakerId",
                  l.origin = 'editor' and l.series_label_id is null as "said!"
           from transcript_label l join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
           where l.id = $2 and b.id = $1 and t.is_main"#,
        briefing.0,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    let behind = |named: Option<SpeakerId>, role: Option<Role>| {
        named.map(Behind::Speaker).or(role.map(Behind::Role)).unwrap_or(Behind::Nobody)
    };
    Ok(row.map(|row| OfBriefing {
        label: row.label,
        series: row.series,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        by_series: row.by_series,
        said: row.said.then(|| behind(row.named, row.role)),
    }))
}

/// Of labels the first of each series by the day of its briefing; those without a series or a day are left out.
pub async fn firsts(conn: &mut Connection, labels: &[LabelId]) -> Result<Vec<OfBriefing>, Error> {
    let ids: Vec<i64> = labels.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select distinct on (b.series_id, l.label) l.label, b.series_id as "series: SeriesId", b.date
           from transcript_label l join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
           where l.id = any($1) and b.series_id is not null and b.date is not null
           order by b.series_id, l.label, b.date"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let firsts = rows.into_iter().map(|row| OfBriefing {
        label: row.label,
        series: row.series,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        by_series: None,
        said: None,
    });
    Ok(firsts.collect())
}

/// Puts somebody or nobody behind labels, on the word of an editor about each transcript.
pub async fn decide(conn: &mut Connection, labels: &[LabelId], behind: Behind) -> Result<(), Error> {
    let ids: Vec<i64> = labels.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update transcript_label l
         set named_office = case when l.named_id = $2 then l.named_office else (
                 select o.title from office o
                 where o.speaker_id = $2 and (b.date >= o.from_date or o.from_date is null)
                   and (b.date <= o.to_date or o.to_date is null)
                 order by o.origin, o.from_date desc limit 1) end,
             named_id = $2, named_after = (select coalesce(max(id), 0) from speaker_act), role = $3, origin = 'editor',
             series_label_id = null, suggested_speaker_id = null, score = null, reason = null
         from transcript t join briefing b on b.id = t.briefing_id
         where t.id = l.transcript_id and l.id = any($1)",
        &ids,
        behind.speaker().map(|id| id.0),
        behind.role().map(Role::as_str)
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Makes what the machine says of labels, or suggests, an editor's word.
pub async fn confirm(conn: &mut Connection, labels: &[LabelId]) -> Result<(), Error> {
    let ids: Vec<i64> = labels.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update transcript_label
         set named_id = coalesce(named_id, suggested_speaker_id), origin = 'editor', series_label_id = null,
             suggested_speaker_id = null, score = null, reason = null
         where id = any($1)",
        &ids
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Takes back what an editor said of labels: the machine reads them again.
pub async fn free(conn: &mut Connection, labels: &[LabelId]) -> Result<(), Error> {
    let ids: Vec<i64> = labels.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update transcript_label
         set origin = 'machine', named_id = null, role = null, named_office = null, series_label_id = null
         where id = any($1) and origin = 'editor'",
        &ids
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What an editor says of a label for a series, as a list of them shows it.
#[derive(Debug, Clone)]
pub struct OfSeries {
    /// Its row.
    pub id: SeriesLabelId,
    /// The label.
    pub label: String,
    /// The first day for which it holds.
    pub from: Date,
    /// Nobody in particular.
    pub role: Option<Role>,
    /// Somebody.
    pub speaker: Option<Named>,
    /// Who said so.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Transcripts in which a label follows it.
    pub transcripts: i64,
}

/// A series by its address, also one of which readers see nothing.
pub async fn series(conn: &mut Connection, slug: &str) -> Result<Option<(SeriesId, Named)>, Error> {
    let row = sqlx::query!(r#"select id as "id: SeriesId", slug, name from series where slug = $1"#, slug);
    let row = row.fetch_optional(conn).await?;
    Ok(row.map(|row| (row.id, Named { slug: row.slug, name: row.name })))
}

/// What is in force for the labels of a series, by label and day.
pub async fn of_series(conn: &mut Connection, series: SeriesId) -> Result<Vec<OfSeries>, Error> {
    let rows = sqlx::query!(
        r#"select d.id as "id: SeriesLabelId", d.label, d.from_date, d.role as "role: Role", s.slug as "slug?",
                  s.name as "name?", a.email as "by?", d.created_at,
                  (select count(*) from transcript_label l where l.series_label_id = d.id) as "transcripts!"
           from series_label d left join speaker s on s.id = d.speaker_id left join account a on a.id = d.account_id
           where d.series_id = $1 and d.taken_back_at is null
           order by d.label, d.from_date"#,
        series.0
    )
    .fetch_all(conn)
    .await?;
    let of_series = rows.into_iter().map(|row| OfSeries {
        id: row.id,
        label: row.label,
        from: row.from_date.to_jiff(),
        role: row.role,
        speaker: row.slug.zip(row.name).map(|(slug, name)| Named { slug, name }),
        by: row.by,
        at: row.created_at.to_jiff(),
        transcripts: row.transcripts,
    });
    Ok(of_series.collect())
}

/// Says for a series whom a label stands for from a day on, in place of what was said for that very day.
pub async fn decide_for_series(
    conn: &mut Connection,
    series: SeriesId,
    (label, from): (&str, Date),
    behind: Behind,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<SeriesLabelId, Error> {
    sqlx::query!(
        "update series_label set taken_back_at = $4, taken_back_by = $5
         where series_id = $1 and label = $2 and from_date = $3 and taken_back_at is null",
        series.0,
        label,
        from.to_sqlx() as _,
        now.to_sqlx() as _,
        by.map(|id| id.0)
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!(
        r#"insert into series_label (series_id, label, from_date, role, speaker_id, account_id, created_at)
           values ($1, $2, $3, $4, $5, $6, $7) returning id as "id: SeriesLabelId""#,
        series.0,
        label,
        from.to_sqlx() as _,
        behind.role().map(Role::as_str),
        behind.speaker().map(|id| id.0),
        by.map(|id| id.0),
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// Takes back what was said of a label for its series; says whether it was in force.
pub async fn take_back(
    conn: &mut Connection,
    id: SeriesLabelId,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let taken = sqlx::query!(
        "update series_label set taken_back_at = $2, taken_back_by = $3 where id = $1 and taken_back_at is null",
        id.0,
        now.to_sqlx() as _,
        by.map(|id| id.0)
    )
    .execute(conn)
    .await?;
    Ok(taken.rows_affected() > 0)
}

/// Lets every label follow what is in force for its series: from a day on, until the next word about it. What an editor
/// said of one transcript stays. Returns the briefings in which anything is different.
pub async fn follow_series(conn: &mut Connection) -> Result<Vec<BriefingId>, Error> {
    sqlx::query_scalar!(
        r#"with meant as materialized (
               select distinct on (l.id) l.id as label_id, d.id, d.role, d.speaker_id, b.date
               from series_label d join briefing b on b.series_id = d.series_id and b.date >= d.from_date
                 join transcript t on t.briefing_id = b.id
                 join transcript_label l on l.transcript_id = t.id and l.label = d.label
               where d.taken_back_at is null
               order by l.id, d.from_date desc, d.id desc
           ), follows as (
               update transcript_label l
               set role = m.role, named_id = m.speaker_id, named_after = 0, origin = 'editor', series_label_id = m.id,
                   named_office = case when l.named_id = m.speaker_id then l.named_office else (
                       select o.title from office o
                       where o.speaker_id = m.speaker_id and (m.date >= o.from_date or o.from_date is null)
                         and (m.date <= o.to_date or o.to_date is null)
                       order by o.origin, o.from_date desc limit 1) end,
                   suggested_speaker_id = null, score = null, reason = null
               from meant m
               where m.label_id = l.id and (l.origin = 'machine' or l.series_label_id is not null)
                 and (l.series_label_id, l.role, l.named_id) is distinct from (m.id, m.role, m.speaker_id)
               returning l.transcript_id
           ), freed as (
               update transcript_label l
               set role = null, named_id = null, named_office = null, origin = 'machine', series_label_id = null
               where l.series_label_id is not null and not exists (select from meant m where m.label_id = l.id)
               returning l.transcript_id
           )
           select distinct t.briefing_id as "id!: BriefingId"
           from transcript t join (select * from follows union all select * from freed) as changed
             on changed.transcript_id = t.id"#
    )
    .fetch_all(conn)
    .await
}

/// Speakers whom editors named for a series, wherever that is in force.
pub async fn speakers_of_series(conn: &mut Connection) -> Result<Vec<SpeakerId>, Error> {
    sqlx::query_scalar!(
        r#"select distinct speaker_id as "id!: SpeakerId" from series_label
           where taken_back_at is null and speaker_id is not null"#
    )
    .fetch_all(conn)
    .await
}

/// A speaker whom an editor may mean: also one whom readers do not see yet.
#[derive(Debug, Clone)]
pub struct Anybody {
    /// The row.
    pub id: SpeakerId,
    /// Address and name.
    pub named: Named,
    /// Turns in drafts and published briefings.
    pub turns: i64,
    /// Readers see a page of them.
    pub public: bool,
}

/// Every speaker, by name.
pub async fn anybody(conn: &mut Connection) -> Result<Vec<Anybody>, Error> {
    let rows = sqlx::query!(
        r#"select s.id as "id: SpeakerId", s.slug, s.name, coalesce(sum(l.turns), 0) as "turns!",
                  coalesce(bool_or(b.status = 'published'), false) as "public!"
           from speaker s left join transcript_label l on l.speaker_id = s.id
             left join transcript t on t.id = l.transcript_id left join briefing b on b.id = t.briefing_id
           where s.merged_into is null
           group by s.id order by s.name"#
    )
    .fetch_all(conn)
    .await?;
    let anybody = rows.into_iter().map(|row| Anybody {
        id: row.id,
        named: Named { slug: row.slug, name: row.name },
        turns: row.turns,
        public: row.public,
    });
    Ok(anybody.collect())
}

/// Gives a speaker an office on the word of an editor, from a day on.
pub async fn give_office(
    conn: &mut Connection,
    speaker: SpeakerId,
    title: &str,
    from: Option<Date>,
) -> Result<(), Error> {
    sqlx::query!(
        "insert into office (speaker_id, title, from_date, origin) values ($1, $2, $3, 'editor') on conflict do nothing",
        speaker.0,
        title,
        from.map(ToSqlx::to_sqlx) as _
    )
    .execute(conn)
    .await
    .map(drop)
}
