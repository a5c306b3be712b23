//! What a form says stands behind a label: a person found by typing, somebody new, a role, nobody who is known.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::analysis::people::{Likeness, likeness};
use crate::domain::{Actor, Behind, Role, SpeakerId};
use crate::editorial::{self, Word};
use crate::store::labels::{self, Anybody};
use crate::store::{Connection, revisions};
use crate::web::error::Error;

/// Letters of the longest name or office.
const LONGEST: usize = 200;
/// Most people of like names that are shown.
const MOST_ALIKE: usize = 8;

/// What the form says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    /// `right` or `back`, where a button says all there is to say.
    act: String,
    /// A name as typed, or the last part of an address.
    pub speaker: String,
    /// A role, or `nobody`.
    pub role: String,
    /// The person of a like name that was chosen, by address.
    is: Option<String>,
    /// Somebody new.
    create: Option<String>,
    /// Somebody else than those of a like name.
    other: Option<String>,
    /// The office of somebody new.
    pub office: String,
    /// Also for the whole series, from the day of the briefing on.
    pub series: Option<String>,
}

impl Said {
    /// Whether the form chooses this role.
    pub fn chooses(&self, role: &str) -> bool {
        self.role == role
    }
}

/// Why a form is shown again, and what can be answered.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is wrong or not known.
    pub sentence: String,
    /// The name that could be somebody new's; none if it cannot.
    pub new: Option<String>,
    /// People of like names.
    pub alike: Vec<Anybody>,
    /// They are so like that whoever is new must be said to be somebody else.
    pub says_other: bool,
}

impl Question {
    /// Something is wrong that is nobody's name.
    pub fn wrong(sentence: &str) -> Self {
        Self { sentence: sentence.to_owned(), new: None, alike: Vec::new(), says_other: false }
    }
}

/// Understands a form; adds somebody new if it says so.
pub async fn word(
    conn: &mut Connection,
    said: &Said,
    held_from: Option<Date>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<Word, Question>, Error> {
    match said.act.as_str() {
        "right" => return Ok(Ok(Word::Right)),
        "back" => return Ok(Ok(Word::Back)),
        _ => {}
    }
    let name = clean(said.is.as_deref().unwrap_or(&said.speaker));
    let role = match said.role.as_str() {
        "" => None,
        "nobody" => Some(Behind::Nobody),
        word => Some(Behind::Role(
            Role::parse(word)
                .ok_or_else(|| Error::BadRequest(format!("“{word}” is no role. Go back and choose one.")))?,
        )),
    };
    match (name.is_empty(), role) {
        (true, Some(role)) => Ok(Ok(Word::Behind(role))),
        (true, None) => Ok(Err(Question::wrong("Type a name, or choose what the label stands for."))),
        (false, Some(_)) if said.is.is_none() => {
            Ok(Err(Question::wrong("A name is typed and a role is chosen. Leave one of them empty.")))
        }
        _ => {
            let found = person(conn, said, &name, held_from, actor, now).await?;
            Ok(found.map(|id| Word::Behind(Behind::Speaker(id))))
        }
    }
}

async fn person(
    conn: &mut Connection,
    said: &Said,
    name: &str,
    held_from: Option<Date>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<SpeakerId, Question>, Error> {
    let meant = revisions::speakers_meant(conn, name).await?;
    if let [one] = meant.as_slice() {
        return Ok(Ok(*one));
    }
    let mut alike: Vec<(Likeness, Anybody)> = Vec::new();
    for one in labels::anybody(conn).await? {
        alike.extend(likeness(name, &one.named.name).map(|likeness| (likeness, one)));
    }
    alike.sort_by(|a, b| (a.0, &a.1.named.name).cmp(&(b.0, &b.1.named.name)));
    alike.truncate(MOST_ALIKE);
    let same = alike.iter().any(|(likeness, _)| *likeness == Likeness::Same);
    let clear = alike.is_empty() || !same && said.other.is_some();
    let office = clean(&said.office);
    if said.create.is_some() && clear && name.chars().count() <= LONGEST && office.chars().count() <= LONGEST {
        let office = Some(office.as_str()).filter(|office| !office.is_empty()).map(|office| (office, held_from));
        if let Some(id) = editorial::create_speaker(conn, name, office, actor, now).await? {
            return Ok(Ok(id));
        }
    }
    let named = name.chars().any(char::is_alphabetic) && name.chars().count() <= LONGEST;
    let sentence = match (same, meant.is_empty()) {
        (_, false) => format!("More than one speaker is called “{name}”. Choose the one."),
        (true, true) => format!(
            "No speaker is called exactly “{name}”, but somebody is called the same in other letters. If it is \
             somebody else, type what tells them apart: a middle name, an initial."
        ),
        (false, true) => format!("No speaker is called “{name}” so far."),
    };
    Ok(Err(Question {
        sentence,
        new: (named && !same && meant.is_empty()).then(|| name.to_owned()),
        says_other: !alike.is_empty(),
        alike: alike.into_iter().map(|(_, one)| one).collect(),
    }))
}

/// Without what no name holds; runs of blanks are one.
fn clean(text: &str) -> String {
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}
