//! Which later words seem to keep a promise: what the machine looks through, and what it found.

use jiff::civil::{Date, Time};
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{
    BriefingId, BriefingKind, FollowUpId, Origin, ResolutionId, Role, SeriesId, SpeakerId, UtteranceId, UtteranceKind,
};

/// Waits for nobody: says whether nobody else looks for later words, until the end of the transaction.
pub async fn alone(conn: &mut Connection) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext('onrecord: resolutions')) as "alone!""#)
        .fetch_one(conn)
        .await
}

/// How far changes are looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The position of the feed up to which they are.
    pub done: i64,
    /// The version of the analysis by which promises were read then.
    pub version: i32,
    /// The present position of the feed.
    pub position: i64,
    /// Some text is still to be read for its promises by the present version.
    pub waits: bool,
}

/// How far changes are looked through, where texts are read by this version.
pub async fn progress(conn: &mut Connection, version: i32) -> Result<Progress, Error> {
    sqlx::query_as!(
        Progress,
        r#"select resolutions_position as done, resolutions_version as version, position,
                  exists (select from transcript t join briefing b on b.id = t.briefing_id
                          where t.is_main and b.status = 'published' and b.briefing_kind <> 'report'
                            and (t.analysed_revision_id is distinct from t.revision_id or t.analysis_version <> $1))
                    as "waits!"
           from feed"#,
        version
    )
    .fetch_one(conn)
    .await
}

/// Everything up to a position is looked through, as this version reads it.
pub async fn done(conn: &mut Connection, position: i64, version: i32) -> Result<(), Error> {
    sqlx::query!(
        "update feed set resolutions_position = greatest(resolutions_position, $1), resolutions_version = $2",
        position,
        version
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Three months of a series, or of an issuer where there is no series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The series.
    pub series: Option<SeriesId>,
    /// The issuer, of briefings without a series.
    pub issuer: Option<String>,
    /// The first day.
    pub first: Date,
}

/// Where promises were made that what changed after a position may keep, or keep no more.
pub async fn stretches(conn: &mut Connection, after: i64, reach: i32) -> Result<Vec<Stretch>, Error> {
    let rows = sqlx::query!(
        r#"with changed as (
               select b.id, b.date, b.series_id, b.briefing_kind, t.id as transcript_id, t.issuer
               from briefing b join transcript t on t.briefing_id = b.id and t.is_main
               where b.position > $1 and b.date is not null),
             owed as (
               select distinct b.date, b.series_id, t.issuer, l.speaker_id
               from follow_up f join briefing b on b.id = f.briefing_id
                 join transcript t on t.briefing_id = b.id and t.is_main
                 left join utterance u on u.id = f.utterance_id left join transcript_label l on l.id = u.label_id
               where not f.rejected and b.date is not null)
           select distinct o.series_id as "series: SeriesId", case when o.series_id is null then o.issuer end as issuer,
                           date_trunc('quarter', o.date)::date as "first!"
           from owed o join changed c on c.date between o.date and o.date + $2::int
           where c.series_id = o.series_id or (o.series_id is null or c.briefing_kind = 'statement') and c.issuer = o.issuer
              or exists (select from transcript_label k where k.transcript_id = c.transcript_id and k.speaker_id = o.speaker_id)
           order by 3, 1, 2"#,
        after,
        reach
    )
    .fetch_all(conn)
    .await?;
    let stretch = |row: (Option<SeriesId>, Option<String>, jiff_sqlx::Date)| Stretch {
        series: row.0,
        issuer: row.1,
        first: row.2.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| stretch((row.series, row.issuer, row.first))).collect())
}

/// A promise of which no editor says that it was kept, with what it owes.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its row.
    pub id: FollowUpId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// The day of that.
    pub date: Date,
    /// When it begins.
    pub starts: Option<Time>,
    /// The place of its utterance in the text.
    pub position: i32,
    /// Who issued the text.
    pub issuer: Option<String>,
    /// Whoever promised.
    pub speaker: Option<SpeakerId>,
    /// What was promised.
    pub promise: String,
    /// What was asked.
    pub question: String,
    /// The reporter who asked.
    pub asked_by: Option<String>,
}

/// The promises of a stretch that are open, up to its last day.
pub async fn promises(conn: &mut Connection, stretch: &Stretch, last: Date) -> Result<Vec<Promise>, Error> {
    let rows = sqlx::query!(
        r#"select f.id as "id: FollowUpId", b.id as "briefing: BriefingId", b.date as "date!", b.starts, u.position,
                  m.issuer, l.speaker_id as "speaker: SpeakerId",
                  substring(u.text from f.starts + 1 for f.ends - f.starts) as "promise!",
                  coalesce((select string_agg(substring(q.text from (p ->> 1)::int + 1 for (p ->> 2)::int - (p ->> 1)::int), ' ')
                            from jsonb_array_elements(e.question) as p
                              join utterance q on q.revision_id = t.revision_id and q.number = (p ->> 0)::int), '')
                    as "question!",
                  a.asked_by ->> 'name' as asked_by
           from briefing b join analysed_transcript t on t.briefing_id = b.id join transcript m on m.id = t.id
             join follow_up f on f.briefing_id = b.id and not f.rejected join utterance u on u.id = f.utterance_id
             left join transcript_label l on l.id = u.label_id
             left join exchange e on e.id = f.exchange_id and not e.rejected left join utterance a on a.id = e.question_id
           where b.date between $1 and $2 and b.series_id is not distinct from $3
             and ($3 is not null or m.issuer is not distinct from $4)
             and not exists (select from follow_up_resolution r
                             where r.follow_up_id = f.id and r.origin = 'editor' and not r.rejected)
           order by f.id"#,
        stretch.first.to_sqlx() as jiff_sqlx::Date,
        last.to_sqlx() as jiff_sqlx::Date,
        stretch.series.map(|id| id.0),
        stretch.issuer
    )
    .fetch_all(conn)
    .await?;
    let promises = rows.into_iter().map(|row| Promise {
        id: row.id,
        briefing: row.briefing,
        date: row.date.to_jiff(),
        starts: row.starts.map(jiff_sqlx::Time::to_jiff),
        position: row.position,
        issuer: row.issuer,
        speaker: row.speaker,
        promise: row.promise,
        question: row.question,
        asked_by: row.asked_by,
    });
    Ok(promises.collect())
}

/// An utterance that may keep a promise, or stand before one that does.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Its row.
    pub id: UtteranceId,
    /// Its briefing.
    pub briefing: BriefingId,
    /// What that is.
    pub briefing_kind: BriefingKind,
    /// The day of that.
    pub date: Date,
    /// When it begins.
    pub starts: Option<Time>,
    /// The briefing is of the series or the issuer, and not only one in which the same people speak.
    pub at_home: bool,
    /// Its place in the text.
    pub position: i32,
    /// Its number.
    pub number: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// What its label stands for when it names nobody.
    pub role: Option<Role>,
    /// Who speaks.
    pub speaker: Option<SpeakerId>,
    /// The reporter whom the text names.
    pub asked_by: Option<String>,
    /// The words.
    pub text: String,
}

/// Everything that was said from the first day of a stretch to another in its series, in statements of these issuers, and
/// in briefings in which these people speak; in order of time.
pub async fn spoken(
    conn: &mut Connection,
    stretch: &Stretch,
    last: Date,
    issuers: &[String],
    speakers: &[SpeakerId],
) -> Result<Vec<Spoken>, Error> {
    let speakers: Vec<i64> = speakers.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select u.id as "id: UtteranceId", b.id as "briefing: BriefingId", b.briefing_kind as "briefing_kind: BriefingKind",
                  b.date as "date!", b.starts, home.is as "at_home!", u.position, u.number as "number!",
                  u.kind as "kind: UtteranceKind", l.role as "role: Role", l.speaker_id as "speaker: SpeakerId",
                  u.asked_by ->> 'name' as asked_by, u.text
           from briefing b join analysed_transcript t on t.briefing_id = b.id join transcript m on m.id = t.id
             cross join lateral (
               select coalesce(b.series_id = $3, false)
                      or ($3 is null and b.series_id is null or b.briefing_kind = 'statement')
                         and coalesce(m.issuer = any($4), false) as is) home
             join utterance u on u.revision_id = t.revision_id
             left join transcript_label l on l.id = u.label_id
           where b.date between $1 and $2 and u.number is not null and u.redaction_id is null and u.kind <> 'note'
             and (home.is or exists (select from transcript_label k
                                     where k.transcript_id = t.id and k.speaker_id = any($5)))
           order by b.date, b.starts nulls first, b.id, u.position"#,
        stretch.first.to_sqlx() as jiff_sqlx::Date,
        last.to_sqlx() as jiff_sqlx::Date,
        stretch.series.map(|id| id.0),
        issuers,
        &speakers
    )
    .fetch_all(conn)
    .await?;
    let spoken = rows.into_iter().map(|row| Spoken {
        id: row.id,
        briefing: row.briefing,
        briefing_kind: row.briefing_kind,
        date: row.date.to_jiff(),
        starts: row.starts.map(jiff_sqlx::Time::to_jiff),
        at_home: row.at_home,
        position: row.position,
        number: row.number,
        kind: row.kind,
        role: row.role,
        speaker: row.speaker,
        asked_by: row.asked_by,
        text: row.text,
    });
    Ok(spoken.collect())
}

/// Later words that seem to keep a promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seeming {
    /// The promise.
    pub follow_up: FollowUpId,
    /// The briefing of the words.
    pub briefing: BriefingId,
    /// Their number in it.
    pub number: i32,
    /// Their utterance.
    pub utterance: Option<UtteranceId>,
    /// How much speaks for it, from 0 to 1.
    pub score: Option<f32>,
    /// They say that they come back to something.
    pub says_so: bool,
    /// The same reporter asked before them.
    pub same_asker: bool,
}

/// What is kept of these promises, with whose word it is.
pub async fn known(
    conn: &mut Connection,
    promises: &[FollowUpId],
) -> Result<Vec<(ResolutionId, Origin, Seeming)>, Error> {
    let ids: Vec<i64> = promises.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ResolutionId", origin as "origin: Origin", follow_up_id as "follow_up: FollowUpId",
                  briefing_id as "briefing: BriefingId", number, utterance_id as "utterance: UtteranceId", score, says_so,
                  same_asker
           from follow_up_resolution where follow_up_id = any($1)"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let known = rows.into_iter().map(|row| {
        let seeming = Seeming {
            follow_up: row.follow_up,
            briefing: row.briefing,
            number: row.number,
            utterance: row.utterance,
            score: row.score,
            says_so: row.says_so,
            same_asker: row.same_asker,
        };
        (row.id, row.origin, seeming)
    });
    Ok(known.collect())
}

/// Writes what seems to keep promises, and forgets what does no more; what editors decided stays.
pub async fn write(conn: &mut Connection, seeming: &[Seeming], gone: &[ResolutionId]) -> Result<(), Error> {
    let gone: Vec<i64> = gone.iter().map(|id| id.0).collect();
    sqlx::query!("delete from follow_up_resolution where id = any($1) and origin = 'machine'", &gone)
        .execute(&mut *conn)
        .await?;
    let of = |get: fn(&Seeming) -> i64| seeming.iter().map(get).collect::<Vec<i64>>();
    let yes = |get: fn(&Seeming) -> bool| seeming.iter().map(get).collect::<Vec<bool>>();
    sqlx::query!(
        "insert into follow_up_resolution (follow_up_id, briefing_id, number, utterance_id, score, says_so, same_asker)
         select new.* from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[], $5::real[], $6::bool[], $7::bool[])
           as new (follow_up_id, briefing_id, number, utterance_id, score, says_so, same_asker)
         where exists (select from follow_up f where f.id = new.follow_up_id)
         on conflict (follow_up_id, briefing_id, number) do update
         set utterance_id = excluded.utterance_id, score = excluded.score, says_so = excluded.says_so,
             same_asker = excluded.same_asker",
        &of(|one| one.follow_up.0),
        &of(|one| one.briefing.0),
        &seeming.iter().map(|one| one.number).collect::<Vec<i32>>(),
        &seeming.iter().map(|one| one.utterance.map(|id| id.0)).collect::<Vec<Option<i64>>>() as _,
        &seeming.iter().map(|one| one.score).collect::<Vec<Option<f32>>>() as _,
        &yes(|one| one.says_so),
        &yes(|one| one.same_asker)
    )
    .execute(conn)
    .await
    .map(drop)
}
