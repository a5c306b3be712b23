//! Writing a draft: a briefing with its transcript, first revision, labels and utterances.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::{BriefingId, Draft, RevisionId, SeriesId, Slug, SourceId, TopicId, TranscriptId};

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
    /// A line that restricts publication.
    pub embargo_text: Option<&'a str>,
    /// Until when it is held back.
    pub embargo_until: Option<Timestamp>,
    /// Part of the sample archive.
    pub fiction: bool,
    /// Who brings it in.
    pub actor: &'a str,
}

/// Writes the draft. Utterances are numbered from 1; the numbers are permanent from the first publication on.
pub async fn insert(conn: &mut Connection, new: &NewDraft<'_>, now: Timestamp) -> Result<BriefingId, Error> {
    let briefing_id = insert_briefing(conn, new, now).await?;
    let transcript_id = sqlx::query_scalar!(
        r#"insert into transcript (briefing_id, source_id, is_main, issuer, status, format, diagnostics, evidence)
           values ($1, $2, true, $3, 'official', $4, $5, $6) returning id as "id: TranscriptId""#,
        briefing_id.0,
        new.source_id.0,
        new.draft.issuer,
        new.format,
        new.diagnostics,
        new.evidence,
    )
    .fetch_one(&mut *conn)
    .await?;
    let revision_id = sqlx::query_scalar!(
        r#"with written as (
               insert into revision (transcript_id, number, reason, actor, created_at)
               values ($1, 1, 'imported', $2, $3) returning id
           ), pointed as (
               update transcript set revision_id = (select id from written) where id = $1
           )
           select id as "id: RevisionId" from written"#,
        transcript_id.0,
        new.actor,
        now.to_sqlx() as _,
    )
    .fetch_one(&mut *conn)
    .await?;
    let labels = insert_labels(conn, transcript_id, new.draft).await?;
    insert_utterances(conn, revision_id, new, &labels).await?;
    Ok(briefing_id)
}

async fn insert_briefing(conn: &mut Connection, new: &NewDraft<'_>, now: Timestamp) -> Result<BriefingId, Error> {
    let draft = new.draft;
    sqlx::query_scalar!(
        r#"insert into briefing (slug, title, briefing_kind, series_id, date, date_origin, starts, ends, zone, place,
                                 language, fiction, embargo_text, embargo_until, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           returning id as "id: BriefingId""#,
        new.slug.as_str(),
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
    )
    .fetch_one(conn)
    .await
}

async fn insert_labels(
    conn: &mut Connection,
    transcript: TranscriptId,
    draft: &Draft,
) -> Result<HashMap<String, i64>, Error> {
    let mut turns = BTreeMap::<&str, i32>::new();
    for label in draft.utterances.iter().filter_map(|utterance| utterance.label.as_deref()) {
        *turns.entry(label).or_default() += 1;
    }
    let (labels, turns): (Vec<String>, Vec<i32>) =
        turns.into_iter().map(|(label, turns)| (label.to_owned(), turns)).unzip();
    let rows = sqlx::query!(
        "insert into transcript_label (transcript_id, label, turns)
         select $1, label, turns from unnest($2::text[], $3::integer[]) as label (label, turns)
         returning id, label",
        transcript.0,
        &labels,
        &turns
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.label, row.id)).collect())
}

async fn insert_utterances(
    conn: &mut Connection,
    revision: RevisionId,
    new: &NewDraft<'_>,
    labels: &HashMap<String, i64>,
) -> Result<(), Error> {
    let utterances = &new.draft.utterances;
    let kinds: Vec<&str> = utterances.iter().map(|u| u.kind.as_str()).collect();
    let label_ids: Vec<Option<i64>> = utterances.iter().map(|u| labels.get(u.label.as_ref()?).copied()).collect();
    let goes_on: Vec<bool> = utterances.iter().map(|u| u.goes_on).collect();
    let texts: Vec<&str> = utterances.iter().map(|u| u.text.as_str()).collect();
    let marks: Vec<Option<Value>> =
        utterances.iter().map(|u| (!u.marks.is_empty()).then(|| serde_json::json!(u.marks))).collect();
    let asked_by: Vec<Option<Value>> =
        utterances.iter().map(|u| u.asked_by.as_ref().map(|by| serde_json::json!(by))).collect();
    let starts: Vec<Option<i64>> = utterances.iter().map(|u| u.starts_at_ms.map(|ms| ms as i64)).collect();
    // Arrays of arrays must be rectangular in SQL, so each list of topics travels as its text.
    let topics: Vec<String> = new.topics.iter().map(|ids| array_text(ids)).collect();
    sqlx::query!(
        "insert into utterance (revision_id, position, number, kind, label_id, goes_on, text, marks, asked_by, starts_at_ms,
                                topic_ids)
         select $1, place - 1, place, kind, label_id, goes_on, text, marks, asked_by, starts_at_ms, topics::integer[]
         from unnest($2::text[], $3::bigint[], $4::boolean[], $5::text[], $6::jsonb[], $7::jsonb[], $8::bigint[], $9::text[])
              with ordinality as u (kind, label_id, goes_on, text, marks, asked_by, starts_at_ms, topics, place)",
        revision.0,
        &kinds as _,
        &label_ids as _,
        &goes_on,
        &texts as _,
        &marks as _,
        &asked_by as _,
        &starts as _,
        &topics
    )
    .execute(conn)
    .await?;
    Ok(())
}

fn array_text(ids: &[TopicId]) -> String {
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
    sqlx::query_scalar!(
        r#"insert into series (slug, name, office, time_zone) values ($1, $2, $3, $4)
           on conflict (slug) do update set office = coalesce(series.office, excluded.office),
                                            time_zone = coalesce(series.time_zone, excluded.time_zone)
           returning id as "id: SeriesId""#,
        slug.as_str(),
        name,
        office,
        time_zone
    )
    .fetch_one(conn)
    .await
}

/// Makes drafts public.
pub async fn publish(conn: &mut Connection, briefings: &[BriefingId], now: Timestamp) -> Result<(), Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query!(
        "update briefing set status = 'published', published_at = coalesce(published_at, $2) where id = any($1) and status = 'draft'",
        &ids,
        now.to_sqlx() as _
    )
    .execute(conn)
    .await?;
    Ok(())
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
            "delete from speaker where not exists (select from transcript_label l where speaker.id in (l.speaker_id, l.suggested_speaker_id))"
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
