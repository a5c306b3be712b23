//! Acts of correction as programs write them in JSON: nothing is guessed, and no field is passed over.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::domain::RevisionKind;
use crate::editorial::{Act, Description};
use crate::store::record;
use crate::web::App;
use crate::web::error::Error;

/// What every act says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The revision that it was made from.
    pub revision: i32,
    /// Why; readers see it.
    pub reason: String,
}

/// An act, with the fields of it.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Shape {
    /// Puts words right.
    Words {
        number: i32,
        text: String,
        #[serde(default)]
        compared: bool,
    },
    /// Adds a note behind an utterance.
    Note {
        number: i32,
        text: String,
        #[serde(default)]
        kind: About,
    },
    /// Puts an utterance under another label.
    Voice { number: i32, label: String },
    /// Cuts an utterance in two.
    Split { number: i32, begins: String, label: Option<String> },
    /// Joins an utterance with the next one.
    Join { number: i32 },
    /// Says who stands behind a label; `null` is nobody who is known.
    Speaker {
        label: String,
        #[serde(deserialize_with = "Option::deserialize")]
        speaker: Option<String>,
    },
    /// Describes the briefing anew; what is left out stays.
    Describe {
        title: Option<String>,
        #[serde(default)]
        date: Field<Date>,
        #[serde(default)]
        series: Field<String>,
        #[serde(default)]
        place: Field<String>,
        #[serde(default)]
        language: Field<String>,
    },
}

/// Whom a note is about.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Us.
    #[default]
    Ours,
    /// The issuer.
    Issuer,
    /// The speaker.
    Speaker,
}

/// A field that may be left out, which is another thing than `null`.
#[derive(Debug, Default)]
pub enum Field<T> {
    /// It is left out.
    #[default]
    LeftOut,
    /// It is there.
    Is(Option<T>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::Is)
    }
}

impl<T> Field<T> {
    fn or(self, present: Option<T>) -> Option<T> {
        match self {
            Self::LeftOut => present,
            Self::Is(value) => value,
        }
    }
}

/// Reads an act.
pub fn read(body: Value) -> Result<(Asked, Shape), Error> {
    let Value::Object(mut fields) = body else { return Err(unclear("it is no object")) };
    let common = ["revision", "reason"].into_iter().filter_map(|name| Some((name.to_owned(), fields.remove(name)?)));
    let asked = read_bare(Value::Object(common.collect()))?;
    Ok((asked, serde_json::from_value(Value::Object(fields)).map_err(unclear)?))
}

/// Reads what says no more than from which revision and why.
pub fn read_bare(body: Value) -> Result<Asked, Error> {
    serde_json::from_value(body).map_err(unclear)
}

fn unclear(why: impl std::fmt::Display) -> Error {
    Error::BadRequest(format!("What was sent could not be read: {why}. All fields are described under /api."))
}

impl Shape {
    /// The act, with what a description leaves out as it stands now. An act from an older revision is refused anyway.
    pub async fn complete(self, app: &App, slug: &str, revision: i32) -> Result<Act, Error> {
        Ok(match self {
            Self::Words { number, text, compared } => Act::Words { number, text, compared },
            Self::Note { number, text, kind } => Act::Note { number, text, kind: kind.into() },
            Self::Voice { number, label } => Act::Voice { number, label },
            Self::Split { number, begins, label } => Act::Split { number, begins, label },
            Self::Join { number } => Act::Join { number },
            Self::Speaker { label, speaker } => Act::Speaker { label, speaker },
            Self::Describe { title, date, series, place, language } => {
                let mut conn = app.pool.acquire().await?;
                let is = record::open(&mut conn, slug).await?.ok_or(Error::NotFound)?.present;
                let is =
                    if is.number == revision { is.facts } else { return Ok(Act::Describe(Description::default())) };
                Act::Describe(Description {
                    title: title.unwrap_or(is.title),
                    date: date.or(is.date.and_then(|date| date.parse().ok())),
                    series: series.or(is.series),
                    place: place.or(is.place),
                    language: language.or(is.language),
                })
            }
        })
    }
}

impl From<About> for RevisionKind {
    fn from(about: About) -> Self {
        match about {
            About::Ours => Self::Ours,
            About::Issuer => Self::Issuer,
            About::Speaker => Self::Speaker,
        }
    }
}
