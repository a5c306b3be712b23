//! `GET /briefings/{slug}/{numbers}/chronology`: what a speaker said about something before and after a passage.

mod place;
mod subject;

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;

use super::cite::read_numbers;
use super::results::{self, ResultView};
use super::turns::{self, Piece};
use super::utterance::what;
use crate::domain::{Audience, BriefingStatus, SpeakerId, TopicId};
use crate::search::language::{self, Expr};
use crate::search::{Filters, Query as IndexQuery, Sort};
use crate::store::Connection;
use crate::store::briefings::{self, Briefing};
use crate::store::directory::Named;
use crate::store::utterances::{self, Question, Utterance};
use crate::web::error::Error;
use crate::web::extract::{Path, Query};
use crate::web::overview::Overview;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls, words};
use place::{Passage, Window};
use subject::{Subject, Term};

/// What others said on the same day, and the same words by anybody: so many are shown.
const OTHERS: usize = 5;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    /// A topic of the passage, or any other.
    topic: Option<String>,
    /// Words to look for.
    q: Option<String>,
    /// 0 is around the passage, -1 earlier, 1 later.
    page: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "public/chronology.html")]
pub struct Chronology {
    frame: Frame,
    briefing: Briefing,
    numbers: String,
    what: String,
    who: Option<Named>,
    passage: Vec<Piece>,
    question: Option<Question>,
    /// The passage says too little by itself: its question is used.
    short: bool,
    topics: Vec<Choice>,
    terms: Vec<Choice>,
    /// What the words field holds.
    words: String,
    /// What is looked for, in words.
    sought: Option<String>,
    window: Window,
    before: Vec<ResultView>,
    after: Vec<ResultView>,
    earlier: Option<String>,
    later: Option<String>,
    back: Option<String>,
    same_day: Vec<ResultView>,
    same_words: Option<SameWords>,
}

/// A topic or a word that can be chosen.
pub struct Choice {
    name: String,
    url: String,
    count: u64,
    chosen: bool,
}

/// Where else a stretch of the passage was said word for word.
pub struct SameWords {
    written: String,
    url: String,
    others: u64,
    results: Vec<ResultView>,
}

impl Chronology {
    /// The question as HTML.
    fn question_html(&self, question: &Question) -> String {
        words::paragraphs(&question.text, &[], &[])
    }

    fn question_url(&self, question: &Question) -> String {
        let slug = &self.briefing.listed.slug;
        question.number.map_or_else(|| urls::briefing(slug), |number| urls::utterance(slug, number))
    }

    fn around(&self) -> bool {
        self.window.page == 0
    }
}

/// What is looked for.
#[derive(Default)]
struct Sought {
    topic: Option<(TopicId, Named)>,
    expr: Option<Expr>,
    /// As it stands in the words field.
    words: String,
}

impl Sought {
    fn query(&self, speaker: Option<SpeakerId>) -> IndexQuery {
        let filters = Filters {
            speakers: speaker.into_iter().collect(),
            topics: self.topic.iter().map(|topic| topic.0).collect(),
            ..Filters::default()
        };
        IndexQuery { expr: self.expr.clone(), filters, sort: Sort::Oldest, ..IndexQuery::default() }
    }

    fn is_nothing(&self) -> bool {
        self.topic.is_none() && self.expr.is_none()
    }

    /// What is marked in the results: the words, or the name of the topic.
    fn marked(&self) -> Option<Expr> {
        self.expr.clone().or_else(|| language::read(&self.topic.as_ref()?.1.name).expr)
    }

    fn spoken(&self) -> Option<String> {
        match (&self.topic, self.words.as_str()) {
            (Some((_, topic)), "") => Some(topic.name.clone()),
            (Some((_, topic)), words) => Some(format!("{} and {words}", topic.name)),
            (None, "") => None,
            (None, words) => Some(words.to_owned()),
        }
    }
}

/// The handler.
pub async fn show(
    frame: Frame,
    State(app): State<App>,
    Path((slug, numbers)): Path<(String, String)>,
    Query(fields): Query<Fields>,
) -> Result<Page<Chronology>, Error> {
    let (first, last) = read_numbers(&numbers).ok_or(Error::NotFound)?;
    let overview = app.overview().await?;
    let mut conn = app.pool.acquire().await?;
    let briefing = briefings::find(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    if briefing.status != BriefingStatus::Published {
        return Err(Error::NotFound);
    }
    let id = briefing.listed.id;
    let revision = briefings::revision(&mut conn, id, None).await?.ok_or(Error::NotFound)?;
    let (from, to) = utterances::positions(&mut conn, revision.id, first, last).await?.ok_or(Error::NotFound)?;
    let said = utterances::of_briefing(&mut conn, id, Audience::Readers, from, to).await?;
    let question = question(&mut conn, &said).await?;
    let who = subject::speaker(&said).cloned();
    let speaker = who.as_ref().and_then(|who| overview.named(crate::store::directory::Family::Speaker, &who.slug));
    let speaker = speaker.map(|meant| SpeakerId(meant.id));
    let subject = Subject::of(&app, &overview, &said, question.as_ref(), speaker)?;
    let sought = sought(&app, &overview, &subject, &fields, speaker)?;
    let address = urls::chronology(&slug, &numbers);
    let passage = Passage { briefing: id, from: from as u32, to: to as u32 };
    let asked = fields.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(0);
    let query = sought.query(speaker);
    let window =
        if sought.is_nothing() { Window::default() } else { place::window(&app, &overview, &query, &passage, asked)? };
    let marked = sought.marked();
    let shown = |stretch: (usize, usize)| IndexQuery { offset: stretch.0, limit: stretch.1, ..query.clone() };
    let before = load(&app, &mut conn, &shown(window.before), marked.as_ref()).await?;
    let after = load(&app, &mut conn, &shown(window.after), marked.as_ref()).await?;
    let same_day = same_day(&app, &mut conn, &briefing, &sought, speaker).await?;
    let same_words = same_words(&app, &mut conn, &subject, &passage).await?;
    let topic = sought.topic.as_ref().map(|topic| topic.1.slug.clone()).unwrap_or_default();
    let at = |page: i64| {
        let page = if page == 0 { String::new() } else { page.to_string() };
        urls::with_query(&address, &[("topic", &topic), ("q", &sought.words), ("page", &page)])
    };
    Ok(Page(Chronology {
        passage: said.iter().map(|one| Piece { cited: true, ..turns::piece(&slug, one, &[], true) }).collect(),
        topics: topics(&overview, &subject, &address, &sought),
        terms: subject.terms.iter().map(|term| word(term, &address, &sought)).collect(),
        what: what(first, last),
        short: subject.short,
        sought: sought.spoken(),
        earlier: window.earlier.then(|| at(window.page - 1)),
        later: window.later.then(|| at(window.page + 1)),
        back: (window.page != 0).then(|| at(0)),
        words: sought.words,
        frame,
        briefing,
        numbers,
        who,
        question,
        window,
        before,
        after,
        same_day,
        same_words,
    }))
}

/// The question that the passage answers.
async fn question(conn: &mut Connection, said: &[Utterance]) -> Result<Option<Question>, Error> {
    let first: Vec<_> = said.first().map(|one| one.id).into_iter().collect();
    Ok(utterances::found(conn, &first).await?.pop().and_then(|found| found.question))
}

/// What the reader asks for; if nothing, the rarest topic of the passage, or else its rarest words.
fn sought(
    app: &App,
    overview: &Arc<Overview>,
    subject: &Subject,
    fields: &Fields,
    speaker: Option<SpeakerId>,
) -> Result<Sought, Error> {
    let named = fields.topic.as_deref().and_then(|slug| {
        let mut topics = overview.directory.topics.iter();
        topics.find(|(_, named)| named.slug == slug).map(|(id, named)| (*id, named.clone()))
    });
    let reading = language::read(fields.q.as_deref().unwrap_or_default());
    if named.is_some() || reading.expr.is_some() {
        let words = reading.expr.as_ref().map(ToString::to_string).unwrap_or_default();
        return Ok(Sought { topic: named, expr: reading.expr, words });
    }
    if let Some((id, _)) = subject.topics.first() {
        let named = overview.directory.topics.get(id).cloned();
        return Ok(Sought { topic: named.map(|named| (*id, named)), ..Sought::default() });
    }
    let expr = subject::usual_words(app, &subject.terms, speaker)?;
    let words = expr.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(Sought { expr, words, topic: None })
}

fn topics(overview: &Overview, subject: &Subject, address: &str, sought: &Sought) -> Vec<Choice> {
    let choice = |(id, count): &(TopicId, u64)| {
        let named = overview.directory.topics.get(id)?;
        Some(Choice {
            name: named.name.clone(),
            url: urls::with_query(address, &[("topic", &named.slug)]),
            count: *count,
            chosen: sought.topic.as_ref().is_some_and(|topic| topic.0 == *id),
        })
    };
    subject.topics.iter().filter_map(choice).collect()
}

fn word(term: &Term, address: &str, sought: &Sought) -> Choice {
    Choice {
        url: urls::with_query(address, &[("q", &term.written)]),
        count: term.count,
        chosen: sought.topic.is_none() && sought.words == term.written,
        name: term.written.clone(),
    }
}

async fn load(
    app: &App,
    conn: &mut Connection,
    query: &IndexQuery,
    marked: Option<&Expr>,
) -> Result<Vec<ResultView>, Error> {
    if query.limit == 0 {
        return Ok(Vec::new());
    }
    let highlight = marked.map(ToString::to_string).unwrap_or_default();
    results::load(conn, &app.index.search(query)?.hits, marked, &highlight).await
}

/// What other named speakers said about it on the same day, anywhere.
async fn same_day(
    app: &App,
    conn: &mut Connection,
    briefing: &Briefing,
    sought: &Sought,
    speaker: Option<SpeakerId>,
) -> Result<Vec<ResultView>, Error> {
    let Some(date) = briefing.listed.date.filter(|_| !sought.is_nothing()) else { return Ok(Vec::new()) };
    let mut query = sought.query(None);
    (query.filters.from, query.filters.to) = (Some(date), Some(date));
    let said = app.index.search(&query)?.facets.speaker;
    query.filters.speakers = said.into_iter().map(|(id, _)| id).filter(|id| Some(*id) != speaker).collect();
    if query.filters.speakers.is_empty() {
        return Ok(Vec::new());
    }
    query.limit = OTHERS;
    load(app, conn, &query, sought.marked().as_ref()).await
}

/// Where the most telling stretch of the passage was said word for word, by anybody.
async fn same_words(
    app: &App,
    conn: &mut Connection,
    subject: &Subject,
    passage: &Passage,
) -> Result<Option<SameWords>, Error> {
    let mut found = None;
    // A shorter stretch is tried where a longer one is nowhere else.
    for stretch in &subject.stretches {
        let expr = Some(stretch.clone());
        let query = IndexQuery { expr, sort: Sort::Oldest, limit: OTHERS + passage.len(), ..IndexQuery::default() };
        let mut answer = app.index.search(&query)?;
        let all = answer.hits.len();
        answer.hits.retain(|hit| !passage.holds(hit));
        let others = answer.total - (all - answer.hits.len()) as u64;
        answer.hits.truncate(OTHERS);
        found = Some((stretch, answer.hits, others));
        if others > 0 {
            break;
        }
    }
    let Some((stretch, hits, others)) = found else { return Ok(None) };
    let quoted = stretch.to_string();
    Ok(Some(SameWords {
        url: urls::search(&[("q", &quoted), ("sort", "oldest")]),
        others,
        results: results::load(conn, &hits, Some(stretch), &quoted).await?,
        written: quoted.trim_matches('"').to_owned(),
    }))
}
