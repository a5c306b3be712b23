//! Topics: what editors point to them with, and tagging the archive anew.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::json;

use crate::analysis::topics::terms::{self as words, NoTerm};
use crate::analysis::topics::{Context, Term, TermLanguage, Terms, home_of};
use crate::domain::{Actor, BriefingId, Slug, TopicId, TopicKind, UtteranceId};
use crate::store::topics::{self as rows, Kept, Taggable, TermRow};
use crate::store::{self, Connection, audit, feed};

/// Briefings that are tagged anew in one transaction.
const AT_ONCE: i64 = 40;

/// Longest name, in characters.
const LONGEST: usize = 100;

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopicRefused {
    /// There is no such topic.
    NoSuchTopic,
    /// A name that no address can be made of, or too long.
    NoName,
    /// Another topic has this name, or had it.
    Taken,
    /// A line is no term.
    NoTerm(NoTerm),
    /// Topics of the gazetteer stay.
    NotOurs,
    /// It is so already.
    Unchanged,
}

/// What an editor says of the terms of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TopicTerms {
    /// English terms, one on a line.
    pub english: String,
    /// Spanish ones.
    pub spanish: String,
    /// Terms of the gazetteer that are switched off.
    pub off: Vec<(TermLanguage, String)>,
}

impl TopicTerms {
    /// Reads the lines.
    pub fn read(&self) -> Result<Vec<Term>, TopicRefused> {
        let mut terms = words::read(&self.english, TermLanguage::English).map_err(TopicRefused::NoTerm)?;
        terms.extend(words::read(&self.spanish, TermLanguage::Spanish).map_err(TopicRefused::NoTerm)?);
        Ok(terms)
    }
}

/// The terms that everything is tagged with at present.
pub async fn terms(conn: &mut Connection) -> Result<Terms, store::Error> {
    Ok(built(&rows::words(conn).await?))
}

fn built(all: &rows::Words) -> Terms {
    let added = all.terms.iter().filter_map(|row| Some((row.topic, term(row)?)));
    let added: Vec<(TopicId, Term)> = added.collect();
    let off = all.off.iter().filter_map(|(topic, of, text)| Some((*topic, TermLanguage::parse(of)?, text.clone())));
    Terms::new(all.version, &all.rows, &added, &off.collect::<Vec<_>>())
}

/// A term as the analysis knows it.
pub fn term(row: &TermRow) -> Option<Term> {
    let language = TermLanguage::parse(&row.language)?;
    Some(Term { language, text: row.text.clone(), unless: row.unless.clone() })
}

fn row(topic: TopicId, term: &Term) -> TermRow {
    let language = term.language.as_str().to_owned();
    TermRow { topic, language, text: term.text.clone(), unless: term.unless.clone() }
}

/// The terms that everything would be tagged with if those of a topic were these; and the words of a topic that would be
/// different from now, by language: only utterances in which one of them stands can be tagged otherwise.
pub async fn terms_if(
    conn: &mut Connection,
    topic: &Kept,
    wanted: &[Term],
    off: &[(TermLanguage, String)],
) -> Result<(Terms, BTreeSet<String>), store::Error> {
    let mut all = rows::words(conn).await?;
    let wanted: Vec<TermRow> = wanted.iter().map(|term| row(topic.id, term)).collect();
    let off: BTreeSet<(String, String)> = off.iter().map(|(of, text)| (of.as_str().to_owned(), text.clone())).collect();
    let mut different = BTreeSet::new();
    let (now, others): (Vec<TermRow>, Vec<TermRow>) = all.terms.into_iter().partition(|term| term.topic == topic.id);
    let missing = |from: &[TermRow], of: &[TermRow]| -> Vec<String> {
        of.iter().filter(|term| !from.contains(term)).map(|term| term.text.clone()).collect()
    };
    different.extend(missing(&now, &wanted));
    different.extend(missing(&wanted, &now));
    all.terms = others.into_iter().chain(wanted).collect();
    let (was_off, others): (Vec<_>, Vec<_>) = all.off.into_iter().partition(|(id, ..)| *id == topic.id);
    let was_off: BTreeSet<(String, String)> = was_off.into_iter().map(|(_, of, text)| (of, text)).collect();
    different.extend(was_off.symmetric_difference(&off).map(|(_, text)| text.clone()));
    all.off = others.into_iter().chain(off.into_iter().map(|(of, text)| (topic.id, of, text))).collect();
    Ok((built(&all), different))
}

/// Makes a topic that has no terms yet. Must be the last act of its transaction; returns its position in the feed.
pub async fn add_topic(
    conn: &mut Connection,
    name: &str,
    kind: TopicKind,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(Slug, i64), TopicRefused>, store::Error> {
    let name = tidy(name);
    let Some(slug) = Slug::from_text(&name).filter(|_| name.chars().count() <= LONGEST) else {
        return Ok(Err(TopicRefused::NoName));
    };
    let Some(topic) = rows::add(conn, &slug, &name, kind).await? else { return Ok(Err(TopicRefused::Taken)) };
    let kept = rows::kept(conn, Some(slug.as_str())).await?;
    // One that was removed comes back with its terms.
    if kept.iter().any(|topic| topic.terms > 0) {
        rows::terms_changed(conn).await?;
    }
    audit::append(conn, actor, "topic.added", &json!({ "topic": topic }), now).await?;
    Ok(Ok((slug, feed::advance(conn, &[]).await?)))
}

/// Gives a topic another name; the old address leads on. Must be the last act of its transaction.
pub async fn rename_topic(
    conn: &mut Connection,
    topic: &Kept,
    name: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(Slug, i64), TopicRefused>, store::Error> {
    let name = tidy(name);
    let Some(slug) = Slug::from_text(&name).filter(|_| name.chars().count() <= LONGEST) else {
        return Ok(Err(TopicRefused::NoName));
    };
    if !rows::rename(conn, topic.id, &slug, &name).await? {
        return Ok(Err(TopicRefused::Taken));
    }
    audit::append(conn, actor, "topic.renamed", &json!({ "topic": topic.id }), now).await?;
    Ok(Ok((slug, feed::advance(conn, &[]).await?)))
}

/// Says what a topic is: a country, an organisation, an issue. Must be the last act of its transaction; returns its
/// position in the feed.
pub async fn set_topic_kind(
    conn: &mut Connection,
    topic: &Kept,
    kind: TopicKind,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, TopicRefused>, store::Error> {
    if !rows::set_kind(conn, topic.id, kind).await? {
        return Ok(Err(TopicRefused::Unchanged));
    }
    audit::append(conn, actor, "topic.kind", &json!({ "topic": topic.id, "kind": kind }), now).await?;
    feed::advance(conn, &[]).await.map(Ok)
}

/// Removes an editor's own topic. Must be the last act of its transaction; returns its position in the feed.
pub async fn remove_topic(
    conn: &mut Connection,
    topic: &Kept,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, TopicRefused>, store::Error> {
    if !rows::remove(conn, topic.id, now).await? {
        return Ok(Err(TopicRefused::NotOurs));
    }
    rows::terms_changed(conn).await?;
    audit::append(conn, actor, "topic.removed", &json!({ "topic": topic.id }), now).await?;
    feed::advance(conn, &[]).await.map(Ok)
}

/// Says what points to a topic; the archive is tagged anew after that. Must be the last act of its transaction; returns
/// its position in the feed.
pub async fn set_terms(
    conn: &mut Connection,
    topic: &Kept,
    wanted: &TopicTerms,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, TopicRefused>, store::Error> {
    let terms = match wanted.read() {
        Ok(terms) => terms,
        Err(refused) => return Ok(Err(refused)),
    };
    let known: BTreeSet<(TermLanguage, &str)> =
        topic.gazetteer_slug.as_deref().map(words::listed).unwrap_or_default().into_iter().collect();
    let off: BTreeSet<(String, String)> = wanted
        .off
        .iter()
        .filter(|(of, text)| known.contains(&(*of, text.as_str())))
        .map(|(of, text)| (of.as_str().to_owned(), text.clone()))
        .collect();
    let (given, off) = (terms.len(), off.into_iter().collect::<Vec<_>>());
    let terms: Vec<TermRow> = terms.iter().map(|term| row(topic.id, term)).collect();
    rows::set_terms(conn, topic.id, &terms, &off).await?;
    rows::terms_changed(conn).await?;
    let refs = json!({ "topic": topic.id, "terms": given, "off": off.len() });
    audit::append(conn, actor, "topic.terms", &refs, now).await?;
    feed::advance(conn, &[]).await.map(Ok)
}

/// Tags some of what was tagged with older terms. Must be all of its transaction; says whether there was any.
pub async fn tag_anew(conn: &mut Connection) -> Result<bool, store::Error> {
    if !rows::tag_alone(conn).await? {
        return Ok(false);
    }
    let terms = terms(conn).await?;
    let briefings = rows::hold_behind(conn, terms.version, AT_ONCE).await?;
    if briefings.is_empty() {
        return Ok(false);
    }
    let mut changed: Vec<(UtteranceId, Vec<TopicId>)> = Vec::new();
    let mut touched: BTreeSet<BriefingId> = BTreeSet::new();
    for one in rows::of_briefings(conn, &briefings).await? {
        let topics = topics_of(&one, &terms);
        if topics != one.topics {
            touched.insert(one.briefing_id);
            changed.push((one.id, topics));
        }
    }
    rows::set_topics(conn, &changed).await?;
    rows::tagged(conn, &briefings, terms.version).await?;
    feed::touch(conn, &touched.into_iter().collect::<Vec<_>>()).await?;
    Ok(true)
}

/// The topics of an utterance.
pub fn topics_of(one: &Taggable, terms: &Terms) -> Vec<TopicId> {
    let context = Context { home: home_of(one.series.as_deref(), one.issuer.as_deref()) };
    terms.topics(&one.text, one.language.as_deref(), &context)
}

fn tidy(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    text.split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
