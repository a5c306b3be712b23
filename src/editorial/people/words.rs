//! What editors say of one speaker: names, offices, the item of Wikidata.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::acts::{SpeakerRefused, finish, present};
use super::sort_name;
use crate::domain::{Actor, Office, SpeakerId, WikidataId};
use crate::store::speaker_words::{self as rows, Denied};
use crate::store::{self, Connection, people};

/// Longest name or title, in characters.
pub(super) const LONGEST: usize = 200;

/// One thing that an editor says of a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerWord {
    /// The name shown, and the one that lists are sorted by; made of the first, if empty.
    Named {
        /// The name.
        name: String,
        /// Family name first.
        sort_name: String,
    },
    /// The machine's name is shown again.
    NamedByMachine,
    /// The item of Wikidata; empty: none.
    Item(String),
    /// Another name.
    AlsoNamed(String),
    /// No longer another name.
    NotNamed(String),
    /// An office that they held.
    Held(Office),
    /// The office in this row was this one.
    HeldInstead(i64, Office),
    /// The office in this row is taken away.
    NotHeld(i64),
    /// Something of the machine's is not so.
    Deny(Denied, String),
    /// It may be so again.
    Allow(Denied, String),
}

impl SpeakerWord {
    /// The act as the audit log has it.
    const fn act(&self) -> &'static str {
        match self {
            Self::Named { .. } | Self::NamedByMachine => "speaker.named",
            Self::Item(_) => "speaker.item",
            Self::AlsoNamed(_) | Self::NotNamed(_) => "speaker.other-name",
            Self::Held(_) | Self::HeldInstead(..) | Self::NotHeld(_) => "speaker.office",
            Self::Deny(..) => "speaker.denied",
            Self::Allow(..) => "speaker.allowed",
        }
    }
}

/// Says something of a speaker. Must be the last act of its transaction; returns its position in the feed.
pub async fn say_of_speaker(
    conn: &mut Connection,
    slug: &str,
    word: &SpeakerWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, SpeakerRefused>, store::Error> {
    people::one_at_a_time(conn).await?;
    let id = match present(conn, slug).await? {
        Ok(id) => id,
        Err(refused) => return Ok(Err(refused)),
    };
    match say(conn, id, word).await? {
        Ok(mut refs) => {
            if let Some(refs) = refs.as_object_mut() {
                refs.insert("speaker".to_owned(), json!(id));
            }
            finish(conn, &[id], word.act(), &refs, actor, now).await.map(Ok)
        }
        Err(refused) => Ok(Err(refused)),
    }
}

/// Writes it; returns what the audit log says beside the speaker.
async fn say(
    conn: &mut Connection,
    id: SpeakerId,
    word: &SpeakerWord,
) -> Result<Result<Value, SpeakerRefused>, store::Error> {
    let changed = |changed: bool, how: &str| changed.then(|| json!({ "how": how })).ok_or(SpeakerRefused::Unchanged);
    Ok(match word {
        SpeakerWord::Named { name, sort_name } => named(conn, id, name, sort_name).await?,
        SpeakerWord::NamedByMachine => {
            let names = rows::names(conn, id).await?;
            let sorted = names.machine_name.as_deref().map(sort_name).unwrap_or_default();
            changed(names.named_by_editor && rows::name_by_machine(conn, id, &sorted).await?, "by-machine")
        }
        SpeakerWord::Item(item) => item_of(conn, id, item).await?,
        SpeakerWord::AlsoNamed(name) => match text(name) {
            Some(name) => changed(rows::add_name(conn, id, &name).await?, "added"),
            None => Err(SpeakerRefused::NoName),
        },
        SpeakerWord::NotNamed(name) => changed(rows::remove_name(conn, id, &clean(name)).await?, "removed"),
        SpeakerWord::Held(office) => match tidy(office) {
            Ok(office) => Ok(json!({ "how": "added", "office": rows::add_office(conn, id, &office).await? })),
            Err(refused) => Err(refused),
        },
        SpeakerWord::HeldInstead(row, office) => match tidy(office) {
            Ok(office) => changed(rows::change_office(conn, id, *row, &office).await?, "changed"),
            Err(refused) => Err(refused),
        },
        SpeakerWord::NotHeld(row) => changed(rows::remove_office(conn, id, *row).await?, "removed"),
        SpeakerWord::Deny(what, said) => match text(said) {
            Some(said) => changed(rows::deny(conn, id, *what, &said).await?, of(*what)),
            None => Err(SpeakerRefused::NoName),
        },
        SpeakerWord::Allow(what, said) => changed(rows::allow(conn, id, *what, &clean(said)).await?, of(*what)),
    })
}

const fn of(what: Denied) -> &'static str {
    match what {
        Denied::Name => "name",
        Denied::Office => "office",
    }
}

async fn named(
    conn: &mut Connection,
    id: SpeakerId,
    name: &str,
    sorted: &str,
) -> Result<Result<Value, SpeakerRefused>, store::Error> {
    let Some(name) = text(name) else { return Ok(Err(SpeakerRefused::NoName)) };
    let sorted = match clean(sorted) {
        sorted if sorted.is_empty() => sort_name(&name),
        sorted if sorted.chars().count() > LONGEST => return Ok(Err(SpeakerRefused::NoName)),
        sorted => sorted,
    };
    let before = rows::names(conn, id).await?;
    if (&before.name, &before.sort_name) == (&name, &sorted) {
        return Ok(Err(SpeakerRefused::Unchanged));
    }
    rows::name(conn, id, &name, &sorted).await?;
    Ok(Ok(json!({ "how": "by-editor" })))
}

async fn item_of(
    conn: &mut Connection,
    id: SpeakerId,
    item: &str,
) -> Result<Result<Value, SpeakerRefused>, store::Error> {
    let typed = clean(item);
    let item = match WikidataId::parse(&typed) {
        None if !typed.is_empty() => return Ok(Err(SpeakerRefused::NoItem)),
        item => item,
    };
    if let Some(item) = &item
        && let Some(by) = rows::has_item(conn, item, id).await?
    {
        return Ok(Err(SpeakerRefused::ItemTaken { by }));
    }
    if rows::names(conn, id).await?.wikidata.as_deref() == item.as_ref().map(WikidataId::as_str) {
        return Ok(Err(SpeakerRefused::Unchanged));
    }
    rows::set_item(conn, id, item.as_ref()).await?;
    Ok(Ok(json!({ "item": item.as_ref().map(WikidataId::as_str) })))
}

fn tidy(office: &Office) -> Result<Office, SpeakerRefused> {
    let title = text(&office.title).ok_or(SpeakerRefused::NoName)?;
    if office.from.zip(office.to).is_some_and(|(from, to)| to < from) {
        return Err(SpeakerRefused::Backwards);
    }
    Ok(Office { title, ..*office })
}

/// What was typed on one line; none if that is nothing or too much.
fn text(typed: &str) -> Option<String> {
    Some(clean(typed)).filter(|text| (1..=LONGEST).contains(&text.chars().count()))
}

/// What was typed, on one line without needless blanks and without what is no text.
pub(super) fn clean(typed: &str) -> String {
    typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
