//! `/check`: did they say it? A quotation, or every quotation of an article, beside the record.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::excerpt::{self, Segment};
use super::turns::Who;
use crate::analysis::comparison::{Place, Reported, Verdict};
use crate::store::briefings::Listed;
use crate::store::utterances::Utterance;
use crate::web::cache::Policy;
use crate::web::check::{self, Answer, Asked, Checked, Fields, Told, statement};
use crate::web::coverage::Said;
use crate::web::error::Error;
use crate::web::extract::{Form, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls, words};

/// Longest quotation that gets an address of its own, in bytes.
const ADDRESSED: usize = 1_500;
/// Places shown at once; where the words stand in more, those are one step away.
const AT_ONCE: usize = 3;
/// Characters of the turns before and behind.
const AROUND: usize = 260;

/// What each verdict means to a reader.
const MEANINGS: [(Verdict, &str); 8] = [
    (Verdict::Verbatim, "They said exactly these words, in their own name."),
    (
        Verdict::Altered,
        "They said it, but other words stand in the record. Each difference is listed; a lost “not”, another number, name or tense is called out.",
    ),
    (Verdict::Spliced, "The words were said, but in different places. Each place is shown."),
    (Verdict::OtherSpeaker, "The words were said, by somebody other than alleged."),
    (Verdict::InQuestion, "A reporter put these words into a question; they were not the answer."),
    (Verdict::Quoted, "The speaker used these words to tell what others say, or to reject it."),
    (
        Verdict::Paraphrase,
        "Nobody used these words, but something much like it was said. The closest passages are shown.",
    ),
    (
        Verdict::NotFound,
        "Nothing like it is held. What the archive holds of that speaker and time is said beside it, so that you know what this is worth.",
    ),
];

/// The page.
#[derive(askama::Template)]
#[template(path = "public/check.html")]
pub struct CheckPage {
    frame: Frame,
    fields: Fields,
    /// What is wrong with the request, and what to do.
    complaint: Option<String>,
    /// How the alleged speaker was understood.
    speaker_note: Option<String>,
    /// Of an article: how its quotations stand.
    summary: Option<String>,
    checked: Vec<CheckedView>,
    /// What the archive holds of the alleged speaker and the days asked for.
    covered: Option<Said>,
    /// The day of the check, for paper.
    today: Date,
}

impl CheckPage {
    /// What the tab says, and a screen reader first: the verdict.
    fn title(&self) -> String {
        match self.checked.as_slice() {
            [] if self.complaint.is_some() => "Not checked: check a quotation".to_owned(),
            [] => "Check a quotation".to_owned(),
            [one] => format!("{}: check a quotation", one.title),
            all => format!("{} checked", phrase::counted(all.len(), "quotation", "quotations")),
        }
    }
}

/// One quotation with its verdict.
pub struct CheckedView {
    quotation: String,
    verdict: Verdict,
    title: &'static str,
    sentence: String,
    warnings: Vec<&'static str>,
    /// The words beside each other, where some differ.
    compared: Option<Compared>,
    /// Where to look for something like it, where it is not held: what the link says, and its address.
    look: Option<(String, String)>,
    places: Vec<PlaceView>,
}

impl CheckedView {
    /// The first words of the quotation, for the list of an article's quotations.
    fn first_words(&self) -> String {
        excerpt::cut(&self.quotation, 140)
    }

    /// What the places are.
    fn places_are(&self) -> &'static str {
        match (self.verdict, self.places.len()) {
            (Verdict::Spliced, _) => "The places, in the order of the quotation",
            (Verdict::Paraphrase, _) => "What comes closest",
            (_, 1) => "Where it stands",
            _ => "Where it stands, and what is alike",
        }
    }

    /// How many places are shown at once: every part of a spliced quotation.
    fn at_once(&self) -> usize {
        if self.verdict == Verdict::Spliced { self.places.len() } else { self.places.len().min(AT_ONCE) }
    }

    fn first_places(&self) -> &[PlaceView] {
        &self.places[..self.at_once()]
    }

    fn more_places(&self) -> &[PlaceView] {
        &self.places[self.at_once()..]
    }
}

/// Words of the record and of the quotation, with what differs told apart.
pub struct Compared {
    said: Vec<Segment>,
    quoted: Vec<Segment>,
    list: Vec<String>,
}

/// A passage as shown.
pub struct PlaceView {
    briefing: Listed,
    who: Option<Who>,
    number: Option<i32>,
    url: String,
    /// The same in full, for paper.
    address: String,
    html: String,
    /// Whose words they are, where they are not the speaker's own.
    taken_up: Option<&'static str>,
    before: Option<Beside>,
    after: Option<Beside>,
}

/// The turn before or behind.
pub struct Beside {
    label: String,
    url: String,
    html: String,
}

/// `GET`: the form, or the answer about a quotation that stands in the address.
pub async fn show(frame: Frame, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    Ok(answer(frame, &app, fields).await?.into_response())
}

/// `POST`: sends a short quotation to an address of its own, and answers at once about an article.
pub async fn ask(frame: Frame, State(app): State<App>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let text = |field: &Option<String>| field.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let quote = text(&fields.quote);
    if quote.len() <= ADDRESSED {
        let (speaker, from, to) = (text(&fields.speaker), text(&fields.from), text(&fields.to));
        let pairs = [("quote", quote.as_str()), ("speaker", &speaker), ("from", &from), ("to", &to)];
        return Ok((Policy::Never, Redirect::to(&urls::with_query(urls::CHECK, &pairs))).into_response());
    }
    let page = answer(frame, &app, fields).await?;
    Ok((Policy::Never, page).into_response())
}

async fn answer(frame: Frame, app: &App, fields: Fields) -> Result<Page<CheckPage>, Error> {
    let mut page = CheckPage {
        frame,
        fields,
        complaint: None,
        speaker_note: None,
        summary: None,
        checked: Vec::new(),
        covered: None,
        today: (app.clock)().to_zoned(TimeZone::UTC).date(),
    };
    let mut conn = app.pool.acquire().await?;
    let asked = match check::understand(app, &mut conn, &page.fields).await {
        Err(Error::BadRequest(complaint)) => {
            page.complaint = Some(complaint);
            return Ok(Page(page));
        }
        asked => asked?,
    };
    if asked.text.is_empty() {
        return Ok(Page(page));
    }
    page.speaker_note = speaker_note(&asked);
    page.covered = Some(check::covered(app, &asked).await?.said());
    match check::check(app, &mut conn, &asked).await {
        Err(Error::BadRequest(complaint)) => page.complaint = Some(complaint),
        Err(error) => return Err(error),
        Ok(Answer::One(checked)) => page.checked.push(view(app, &asked, checked)),
        Ok(Answer::Article(quotations)) => {
            page.summary = Some(statement::article(quotations.iter().map(|(_, checked)| checked.finding.verdict)));
            page.checked = quotations.into_iter().map(|(_, checked)| view(app, &asked, checked)).collect();
        }
    }
    Ok(Page(page))
}

/// Says how the name of the alleged speaker was understood, where that is no matter of course.
fn speaker_note(asked: &Asked) -> Option<String> {
    let alleged = asked.alleged.as_ref()?;
    let names: Vec<&str> = alleged.named.iter().map(|named| named.name.as_str()).collect();
    match names.as_slice() {
        [] => Some(format!(
            "Nobody called “{}” speaks in this archive; the words were looked for all the same.",
            alleged.name
        )),
        [name] if *name == alleged.name => None,
        names => Some(format!("“{}” was read as {}.", alleged.name, names.join(" or "))),
    }
}

fn view(app: &App, asked: &Asked, checked: Checked) -> CheckedView {
    let finding = &checked.finding;
    let first = finding.places.iter().zip(&checked.passages).next();
    let compared = first.and_then(|(place, told)| compared(&checked.quotation, place, told));
    CheckedView {
        verdict: finding.verdict,
        title: statement::headline(asked, &checked),
        sentence: statement::sentence(asked, &checked),
        warnings: finding.warnings.iter().map(|warning| statement::warning(*warning)).collect(),
        compared,
        look: look(asked, &checked),
        places: finding
            .places
            .iter()
            .zip(&checked.passages)
            .map(|(place, told)| place_view(app, place, told))
            .collect(),
        quotation: checked.quotation,
    }
}

/// A search for any of the rarest words of what is not held.
fn look(asked: &Asked, checked: &Checked) -> Option<(String, String)> {
    if checked.finding.verdict != Verdict::NotFound || checked.rarest.is_empty() {
        return None;
    }
    let alleged = asked.alleged.as_ref().and_then(|alleged| match alleged.named.as_slice() {
        [one] => Some(one),
        _ => None,
    });
    let who = alleged.map_or_else(|| "what was said".to_owned(), |one| format!("what {} said", one.name));
    let words: Vec<String> = checked.rarest.iter().map(|word| format!("“{word}”")).collect();
    let address =
        urls::search(&[("q", &checked.rarest.join(" OR ")), ("speaker", alleged.map_or("", |one| one.slug.as_str()))]);
    Some((format!("{who} with {}", words.join(" or ")), address))
}

fn compared(quotation: &str, place: &Place, told: &Told) -> Option<Compared> {
    if place.differences.is_empty() {
        return None;
    }
    let (start, end) = (place.spans.first()?.0, place.spans.last()?.1);
    let said = place.differences.iter().map(|one| one.said);
    let quoted = place.differences.iter().map(|one| one.quoted);
    Some(Compared {
        said: excerpt::segments(&told.found.utterance.text, (start, end), said),
        quoted: excerpt::segments(quotation, (0, quotation.chars().count()), quoted),
        list: place.differences.iter().map(statement::difference).collect(),
    })
}

fn place_view(app: &App, place: &Place, told: &Told) -> PlaceView {
    let utterance = &told.found.utterance;
    let slug = &told.found.briefing.slug;
    let who = utterance.by.as_ref().map(|by| Who::of(by, utterance, true));
    // Who asks says nothing in the name of others either: that it is a question is said already.
    let reported = place.reported.filter(|_| !who.as_ref().is_some_and(Who::asks));
    let url = utterance.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number));
    PlaceView {
        who,
        number: utterance.number,
        address: app.absolute(&url),
        url,
        html: excerpt::around(&utterance.text, &utterance.marks, &place.spans),
        taken_up: reported.map(|reported| match reported {
            Reported::AsTheirs => "words of others, as the speaker tells them",
            Reported::Rejected => "words that the speaker rejects",
        }),
        before: told.before.as_ref().and_then(|utterance| beside(slug, utterance)),
        after: told.after.as_ref().and_then(|utterance| beside(slug, utterance)),
        briefing: told.found.briefing.clone(),
    }
}

fn beside(slug: &str, utterance: &Utterance) -> Option<Beside> {
    let number = utterance.number?;
    let label = utterance.by.as_ref().map_or_else(String::new, |by| by.label.clone());
    let html = words::line(&excerpt::cut(&utterance.text, AROUND), &[], &[]);
    Some(Beside { label, url: urls::utterance(slug, number), html })
}

/// A field as it stands in the form.
fn text(field: Option<&String>) -> &str {
    field.map_or("", String::as_str)
}
