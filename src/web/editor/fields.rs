//! `POST /editor/drafts/{slug}/save`: saves what a draft is beside its words, by the form and while it is typed.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::draft::{self, Shown};
use super::schedule;
use crate::domain::{BriefingKind, TranscriptStatus};
use crate::editorial::{self, NotSaved};
use crate::store::Connection;
use crate::store::editing::{self, Fields, Standing};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// The form as it is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// How often the draft had been saved when the form was made; none where no fields were sent.
    pub(super) saves: Option<i32>,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) kind: String,
    pub(super) series: String,
    pub(super) place: String,
    pub(super) language: String,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) zone: String,
    pub(super) issuer: String,
    pub(super) status: String,
    pub(super) embargo_text: String,
    pub(super) embargo_until: String,
}

/// Why nothing was saved.
#[derive(Debug, Clone)]
pub struct Unsaved {
    /// What is wrong, and what to do.
    pub sentence: String,
    /// What somebody else saved meanwhile: the name of the field, what it says now, what was sent.
    pub differences: Vec<Difference>,
    /// How often the draft is saved by now, where somebody else did.
    pub saves: Option<i32>,
}

/// A field that two editors see differently.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// The name of the field.
    pub name: &'static str,
    /// What it says now.
    pub is: String,
    /// What was sent.
    pub yours: String,
}

impl Sent {
    /// The form for a draft as it stands.
    pub(super) fn of(standing: &Standing) -> Self {
        let is = &standing.fields;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let time = |time: Option<Time>| time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
        let local = |at: Timestamp| {
            at.to_zoned(schedule::zone(standing.time_zone.as_deref()).0).strftime("%Y-%m-%dT%H:%M").to_string()
        };
        Self {
            saves: Some(standing.saves),
            title: is.title.clone(),
            date: is.date.map(|date| date.to_string()).unwrap_or_default(),
            kind: is.kind.as_str().to_owned(),
            series: text(&is.series),
            place: text(&is.place),
            language: text(&is.language),
            starts: time(is.starts),
            ends: time(is.ends),
            zone: text(&is.zone),
            issuer: text(&is.issuer),
            status: is.status.as_str().to_owned(),
            embargo_text: text(&is.embargo_text),
            embargo_until: is.embargo_until.map(local).unwrap_or_default(),
        }
    }

    /// Whether a choice is made in one of the lists.
    pub fn chooses(&self, word: &str) -> bool {
        self.kind == word || self.status == word
    }

    /// What it says, or what is wrong with it.
    fn read(&self, standing: &Standing) -> Result<Fields, String> {
        let title = clean(&self.title);
        if title.is_empty() {
            return Err("A briefing needs a title.".to_owned());
        }
        let language = some(&self.language).map(|code| code.to_lowercase());
        if language.as_ref().is_some_and(|code| code.len() != 2 || !code.bytes().all(|b| b.is_ascii_lowercase())) {
            return Err("A language is given as a code of two letters, as “en”.".to_owned());
        }
        let (was, shown) = (&standing.fields, Self::of(standing));
        // A field that was not touched keeps what it cannot show: seconds.
        let time = |text: &str, shown: &str, was: Option<Time>, name: &str| {
            if text == shown { Ok(was) } else { time(text, name) }
        };
        Ok(Fields {
            title,
            date: date(&self.date)?,
            kind: BriefingKind::parse(&self.kind).unwrap_or(was.kind),
            series: some(&self.series),
            place: some(&self.place),
            language,
            starts: time(&self.starts, &shown.starts, was.starts, "beginning")?,
            ends: time(&self.ends, &shown.ends, was.ends, "end")?,
            zone: some(&self.zone),
            issuer: some(&self.issuer),
            status: TranscriptStatus::parse(&self.status).unwrap_or(was.status),
            embargo_text: some(&self.embargo_text),
            embargo_until: if self.embargo_until == shown.embargo_until {
                was.embargo_until
            } else {
                moment(&self.embargo_until, &schedule::zone(standing.time_zone.as_deref()).0)?
            },
        })
    }

    /// The fields that say something else than another form.
    fn differences(&self, now: &Self) -> Vec<Difference> {
        let fields: [(&'static str, &String, &String); 13] = [
            ("Title", &now.title, &self.title),
            ("Date", &now.date, &self.date),
            ("Kind", &now.kind, &self.kind),
            ("Series", &now.series, &self.series),
            ("Place", &now.place, &self.place),
            ("Language", &now.language, &self.language),
            ("Began at", &now.starts, &self.starts),
            ("Ended at", &now.ends, &self.ends),
            ("Zone", &now.zone, &self.zone),
            ("Issued by", &now.issuer, &self.issuer),
            ("State of the text", &now.status, &self.status),
            ("Line that restricts publication", &now.embargo_text, &self.embargo_text),
            ("Held back until", &now.embargo_until, &self.embargo_until),
        ];
        let differs = fields.into_iter().filter(|(_, is, yours)| is.trim() != yours.trim());
        differs.map(|(name, is, yours)| Difference { name, is: is.clone(), yours: yours.clone() }).collect()
    }
}

fn clean(text: &str) -> String {
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn some(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

fn date(text: &str) -> Result<Option<Date>, String> {
    some(text).map(|text| text.parse().map_err(|_| "A date is written as 2026-03-14.".to_owned())).transpose()
}

fn time(text: &str, name: &str) -> Result<Option<Time>, String> {
    some(text).map(|text| text.parse().map_err(|_| format!("The {name} is written as 14:30."))).transpose()
}

fn moment(text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, String> {
    let unreadable = || "The moment until which it is held back is written as 2026-03-14T14:00.".to_owned();
    let Some(text) = some(text) else { return Ok(None) };
    let local: DateTime = text.parse().map_err(|_| unreadable())?;
    zone.to_zoned(local).map(|zoned| Some(zoned.timestamp())).map_err(|_| unreadable())
}

/// Saves what was sent; says how often the draft was saved by now. Must be the last act of its transaction but for
/// publishing.
pub(super) async fn write(
    conn: &mut Connection,
    slug: &str,
    sent: &Sent,
    editor: &Editor,
    now: Timestamp,
) -> Result<Result<i32, Unsaved>, Error> {
    let stands = editing::find(conn, slug).await?.ok_or(Error::NotFound)?;
    let wrong = |sentence: String| Unsaved { sentence, differences: Vec::new(), saves: None };
    let fields = match sent.read(&stands) {
        Ok(fields) => fields,
        Err(sentence) => return Ok(Err(wrong(sentence))),
    };
    let done = editorial::save_draft(conn, slug, sent.saves.unwrap_or_default(), &fields, &editor.actor, now).await?;
    Ok(match done {
        Ok(saves) => Ok(saves),
        Err(NotSaved::NoSuchDraft) => return Err(Error::NotFound),
        Err(NotSaved::NoSuchSeries) => Err(wrong("A series needs a name with letters or digits.".to_owned())),
        Err(NotSaved::Overtaken(stands)) => {
            let by = stands.saved_by.as_deref().unwrap_or("Somebody else");
            let at = stands.saved_at.map(phrase::moment).unwrap_or_default();
            Err(Unsaved {
                sentence: format!(
                    "{by} saved this draft meanwhile ({at}). What differs stands below, and your words are still in the \
                     form: look which of the two is right, then save again."
                ),
                differences: sent.differences(&Sent::of(&stands)),
                saves: Some(stands.saves),
            })
        }
    })
}

/// The handler. A program of the page asks for JSON, a form is led back to the page.
pub async fn save(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let asks_json = headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json");
    let mut tx = app.pool.begin().await?;
    let done = write(&mut tx, &slug, &sent, &editor, now).await?;
    if done.is_ok() {
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    match done {
        Ok(saves) if asks_json => Ok((Policy::Never, Json(json!({ "saves": saves, "at": now }))).into_response()),
        Ok(_) => Ok((Policy::Never, Redirect::to(&format!("{}#fields", urls::editor_draft(&slug)))).into_response()),
        Err(unsaved) if asks_json => {
            let Unsaved { sentence, differences, saves } = &unsaved;
            let answer = json!({ "problem": sentence, "differences": differences, "saves": saves });
            Ok((status(&unsaved), Policy::Never, Json(answer)).into_response())
        }
        Err(unsaved) => again(frame, &app, &slug, sent, unsaved).await,
    }
}

fn status(unsaved: &Unsaved) -> StatusCode {
    if unsaved.saves.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// The page with what was typed, and why it was not saved.
pub(super) async fn again(
    frame: Frame,
    app: &App,
    slug: &str,
    mut sent: Sent,
    unsaved: Unsaved,
) -> Result<Response, Error> {
    let status = status(&unsaved);
    // Whoever has seen the difference saves over it knowingly.
    sent.saves = unsaved.saves.or(sent.saves);
    let shown = Shown { sent: Some(sent), unsaved: Some(unsaved), ..Shown::default() };
    let page = draft::page(frame, app, slug, shown).await?;
    Ok((status, page).into_response())
}
