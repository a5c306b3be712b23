//! `/briefings/{slug}/{numbers}/problem`: a reader says what is wrong with words, without an account.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use serde::Deserialize;

use super::cite::{self, Cited, Pin};
use super::passage::Shown;
use super::since;
use super::utterance::what;
use crate::auth::limit;
use crate::domain::{ProblemKind, Reference};
use crate::editorial::{self, LONGEST, Mistake, Told};
use crate::store::Connection;
use crate::store::briefings::{Briefing, Revision};
use crate::store::problems::Passage;
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Form, Path, Peer, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// References that are tried: that one is taken is as good as impossible.
const ATTEMPTS: usize = 3;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    revision: Option<String>,
    kind: String,
    text: String,
    email: String,
    /// A field that nobody sees: only programs write into it.
    website: String,
}

/// What a link to the form has chosen already.
#[derive(Deserialize)]
pub struct Chosen {
    kind: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/problem_form.html")]
pub struct ProblemForm {
    frame: Frame,
    briefing: Briefing,
    revision: Revision,
    /// The address of the words.
    path: String,
    what: String,
    /// Whether the words have changed since, where an older revision is shown.
    since: &'static str,
    words: Shown,
    sent: Sent,
    mistakes: Vec<Mistake>,
    /// Why it was not taken, where no field is to blame.
    complaint: Option<String>,
    /// Where no mail can be sent, no address is asked for: no reply is promised.
    replies: bool,
}

impl ProblemForm {
    /// What is wrong with a field.
    fn says(&self, about: &str) -> Option<String> {
        let said = |mistake: &Mistake| match mistake {
            Mistake::NoKind => ("kind", "Choose what is wrong.".to_owned()),
            Mistake::NoWords => ("text", "Say in a sentence what is wrong.".to_owned()),
            Mistake::TooLong(more) => {
                let more = phrase::counted(*more, "character", "characters");
                ("text", format!("This is {more} too long; {} are the most.", phrase::count(LONGEST)))
            }
            Mistake::NoEmail => {
                ("email", "An e-mail address is written like name@example.org. Or leave the field empty.".to_owned())
            }
        };
        self.mistakes.iter().map(said).find(|(field, _)| *field == about).map(|(_, sentence)| sentence)
    }

    fn is_chosen(&self, kind: &ProblemKind) -> bool {
        self.sent.kind == kind.as_str()
    }
}

/// The words that are meant, or the numbers of those to which they lead on.
enum Meant {
    Words(Box<Cited>, (i32, i32)),
    Moved(String),
}

async fn meant(app: &App, conn: &mut Connection, slug: &str, numbers: &str, pin: &Pin) -> Result<Meant, Error> {
    let (first, last) = cite::read_numbers(numbers).ok_or(Error::NotFound)?;
    match cite::load(app, conn, slug, (first, last), pin).await {
        Err(Error::NotFound) if pin.number()?.is_none() => {
            Ok(Meant::Moved(cite::moved(conn, slug, (first, last)).await?.ok_or(Error::NotFound)?))
        }
        cited => Ok(Meant::Words(Box::new(cited?), (first, last))),
    }
}

/// `GET`: the words as the reader saw them, and the form.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, numbers)): Path<(String, String)>,
    Query(pin): Query<Pin>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Error> {
    let mut conn = app.pool.acquire().await?;
    match meant(&app, &mut conn, &slug, &numbers, &pin).await? {
        Meant::Moved(numbers) => {
            let there = urls::problem_form(&urls::utterance(&slug, numbers));
            Ok(Redirect::permanent(&there).into_response())
        }
        Meant::Words(cited, numbers) => {
            let sent = Sent { kind: chosen.kind.unwrap_or_default(), ..Sent::default() };
            Ok(Page(page(frame, &app, &mut conn, *cited, numbers, sent).await?).into_response())
        }
    }
}

async fn page(
    frame: Frame,
    app: &App,
    conn: &mut Connection,
    cited: Cited,
    (first, last): (i32, i32),
    sent: Sent,
) -> Result<ProblemForm, Error> {
    let (from, to) = cited.positions;
    let these = || cited.around.iter().filter(|one| (from..=to).contains(&one.position));
    let since = since::sentence(conn, cited.briefing.listed.id, &cited.revision, these()).await?;
    let slug = &cited.briefing.listed.slug;
    Ok(ProblemForm {
        path: urls::utterance(slug, cite::write_numbers(first, last)),
        words: Shown::of(slug, these()),
        what: what(first, last),
        replies: app.settings.sends_mail,
        mistakes: Vec::new(),
        complaint: None,
        revision: cited.revision,
        briefing: cited.briefing,
        since,
        frame,
        sent,
    })
}

/// `POST`: notes the problem and leads to its page; or says what is wrong, with everything that was typed.
pub async fn send(
    frame: Frame,
    State(app): State<App>,
    Peer(address): Peer,
    Path((slug, numbers)): Path<(String, String)>,
    Form(mut sent): Form<Sent>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let pin = Pin::read(sent.revision.as_deref());
    let (cited, numbers) = match meant(&app, &mut tx, &slug, &numbers, &pin).await? {
        Meant::Words(cited, numbers) => (*cited, numbers),
        Meant::Moved(numbers) => {
            let there = urls::problem_form(&urls::utterance(&slug, numbers));
            return Ok((Policy::Never, Redirect::to(&there)).into_response());
        }
    };
    let email = if app.settings.sends_mail { sent.email.as_str() } else { "" };
    let told = Told::read(&sent.kind, &sent.text, email);
    let by_program = !std::mem::take(&mut sent.website).is_empty();
    let told = match told {
        Ok(told) if !by_program => told,
        told => {
            let mut page = page(frame, &app, &mut tx, cited, numbers, sent).await?;
            page.mistakes = told.err().unwrap_or_default();
            page.complaint = by_program.then(|| {
                "Something was written into a field that stays empty. It is empty again: please send once more."
                    .to_owned()
            });
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Policy::Never, Page(page)).into_response());
        }
    };
    let now = (app.clock)();
    if let Err(wait) = limit::problem(&mut tx, address, now).await? {
        let page = page(frame, &app, &mut tx, cited, numbers, sent).await?;
        return Ok(too_often(page, wait));
    }
    let passage = Passage { revision: cited.revision.id, first: numbers.0, last: numbers.1 };
    for _ in 0..ATTEMPTS {
        let reference = random()?;
        if editorial::note_problem(&mut tx, &passage, &told, &reference, now).await?.is_some() {
            tx.commit().await?;
            return Ok((Policy::Never, Redirect::to(&urls::problem_page(reference))).into_response());
        }
    }
    Err(Error::Internal("every reference is taken".into()))
}

fn too_often(mut page: ProblemForm, wait: SignedDuration) -> Response {
    page.complaint = Some(format!(
        "Many problems were reported from where you are, so this one was not taken. What you wrote stands below: please \
         send it again in {} minutes.",
        wait.as_mins() + 1
    ));
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Policy::Never, Page(page)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}

/// A reference that nobody guesses.
fn random() -> Result<Reference, Error> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.to_string().into()))?;
    Ok(Reference::of(bytes))
}
