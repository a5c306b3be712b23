//! `/editor/topics/{slug}`: the terms of a topic, tried out and saved; its name and its kind; removing it.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::private;
use super::trial::{self, Trial};
use crate::analysis::topics::TermLanguage;
use crate::analysis::topics::terms::{self as words, NoTerm};
use crate::domain::TopicKind;
use crate::editorial::{self, TopicRefused, TopicTerms};
use crate::store::Connection;
use crate::store::topics::{self, Kept};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Editor, Form, Path};
use crate::web::page::Frame;
use crate::web::{App, phrase, urls};

/// How soon the page looks again while the archive is tagged anew, in seconds.
const AGAIN: &str = "3";

/// The fields of a form, as they came.
type Sent = Vec<(String, String)>;

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/topic.html")]
pub struct TopicPage {
    frame: Frame,
    topic: Kept,
    terms: TopicTerms,
    /// Terms of the gazetteer, by language.
    listed: Vec<(TermLanguage, &'static str)>,
    name: String,
    trial: Option<Trial>,
    behind: i64,
    refusal: Option<String>,
}

impl TopicPage {
    fn is_off(&self, language: &TermLanguage, text: &str) -> bool {
        self.terms.off.iter().any(|(of, off)| of == language && off == text)
    }

    /// Rows of a field that shows its lines.
    fn rows(&self, text: &str) -> usize {
        (text.lines().count() + 2).clamp(4, 20)
    }
}

fn field<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
}

/// The terms of a form.
fn sent_terms(sent: &Sent) -> TopicTerms {
    let off = sent.iter().filter(|(name, _)| name == "off").filter_map(|(_, value)| {
        let (language, text) = value.split_once(':')?;
        Some((TermLanguage::parse(language)?, text.to_owned()))
    });
    let text = |name: &str| field(sent, name).replace('\0', "");
    TopicTerms { english: text("english"), spanish: text("spanish"), off: off.collect() }
}

/// The terms that a topic has.
async fn present_terms(conn: &mut Connection, topic: &Kept) -> Result<TopicTerms, Error> {
    let all = topics::words(conn).await?;
    let terms: Vec<_> = all.terms.iter().filter(|row| row.topic == topic.id).filter_map(editorial::term).collect();
    let off = all.off.into_iter().filter(|(id, ..)| *id == topic.id);
    let off = off.filter_map(|(_, language, text)| Some((TermLanguage::parse(&language)?, text)));
    Ok(TopicTerms {
        english: words::write(&terms, TermLanguage::English),
        spanish: words::write(&terms, TermLanguage::Spanish),
        off: off.collect(),
    })
}

/// `GET`: the terms; as long as the archive is tagged anew, the page comes again by itself.
pub async fn show(
    _: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    let Some(topic) = topics::kept(&mut conn, Some(&slug)).await?.pop() else {
        let now = topics::moved(&mut conn, &slug).await?.flatten().ok_or(Error::NotFound)?;
        return Ok((Policy::Never, Redirect::to(&urls::editor_topic(&now))).into_response());
    };
    let terms = present_terms(&mut conn, &topic).await?;
    let name = topic.named.name.clone();
    let (page, behind) = page(&mut conn, frame, topic, terms, name, None, None).await?;
    if behind == 0 {
        return Ok(page);
    }
    Ok(([(HeaderName::from_static("refresh"), HeaderValue::from_static(AGAIN))], page).into_response())
}

async fn page(
    conn: &mut Connection,
    frame: Frame,
    topic: Kept,
    terms: TopicTerms,
    name: String,
    trial: Option<Trial>,
    refusal: Option<String>,
) -> Result<(Response, i64), Error> {
    let behind = topics::behind(conn).await?;
    let listed = topic.gazetteer_slug.as_deref().map(words::listed).unwrap_or_default();
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = TopicPage { frame, topic, terms, listed, name, trial, behind, refusal };
    Ok((private(status, page), behind))
}

/// `POST`: tries terms out, saves them, renames or removes the topic.
pub async fn change(
    editor: Editor,
    frame: Frame,
    State(app): State<App>,
    Path(slug): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let now = (app.clock)();
    let mut tx = app.pool.begin().await?;
    let topic = topics::kept(&mut tx, Some(&slug)).await?.pop().ok_or(Error::NotFound)?;
    let mut terms = sent_terms(&sent);
    let mut name = topic.named.name.clone();
    let done = match field(&sent, "act") {
        "try" => match trial::try_out(&app, &mut tx, &topic, &terms).await? {
            Ok(found) => return Ok(page(&mut tx, frame, topic, terms, name, Some(found), None).await?.0),
            Err(refusal) => return refused(&app, frame, topic, terms, name, refusal).await,
        },
        "save" => {
            if let Err(refusal) = trial::try_out(&app, &mut tx, &topic, &terms).await? {
                return refused(&app, frame, topic, terms, name, refusal).await;
            }
            editorial::set_terms(&mut tx, &topic, &terms, &editor.actor, now).await?.map(|position| (slug, position))
        }
        "rename" => {
            terms = present_terms(&mut tx, &topic).await?;
            field(&sent, "name").clone_into(&mut name);
            let done = editorial::rename_topic(&mut tx, &topic, &name, &editor.actor, now).await?;
            done.map(|(slug, position)| (slug.to_string(), position))
        }
        "kind" => {
            terms = present_terms(&mut tx, &topic).await?;
            let kind = TopicKind::parse(field(&sent, "kind")).ok_or_else(incomplete)?;
            let done = editorial::set_topic_kind(&mut tx, &topic, kind, &editor.actor, now).await?;
            done.map(|position| (slug, position))
        }
        "remove" => {
            terms = present_terms(&mut tx, &topic).await?;
            let done = editorial::remove_topic(&mut tx, &topic, &editor.actor, now).await?;
            done.map(|position| (String::new(), position))
        }
        _ => return Err(incomplete()),
    };
    match done {
        Ok((slug, position)) => {
            tx.commit().await?;
            super::shown(&app, position as u64).await;
            let to = if slug.is_empty() { urls::EDITOR_TOPICS.to_owned() } else { urls::editor_topic(&slug) };
            Ok((Policy::Never, Redirect::to(&to)).into_response())
        }
        Err(refusal) => refused(&app, frame, topic, terms, name, sentence(&refusal)).await,
    }
}

fn incomplete() -> Error {
    Error::BadRequest("The form is incomplete. Go back, and send it again.".to_owned())
}

/// The page again, with what was sent.
async fn refused(
    app: &App,
    frame: Frame,
    topic: Kept,
    terms: TopicTerms,
    name: String,
    refusal: String,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    Ok(page(&mut conn, frame, topic, terms, name, None, Some(refusal)).await?.0)
}

/// Why nothing was written, and what to do.
pub(super) fn sentence(refused: &TopicRefused) -> String {
    match refused {
        TopicRefused::Unchanged => "It is so already.".to_owned(),
        TopicRefused::NoSuchTopic => "There is no such topic any more.".to_owned(),
        TopicRefused::NoName => "Give a name with letters or digits, of at most 100 characters.".to_owned(),
        TopicRefused::Taken => {
            "Another topic has this name, or had it once. Choose another, or add terms to that one.".to_owned()
        }
        TopicRefused::NotOurs => {
            "This topic is part of the gazetteer and stays. Switch its terms off if they should tag nothing.".to_owned()
        }
        TopicRefused::NoTerm(NoTerm::Short(text)) => {
            format!("“{text}” is too short: a term has at least two letters. It would tag nearly everything.")
        }
        TopicRefused::NoTerm(NoTerm::Long(text)) => format!(
            "“{text}” is too long. A term has at most 100 characters, and at most 20 words by which it is excluded."
        ),
        TopicRefused::NoTerm(NoTerm::Everywhere(text)) => {
            format!("“{text}” stands in every text, so it would tag everything. Use words that only this subject has.")
        }
        TopicRefused::NoTerm(NoTerm::TooMany) => "A topic has at most 5,000 terms in a language.".to_owned(),
    }
}
