//! Shapes that several answers share.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{AskedBy, Attribution, BriefingKind, Mark, Origin, Role, UtteranceKind, Withheld};
use crate::store::briefings::Listed;
use crate::store::directory::Named;
use crate::store::utterances::{By, Utterance};
use crate::web::{App, urls};

/// Something with a page.
#[derive(Serialize, ToSchema)]
pub struct Linked {
    url: String,
    slug: String,
    name: String,
}

impl Linked {
    /// A series.
    pub fn series(app: &App, named: &Named) -> Self {
        Self { url: app.absolute(&urls::series(&named.slug)), slug: named.slug.clone(), name: named.name.clone() }
    }

    /// A topic.
    pub fn topic(app: &App, named: &Named) -> Self {
        Self { url: app.absolute(&urls::topic(&named.slug)), slug: named.slug.clone(), name: named.name.clone() }
    }
}

/// A person, with the office held then.
#[derive(Serialize, ToSchema)]
pub struct Person {
    url: String,
    slug: String,
    name: String,
    office: Option<String>,
}

impl Person {
    /// Who a label is linked to.
    pub fn of(app: &App, by: &By) -> Option<Self> {
        let named = by.speaker.as_ref()?;
        let url = app.absolute(&urls::speaker(&named.slug));
        Some(Self { url, slug: named.slug.clone(), name: named.name.clone(), office: by.office.clone() })
    }
}

/// A person whom the machine suggests for a label that it did not dare to link.
#[derive(Serialize, ToSchema)]
pub struct Suggested {
    slug: String,
    name: String,
    origin: Origin,
    reason: Option<String>,
}

impl Suggested {
    /// The suggestion for a label.
    pub fn of(by: &By) -> Option<Self> {
        let suggestion = by.suggestion.as_ref().filter(|_| by.speaker.is_none())?;
        let Named { slug, name } = suggestion.speaker.clone();
        Some(Self { slug, name, origin: Origin::Machine, reason: suggestion.reason.clone() })
    }
}

/// What a list says of a briefing.
#[derive(Serialize, ToSchema)]
pub struct BriefingHead {
    url: String,
    slug: String,
    title: String,
    date: Option<Date>,
    series: Option<Linked>,
    briefing_kind: BriefingKind,
    fiction: bool,
}

impl BriefingHead {
    /// The head of a briefing.
    pub fn of(app: &App, listed: &Listed) -> Self {
        Self {
            url: app.absolute(&urls::briefing(&listed.slug)),
            slug: listed.slug.clone(),
            title: listed.title.clone(),
            date: listed.date,
            series: listed.series.as_ref().map(|series| Linked::series(app, series)),
            briefing_kind: listed.kind,
            fiction: listed.fiction,
        }
    }
}

/// What every utterance says of itself, alone or in its briefing.
#[derive(Serialize, ToSchema)]
pub struct Said {
    url: String,
    number: Option<i32>,
    kind: UtteranceKind,
    label: Option<String>,
    speaker: Option<Person>,
    suggested_speaker: Option<Suggested>,
    role: Option<Role>,
    origin: Option<Origin>,
    /// On which terms they spoke, where they are not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<Attribution>,
    asked_by: Option<AskedBy>,
    text: String,
    marks: Vec<Mark>,
    /// Why there are no words, if they are withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<Absent>,
}

/// Why there are no words.
#[derive(Serialize, ToSchema)]
#[serde(tag = "because", rename_all = "kebab-case")]
enum Absent {
    /// They were destroyed.
    Redacted { at: Timestamp, reason: String },
    /// Only quotations may be shown, and there is none.
    Rights,
}

impl Absent {
    fn of(withheld: &Withheld) -> Self {
        match withheld {
            Withheld::Redacted { at, reason } => Self::Redacted { at: *at, reason: reason.clone() },
            Withheld::Rights => Self::Rights,
        }
    }
}

impl Said {
    /// An utterance of the briefing with this slug.
    pub fn of(app: &App, slug: &str, utterance: &Utterance) -> Self {
        let by = utterance.by.as_ref();
        let path = utterance.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number));
        Self {
            url: app.absolute(&path),
            number: utterance.number,
            kind: utterance.kind,
            label: by.filter(|by| !by.goes_on).map(|by| by.label.clone()),
            speaker: by.and_then(|by| Person::of(app, by)),
            suggested_speaker: by.and_then(Suggested::of),
            role: by.and_then(|by| by.role),
            origin: by.filter(|by| by.speaker.is_some() || by.role.is_some()).map(|by| by.origin),
            attribution: by.map(|by| by.attribution).filter(|attribution| *attribution != Attribution::Named),
            asked_by: utterance.asked_by.clone(),
            text: utterance.text.clone(),
            marks: utterance.marks.clone(),
            withheld: utterance.withheld.as_ref().map(Absent::of),
        }
    }
}
