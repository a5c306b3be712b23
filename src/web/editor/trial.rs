//! Trying terms out against the archive before they are saved.

use std::collections::{BTreeSet, HashMap};

use crate::analysis::topics::terms::is_too_common;
use crate::analysis::topics::{Context, Terms, home_of};
use crate::domain::{BriefingKind, UtteranceId};
use crate::editorial::{self, TopicTerms};
use crate::search::language::Expr;
use crate::search::tokens::tokens;
use crate::search::{Filters, Query, Sort};
use crate::store::topics::{self, Kept, Taggable};
use crate::store::{Connection, utterances};
use crate::web::App;
use crate::web::error::Error;
use crate::web::public::excerpt;

/// Utterances shown of those that would be tagged; of those that would not be any more, half as many.
const SHOWN: usize = 20;

/// Utterances read from the database at a time.
const CHUNK: usize = 4_000;

/// What would be different.
pub struct Trial {
    /// Utterances that would be tagged and are not now.
    pub adds: usize,
    /// Utterances that are tagged now and would not be.
    pub takes: usize,
    /// Some of the first.
    pub added: Vec<Shown>,
    /// Some of the second.
    pub taken: Vec<Shown>,
}

/// An utterance with the words that matter.
pub struct Shown {
    /// Title of its briefing.
    pub title: String,
    /// Address of that.
    pub slug: String,
    /// When it was held.
    pub date: Option<jiff::civil::Date>,
    /// Its number.
    pub number: Option<i32>,
    /// The words, marked.
    pub html: String,
}

/// Why terms cannot be tried out: a sentence.
pub type Refusal = String;

/// Counts exactly what the terms would change among what is published. The index says in which utterances one of the
/// different words stands; only those can be tagged otherwise.
pub async fn try_out(
    app: &App,
    conn: &mut Connection,
    topic: &Kept,
    wanted: &TopicTerms,
) -> Result<Result<Trial, Refusal>, Error> {
    let terms = match wanted.read() {
        Ok(terms) => terms,
        Err(refused) => return Ok(Err(super::topic::sentence(&refused))),
    };
    let (then, different) = editorial::terms_if(conn, topic, &terms, &wanted.off).await?;
    let Some(query) = standing(&different) else {
        return Ok(Ok(Trial { adds: 0, takes: 0, added: Vec::new(), taken: Vec::new() }));
    };
    let total = app.index.search(&Query { limit: 0, ..query.clone() })?.total;
    if is_too_common(total, app.index.utterances()) {
        let common = different.iter().find(|text| is_common(app, text));
        let common = common.map_or("These terms together".to_owned(), |text| format!("“{text}”"));
        return Ok(Err(format!(
            "{common} would stand in more than a quarter of everything. Terms must tell this subject from others."
        )));
    }
    let hits = app.index.search(&Query { limit: total as usize, sort: Sort::Newest, ..query })?.hits;
    let ids: Vec<UtteranceId> = hits.iter().map(|hit| hit.utterance_id).collect();
    let now = editorial::terms(conn).await?;
    let (mut adds, mut takes): (Vec<Spans>, Vec<Spans>) = (Vec::new(), Vec::new());
    for chunk in ids.chunks(CHUNK) {
        let rows: HashMap<UtteranceId, Taggable> =
            topics::of_utterances(conn, chunk).await?.into_iter().map(|row| (row.id, row)).collect();
        for row in chunk.iter().filter_map(|id| rows.get(id)) {
            let spans = spans(row, topic, &then);
            match (row.topics.contains(&topic.id), spans.is_empty()) {
                (false, false) => adds.push((row.id, spans)),
                (true, true) => takes.push((row.id, self::spans(row, topic, &now))),
                _ => {}
            }
        }
    }
    let (added, taken) = (shown(conn, &adds, SHOWN).await?, shown(conn, &takes, SHOWN / 2).await?);
    Ok(Ok(Trial { adds: adds.len(), takes: takes.len(), added, taken }))
}

/// An utterance and where its terms stand.
type Spans = (UtteranceId, Vec<(usize, usize)>);

/// Where the terms of a topic stand in an utterance.
fn spans(row: &Taggable, topic: &Kept, terms: &Terms) -> Vec<(usize, usize)> {
    let context = Context { home: home_of(row.series.as_deref(), row.issuer.as_deref()) };
    let tagged = terms.tag(&row.text, row.language.as_deref(), &context);
    tagged.into_iter().filter(|one| one.topic == topic.id).map(|one| (one.start, one.end)).collect()
}

/// Everything in which one of these texts stands, in whatever spelling.
fn standing(texts: &BTreeSet<String>) -> Option<Query> {
    let phrases = texts.iter().flat_map(|text| {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        let mut plural = words.clone();
        if let Some(last) = plural.last_mut() {
            last.push('s');
        }
        [words, plural].map(|words| Expr::Phrase { written: words.join(" "), words })
    });
    let filters = Filters { briefing_kinds: BriefingKind::ALL.to_vec(), ..Filters::default() };
    Some(Query { expr: Some(Expr::any_of(phrases.collect())?), filters, ..Query::default() })
}

fn is_common(app: &App, text: &str) -> bool {
    let query = standing(&BTreeSet::from([text.to_owned()]));
    let found = query.and_then(|query| app.index.search(&Query { limit: 0, ..query }).ok());
    found.is_some_and(|answer| is_too_common(answer.total, app.index.utterances()))
}

async fn shown(conn: &mut Connection, from: &[Spans], most: usize) -> Result<Vec<Shown>, Error> {
    let some: HashMap<UtteranceId, &Vec<(usize, usize)>> =
        from.iter().take(most).map(|(id, spans)| (*id, spans)).collect();
    let ids: Vec<UtteranceId> = from.iter().take(most).map(|(id, _)| *id).collect();
    let found = utterances::found(conn, &ids).await?;
    Ok(found
        .into_iter()
        .map(|found| {
            let spans = some.get(&found.utterance.id).map_or(&[][..], |spans| spans.as_slice());
            // What stands far apart does not fit into an excerpt.
            let near = spans.iter().take_while(|span| spans.first().is_some_and(|first| span.1 < first.0 + 300));
            let near: Vec<(usize, usize)> = near.copied().collect();
            Shown {
                title: found.briefing.title,
                slug: found.briefing.slug,
                date: found.briefing.date,
                number: found.utterance.number,
                html: excerpt::around(&found.utterance.text, &found.utterance.marks, &near),
            }
        })
        .collect())
}
