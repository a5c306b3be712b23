//! Writing revisions: one state of a transcript after another, never over one.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::{
    Actor, BriefingId, BriefingStatus, Mark, RevisionId, RevisionKind, SeriesId, SourceId, SpeakerId, TopicId,
    TranscriptId, UtteranceId, UtteranceKind,
};

/// A transcript of a briefing, which is held until the end of the transaction: the main one if nothing else is said.
#[derive(Debug, Clone)]
pub struct Locked {
    /// The briefing.
    pub briefing_id: BriefingId,
    /// Who sees it.
    pub status: BriefingStatus,
    /// The transcript.
    pub transcript_id: TranscriptId,
    /// Its present revision.
    pub revision_id: RevisionId,
    /// The number of that.
    pub number: i32,
    /// The highest number ever given to an utterance.
    pub last_number: i32,
    /// The date of the event.
    pub date: Option<Date>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Name of its series.
    pub series: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
}

/// Holds a briefing, by its address, so that nobody else changes it meanwhile.
pub async fn lock(conn: &mut Connection, slug: &str) -> Result<Option<Locked>, Error> {
    // Held first and read then: what somebody else has committed meanwhile must be seen.
    let held = sqlx::query_scalar!("select id from briefing where slug = $1 for no key update", slug);
    let Some(id) = held.fetch_optional(&mut *conn).await? else { return Ok(None) };
    let row = sqlx::query!(
        r#"select b.id as "briefing_id: BriefingId", b.status as "status: BriefingStatus",
                  t.id as "transcript_id: TranscriptId", r.id as "revision_id: RevisionId", r.number, b.last_number,
                  b.date, b.language, s.name as "series?", t.issuer
           from briefing b join transcript t on t.briefing_id = b.id and t.is_main
             join revision r on r.id = t.revision_id left join series s on s.id = b.series_id
           where b.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| Locked {
        briefing_id: r.briefing_id,
        status: r.status,
        transcript_id: r.transcript_id,
        revision_id: r.revision_id,
        number: r.number,
        last_number: r.last_number,
        date: r.date.map(jiff_sqlx::Date::to_jiff),
        language: r.language,
        series: r.series,
        issuer: r.issuer,
    }))
}

/// The same briefing, but another text of it; `None` if it has no such text.
pub async fn text(conn: &mut Connection, locked: &Locked, id: TranscriptId) -> Result<Option<Locked>, Error> {
    let row = sqlx::query!(
        r#"select r.id as "revision_id: RevisionId", r.number, t.issuer
           from transcript t join revision r on r.id = t.revision_id where t.id = $1 and t.briefing_id = $2"#,
        id.0,
        locked.briefing_id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Locked {
        transcript_id: id,
        revision_id: row.revision_id,
        number: row.number,
        issuer: row.issuer,
        ..locked.clone()
    }))
}

/// An utterance that is new or not as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Fresh {
    /// What it was; who asked and when it began stay.
    pub from: Option<UtteranceId>,
    /// Its permanent number.
    pub number: i32,
    /// What it is.
    pub kind: UtteranceKind,
    /// The label; only turns have one.
    pub label: Option<String>,
    /// The label is not printed here.
    pub goes_on: bool,
    /// The words.
    pub text: String,
    /// Strikes, insertions, stage directions, notes.
    pub marks: Vec<Mark>,
    /// Subjects.
    pub topics: Vec<TopicId>,
}

/// An utterance in its place in a new revision.
#[derive(Debug, Clone, PartialEq)]
pub enum Placed {
    /// As it was.
    Kept(UtteranceId),
    /// New, or not as it was.
    Fresh(Fresh),
}

/// Why a revision is made, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// What sort of change it is.
    pub kind: RevisionKind,
    /// The reason that readers see.
    pub reason: &'a str,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The bytes from which it was read, if others than those of the revision before.
    pub source: Option<SourceId>,
}

/// A revision that was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its row.
    pub id: RevisionId,
    /// Its number.
    pub number: i32,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// Writes the next revision of a transcript and makes it the present one.
pub async fn append(
    conn: &mut Connection,
    locked: &Locked,
    utterances: &[Placed],
    why: Why<'_>,
) -> Result<Written, Error> {
    let all = || utterances.iter().enumerate().map(|(position, placed)| (position as i32, placed));
    let kept = all().filter_map(|(at, one)| if let Placed::Kept(id) = one { Some((at, id.0)) } else { None });
    let (kept_at, kept): (Vec<i32>, Vec<i64>) = kept.unzip();
    let fresh = all().filter_map(|(at, one)| if let Placed::Fresh(fresh) = one { Some((at, fresh)) } else { None });
    let (fresh_at, fresh): (Vec<i32>, Vec<&Fresh>) = fresh.unzip();
    let marks: Vec<Option<Value>> =
        fresh.iter().map(|u| (!u.marks.is_empty()).then(|| serde_json::json!(u.marks))).collect();
    let topics: Vec<String> = fresh.iter().map(|u| super::drafts::array_text(&u.topics)).collect();
    sqlx::query_as!(
        Written,
        r#"with hashed as materialized (
               select f.*, utterance_hash(salt, number, kind, label, goes_on, text, marks, asked_by, starts_at_ms) as hash
               from (select f.*, o.asked_by, o.starts_at_ms, l.id as label_id, new_salt() as salt
                     from unnest($4::integer[], $5::bigint[], $6::integer[], $7::text[], $8::text[], $9::boolean[],
                                 $10::text[], $11::jsonb[], $12::text[])
                          as f (position, from_id, number, kind, label, goes_on, text, marks, topics)
                       left join utterance o on o.id = f.from_id
                       left join transcript_label l on l.transcript_id = $1 and l.label = f.label offset 0) as f
           ), placed as materialized (
               select position, number, kind, label_id, goes_on, text, marks, asked_by, starts_at_ms,
                      topics::integer[] as topic_ids, salt, hash, null::bigint as redaction_id
               from hashed
               union all
               select k.position, u.number, kind, label_id, goes_on, text, marks, asked_by, starts_at_ms, topic_ids,
                      salt, hash, redaction_id
               from unnest($2::integer[], $3::bigint[]) as k (position, id) join utterance u on u.id = k.id
           ), revised as materialized (
               select t.id as transcript_id, before.hash as before, new_salt() as salt, t.is_main,
                      -- Those of the main text are numbered through the briefing.
                      greatest(before.number, (select max(r.number) from transcript o join revision r on r.transcript_id = o.id
                                               where t.is_main and o.briefing_id = t.briefing_id and r.of_main)) + 1 as number,
                      case when s.id is null
                           then revision_facts(title, date, date_origin, series_id, place, b.language, speakers)
                           else revision_facts(title, date, date_origin, series_id, place, b.language, speakers, s.sha256) end as facts
               from transcript t join briefing b on b.id = t.briefing_id join revision before on before.id = t.revision_id
                 left join source s on s.id = $19, lateral (
                   select coalesce(json_object_agg(l.label, coalesce(p.name, l.role) order by l.label), '{}'::json) as speakers
                   from transcript_label l left join speaker p on p.id = l.speaker_id
                   where l.transcript_id = t.id and l.origin = 'editor' and l.series_label_id is null) as decided where t.id = $1
           ), new_revision as (
               insert into revision (transcript_id, number, kind, reason, actor, account_id, created_at, facts, salt, of_main, source_id, hash)
               select transcript_id, number, $13, $14, $15, $16, $17, facts, salt, is_main, $19,
                      revision_hash(before, number, $13, $17, $16, salt, $15, $14, facts,
                                    (select coalesce(string_agg(hash, '' order by position), '') from placed))
               from revised returning id, number, hash
           ), new_utterance as (
               insert into utterance (revision_id, position, number, kind, label_id, goes_on, text, marks, asked_by,
                                      starts_at_ms, topic_ids, salt, hash, redaction_id)
               select r.id, position, p.number, kind, label_id, goes_on, text, marks, asked_by, starts_at_ms, topic_ids,
                      salt, p.hash, redaction_id
               from new_revision r, placed p
           ), shown as (update transcript set revision_id = (select id from new_revision) where id = $1
           ), counted as (
               update briefing set last_number = greatest(last_number, (select max(number) from hashed))
               where id = $18 and exists (select from hashed where number > last_number))
           select id as "id: RevisionId", number, hash from new_revision"#,
        locked.transcript_id.0,
        &kept_at,
        &kept,
        &fresh_at,
        &fresh.iter().map(|u| u.from.map(|id| id.0)).collect::<Vec<_>>() as _,
        &fresh.iter().map(|u| u.number).collect::<Vec<_>>(),
        &fresh.iter().map(|u| u.kind.as_str()).collect::<Vec<_>>() as _,
        &fresh.iter().map(|u| u.label.as_deref()).collect::<Vec<_>>() as _,
        &fresh.iter().map(|u| u.goes_on).collect::<Vec<_>>(),
        &fresh.iter().map(|u| u.text.as_str()).collect::<Vec<_>>() as _,
        &marks as _,
        &topics,
        why.kind.as_str(),
        why.reason,
        why.actor.name,
        why.actor.account.map(|id| id.0),
        why.now.to_sqlx() as _,
        locked.briefing_id.0,
        why.source.map(|id| id.0),
    )
    .fetch_one(conn)
    .await
}

/// Makes sure that a transcript has this label.
pub async fn add_label(conn: &mut Connection, transcript: TranscriptId, label: &str) -> Result<(), Error> {
    sqlx::query!(
        "insert into transcript_label (transcript_id, label, turns) values ($1, $2, 0) on conflict do nothing",
        transcript.0,
        label
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Gives a transcript the labels of another that it lacks, with who is behind them.
pub async fn add_labels_of(conn: &mut Connection, from: TranscriptId, to: TranscriptId) -> Result<(), Error> {
    sqlx::query!(
        "insert into transcript_label (transcript_id, label, turns, role, named_id, named_office, named_after, origin,
                                       series_label_id, suggested_speaker_id, score, reason, attribution, attributed_to)
         select $2, label, 0, role, named_id, named_office, named_after, origin, series_label_id, suggested_speaker_id,
                score, reason, attribution, attributed_to
         from transcript_label where transcript_id = $1 on conflict do nothing",
        from.0,
        to.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The numbers of a briefing that lead on to others.
pub async fn redirects(conn: &mut Connection, briefing: BriefingId) -> Result<Vec<(i32, i32)>, Error> {
    let rows = sqlx::query!("select number, leads_to from number_redirect where briefing_id = $1", briefing.0);
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.number, row.leads_to)).collect())
}

/// Counts the turns of each label in the present revision.
pub async fn count_turns(conn: &mut Connection, transcript: TranscriptId) -> Result<(), Error> {
    sqlx::query!(
        "update transcript_label l set turns = now.turns
         from (select l.id, count(u.id)::integer as turns
               from transcript_label l join transcript t on t.id = l.transcript_id
                 left join utterance u on u.label_id = l.id and u.revision_id = t.revision_id
               where t.id = $1 group by l.id) as now
         where now.id = l.id and now.turns <> l.turns",
        transcript.0
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Puts a speaker, or nobody who is known, behind a label, on the word of an editor; says whether that is any different.
pub async fn decide_label(
    conn: &mut Connection,
    transcript: TranscriptId,
    label: &str,
    speaker: Option<SpeakerId>,
    date: Option<Date>,
) -> Result<bool, Error> {
    let decided = sqlx::query!(
        "update transcript_label
         set named_id = $3, named_after = (select coalesce(max(id), 0) from speaker_act), origin = 'editor',
             role = case when $3::bigint is null then role end, series_label_id = null,
             named_office = (select o.title from office o
                        where o.speaker_id = $3 and ($4 >= o.from_date or o.from_date is null)
                          and ($4 <= o.to_date or o.to_date is null)
                        order by o.origin, o.from_date desc limit 1),
             suggested_speaker_id = null, score = null, reason = null
         where transcript_id = $1 and label = $2
           and (origin, named_id, series_label_id) is distinct from ('editor', $3, null)",
        transcript.0,
        label,
        speaker.map(|id| id.0),
        date.map(ToSqlx::to_sqlx) as _
    )
    .execute(conn)
    .await?;
    Ok(decided.rows_affected() > 0)
}

/// The speakers that have or had this address, or else exactly this name.
pub async fn speakers_meant(conn: &mut Connection, words: &str) -> Result<Vec<SpeakerId>, Error> {
    sqlx::query_scalar!(
        r#"with of_address as (
               select coalesce(merged_into, id) as id from speaker where slug = $1
               union select coalesce(s.merged_into, s.id) from speaker_slug f join speaker s on s.id = f.speaker_id
                     where f.slug = $1)
           select id as "id!: SpeakerId" from of_address
           union select id from speaker where lower(name) = lower($1) and merged_into is null
             and not exists (select from of_address)"#,
        words
    )
    .fetch_all(conn)
    .await
}

/// Makes the address of one number lead on to another, and those that led to the first.
pub async fn redirect(conn: &mut Connection, briefing: BriefingId, gone: i32, to: i32) -> Result<(), Error> {
    sqlx::query!(
        "with before as (update number_redirect set leads_to = $3 where briefing_id = $1 and leads_to = $2)
         insert into number_redirect (briefing_id, number, leads_to) values ($1, $2, $3)",
        briefing.0,
        gone,
        to
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What an editor may say of a briefing beside its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Described<'a> {
    /// The title.
    pub title: &'a str,
    /// The date of the event.
    pub date: Option<Date>,
    /// The series.
    pub series: Option<SeriesId>,
    /// Where it was held.
    pub place: Option<&'a str>,
    /// ISO 639-1 code of its language.
    pub language: Option<&'a str>,
}

/// Describes a briefing anew; says whether that is any different. A date that changes is an editor's.
pub async fn describe(conn: &mut Connection, id: BriefingId, is: &Described<'_>) -> Result<bool, Error> {
    let changed = sqlx::query!(
        "update briefing
         set title = $2, date = $3, series_id = $4, place = $5, language = $6,
             date_origin = case when $3::date is null then null when date is distinct from $3 then 'editor' else date_origin end
         where id = $1 and (title, date, series_id, place, language) is distinct from ($2, $3, $4, $5, $6)",
        id.0,
        is.title,
        is.date.map(ToSqlx::to_sqlx) as _,
        is.series.map(|id| id.0),
        is.place,
        is.language
    )
    .execute(conn)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Takes a published briefing out of sight.
pub async fn withdraw(conn: &mut Connection, id: BriefingId, reason: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set status = 'withdrawn', withdrawn_reason = $2, withdrawn_at = $3 where id = $1",
        id.0,
        reason,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Puts a withdrawn briefing back.
pub async fn republish(conn: &mut Connection, id: BriefingId) -> Result<(), Error> {
    sqlx::query!(
        "update briefing set status = 'published', withdrawn_reason = null, withdrawn_at = null where id = $1",
        id.0
    )
    .execute(conn)
    .await
    .map(drop)
}
