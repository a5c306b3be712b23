//! What editors say of a speaker: name, other names, offices, the item of Wikidata, and what of the machine's is not so.

use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{Office, Slug, SpeakerId, WikidataId};

/// Who an address leads to, with the name shown.
#[derive(Debug, Clone)]
pub struct Present {
    /// The row; not one that is merged.
    pub id: SpeakerId,
    /// The address.
    pub slug: String,
    /// The name shown.
    pub name: String,
}

/// A speaker by present address; one who is merged comes with whom they are merged into.
pub async fn find(conn: &mut Connection, slug: &str) -> Result<Option<(SpeakerId, Option<Present>)>, Error> {
    let row = sqlx::query!(
        r#"select s.id as "id: SpeakerId", p.id as "into_id?: SpeakerId", p.slug as "into_slug?", p.name as "into_name?"
           from speaker s left join speaker p on p.id = s.merged_into where s.slug = $1"#,
        slug
    );
    Ok(row.fetch_optional(conn).await?.map(|row| {
        let into = row.into_id.zip(row.into_slug).zip(row.into_name);
        (row.id, into.map(|((id, slug), name)| Present { id, slug, name }))
    }))
}

/// The present address of a speaker.
pub async fn address(conn: &mut Connection, id: SpeakerId) -> Result<String, Error> {
    sqlx::query_scalar!("select slug from speaker where id = $1", id.0).fetch_one(conn).await
}

/// The speaker of an editor's with this name whom nobody needs at present, or else a new one. Returns its row.
pub async fn bring_in(conn: &mut Connection, name: &str, sort_name: &str) -> Result<SpeakerId, Error> {
    let unused = sqlx::query_scalar!(
        r#"select s.id as "id: SpeakerId" from speaker s
           where s.name = $1 and s.machine_name is null and s.merged_into is null
             and not exists (select from transcript_label l where s.id in (l.speaker_id, l.named_id))
             and not exists (select from speaker_act a where s.id in (a.from_id, a.to_id) and a.undone_at is null)
           order by s.id limit 1"#,
        name
    );
    if let Some(id) = unused.fetch_optional(&mut *conn).await? {
        return Ok(id);
    }
    let slug = super::people::free_slug(conn, None, &slug_of(name)).await?;
    sqlx::query_scalar!(
        r#"insert into speaker (slug, name, sort_name, named_by_editor) values ($1, $2, $3, true)
           returning id as "id: SpeakerId""#,
        slug.as_str(),
        name,
        sort_name
    )
    .fetch_one(conn)
    .await
}

/// The address that a name wants.
fn slug_of(name: &str) -> Slug {
    let plain = || Slug::parse("speaker").unwrap_or_else(|| unreachable!("a word in small letters is a slug"));
    Slug::from_text(name).unwrap_or_else(plain)
}

/// The names and the item of a speaker, as shown and as the machine has them.
#[derive(Debug, Clone)]
pub struct Names {
    /// The name shown.
    pub name: String,
    /// For alphabetical lists.
    pub sort_name: String,
    /// The machine's name, unless an editor brought them in.
    pub machine_name: Option<String>,
    /// An editor chose name or sort name.
    pub named_by_editor: bool,
    /// The item of Wikidata.
    pub wikidata: Option<String>,
}

/// The names of a speaker.
pub async fn names(conn: &mut Connection, id: SpeakerId) -> Result<Names, Error> {
    sqlx::query_as!(
        Names,
        "select name, sort_name, machine_name, named_by_editor, wikidata from speaker where id = $1",
        id.0
    )
    .fetch_one(conn)
    .await
}

/// An editor names somebody; the old address redirects.
pub async fn name(conn: &mut Connection, id: SpeakerId, name: &str, sort_name: &str) -> Result<(), Error> {
    super::people::show_as(conn, id, &slug_of(name), name, sort_name).await?;
    super::people::name_by_editor(conn, id).await
}

/// The name is the machine's again; says whether it has one.
pub async fn name_by_machine(conn: &mut Connection, id: SpeakerId, sort_name: &str) -> Result<bool, Error> {
    let row = sqlx::query!("select machine_name, machine_slug from speaker where id = $1", id.0);
    let row = row.fetch_one(&mut *conn).await?;
    let machine = row.machine_name.zip(row.machine_slug.as_deref().and_then(Slug::parse));
    let Some((name, slug)) = machine else { return Ok(false) };
    super::people::show_as(conn, id, &slug, &name, sort_name).await?;
    sqlx::query!("update speaker set named_by_editor = false where id = $1", id.0).execute(conn).await?;
    Ok(true)
}

/// Who else has an item of Wikidata, by name.
pub async fn has_item(conn: &mut Connection, item: &WikidataId, but: SpeakerId) -> Result<Option<String>, Error> {
    sqlx::query_scalar!(
        "select p.name from speaker s join speaker p on p.id = coalesce(s.merged_into, s.id)
         where s.wikidata = $1 and p.id <> $2 order by p.id limit 1",
        item.as_str(),
        but.0
    )
    .fetch_optional(conn)
    .await
}

/// Writes the item of Wikidata.
pub async fn set_item(conn: &mut Connection, id: SpeakerId, item: Option<&WikidataId>) -> Result<(), Error> {
    sqlx::query!("update speaker set wikidata = $2 where id = $1", id.0, item.map(WikidataId::as_str))
        .execute(conn)
        .await
        .map(drop)
}

/// Adds another name; says whether it is new.
pub async fn add_name(conn: &mut Connection, id: SpeakerId, name: &str) -> Result<bool, Error> {
    let added = sqlx::query!(
        "insert into speaker_name (speaker_id, name, origin) values ($1, $2, 'editor') on conflict do nothing",
        id.0,
        name
    );
    Ok(added.execute(conn).await?.rows_affected() > 0)
}

/// Takes another name away that an editor gave; says whether there was one.
pub async fn remove_name(conn: &mut Connection, id: SpeakerId, name: &str) -> Result<bool, Error> {
    let removed = sqlx::query!(
        "delete from speaker_name n using speaker s
         where s.id = n.speaker_id and coalesce(s.merged_into, s.id) = $1 and n.name = $2 and n.origin = 'editor'",
        id.0,
        name
    );
    Ok(removed.execute(conn).await?.rows_affected() > 0)
}

/// What of the machine's an editor denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Another name.
    Name,
    /// An office.
    Office,
}

impl Denied {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Office => "office",
        }
    }
}

/// Denies something of the machine's; says whether that is new.
pub async fn deny(conn: &mut Connection, id: SpeakerId, what: Denied, text: &str) -> Result<bool, Error> {
    let denied = sqlx::query!(
        "insert into speaker_denied (speaker_id, what, text) values ($1, $2, $3) on conflict do nothing",
        id.0,
        what.as_str(),
        text
    );
    Ok(denied.execute(conn).await?.rows_affected() > 0)
}

/// Allows again what was denied; says whether it was.
pub async fn allow(conn: &mut Connection, id: SpeakerId, what: Denied, text: &str) -> Result<bool, Error> {
    let allowed = sqlx::query!(
        "delete from speaker_denied d using speaker s
         where s.id = d.speaker_id and coalesce(s.merged_into, s.id) = $1 and d.what = $2 and d.text = $3",
        id.0,
        what.as_str(),
        text
    );
    Ok(allowed.execute(conn).await?.rows_affected() > 0)
}

/// Adds an office; returns its row.
pub async fn add_office(conn: &mut Connection, id: SpeakerId, office: &Office) -> Result<i64, Error> {
    sqlx::query_scalar!(
        "insert into office (speaker_id, title, from_date, to_date, origin) values ($1, $2, $3, $4, 'editor') returning id",
        id.0,
        office.title,
        office.from.map(ToSqlx::to_sqlx) as _,
        office.to.map(ToSqlx::to_sqlx) as _
    )
    .fetch_one(conn)
    .await
}

/// Changes an office of an editor's; says whether there is one.
pub async fn change_office(conn: &mut Connection, id: SpeakerId, row: i64, office: &Office) -> Result<bool, Error> {
    let changed = sqlx::query!(
        "update office o set title = $3, from_date = $4, to_date = $5 from speaker s
         where s.id = o.speaker_id and coalesce(s.merged_into, s.id) = $1 and o.id = $2 and o.origin = 'editor'",
        id.0,
        row,
        office.title,
        office.from.map(ToSqlx::to_sqlx) as _,
        office.to.map(ToSqlx::to_sqlx) as _
    );
    Ok(changed.execute(conn).await?.rows_affected() > 0)
}

/// Removes an office of an editor's; says whether there was one.
pub async fn remove_office(conn: &mut Connection, id: SpeakerId, row: i64) -> Result<bool, Error> {
    let removed = sqlx::query!(
        "delete from office o using speaker s
         where s.id = o.speaker_id and coalesce(s.merged_into, s.id) = $1 and o.id = $2 and o.origin = 'editor'",
        id.0,
        row
    );
    Ok(removed.execute(conn).await?.rows_affected() > 0)
}
