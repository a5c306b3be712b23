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
    /// Their item of Wikidata; left out in lists.
    pub wikidata: Option<String>,
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
            wikidata: None,
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
               select coalesce(merged_into, id) as id from speaker where slug = $1
               union all select coalesce(s.merged_into, s.id) from speaker_slug f join speaker s on s.id = f.speaker_id
                         where f.slug = $1
               limit 1)
           select s.id, s.slug, s.name, s.sort_name,
                  (select min(m.wikidata) from speaker m where m.id = s.id or m.merged_into = s.id and s.wikidata is null)
                    as wikidata, bool_and(b.fiction) as "fiction!"
           from sought join speaker s on s.id = sought.id
             join transcript_label l on l.speaker_id = s.id
             join reader_label r on r.id = l.id and r.speaker_id is not null
             join transcript t on t.id = l.transcript_id and t.is_main
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
            let (id, sort_name, wikidata) = (SpeakerId(r.id), r.sort_name, r.wikidata);
            Lookup::Found(Speaker { id, named, sort_name, wikidata, fiction: r.fiction })
        } else {
            Lookup::Moved(r.slug)
        }
    }))
}

/// The offices of these speakers and of those merged into them, the latest first, where readers may know of them: on an
/// editor's word, or as held when they spoke in something published, from the first such day to the last. An editor's word
/// replaces the machine's for the same title.
pub async fn offices(conn: &mut Connection, ids: &[SpeakerId]) -> Result<HashMap<SpeakerId, Vec<Office>>, Error> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"with said as (
               select p.id as speaker_id, o.title, o.from_date, o.to_date, o.origin, o.id as term
               from speaker p join speaker s on coalesce(s.merged_into, s.id) = p.id join office o on o.speaker_id = s.id
               where p.id = any($1) and o.origin = 'editor'
               union all
               select r.speaker_id, l.named_office, min(b.date), max(b.date), 'machine', 0
               from reader_label r join transcript_label l on l.id = r.id join transcript t on t.id = l.transcript_id
                 join briefing b on b.id = t.briefing_id
               where r.speaker_id = any($1) and b.status = 'published' and l.named_office is not null
               group by r.speaker_id, l.named_office)
           select speaker_id as "speaker_id!", title as "title!", min(from_date) as from_date, max(to_date) as to_date
           from said
           where origin = 'editor'
              or not exists (select from said e where (e.speaker_id, e.title, e.origin) = (said.speaker_id, said.title, 'editor'))
             and not exists (select from speaker_denied d join speaker s on s.id = d.speaker_id
                             where coalesce(s.merged_into, s.id) = said.speaker_id and d.what = 'office' and d.text = said.title)
           group by speaker_id, title, origin, case when origin = 'editor' then term end"#,
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
        r#"select distinct n.name as "name!"
           from speaker p join speaker s on coalesce(s.merged_into, s.id) = p.id
             join (select speaker_id, name, origin from speaker_name
                   union all select id, name, 'machine' from speaker) n on n.speaker_id = s.id
           where p.id = $1 and n.name <> p.name
             and (n.origin = 'editor' or not exists (
               select from speaker_denied d join speaker m on m.id = d.speaker_id
               where coalesce(m.merged_into, m.id) = p.id and d.what = 'name' and d.text = n.name))
           order by 1"#,
        id.0
    )
    .fetch_all(conn)
    .await
}
