//! Names for ids, ids for names, and what lies near an address that leads nowhere.

use std::collections::HashMap;

use super::{Connection, Error};
use crate::domain::{SeriesId, SpeakerId, TopicId, TopicKind};

/// Something with a page and a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The readable part of its address.
    pub slug: String,
    /// The name as shown.
    pub name: String,
}

/// Everything with a page and a name, by its row: a few thousand entries in an archive of decades.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// People and organisations who speak.
    pub speakers: HashMap<SpeakerId, Named>,
    /// Subjects.
    pub topics: HashMap<TopicId, Named>,
    /// What briefings belong to.
    pub series: HashMap<SeriesId, Named>,
}

/// Reads all names in one query.
pub async fn all(conn: &mut Connection) -> Result<Directory, Error> {
    let rows = sqlx::query!(
        r#"select 1 as "family!", id as "id!", slug as "slug!", name as "name!" from speaker
           union all select 2, id, slug, name from topic
           union all select 3, id, slug, name from series"#,
    )
    .fetch_all(conn)
    .await?;
    let mut directory = Directory::default();
    for row in rows {
        let named = Named { slug: row.slug, name: row.name };
        match row.family {
            1 => drop(directory.speakers.insert(SpeakerId(row.id), named)),
            2 => drop(directory.topics.insert(TopicId(row.id as i32), named)),
            _ => drop(directory.series.insert(SeriesId(row.id as i32), named)),
        }
    }
    Ok(directory)
}

/// A page that may be what somebody was looking for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Near {
    /// A published briefing.
    Briefing(Named),
    /// Somebody who speaks in a published briefing.
    Speaker(Named),
    /// A subject.
    Topic(Named),
    /// A series with published briefings.
    Series(Named),
}

/// The pages whose addresses share most words with these; only what readers can see.
pub async fn nearest(conn: &mut Connection, words: &[String], limit: i64) -> Result<Vec<Near>, Error> {
    let rows = sqlx::query!(
        r#"with page as (
               select 1 as family, slug, title as name from briefing where status = 'published'
               union all select 2, slug, name from reader_speaker
               union all select 3, slug, name from topic where removed_at is null
               union all select 4, s.slug, s.name from series s where exists (
                   select from briefing b where b.series_id = s.id and b.status = 'published'))
           select family as "family!", slug as "slug!", name as "name!"
           from page, lateral (select count(*) as shared from unnest(string_to_array(page.slug, '-')) as part
                               where part = any($1)) as s
           where shared > 0
           order by shared desc, family desc, slug desc
           limit $2"#,
        words,
        limit,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let named = Named { slug: row.slug, name: row.name };
            match row.family {
                1 => Near::Briefing(named),
                2 => Near::Speaker(named),
                3 => Near::Topic(named),
                _ => Near::Series(named),
            }
        })
        .collect())
}

/// A topic with its kind, for lists that group by it.
#[derive(Debug, Clone)]
pub struct ListedTopic {
    /// Its row.
    pub id: TopicId,
    /// Address and name.
    pub named: Named,
    /// What it is.
    pub kind: TopicKind,
}

/// Whether the database answers.
pub async fn ping(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!(r#"select 1 as "one!""#).fetch_one(conn).await.map(drop)
}

/// What a name in a query stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant<Id> {
    /// The row.
    pub id: Id,
    /// Address and name.
    pub named: Named,
}

/// Families of things with a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// People and organisations who speak.
    Speaker,
    /// Subjects.
    Topic,
    /// What briefings belong to.
    Series,
}

/// What this slug stands for; or, if nothing has it, everything whose slug has these words in a row. Of speakers and
/// series only those that readers can see.
pub async fn meant(conn: &mut Connection, family: Family, slug: &str) -> Result<Vec<Meant<i64>>, Error> {
    let rows = sqlx::query!(
        r#"with named as (
               select 1 as family, p.id, p.slug, p.name, s.slug as known
               from speaker s join speaker p on p.id = coalesce(s.merged_into, s.id) where $1 = 1
               union all select 1, p.id, p.slug, p.name, f.slug
                         from speaker_slug f join speaker s on s.id = f.speaker_id
                           join speaker p on p.id = coalesce(s.merged_into, s.id) where $1 = 1
               union all select 2, id, slug, name, slug from topic where $1 = 2 and removed_at is null
               union all select 2, t.id, t.slug, t.name, f.slug from topic_slug f join topic t on t.id = f.topic_id
                         where $1 = 2 and t.removed_at is null
               union all select 3, id, slug, name, slug from series where $1 = 3),
             seen as (
               select distinct id, slug, name, known = $2 as exact from named
               where '-' || known || '-' like '%-' || $2 || '-%'
                 and case family
                   when 1 then exists (select from reader_speaker r where r.id = named.id)
                   when 3 then exists (select from briefing b where b.series_id = named.id and b.status = 'published')
                   else true end)
           select id as "id!", slug as "slug!", name as "name!" from seen
           where exact or not exists (select from seen where exact)
           order by name limit 50"#,
        match family {
            Family::Speaker => 1,
            Family::Topic => 2,
            Family::Series => 3,
        },
        slug,
    )
    .fetch_all(conn)
    .await?;
    let mut meant: Vec<Meant<i64>> = Vec::new();
    for row in rows {
        if meant.iter().all(|other| other.id != row.id) {
            meant.push(Meant { id: row.id, named: Named { slug: row.slug, name: row.name } });
        }
    }
    Ok(meant)
}
