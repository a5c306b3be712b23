//! Reading speakers, their offices and their former addresses.

use std::collections::HashMap;

use super::directory::Named;
use super::{Connection, Error};
use crate::domain::{Office, SpeakerId};

/// A speaker that readers can see.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// The row.
    pub id: SpeakerId,
    /// Address and name.
    pub named: Named,
    /// For alphabetical lists: family name first.
    pub sort_name: String,
    /// Everything known of them comes from the sample archive.
    pub fiction: bool,
}

/// The speakers with these ids, in alphabetical order; or, without ids, nobody.
pub async fn listed(conn: &mut Connection, ids: &[SpeakerId]) -> Result<Vec<Speaker>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select id, slug, name, sort_name from speaker where id = any($1) order by lower(sort_name), slug",
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Speaker {
            id: SpeakerId(r.id),
            named: Named { slug: r.slug, name: r.name },
            sort_name: r.sort_name,
            fiction: false,
        })
        .collect())
}

/// What an address of a speaker leads to.
#[derive(Debug, Clone)]
pub enum Lookup {
    /// The speaker.
    Found(Speaker),
    /// The speaker's present address.
    Moved(String),
}

/// Finds a speaker who has a turn in a published briefing, also by a former address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<Lookup>, Error> {
    let row = sqlx::query!(
        r#"with sought as (
               select id from speaker where slug = $1
               union all select speaker_id from speaker_slug where slug = $1
               limit 1)
           select s.id, s.slug, s.name, s.sort_name, bool_and(b.fiction) as "fiction!"
           from sought join speaker s on s.id = sought.id
             join transcript_label l on l.speaker_id = s.id
             join reader_label r on r.id = l.id and r.speaker_id is not null
             join transcript t on t.id = l.transcript_id
             join briefing b on b.id = t.briefing_id
           where b.status = 'published'
           group by s.id"#,
        slug,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| {
        if r.slug == slug {
            let named = Named { slug: r.slug, name: r.name };
            Lookup::Found(Speaker { id: SpeakerId(r.id), named, sort_name: r.sort_name, fiction: r.fiction })
        } else {
            Lookup::Moved(r.slug)
        }
    }))
}

/// The offices of these speakers, the latest first, where readers may know of them: on an editor's word, or as held when
/// they spoke in something published, from the first such day to the last. An editor's word replaces the machine's for
/// the same title.
pub async fn offices(conn: &mut Connection, ids: &[SpeakerId]) -> Result<HashMap<SpeakerId, Vec<Office>>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select distinct on (o.speaker_id, title) o.speaker_id, title,
                  case when o.origin = 'editor' then o.from_date else seen.first end as from_date,
                  case when o.origin = 'editor' then o.to_date else seen.last end as to_date
           from office o left join lateral (
             select true as any, min(b.date) as first, max(b.date) as last
             from transcript_label l join reader_label r on r.id = l.id and r.speaker_id is not null
               join transcript t on t.id = l.transcript_id join briefing b on b.id = t.briefing_id
             where l.speaker_id = o.speaker_id and l.office = o.title and b.status = 'published' having count(*) > 0) seen on true
           where o.speaker_id = any($1) and (o.origin = 'editor' or seen.any) order by o.speaker_id, title, o.origin"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    let mut held: HashMap<SpeakerId, Vec<Office>> = HashMap::new();
    for row in rows {
        held.entry(SpeakerId(row.speaker_id)).or_default().push(Office {
            title: row.title,
            from: row.from_date.map(jiff_sqlx::Date::to_jiff),
            to: row.to_date.map(jiff_sqlx::Date::to_jiff),
        });
    }
    for offices in held.values_mut() {
        offices.sort_by(|a, b| (b.to, b.from, &a.title).cmp(&(a.to, a.from, &b.title)));
    }
    Ok(held)
}

/// Other names under which the archive knows a speaker.
pub async fn other_names(conn: &mut Connection, id: SpeakerId) -> Result<Vec<String>, Error> {
    sqlx::query_scalar!(
        "select n.name from speaker_name n join speaker s on s.id = n.speaker_id
         where s.id = $1 and n.name <> s.name order by n.name",
        id.0
    )
    .fetch_all(conn)
    .await
}
