//! `/editor/speakers/{slug}`: one speaker, what the machine and editors say of them, and the forms to change that.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use serde::Deserialize;

use super::private;
use crate::domain::{Office, Origin, SeriesId, SpeakerId};
use crate::editorial::{self, SpeakerRefused, SpeakerWord, Split};
use crate::store::directory::Named;
use crate::store::speaker_acts::{self, ActRow};
use crate::store::speaker_desk::{self, Evidence, Said, Share, Wanted};
use crate::store::speaker_words::{self, Denied, Names};
use crate::store::{Postgres, Transaction};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path, Query};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// Labels shown at once.
const LABELS: i64 = 200;

/// The fields of a form, as they came.
type Sent = Vec<(String, String)>;

/// The query: which labels are shown.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields {
    series: Option<i32>,
    from: Option<String>,
    to: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/speaker.html")]
pub struct SpeakerPage {
    frame: Frame,
    slug: String,
    names: Names,
    share: Share,
    other_names: Vec<Said<String>>,
    offices: Vec<Said<Office>>,
    series: Vec<(SeriesId, String, i64)>,
    evidence: Vec<Evidence>,
    /// Labels that are like what was asked for.
    found: i64,
    acts: Vec<ActRow>,
    shown: Fields,
    refusal: Option<String>,
    sent: Sent,
}

impl SpeakerPage {
    /// What was sent in a field of an act that was refused, or what is.
    fn field<'a>(&'a self, act: &str, name: &str, is: &'a str) -> &'a str {
        let refused = field(&self.sent, "act") == act;
        if refused { field(&self.sent, name) } else { is }
    }

    /// The act that takes a name or an office away, or gives it back.
    fn opposite(&self, origin: &Origin, denied: &bool, what: &str) -> String {
        let act = match (origin, denied) {
            (Origin::Editor, _) => "remove",
            (Origin::Machine, false) => "deny",
            (Origin::Machine, true) => "allow",
        };
        format!("{act}-{what}")
    }

    fn button(&self, origin: &Origin, denied: &bool) -> &'static str {
        match (origin, denied) {
            (Origin::Editor, _) => "Remove",
            (Origin::Machine, false) => "Not so",
            (Origin::Machine, true) => "It is so",
        }
    }

    fn is_series(&self, id: &SeriesId) -> bool {
        self.shown.series == Some(id.0)
    }

    fn is_ticked(&self, label: &i64) -> bool {
        self.sent.iter().any(|(name, value)| name == "label" && *value == label.to_string())
    }

    fn day<'a>(&self, day: &'a Option<String>) -> &'a str {
        day.as_deref().unwrap_or_default()
    }
}

fn field<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// `GET`: the page.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    page(frame, &app, &slug, fields, Vec::new(), None).await
}

async fn page(
    frame: Frame,
    app: &App,
    slug: &str,
    shown: Fields,
    sent: Sent,
    refusal: Option<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let id = match speaker_words::find(&mut conn, slug).await?.ok_or(Error::NotFound)? {
        (id, None) => id,
        (_, Some(into)) => {
            return Ok((Policy::Never, Redirect::to(&urls::editor_speaker(&into.slug))).into_response());
        }
    };
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Date>().ok());
    let wanted = Wanted { series: shown.series.map(SeriesId), from: day(&shown.from), to: day(&shown.to) };
    let (evidence, found) = speaker_desk::evidence(&mut conn, id, wanted, LABELS).await?;
    let page = SpeakerPage {
        frame,
        slug: slug.to_owned(),
        names: speaker_words::names(&mut conn, id).await?,
        share: speaker_desk::share(&mut conn, id).await?,
        other_names: speaker_desk::names(&mut conn, id).await?,
        offices: speaker_desk::offices(&mut conn, id).await?,
        series: speaker_desk::series(&mut conn, id).await?,
        evidence,
        found,
        acts: speaker_acts::history(&mut conn, id).await?,
        shown,
        sent,
        refusal,
    };
    let status = if page.refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(private(status, page))
}

/// `POST`: says something of a speaker; returns when readers see it.
pub async fn say(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let word = word(&sent)?;
    let mut tx = app.pool.begin().await?;
    let id = speaker_words::find(&mut tx, &slug).await?.ok_or(Error::NotFound)?.0;
    let done = editorial::say_of_speaker(&mut tx, &slug, &word, &editor.actor, (app.clock)()).await?;
    // The address may be another from now on.
    let now = speaker_words::address(&mut tx, id).await?;
    match end(&app, tx, done, &now).await? {
        Ok(done) => Ok(done),
        Err(why) => page(frame, &app, &slug, Fields::default(), sent, Some(why)).await,
    }
}

/// `POST`: gives some of their labels to another.
pub async fn split(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(mut sent): Form<Sent>,
) -> Result<Response, Error> {
    let labels: BTreeSet<i64> =
        sent.iter().filter(|(name, _)| name == "label").filter_map(|(_, id)| id.parse().ok()).collect();
    let wanted = Split {
        labels,
        series: field(&sent, "series").parse().ok().map(SeriesId),
        from: date(&sent, "from")?,
        to: date(&sent, "to")?,
        known: field(&sent, "known").to_owned(),
        new: field(&sent, "new").to_owned(),
    };
    let mut tx = app.pool.begin().await?;
    let done = editorial::split_speaker(&mut tx, &slug, &wanted, &editor.actor, (app.clock)()).await?;
    match end(&app, tx, done, &slug).await? {
        Ok(done) => Ok(done),
        Err(why) => {
            sent.push(("act".to_owned(), "split".to_owned()));
            page(frame, &app, &slug, Fields::default(), sent, Some(why)).await
        }
    }
}

/// What the form of taking back sends.
#[derive(Deserialize)]
pub struct Undo {
    id: i64,
}

/// `POST`: takes a merge or a split back.
pub async fn undo(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Undo>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let done = editorial::undo_speaker_act(&mut tx, form.id, &editor.actor, (app.clock)()).await?;
    match end(&app, tx, done, &slug).await? {
        Ok(done) => Ok(done),
        Err(why) => page(frame, &app, &slug, Fields::default(), Vec::new(), Some(why)).await,
    }
}

/// Ends an act: leads back to the page of a speaker once readers see what was done, or says why nothing was.
pub(super) async fn end(
    app: &App,
    tx: Transaction<'_, Postgres>,
    done: Result<i64, SpeakerRefused>,
    slug: &str,
) -> Result<Result<Response, String>, Error> {
    match done {
        Ok(position) => {
            tx.commit().await?;
            super::shown(app, position as u64).await;
            Ok(Ok((Policy::Never, Redirect::to(&urls::editor_speaker(slug))).into_response()))
        }
        Err(refused) => {
            tx.rollback().await?;
            Ok(Err(sentence(&refused)))
        }
    }
}

fn word(sent: &Sent) -> Result<SpeakerWord, Error> {
    let text = |name: &str| field(sent, name).to_owned();
    let unclear = || Error::BadRequest("The form is incomplete. Go back, and send it from the page again.".to_owned());
    let row = || text("id").parse::<i64>().map_err(|_| unclear());
    let office = || -> Result<Office, Error> {
        Ok(Office { title: text("title"), from: date(sent, "from")?, to: date(sent, "to")? })
    };
    Ok(match field(sent, "act") {
        "name" => SpeakerWord::Named { name: text("name"), sort_name: text("sort_name") },
        "machine-name" => SpeakerWord::NamedByMachine,
        "item" => SpeakerWord::Item(text("item")),
        "add-name" => SpeakerWord::AlsoNamed(text("name")),
        "remove-name" => SpeakerWord::NotNamed(text("name")),
        "deny-name" => SpeakerWord::Deny(Denied::Name, text("name")),
        "allow-name" => SpeakerWord::Allow(Denied::Name, text("name")),
        "add-office" => SpeakerWord::Held(office()?),
        "change-office" => SpeakerWord::HeldInstead(row()?, office()?),
        "remove-office" => SpeakerWord::NotHeld(row()?),
        "deny-office" => SpeakerWord::Deny(Denied::Office, text("title")),
        "allow-office" => SpeakerWord::Allow(Denied::Office, text("title")),
        _ => return Err(unclear()),
    })
}

fn date(sent: &Sent, name: &str) -> Result<Option<Date>, Error> {
    let unreadable = || Error::BadRequest("A date is written as 2026-03-14. Go back and fill it in.".to_owned());
    let date = field(sent, name).trim();
    if date.is_empty() { Ok(None) } else { date.parse().map(Some).map_err(|_| unreadable()) }
}

/// Why nothing was done, and what to do.
pub(super) fn sentence(refused: &SpeakerRefused) -> String {
    match refused {
        SpeakerRefused::Merged { into } => {
            return format!("They are merged with {into} already. Take that back first, or go on there.");
        }
        SpeakerRefused::ItemTaken { by } => {
            return format!("{by} has this item of Wikidata already. If they are the same person, merge them.");
        }
        SpeakerRefused::NoSuchSpeaker => {
            "No speaker, or more than one, has this name. Give the exact name, or the last part of the address of their page."
        }
        SpeakerRefused::Themselves => "That is the same person. Choose somebody else.",
        SpeakerRefused::NotInForce => "That was taken back already.",
        SpeakerRefused::NoName => {
            "Give one name or title, of at most 200 characters; for a split, either somebody who is known or a new name."
        }
        SpeakerRefused::NothingChosen => {
            "Nothing of theirs was chosen. Tick labels, or give a series or days on which they speak."
        }
        SpeakerRefused::EverythingChosen => {
            "That is all they have, so nobody would be left. Give them another name instead, or merge them."
        }
        SpeakerRefused::NoItem => "An item of Wikidata is a Q and a number, like Q42. Copy it from the title of its page.",
        SpeakerRefused::Backwards => "The last day lies before the first. Put the earlier day first.",
        SpeakerRefused::Unchanged => "It is so already.",
    }
    .to_owned()
}

/// Which labels changed hands, as a phrase.
fn share_of(act: &ActRow) -> String {
    if act.merge {
        return "everything".to_owned();
    }
    if let Some(labels) = act.listed {
        return phrase::counted(labels, "label", "labels");
    }
    let mut parts = vec!["all".to_owned()];
    parts.extend(act.series.as_ref().map(|series| format!("in {series}")));
    parts.extend(act.from_date.map(|day| format!("from {}", phrase::short_date(day))));
    parts.extend(act.to_date.map(|day| format!("until {}", phrase::short_date(day))));
    parts.join(" ")
}

/// Somebody's present place in the archive.
pub(super) async fn present(
    conn: &mut crate::store::Connection,
    slug: &str,
) -> Result<Option<(SpeakerId, Named)>, Error> {
    Ok(match speaker_words::find(conn, slug).await? {
        Some((id, None)) => {
            let name = speaker_words::names(conn, id).await?.name;
            Some((id, Named { slug: slug.to_owned(), name }))
        }
        Some((_, Some(into))) => Some((into.id, Named { slug: into.slug, name: into.name })),
        None => None,
    })
}
