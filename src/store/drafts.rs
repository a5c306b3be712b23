//! Writing a draft: a briefing with its transcript, first revision, labels and utterances.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::{BriefingId, Draft, SeriesId, Slug, SourceId, TopicId, TranscriptId};

/// A draft with what belongs to it but is not its words.
#[derive(Debug, Clone)]
pub struct NewDraft<'a> {
    /// The words and facts.
    pub draft: &'a Draft,
    /// The readable part of its address.
    pub slug: &'a Slug,
    /// The series, already a row.
    pub series_id: Option<SeriesId>,
    /// The bytes it was read from.
    pub source_id: SourceId,
    /// The format of these bytes.
    pub format: &'a str,
    /// What an editor should know.
    pub diagnostics: &'a Value,
    /// What people are resolved from.
    pub evidence: &'a Value,
    /// Topics of each utterance, as many as there are utterances.
    pub topics: &'a [Vec<TopicId>],
    /// The version of the terms that found them.
    pub terms_version: i64,
    /// A line that restricts publication.
    pub embargo_text: Option<&'a str>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// Part of the sample archive.
    pub fiction: bool,
    /// Who brings it in.
    pub actor: &'a str,
    /// It is only a newer version of a transcript, to be put beside it.
    pub proposed: bool,
    /// What finds texts that are alike.
    pub fingerprint: &'a [i32],
}

/// A draft that was written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// The briefing.
    pub briefing_id: BriefingId,
    /// Its transcript.
    pub transcript_id: TranscriptId,
}

/// Writes the draft under the first free address made of its slug. Utterances are numbered from 1; the numbers are
/// permanent from the first publication on.
pub async fn insert(conn: &mut Connection, new: &NewDraft<'_>, now: Timestamp) -> Result<Written, Error> {
    let mut slug = new.slug.clone();
    loop {
        // Somebody else may take an address between a look and the writing, so the writing itself is the look.
        if let Some(written) = insert_as(conn, new, &slug, now).await? {
            return Ok(written);
        }
        slug = free_slug(conn, new.slug).await?;
    }
}

/// Writes everything of a draft in one statement; `None` if the slug is taken.
async fn insert_as(
    conn: &mut Connection,
    new: &NewDraft<'_>,
    slug: &Slug,
    now: Timestamp,
) -> Result<Option<Written>, Error> {
    let (draft, utterances, (labels, turns)) = (new.draft, Columns::of(new), labels(new.draft));
    sqlx::query_as!(
        Written,
        r#"with new_briefing as (
               insert into briefing (slug, title, briefing_kind, series_id, date, date_origin, starts, ends, zone, place,
                                     language, fiction, embargo_text, embargo_until, created_at, last_number,
                                     terms_version)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, cardinality($24::text[]), $34)
               on conflict (slug) do nothing returning id
           ), new_transcript as (
               insert into transcript (briefing_id, source_id, is_main, issuer, status, format, diagnostics, evidence,
                                       revision_id, standing, number, fingerprinted)
               select id, $16, not $32::boolean, $17, 'official', $18, $19, $20, nextval(pg_get_serial_sequence('revision', 'id')),
                      case when $32 then 'proposed' else 'shown' end, case when $32 then null else 1 end, true
               from new_briefing returning id, revision_id
           ), told_by as (
               insert into fingerprint select part, id from new_transcript, unnest($33::integer[]) as part on conflict do nothing
           ), new_label as (
               insert into transcript_label (transcript_id, label, turns)
               select t.id, label, turns from new_transcript t, unnest($22::text[], $23::integer[]) as label (label, turns)
               returning id, label
           ), hashed as materialized (
               select *, utterance_hash(salt, place::integer, kind, label, goes_on, text, marks, asked_by, starts_at_ms) as hash
               from (select u.*, topics::integer[] as topic_ids, new_salt() as salt
                     from new_transcript, unnest($24::text[], $25::text[], $26::boolean[], $27::text[], $28::jsonb[],
                                                 $29::jsonb[], $30::bigint[], $31::text[]) with ordinality
                       as u (kind, label, goes_on, text, marks, asked_by, starts_at_ms, topics, place) offset 0) as salted
           ), new_revision as (
               insert into revision (id, transcript_id, number, kind, reason, actor, created_at, facts, salt, hash)
               overriding system value
               select revision_id, id, 1, 'imported', 'imported', $21, $15, facts, salt,
                      revision_hash((select sha256 from source where id = $16), 1, 'imported', $15, null, salt, $21,
                                    'imported', facts, (select coalesce(string_agg(hash, '' order by place), '') from hashed))
               from (select id, revision_id, revision_facts($2, $5, $6, $4, $10, $11, '{}'::json) as facts,
                            new_salt() as salt from new_transcript offset 0) as revised returning id
           ), new_utterance as (
               insert into utterance (revision_id, position, number, kind, label_id, goes_on, text, marks, asked_by,
                                      starts_at_ms, topic_ids, salt, hash)
               select r.id, place - 1, place, kind, l.id, goes_on, text, marks, asked_by, starts_at_ms, topic_ids, salt, hash
               from new_revision r, hashed u left join new_label l on l.label = u.label)
           select b.id as "briefing_id: BriefingId", t.id as "transcript_id: TranscriptId" from new_briefing b, new_transcript t"#,
        slug.as_str(),
        draft.title,
        draft.briefing_kind.as_str(),
        new.series_id.map(|id| id.0),
        draft.date.map(ToSqlx::to_sqlx) as _,
        draft.date_origin,
        draft.starts.map(ToSqlx::to_sqlx) as _,
        draft.ends.map(ToSqlx::to_sqlx) as _,
        draft.zone,
        draft.place,
        draft.language,
        new.fiction,
        new.embargo_text,
        new.embargo_until.map(ToSqlx::to_sqlx) as _,
        now.to_sqlx() as _,
        new.source_id.0,
        draft.issuer,
        new.format,
        new.diagnostics,
        new.evidence,
        new.actor,
        &labels as _,
        &turns,
        &utterances.kinds as _,
        &utterances.labels as _,
        &utterances.goes_on,
        &utterances.texts as _,
        &utterances.marks as _,
        &utterances.asked_by as _,
        &utterances.starts as _,
        &utterances.topics,
        new.proposed,
        new.fingerprint,
        new.terms_version
    )
    .fetch_optional(conn)
    .await
}

/// The labels of a draft and how many turns each has.
fn labels(draft: &Draft) -> (Vec<&str>, Vec<i32>) {
    let mut turns = BTreeMap::<&str, i32>::new();
    for label in draft.utterances.iter().filter_map(|utterance| utterance.label.as_deref()) {
        *turns.entry(label).or_default() += 1;
    }
    turns.into_iter().unzip()
}

/// The utterances of a draft as they travel: an array for each column.
struct Columns<'a> {
    kinds: Vec<&'a str>,
    labels: Vec<Option<&'a str>>,
    goes_on: Vec<bool>,
    texts: Vec<&'a str>,
    marks: Vec<Option<Value>>,
    asked_by: Vec<Option<Value>>,
    starts: Vec<Option<i64>>,
    topics: Vec<String>,
}

impl<'a> Columns<'a> {
    fn of(new: &NewDraft<'a>) -> Self {
        let utterances = &new.draft.utterances;
        Self {
            kinds: utterances.iter().map(|u| u.kind.as_str()).collect(),
            labels: utterances.iter().map(|u| u.label.as_deref()).collect(),
            goes_on: utterances.iter().map(|u| u.goes_on).collect(),
            texts: utterances.iter().map(|u| u.text.as_str()).collect(),
            marks: utterances.iter().map(|u| (!u.marks.is_empty()).then(|| serde_json::json!(u.marks))).collect(),
            asked_by: utterances.iter().map(|u| u.asked_by.as_ref().map(|by| serde_json::json!(by))).collect(),
            starts: utterances.iter().map(|u| u.starts_at_ms.map(|ms| ms as i64)).collect(),
            // Arrays of arrays must be rectangular in SQL, so each list of topics travels as its text.
            topics: new.topics.iter().map(|ids| array_text(ids)).collect(),
        }
    }
}

pub(super) fn array_text(ids: &[TopicId]) -> String {
    let list: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    format!("{{{}}}", list.join(","))
}

/// The first of `slug`, `slug-2`, `slug-3` ... that no briefing has.
pub async fn free_slug(conn: &mut Connection, slug: &Slug) -> Result<Slug, Error> {
    let taken = sqlx::query_scalar!("select slug from briefing where slug = $1 or slug like $1 || '-%'", slug.as_str())
        .fetch_all(conn)
        .await?;
    let taken: std::collections::HashSet<String> = taken.into_iter().collect();
    let numbered = (2_u32..).filter_map(|n| Slug::parse(&format!("{}-{n}", slug.as_str())));
    Ok(std::iter::once(slug.clone())
        .chain(numbered)
        .find(|slug| !taken.contains(slug.as_str()))
        .unwrap_or_else(|| slug.clone()))
}

/// Finds the series by its name, or makes it.
pub async fn series(
    conn: &mut Connection,
    slug: &Slug,
    name: &str,
    office: Option<&str>,
    time_zone: Option<&str>,
) -> Result<SeriesId, Error> {
    // A row that is right already is left alone: imports side by side would wait for each other.
    sqlx::query_scalar!(
        r#"with known as (
               select id from series
               where slug = $1 and ($3::text is null or office is not null) and ($4::text is null or time_zone is not null)
           ), made as (
               insert into series (slug, name, office, time_zone)
               select $1, $2, $3, $4 where not exists (select from known)
               on conflict (slug) do update set office = coalesce(series.office, excluded.office),
                                                time_zone = coalesce(series.time_zone, excluded.time_zone)
               returning id
           )
           select id as "id!: SeriesId" from known union all select id from made"#,
        slug.as_str(),
        name,
        office,
        time_zone
    )
    .fetch_one(conn)
    .await
}

/// Those of some drafts that may become public: none that seems to be of an event that is here already. They are held
/// until the end of the transaction.
pub async fn ready(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<BriefingId>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"select id as "id: BriefingId" from briefing b
           where id = any($1) and status = 'draft'
             and not exists (select from same_event s where s.briefing_id = b.id and s.settled_at is null)
           order by id for no key update"#,
        &ids
    )
    .fetch_all(conn)
    .await
}

/// Makes drafts public, and says which became so: one that seems to be of an event that is here already does not.
pub async fn publish(
    conn: &mut Connection,
    briefings: &[BriefingId],
    now: Timestamp,
) -> Result<Vec<BriefingId>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(
        r#"update briefing b set status = 'published', published_at = coalesce(published_at, $2)
           where id = any($1) and status = 'draft'
             and not exists (select from same_event s where s.briefing_id = b.id and s.settled_at is null)
           returning id as "id: BriefingId""#,
        &ids,
        now.to_sqlx() as _
    )
    .fetch_all(conn)
    .await
}

/// Whether any of these is not of the sample archive.
pub async fn is_any_real(conn: &mut Connection, briefings: &[BriefingId]) -> Result<bool, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_scalar!(r#"select exists (select from briefing where id = any($1) and not fiction) as "real!""#, &ids)
        .fetch_one(conn)
        .await
}

/// Removes the sample archive altogether, and speakers and series that only it had.
pub async fn remove_fiction(conn: &mut Connection) -> Result<u64, Error> {
    let removed = sqlx::query!(
        "with gone as (delete from briefing where fiction returning id)
         insert into removal (briefing_id) select id from gone"
    )
    .execute(&mut *conn)
    .await?
    .rows_affected();
    if removed > 0 {
        sqlx::query!("delete from source where not exists (select from transcript t where t.source_id = source.id)")
            .execute(&mut *conn)
            .await?;
        sqlx::query!("delete from series where not exists (select from briefing b where b.series_id = series.id)")
            .execute(&mut *conn)
            .await?;
        sqlx::query!(
            "delete from speaker where not exists (select from transcript_label l where speaker.id in (l.speaker_id, l.named_id, l.suggested_speaker_id))"
        )
        .execute(conn)
        .await?;
    }
    Ok(removed)
}

/// Whether nothing was ever brought in.
pub async fn is_empty(conn: &mut Connection) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select not exists (select from briefing) as "empty!""#).fetch_one(conn).await
}
