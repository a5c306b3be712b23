//! Topics: their names and addresses, the terms that editors gave them, and what is to be tagged anew.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::directory::{ListedTopic, Named};
use super::{Connection, Error};
use crate::domain::{BriefingId, Slug, TopicId, TopicKind, UtteranceId};

/// Brings the topics of the gazetteer into the database and returns the row of each by its name there.
pub async fn sync(
    conn: &mut Connection,
    topics: &[(&str, &str, TopicKind)],
) -> Result<HashMap<String, TopicId>, Error> {
    let slugs: Vec<String> = topics.iter().map(|topic| topic.0.to_owned()).collect();
    let names: Vec<String> = topics.iter().map(|topic| topic.1.to_owned()).collect();
    let kinds: Vec<String> = topics.iter().map(|topic| topic.2.as_str().to_owned()).collect();
    // Rows that are right already are left alone, so that servers that start together do not wait for each other.
    sqlx::query!(
        "update topic set gazetteer_slug = slug where gazetteer_slug is null and slug = any($1)
           and not exists (select from topic g where g.gazetteer_slug = topic.slug)",
        &slugs
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "insert into topic (slug, name, kind, gazetteer_slug)
         select new.slug, new.name, new.kind, new.slug
         from unnest($1::text[], $2::text[], $3::text[]) as new (slug, name, kind)
         where not exists (select from topic t where t.gazetteer_slug = new.slug
                             and (t.kind = new.kind or t.kind_by_editor) and (t.name = new.name or t.named_by_editor))
         on conflict (gazetteer_slug) do update
         set name = case when topic.named_by_editor then topic.name else excluded.name end,
             kind = case when topic.kind_by_editor then topic.kind else excluded.kind end",
        &slugs,
        &names,
        &kinds
    )
    .execute(&mut *conn)
    .await?;
    rows(conn).await
}

async fn rows(conn: &mut Connection) -> Result<HashMap<String, TopicId>, Error> {
    let rows = sqlx::query!(
        r#"select gazetteer_slug as "slug!", id as "id: TopicId" from topic where gazetteer_slug is not null"#
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.slug, row.id)).collect())
}

/// All topics, by name.
pub async fn all(conn: &mut Connection) -> Result<Vec<ListedTopic>, Error> {
    let rows = sqlx::query!(
        r#"select id, slug, name, kind as "kind: TopicKind" from topic where removed_at is null order by lower(name)"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| ListedTopic { id: TopicId(r.id), named: Named { slug: r.slug, name: r.name }, kind: r.kind })
        .collect())
}

/// One topic by its address.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<ListedTopic>, Error> {
    let row = sqlx::query!(
        r#"select id, slug, name, kind as "kind: TopicKind" from topic where slug = $1 and removed_at is null"#,
        slug
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| ListedTopic { id: TopicId(r.id), named: Named { slug: r.slug, name: r.name }, kind: r.kind }))
}

/// Where an address leads that is no topic's at present: to the topic that had it, or, of one that was removed, nowhere
/// in particular.
pub async fn moved(conn: &mut Connection, slug: &str) -> Result<Option<Option<String>>, Error> {
    sqlx::query_scalar!(
        r#"select slug as "slug?" from (
               select t.slug from topic_slug f join topic t on t.id = f.topic_id where f.slug = $1 and t.removed_at is null
               union all
               select null from topic t left join topic_slug f on f.topic_id = t.id
               where $1 in (t.slug, f.slug) and t.removed_at is not null) as known
           limit 1"#,
        slug
    )
    .fetch_optional(conn)
    .await
}

/// A topic as editors look after it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its row.
    pub id: TopicId,
    /// Address and name.
    pub named: Named,
    /// What it is.
    pub kind: TopicKind,
    /// Its name in the gazetteer; none: it is an editor's own.
    pub gazetteer_slug: Option<String>,
    /// Terms that editors gave it.
    pub terms: i64,
    /// Terms of the gazetteer that they switched off.
    pub off: i64,
}

/// Topics as editors look after them, by name; one, or all.
pub async fn kept(conn: &mut Connection, slug: Option<&str>) -> Result<Vec<Kept>, Error> {
    let rows = sqlx::query!(
        r#"select id as "id: TopicId", slug, name, kind as "kind: TopicKind", gazetteer_slug,
                  (select count(*) from topic_term w where w.topic_id = t.id) as "terms!",
                  (select count(*) from topic_term_off w where w.topic_id = t.id) as "off!"
           from topic t where removed_at is null and ($1::text is null or slug = $1) order by lower(name)"#,
        slug
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Kept {
            id: row.id,
            named: Named { slug: row.slug, name: row.name },
            kind: row.kind,
            gazetteer_slug: row.gazetteer_slug,
            terms: row.terms,
            off: row.off,
        })
        .collect())
}

/// A term of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRow {
    /// The topic that it points to.
    pub topic: TopicId,
    /// ISO 639-1.
    pub language: String,
    /// The words.
    pub text: String,
    /// Words none of which may stand in the same passage.
    pub unless: Vec<String>,
}

/// Everything that editors say of terms.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// How often that has changed.
    pub version: i64,
    /// The row of each topic of the gazetteer.
    pub rows: HashMap<String, TopicId>,
    /// Their own terms.
    pub terms: Vec<TermRow>,
    /// Terms of the gazetteer that are switched off: the topic, the language, the words.
    pub off: Vec<(TopicId, String, String)>,
}

/// Reads what editors say of terms.
pub async fn words(conn: &mut Connection) -> Result<Words, Error> {
    // The version first: what is read after it is at least as new, and what is tagged with it is never taken for newer.
    let version = sqlx::query_scalar!("select terms_version from feed").fetch_one(&mut *conn).await?;
    let terms = sqlx::query_as!(
        TermRow,
        r#"select w.topic_id as "topic: TopicId", w.language, w.text, w.unless
           from topic_term w join topic t on t.id = w.topic_id where t.removed_at is null
           order by w.topic_id, w.language, w.text"#
    )
    .fetch_all(&mut *conn)
    .await?;
    let off = sqlx::query!(r#"select topic_id as "topic: TopicId", language, text from topic_term_off"#);
    let off = off.fetch_all(&mut *conn).await?.into_iter().map(|row| (row.topic, row.language, row.text)).collect();
    Ok(Words { version, rows: rows(conn).await?, terms, off })
}

/// Replaces what editors say of the terms of one topic.
pub async fn set_terms(
    conn: &mut Connection,
    topic: TopicId,
    terms: &[TermRow],
    off: &[(String, String)],
) -> Result<(), Error> {
    sqlx::query!("delete from topic_term where topic_id = $1", topic.0).execute(&mut *conn).await?;
    let languages: Vec<String> = terms.iter().map(|term| term.language.clone()).collect();
    let texts: Vec<String> = terms.iter().map(|term| term.text.clone()).collect();
    // Arrays of arrays must be rectangular in SQL.
    let unless: Vec<String> = terms.iter().map(|term| term.unless.join("\n")).collect();
    sqlx::query!(
        "insert into topic_term (topic_id, language, text, unless)
         select $1, language, text, case when unless = '' then '{}' else string_to_array(unless, E'\n') end
         from unnest($2::text[], $3::text[], $4::text[]) as t (language, text, unless)",
        topic.0,
        &languages,
        &texts,
        &unless
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from topic_term_off where topic_id = $1", topic.0).execute(&mut *conn).await?;
    let (languages, texts): (Vec<String>, Vec<String>) = off.iter().cloned().unzip();
    sqlx::query!(
        "insert into topic_term_off (topic_id, language, text)
         select $1, language, text from unnest($2::text[], $3::text[]) as t (language, text)",
        topic.0,
        &languages,
        &texts
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Terms have changed: what was tagged before is to be tagged anew. Holds the one row of the feed until the commit.
pub async fn terms_changed(conn: &mut Connection) -> Result<(), Error> {
    sqlx::query!("update feed set terms_version = terms_version + 1").execute(conn).await.map(drop)
}

/// Makes an editor's own topic, or brings one back that was removed; none if the address is taken.
pub async fn add(conn: &mut Connection, slug: &Slug, name: &str, kind: TopicKind) -> Result<Option<TopicId>, Error> {
    sqlx::query_scalar!(
        r#"insert into topic (slug, name, kind, named_by_editor)
           select $1, $2, $3, true where not exists (select from topic_slug where slug = $1)
           on conflict (slug) do update set name = $2, kind = $3, removed_at = null where topic.removed_at is not null
           returning id as "id: TopicId""#,
        slug.as_str(),
        name,
        kind.as_str()
    )
    .fetch_optional(conn)
    .await
}

/// Gives a topic another name and address; the old address leads on. Says whether the address was free.
pub async fn rename(conn: &mut Connection, topic: TopicId, slug: &Slug, name: &str) -> Result<bool, Error> {
    let taken = sqlx::query_scalar!(
        r#"select exists (select from topic where slug = $1 and id <> $2)
               or exists (select from topic_slug where slug = $1 and topic_id <> $2) as "taken!""#,
        slug.as_str(),
        topic.0
    );
    if taken.fetch_one(&mut *conn).await? {
        return Ok(false);
    }
    sqlx::query!("delete from topic_slug where slug = $1", slug.as_str()).execute(&mut *conn).await?;
    sqlx::query!(
        "with old as (insert into topic_slug (slug, topic_id) select slug, id from topic where id = $1 and slug <> $2
                      on conflict (slug) do nothing)
         update topic set slug = $2, name = $3, named_by_editor = true where id = $1",
        topic.0,
        slug.as_str(),
        name
    )
    .execute(conn)
    .await?;
    Ok(true)
}

/// Says what a topic is; says whether that is any different.
pub async fn set_kind(conn: &mut Connection, topic: TopicId, kind: TopicKind) -> Result<bool, Error> {
    let set = sqlx::query!(
        "update topic set kind = $2, kind_by_editor = true where id = $1 and kind <> $2",
        topic.0,
        kind.as_str()
    );
    Ok(set.execute(conn).await?.rows_affected() > 0)
}

/// Removes an editor's own topic; says whether it is one.
pub async fn remove(conn: &mut Connection, topic: TopicId, now: Timestamp) -> Result<bool, Error> {
    let removed = sqlx::query!(
        "update topic set removed_at = $2 where id = $1 and gazetteer_slug is null and removed_at is null",
        topic.0,
        now.to_sqlx() as _
    );
    Ok(removed.execute(conn).await?.rows_affected() > 0)
}

/// Briefings that were tagged with older terms.
pub async fn behind(conn: &mut Connection) -> Result<i64, Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from briefing where terms_version < (select terms_version from feed)"#
    )
    .fetch_one(conn)
    .await
}

/// Waits for nobody: says whether nobody else tags anew, until the end of the transaction.
pub async fn tag_alone(conn: &mut Connection) -> Result<bool, Error> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext('onrecord: topics')) as "alone!""#)
        .fetch_one(conn)
        .await
}

/// Holds some briefings that were tagged with terms older than this version, so that nobody corrects them meanwhile.
pub async fn hold_behind(conn: &mut Connection, version: i64, limit: i64) -> Result<Vec<BriefingId>, Error> {
    sqlx::query_scalar!(
        r#"select id as "id: BriefingId" from briefing where terms_version < $1 order by terms_version, id limit $2
           for no key update"#,
        version,
        limit
    )
    .fetch_all(conn)
    .await
}

/// The briefings are tagged with this version.
pub async fn tagged(conn: &mut Connection, briefings: &[BriefingId], version: i64) -> Result<(), Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query!("update briefing set terms_version = $2 where id = any($1)", &ids, version)
        .execute(conn)
        .await
        .map(drop)
}

/// An utterance with what bears on its topics.
#[derive(Debug, Clone)]
pub struct Taggable {
    /// Its row.
    pub id: UtteranceId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// Its number in the briefing.
    pub number: Option<i32>,
    /// The words.
    pub text: String,
    /// The topics that it is tagged with.
    pub topics: Vec<TopicId>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Name of its series.
    pub series: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
}

/// What is shown of these briefings, notes left out.
pub async fn of_briefings(conn: &mut Connection, briefings: &[BriefingId]) -> Result<Vec<Taggable>, Error> {
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Taggable,
        r#"select u.id as "id: UtteranceId", b.id as "briefing_id: BriefingId", u.number, u.text,
                  u.topic_ids as "topics: Vec<TopicId>", b.language, s.name as "series?", t.issuer
           from briefing b join transcript t on t.briefing_id = b.id join utterance u on u.revision_id = t.revision_id
             left join series s on s.id = b.series_id
           where b.id = any($1) and u.kind <> 'note'"#,
        &ids
    )
    .fetch_all(conn)
    .await
}

/// These utterances, notes left out.
pub async fn of_utterances(conn: &mut Connection, utterances: &[UtteranceId]) -> Result<Vec<Taggable>, Error> {
    let ids: Vec<i64> = utterances.iter().map(|id| id.0).collect();
    sqlx::query_as!(
        Taggable,
        r#"select u.id as "id: UtteranceId", b.id as "briefing_id: BriefingId", u.number, u.text,
                  u.topic_ids as "topics: Vec<TopicId>", b.language, s.name as "series?", t.issuer
           from utterance u join revision r on r.id = u.revision_id join transcript t on t.id = r.transcript_id
             join briefing b on b.id = t.briefing_id left join series s on s.id = b.series_id
           where u.id = any($1) and u.kind <> 'note'"#,
        &ids
    )
    .fetch_all(conn)
    .await
}

/// Writes the topics of utterances.
pub async fn set_topics(conn: &mut Connection, topics: &[(UtteranceId, Vec<TopicId>)]) -> Result<(), Error> {
    let ids: Vec<i64> = topics.iter().map(|(id, _)| id.0).collect();
    // Arrays of arrays must be rectangular in SQL, so each list of topics travels as its text.
    let texts: Vec<String> = topics.iter().map(|(_, topics)| super::drafts::array_text(topics)).collect();
    sqlx::query!(
        "update utterance u set topic_ids = new.topics::integer[]
         from unnest($1::bigint[], $2::text[]) as new (id, topics) where u.id = new.id",
        &ids,
        &texts
    )
    .execute(conn)
    .await
    .map(drop)
}
