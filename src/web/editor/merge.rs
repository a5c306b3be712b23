//! `/editor/speakers/{slug}/merge`: what would move if two speakers were one, and making them one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::private;
use super::speaker::{end, present, sentence};
use crate::domain::{Office, SpeakerId};
use crate::editorial::{self, SpeakerRefused};
use crate::store::directory::Named;
use crate::store::speaker_desk::{self, Share};
use crate::store::{Connection, revisions, speaker_words, speakers};
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path, Query};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// The query and the form: with whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    into: String,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/merge.html")]
pub struct MergePage {
    frame: Frame,
    gone: Party,
    into: Option<Party>,
    /// Offices held at the same time, which one person may or may not have held.
    at_once: Vec<(Office, Office)>,
    /// Briefings in which both speak.
    together: i64,
    typed: String,
    refusal: Option<String>,
}

/// One of the two.
struct Party {
    id: SpeakerId,
    named: Named,
    share: Share,
    names: Vec<String>,
    offices: Vec<Office>,
}

async fn party(conn: &mut Connection, id: SpeakerId, named: Named) -> Result<Party, Error> {
    Ok(Party {
        id,
        named,
        share: speaker_desk::share(conn, id).await?,
        names: speakers::other_names(conn, id).await?,
        offices: speakers::offices(conn, &[id]).await?.remove(&id).unwrap_or_default(),
    })
}

/// `GET`: what would move.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    page(frame, &app, &slug, fields.into, None).await
}

async fn page(
    frame: Frame,
    app: &App,
    slug: &str,
    typed: String,
    mut refusal: Option<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let (id, named) = present(&mut conn, slug).await?.ok_or(Error::NotFound)?;
    let gone = party(&mut conn, id, named).await?;
    let mut into = None;
    if !typed.trim().is_empty() {
        match revisions::speakers_meant(&mut conn, typed.trim()).await?.as_slice() {
            [same] if *same == id => refusal = Some(sentence(&SpeakerRefused::Themselves)),
            [one] => {
                let name = speaker_words::names(&mut conn, *one).await?.name;
                let slug = speaker_words::address(&mut conn, *one).await?;
                into = Some(party(&mut conn, *one, Named { slug, name }).await?);
            }
            _ => refusal = Some(sentence(&SpeakerRefused::NoSuchSpeaker)),
        }
    }
    let (mut at_once, mut together) = (Vec::new(), 0);
    if let Some(into) = &into {
        together = speaker_desk::together(&mut conn, gone.id, into.id).await?;
        for one in &gone.offices {
            let other = into.offices.iter().filter(|other| other.title != one.title && other.overlaps(one));
            at_once.extend(other.map(|other| (one.clone(), other.clone())));
        }
    }
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = MergePage { frame, gone, into, at_once, together, typed, refusal };
    Ok(private(status, page))
}

/// `POST`: makes the two one; returns when readers see it.
pub async fn merge(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let done = editorial::merge_speakers(&mut tx, &slug, &form.into, &editor.actor, (app.clock)()).await?;
    match end(&app, tx, done, &slug).await? {
        Ok(done) => Ok(done),
        Err(why) => page(frame, &app, &slug, form.into, Some(why)).await,
    }
}
