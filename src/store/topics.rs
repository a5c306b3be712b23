//! Topics.

use std::collections::HashMap;

use super::directory::{ListedTopic, Named};
use super::{Connection, Error};
use crate::domain::{TopicId, TopicKind};

/// Brings the topics of the gazetteer into the database and returns the row of each slug.
pub async fn sync(
    conn: &mut Connection,
    topics: &[(&str, &str, TopicKind)],
) -> Result<HashMap<String, TopicId>, Error> {
    let slugs: Vec<String> = topics.iter().map(|topic| topic.0.to_owned()).collect();
    let names: Vec<String> = topics.iter().map(|topic| topic.1.to_owned()).collect();
    let kinds: Vec<String> = topics.iter().map(|topic| topic.2.as_str().to_owned()).collect();
    // Rows that are right already are left alone, so that servers that start together do not wait for each other.
    sqlx::query!(
        "insert into topic (slug, name, kind)
         select new.slug, new.name, new.kind from unnest($1::text[], $2::text[], $3::text[]) as new (slug, name, kind)
         where not exists (select from topic t where (t.slug, t.name, t.kind) = (new.slug, new.name, new.kind))
         on conflict (slug) do update set name = excluded.name, kind = excluded.kind",
        &slugs,
        &names,
        &kinds
    )
    .execute(&mut *conn)
    .await?;
    let rows = sqlx::query!(r#"select slug, id as "id: TopicId" from topic"#).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.slug, row.id)).collect())
}

/// All topics of the gazetteer, by name.
pub async fn all(conn: &mut Connection) -> Result<Vec<ListedTopic>, Error> {
    let rows = sqlx::query!(r#"select id, slug, name, kind as "kind: TopicKind" from topic order by lower(name)"#)
        .fetch_all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|r| ListedTopic { id: TopicId(r.id), named: Named { slug: r.slug, name: r.name }, kind: r.kind })
        .collect())
}

/// One topic by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<ListedTopic>, Error> {
    let row = sqlx::query!(r#"select id, slug, name, kind as "kind: TopicKind" from topic where slug = $1"#, slug)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|r| ListedTopic { id: TopicId(r.id), named: Named { slug: r.slug, name: r.name }, kind: r.kind }))
}
