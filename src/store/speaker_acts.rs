//! Merges and splits, and what comes of them for labels.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{AccountId, BriefingId, LabelAt, Office, SeriesId, Share, SpeakerAct, SpeakerId, TranscriptId};

/// The acts that are in force, oldest first.
pub async fn in_force(conn: &mut Connection) -> Result<Vec<SpeakerAct>, Error> {
    let mut lists: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    let listed = sqlx::query!("select act_id, label_id from speaker_act_label").fetch_all(&mut *conn).await?;
    for row in listed {
        lists.entry(row.act_id).or_default().insert(row.label_id);
    }
    let rows = sqlx::query!(
        r#"select id, kind, from_id as "from: SpeakerId", to_id as "to: SpeakerId", series_id as "series: SeriesId",
                  from_date, to_date, listed
           from speaker_act where undone_at is null order by id"#
    )
    .fetch_all(conn)
    .await?;
    let acts = rows.into_iter().map(|row| SpeakerAct {
        id: row.id,
        from: row.from,
        to: row.to,
        share: match row.kind.as_str() {
            "merge" => Share::All,
            _ if row.listed => Share::Listed(lists.remove(&row.id).unwrap_or_default()),
            _ => Share::Held {
                series: row.series,
                from: row.from_date.map(jiff_sqlx::Date::to_jiff),
                to: row.to_date.map(jiff_sqlx::Date::to_jiff),
            },
        },
    });
    Ok(acts.collect())
}

/// Writes an act; returns its row.
pub async fn add(
    conn: &mut Connection,
    from: SpeakerId,
    to: SpeakerId,
    share: &Share,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<i64, Error> {
    let (kind, series, days, labels) = match share {
        Share::All => ("merge", None, (None, None), None),
        Share::Listed(labels) => ("split", None, (None, None), Some(labels.iter().copied().collect::<Vec<i64>>())),
        Share::Held { series, from, to } => ("split", *series, (*from, *to), None),
    };
    sqlx::query_scalar!(
        r#"with made as (
               insert into speaker_act (kind, from_id, to_id, series_id, from_date, to_date, listed, account_id, created_at)
               values ($1, $2, $3, $4, $5, $6, $7::bigint[] is not null, $8, $9) returning id
           ), listed as (
               insert into speaker_act_label (act_id, label_id) select made.id, label from made, unnest($7::bigint[]) as label
           )
           select id as "id!" from made"#,
        kind,
        from.0,
        to.0,
        series.map(|id| id.0),
        days.0.map(ToSqlx::to_sqlx) as _,
        days.1.map(ToSqlx::to_sqlx) as _,
        labels.as_deref(),
        account.map(|id| id.0),
        now.to_sqlx() as _
    )
    .fetch_one(conn)
    .await
}

/// Takes an act back; says whether it was in force.
pub async fn take_back(
    conn: &mut Connection,
    id: i64,
    account: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let taken = sqlx::query!(
        "update speaker_act set undone_by = $2, undone_at = $3 where id = $1 and undone_at is null",
        id,
        account.map(|id| id.0),
        now.to_sqlx() as _
    );
    Ok(taken.execute(conn).await?.rows_affected() > 0)
}

/// A label with who is named for it and what has come of it.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The label.
    pub label: LabelAt,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// Who is named.
    pub named: Option<SpeakerId>,
    /// The office named.
    pub named_office: Option<String>,
    /// Whom it stands for.
    pub speaker: Option<SpeakerId>,
    /// The office shown.
    pub office: Option<String>,
}

/// Which labels.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Everybody's.
    All,
    /// Those of these speakers, named or shown.
    Of(&'a [SpeakerId]),
    /// Those of one transcript.
    Transcript(TranscriptId),
}

/// Labels of anybody.
pub async fn labels(conn: &mut Connection, scope: Scope<'_>) -> Result<Vec<Settled>, Error> {
    let ids: Option<Vec<i64>> = match scope {
        Scope::Of(of) => Some(of.iter().map(|id| id.0).collect()),
        _ => None,
    };
    let transcript = if let Scope::Transcript(id) = scope { Some(id.0) } else { None };
    let rows = sqlx::query!(
        r#"select l.id, b.id as "briefing_id: BriefingId", b.date, b.series_id as "series: SeriesId",
                  l.named_id as "named: SpeakerId", l.named_office, l.named_after, l.speaker_id as "speaker: SpeakerId", l.office
           from transcript_label l join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
           where ($1::bigint[] is null and (l.named_id is not null or l.speaker_id is not null)
                  and ($2::bigint is null or t.id = $2))
              or l.named_id = any($1) or l.speaker_id = any($1)"#,
        ids.as_deref(),
        transcript
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Settled {
            label: LabelAt {
                id: row.id,
                date: row.date.map(jiff_sqlx::Date::to_jiff),
                series: row.series,
                after: row.named_after,
            },
            briefing_id: row.briefing_id,
            named: row.named,
            named_office: row.named_office,
            speaker: row.speaker,
            office: row.office,
        })
        .collect())
}

/// Writes whom labels stand for and the office shown.
pub async fn settle(conn: &mut Connection, labels: &[Settled]) -> Result<(), Error> {
    let ids: Vec<i64> = labels.iter().map(|one| one.label.id).collect();
    let speakers: Vec<Option<i64>> = labels.iter().map(|one| one.speaker.map(|id| id.0)).collect();
    let offices: Vec<Option<&str>> = labels.iter().map(|one| one.office.as_deref()).collect();
    sqlx::query!(
        "update transcript_label l set speaker_id = new.speaker_id, office = new.office
         from unnest($1::bigint[], $2::bigint[], $3::text[]) as new (id, speaker_id, office) where l.id = new.id",
        &ids,
        &speakers as _,
        &offices as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Writes who is merged into whom and whose offices come from their turns, for everybody.
pub async fn derive(
    conn: &mut Connection,
    merged: &[(SpeakerId, SpeakerId)],
    divided: &[SpeakerId],
) -> Result<(), Error> {
    let (gone, into): (Vec<i64>, Vec<i64>) = merged.iter().map(|(gone, into)| (gone.0, into.0)).unzip();
    let divided: Vec<i64> = divided.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update speaker s set merged_into = is_now.into_id, divided = s.id = any($3)
         from (select s.id, m.into_id from speaker s
               left join unnest($1::bigint[], $2::bigint[]) as m (id, into_id) on m.id = s.id) as is_now
         where is_now.id = s.id and (s.merged_into, s.divided) is distinct from (is_now.into_id, s.id = any($3))",
        &gone,
        &into,
        &divided
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What editors say of offices that bears on labels.
#[derive(Debug, Clone, Default)]
pub struct OfficeWords {
    /// Offices that editors know of.
    pub held: HashMap<SpeakerId, Vec<Office>>,
    /// Titles that are not theirs.
    pub denied: HashMap<SpeakerId, BTreeSet<String>>,
}

/// What editors say of offices, under whoever the speakers are by merges.
pub async fn office_words(conn: &mut Connection) -> Result<OfficeWords, Error> {
    let mut words = OfficeWords::default();
    let held = sqlx::query!(
        r#"select coalesce(s.merged_into, s.id) as "speaker!: SpeakerId", o.title, o.from_date, o.to_date
           from office o join speaker s on s.id = o.speaker_id where o.origin = 'editor'
           order by o.from_date desc nulls last, o.id"#
    );
    let day = |date: Option<jiff_sqlx::Date>| -> Option<Date> { date.map(jiff_sqlx::Date::to_jiff) };
    for row in held.fetch_all(&mut *conn).await? {
        let office = Office { title: row.title, from: day(row.from_date), to: day(row.to_date) };
        words.held.entry(row.speaker).or_default().push(office);
    }
    let denied = sqlx::query!(
        r#"select coalesce(s.merged_into, s.id) as "speaker!: SpeakerId", d.text
           from speaker_denied d join speaker s on s.id = d.speaker_id where d.what = 'office'"#
    );
    for row in denied.fetch_all(conn).await? {
        words.denied.entry(row.speaker).or_default().insert(row.text);
    }
    Ok(words)
}

/// A merge or split as editors read it.
#[derive(Debug, Clone)]
pub struct ActRow {
    /// Its row.
    pub id: i64,
    /// Whether it made two one.
    pub merge: bool,
    /// Whose labels changed hands.
    pub from: super::directory::Named,
    /// Whose they became.
    pub to: super::directory::Named,
    /// Name of the series, of a split of its labels.
    pub series: Option<String>,
    /// The first day.
    pub from_date: Option<Date>,
    /// The last day.
    pub to_date: Option<Date>,
    /// Labels in the list, of a split with one.
    pub listed: Option<i64>,
    /// Who made it.
    pub email: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When it was taken back.
    pub undone_at: Option<Timestamp>,
}

/// The acts that a speaker, or anybody merged into them, is part of, newest first.
pub async fn history(conn: &mut Connection, of: SpeakerId) -> Result<Vec<ActRow>, Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.kind = 'merge' as "merge!", f.slug as from_slug, f.name as from_name, t.slug as to_slug,
                  t.name as to_name, e.name as "series?", a.from_date, a.to_date, a.listed, c.email as "email?",
                  a.created_at, a.undone_at,
                  (select count(*) from speaker_act_label l where l.act_id = a.id) as "labels!"
           from speaker_act a join speaker f on f.id = a.from_id join speaker t on t.id = a.to_id
             left join series e on e.id = a.series_id left join account c on c.id = a.account_id
           where $1 in (coalesce(f.merged_into, f.id), coalesce(t.merged_into, t.id), f.id, t.id) order by a.id desc"#,
        of.0
    )
    .fetch_all(conn)
    .await?;
    let named = |slug, name| super::directory::Named { slug, name };
    Ok(rows
        .into_iter()
        .map(|row| ActRow {
            id: row.id,
            merge: row.merge,
            from: named(row.from_slug, row.from_name),
            to: named(row.to_slug, row.to_name),
            series: row.series,
            from_date: row.from_date.map(jiff_sqlx::Date::to_jiff),
            to_date: row.to_date.map(jiff_sqlx::Date::to_jiff),
            listed: row.listed.then_some(row.labels),
            email: row.email,
            created_at: row.created_at.to_jiff(),
            undone_at: row.undone_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

/// The two that an act is about.
pub async fn parties(conn: &mut Connection, id: i64) -> Result<Option<(SpeakerId, SpeakerId)>, Error> {
    let row = sqlx::query!(
        r#"select from_id as "from: SpeakerId", to_id as "to: SpeakerId" from speaker_act where id = $1"#,
        id
    );
    Ok(row.fetch_optional(conn).await?.map(|row| (row.from, row.to)))
}
