//! Who labels stand for: evidence in, people, offices and links out.

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use serde_json::Value;

use super::{Connection, Error};
use crate::domain::{BriefingId, Origin, Role, Slug, SpeakerId, TranscriptId};

/// How often evidence has changed, and up to which change people were resolved.
#[derive(Debug, Clone, Copy)]
pub struct Versions {
    /// Changes of the evidence so far.
    pub evidence: i64,
    /// Changes that people are resolved up to.
    pub resolved: i64,
}

/// Reads both versions.
pub async fn versions(conn: &mut Connection) -> Result<Versions, Error> {
    sqlx::query_as!(Versions, "select evidence_version as evidence, people_version as resolved from feed")
        .fetch_one(conn)
        .await
}

/// Records that evidence has changed. Like [`super::feed::advance`], among the last acts of its transaction.
pub async fn evidence_changed(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("update feed set evidence_version = evidence_version + 1").execute(conn).await?;
    Ok(())
}

/// Transcripts with whose evidence people have never been resolved.
pub async fn unresolved(conn: &mut Connection) -> Result<Vec<TranscriptId>, Error> {
    sqlx::query_scalar!(r#"select id as "id: TranscriptId" from transcript where not resolved"#).fetch_all(conn).await
}

/// Records that people are resolved up to a version of the evidence, that of these transcripts for the first time.
pub async fn resolved(conn: &mut Connection, version: i64, first: &[TranscriptId]) -> Result<(), Error> {
    let first: Vec<i64> = first.iter().map(|id| id.0).collect();
    sqlx::query!("update transcript set resolved = true where id = any($1)", &first).execute(&mut *conn).await?;
    sqlx::query!("update feed set people_version = $1 where people_version < $1", version).execute(conn).await?;
    Ok(())
}

/// Waits until nobody else resolves people, until the end of the transaction.
pub async fn one_at_a_time(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('onrecord: people'))").execute(conn).await?;
    Ok(())
}

/// What one transcript says about people.
#[derive(Debug, Clone)]
pub struct EvidenceRow {
    /// The transcript.
    pub transcript_id: TranscriptId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// When it was held.
    pub date: Option<Date>,
    /// Name of its series.
    pub series: Option<String>,
    /// As written by the analysis.
    pub evidence: Value,
}

/// The evidence of the whole archive.
pub async fn evidence(conn: &mut Connection) -> Result<Vec<EvidenceRow>, Error> {
    let rows = sqlx::query!(
        r#"select t.id as "transcript_id: TranscriptId", b.id as "briefing_id: BriefingId", b.date, s.name as "series?", t.evidence
           from transcript t join briefing b on b.id = t.briefing_id left join series s on s.id = b.series_id
           where b.briefing_kind <> 'report' and t.standing = 'shown'
           order by b.date, t.id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| EvidenceRow {
            transcript_id: row.transcript_id,
            briefing_id: row.briefing_id,
            date: row.date.map(jiff_sqlx::Date::to_jiff),
            series: row.series,
            evidence: row.evidence,
        })
        .collect())
}

/// A speaker of the machine's with the names that it knows; what editors call them is not in here.
#[derive(Debug, Clone)]
pub struct SpeakerRow {
    /// The row.
    pub id: SpeakerId,
    /// The address that the machine wants.
    pub slug: Slug,
    /// The name that it shows.
    pub name: String,
    /// Other names.
    pub names: Vec<String>,
    /// An editor has said something about them, so that the row stays.
    pub held: bool,
}

/// All speakers of the machine's.
pub async fn speakers(conn: &mut Connection) -> Result<Vec<SpeakerRow>, Error> {
    let rows = sqlx::query!(
        r#"select s.id as "id: SpeakerId", s.machine_slug as "slug!", s.machine_name as "name!",
                  array(select n.name from speaker_name n where n.speaker_id = s.id and n.origin = 'machine'
                        order by n.name) as "names!",
                  (s.named_by_editor or s.wikidata is not null
                   or exists (select from speaker_act a where a.undone_at is null and s.id in (a.from_id, a.to_id))
                   or exists (select from speaker_name n where n.speaker_id = s.id and n.origin = 'editor')
                   or exists (select from office o where o.speaker_id = s.id and o.origin = 'editor')
                   or exists (select from speaker_denied d where d.speaker_id = s.id)) as "held!"
           from speaker s where s.machine_name is not null and s.machine_slug is not null order by s.id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let slug = Slug::parse(&row.slug)?;
            Some(SpeakerRow { id: row.id, slug, name: row.name, names: row.names, held: row.held })
        })
        .collect())
}

/// Adds a speaker of the machine's under the first free address made of the slug.
pub async fn add_speaker(conn: &mut Connection, slug: &Slug, name: &str, sort_name: &str) -> Result<SpeakerId, Error> {
    let free = free_slug(conn, None, slug).await?;
    sqlx::query_scalar!(
        r#"insert into speaker (slug, name, sort_name, machine_slug, machine_name) values ($1, $2, $3, $4, $2)
           returning id as "id: SpeakerId""#,
        free.as_str(),
        name,
        sort_name,
        slug.as_str()
    )
    .fetch_one(conn)
    .await
}

/// Keeps name and address of a speaker as an editor gave them.
pub async fn name_by_editor(conn: &mut Connection, id: SpeakerId) -> Result<(), Error> {
    sqlx::query!("update speaker set named_by_editor = true where id = $1", id.0).execute(conn).await.map(drop)
}

/// The machine renames a speaker; the old address redirects. What an editor named keeps name and address.
pub async fn rename_speaker(
    conn: &mut Connection,
    id: SpeakerId,
    slug: &Slug,
    name: &str,
    sort_name: &str,
) -> Result<(), Error> {
    let named_by_editor = sqlx::query_scalar!(
        "update speaker set machine_slug = $2, machine_name = $3 where id = $1 returning named_by_editor",
        id.0,
        slug.as_str(),
        name
    )
    .fetch_one(&mut *conn)
    .await?;
    if named_by_editor { Ok(()) } else { show_as(conn, id, slug, name, sort_name).await }
}

/// Gives a speaker the name and address that readers see; the old address redirects.
pub async fn show_as(
    conn: &mut Connection,
    id: SpeakerId,
    slug: &Slug,
    name: &str,
    sort_name: &str,
) -> Result<(), Error> {
    // A person who takes an earlier address back.
    sqlx::query!("delete from speaker_slug where slug = $1 and speaker_id = $2", slug.as_str(), id.0)
        .execute(&mut *conn)
        .await?;
    let slug = free_slug(conn, Some(id), slug).await?;
    sqlx::query!(
        "with old as (insert into speaker_slug (slug, speaker_id) select slug, id from speaker where id = $1 and slug <> $2
                      on conflict (slug) do update set speaker_id = excluded.speaker_id)
         update speaker set slug = $2, name = $3, sort_name = $4 where id = $1",
        id.0,
        slug.as_str(),
        name,
        sort_name
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The first address made of `slug` that nobody but `me` has.
pub async fn free_slug(conn: &mut Connection, me: Option<SpeakerId>, slug: &Slug) -> Result<Slug, Error> {
    let taken = sqlx::query_scalar!(
        r#"select slug as "slug!" from (select slug, id from speaker union all select slug, null from speaker_slug) all_slugs
           where (slug = $1 or slug like $1 || '-%') and id is distinct from $2"#,
        slug.as_str(),
        me.map(|id| id.0)
    )
    .fetch_all(conn)
    .await?;
    let numbered = (2_u32..).filter_map(|n| Slug::parse(&format!("{}-{n}", slug.as_str())));
    Ok(std::iter::once(slug.clone())
        .chain(numbered)
        .find(|slug| !taken.iter().any(|taken| taken == slug.as_str()))
        .unwrap_or_else(|| slug.clone()))
}

/// Removes speakers, as when two turn out to be one; addresses given in `redirects` lead on to the one that stays.
pub async fn remove_speakers(conn: &mut Connection, redirects: &[(SpeakerId, Option<SpeakerId>)]) -> Result<(), Error> {
    for (gone, stays) in redirects {
        if let Some(stays) = stays {
            sqlx::query!(
                "with old as (insert into speaker_slug (slug, speaker_id) select slug, $2 from speaker where id = $1
                              on conflict (slug) do update set speaker_id = excluded.speaker_id)
                 update speaker_slug set speaker_id = $2 where speaker_id = $1",
                gone.0,
                stays.0
            )
            .execute(&mut *conn)
            .await?;
            // What editors decided follows; what the machine did is decided anew already.
            sqlx::query!("update transcript_label set named_id = $2 where named_id = $1", gone.0, stays.0)
                .execute(&mut *conn)
                .await?;
            sqlx::query!("update transcript_label set speaker_id = $2 where speaker_id = $1", gone.0, stays.0)
                .execute(&mut *conn)
                .await?;
            sqlx::query!("update series_label set speaker_id = $2 where speaker_id = $1", gone.0, stays.0)
                .execute(&mut *conn)
                .await?;
        }
        sqlx::query!("delete from speaker where id = $1", gone.0).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Replaces what the machine knows of the other names and offices of these people.
pub async fn describe(
    conn: &mut Connection,
    people: &[SpeakerId],
    names: &[(SpeakerId, String)],
    offices: &[OfficeRow],
) -> Result<(), Error> {
    let people: Vec<i64> = people.iter().map(|id| id.0).collect();
    let (ids, texts): (Vec<i64>, Vec<String>) = names.iter().map(|(id, name)| (id.0, name.clone())).unzip();
    sqlx::query!("delete from speaker_name where origin = 'machine' and speaker_id = any($1)", &people)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "insert into speaker_name (speaker_id, name) select * from unnest($1::bigint[], $2::text[]) on conflict do nothing",
        &ids,
        &texts
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from office where origin = 'machine' and speaker_id = any($1)", &people)
        .execute(&mut *conn)
        .await?;
    let ids: Vec<i64> = offices.iter().map(|office| office.speaker_id.0).collect();
    let titles: Vec<String> = offices.iter().map(|office| office.title.clone()).collect();
    let from: Vec<Option<jiff_sqlx::Date>> = offices.iter().map(|office| office.from.map(ToSqlx::to_sqlx)).collect();
    let to: Vec<Option<jiff_sqlx::Date>> = offices.iter().map(|office| office.to.map(ToSqlx::to_sqlx)).collect();
    sqlx::query!(
        "insert into office (speaker_id, title, from_date, to_date, origin)
         select speaker_id, title, from_date, to_date, 'machine'
         from unnest($1::bigint[], $2::text[], $3::date[], $4::date[]) as o (speaker_id, title, from_date, to_date)
         on conflict do nothing",
        &ids,
        &titles,
        &from as _,
        &to as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// An office of a person, as observed.
#[derive(Debug, Clone)]
pub struct OfficeRow {
    /// Who held it.
    pub speaker_id: SpeakerId,
    /// Its title.
    pub title: String,
    /// First date on which it is known to be held.
    pub from: Option<Date>,
    /// Last such date.
    pub to: Option<Date>,
}

/// Who is named for a label of a transcript, before merges, splits and what editors say of offices.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelRow {
    /// The transcript.
    pub transcript_id: TranscriptId,
    /// The label.
    pub label: String,
    /// A role, when it names nobody.
    pub role: Option<Role>,
    /// The person.
    pub speaker_id: Option<SpeakerId>,
    /// The office held at the date.
    pub office: Option<String>,
    /// A person suggested but not linked.
    pub suggested: Option<SpeakerId>,
    /// How sure, 0 to 1.
    pub score: Option<f32>,
    /// Why, as a sentence for an editor.
    pub reason: Option<String>,
}

/// All labels of the archive with who is named for them, and whether an editor said so.
pub async fn labels(conn: &mut Connection) -> Result<Vec<(LabelRow, Origin)>, Error> {
    let rows = sqlx::query!(
        r#"select transcript_id as "transcript_id: TranscriptId", label, role as "role: Role",
                  named_id as "speaker_id: SpeakerId", named_office as office, suggested_speaker_id as "suggested: SpeakerId",
                  score, reason, origin as "origin: Origin"
           from transcript_label"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let label = LabelRow {
                transcript_id: row.transcript_id,
                label: row.label,
                role: row.role,
                speaker_id: row.speaker_id,
                office: row.office,
                suggested: row.suggested,
                score: row.score,
                reason: row.reason,
            };
            (label, row.origin)
        })
        .collect())
}

/// Writes who is named for labels. Labels that an editor decided are left as they are.
pub async fn link(conn: &mut Connection, labels: &[LabelRow]) -> Result<(), Error> {
    let transcripts: Vec<i64> = labels.iter().map(|l| l.transcript_id.0).collect();
    let texts: Vec<&str> = labels.iter().map(|l| l.label.as_str()).collect();
    let roles: Vec<Option<&str>> = labels.iter().map(|l| l.role.map(Role::as_str)).collect();
    let speakers: Vec<Option<i64>> = labels.iter().map(|l| l.speaker_id.map(|id| id.0)).collect();
    let offices: Vec<Option<&str>> = labels.iter().map(|l| l.office.as_deref()).collect();
    let suggested: Vec<Option<i64>> = labels.iter().map(|l| l.suggested.map(|id| id.0)).collect();
    let scores: Vec<Option<f32>> = labels.iter().map(|l| l.score).collect();
    let reasons: Vec<Option<&str>> = labels.iter().map(|l| l.reason.as_deref()).collect();
    sqlx::query!(
        "update transcript_label l
         set role = new.role, named_id = new.speaker_id, named_office = new.office, suggested_speaker_id = new.suggested,
             score = new.score, reason = new.reason
         from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::real[], $8::text[])
              as new (transcript_id, label, role, speaker_id, office, suggested, score, reason)
         where l.transcript_id = new.transcript_id and l.label = new.label and l.origin = 'machine'",
        &transcripts,
        &texts as _,
        &roles as _,
        &speakers as _,
        &offices as _,
        &suggested as _,
        &scores as _,
        &reasons as _
    )
    .execute(conn)
    .await?;
    Ok(())
}
