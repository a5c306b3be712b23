//! Acts of correction as programs write them in JSON: nothing is guessed, and no field is passed over.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::openapi::schema::AllOf;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::RevisionKind;
use crate::editorial::{Act, Description};
use crate::store::record;
use crate::web::App;
use crate::web::error::Error;

/// What every act says.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Act)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The revision that it was made from.
    pub revision: i32,
    /// Why; readers see it.
    pub reason: String,
}

/// An act, with the fields of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Shape {
    /// Puts words right.
    Words {
        /// The number of the utterance.
        number: i32,
        /// All its words as they should be.
        text: String,
        /// Whether somebody looked at the source, where our reading of it does not hold these words.
        #[serde(default)]
        compared: bool,
    },
    /// Adds a note behind an utterance.
    Note {
        /// The number of the utterance.
        number: i32,
        /// The note.
        text: String,
        /// Whom it is about.
        #[serde(default)]
        kind: About,
    },
    /// Puts an utterance under another label.
    Voice {
        /// The number of the utterance.
        number: i32,
        /// The label.
        label: String,
    },
    /// Cuts an utterance in two.
    Split {
        /// The number of the utterance.
        number: i32,
        /// The words with which the second part begins.
        begins: String,
        /// The label of the second part, if it is another.
        label: Option<String>,
    },
    /// Joins an utterance with the next one.
    Join {
        /// The number of the utterance.
        number: i32,
    },
    /// Says who stands behind a label; `null` is nobody who is known.
    Speaker {
        /// The label.
        label: String,
        /// The end of the address of their page.
        #[schema(required)]
        #[serde(deserialize_with = "Option::deserialize")]
        speaker: Option<String>,
    },
    /// Describes the briefing anew; what is left out stays.
    Describe {
        /// The title.
        title: Option<String>,
        /// The day; `null` takes it away.
        #[serde(default)]
        #[schema(value_type = Option<Date>)]
        date: Field<Date>,
        /// The slug of a series; `null` takes it out of all.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        series: Field<String>,
        /// Where it was held; `null` takes it away.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        place: Field<String>,
        /// As two letters; `null` takes it away.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        language: Field<String>,
    },
}

/// What every act says and the act itself, as they stand in one object.
pub struct InFull;

impl PartialSchema for InFull {
    fn schema() -> RefOr<Schema> {
        let mut asked = Asked::schema();
        if let RefOr::T(Schema::Object(asked)) = &mut asked {
            // The fields of the act stand beside these.
            asked.additional_properties = None;
        }
        AllOf::builder().item(asked).item(Shape::schema()).into()
    }
}

impl ToSchema for InFull {
    fn name() -> std::borrow::Cow<'static, str> {
        "Correction".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Shape::schemas(schemas);
    }
}

/// Whom a note is about.
#[derive(Debug, Default, Deserialize, ToSchema)]
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
