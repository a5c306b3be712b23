//! What readers may have meant: words and names corrected when they find little or nothing.

use super::App;
use super::error::Error;
use super::find::{Asked, Fields};
use super::names::Names;
use super::overview::Overview;
use crate::domain::{SeriesId, SpeakerId, TopicId};
use crate::search::language::{Expr, Field, Filter};
use crate::search::spelling::{self, Correction, Lexicon};
use crate::search::tokens::tokens;
use crate::search::{Query, Words};
use crate::store::directory::Family;

/// So few results leave room for doubt.
const FEW: u64 = 20;
/// A correction of something that is found must find more than so many times as much.
const MORE: u64 = 4;

/// So little is wrong with a word that another one is surely meant, whatever else its stem finds.
const SLIGHT: f32 = 0.7;
/// The same where both have the same stem.
const SAME_STEM: f32 = 1.5;

/// So many words in quotes are not found by accident.
const SURE: usize = 3;
/// Most words of a name.
const LONGEST_NAME: usize = 4;

/// The words of the index, with the accents of the names that are known.
struct Known<'a> {
    words: Words,
    names: &'a Names,
}

impl Lexicon for Known<'_> {
    fn frequency(&self, word: &str) -> u64 {
        self.words.frequency(word)
    }

    fn together(&self, first: &str, second: &str) -> u64 {
        self.words.together(first, second)
    }

    fn near(&self, word: &str, edits: usize) -> Vec<(String, u64)> {
        self.words.near(word, edits)
    }

    fn written(&self, word: &str) -> Option<String> {
        self.names.written.get(word).cloned()
    }
}

/// A search that may have been meant instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DidYouMean {
    /// The request in the plainest form of the language.
    pub read_as: String,
    /// Where it leads.
    pub url: String,
    /// What it finds.
    pub total: u64,
}

/// What may have been meant by a search that found so much; nothing where it found enough.
pub fn did_you_mean(
    app: &App,
    overview: &Overview,
    fields: &Fields,
    asked: &Asked,
    total: u64,
) -> Result<Option<DidYouMean>, Error> {
    // Whoever has found several words exactly as quoted has found what was meant.
    let quoted = matches!(&asked.query.expr, Some(Expr::Phrase { words, .. }) if words.len() >= SURE);
    if asked.page > 1 || (quoted && total > 0) {
        return Ok(None);
    }
    let names = overview.names();
    if total > FEW {
        return another_spelling(app, names, fields, asked, total);
    }
    Ok(match nearer(app, names, fields, asked, total)? {
        None if total > 0 => another_spelling(app, names, fields, asked, total)?,
        None => somebody(app, names, fields, asked)?,
        meant => meant,
    })
}

/// Somebody of this name who speaks, where nobody says the name.
fn somebody(app: &App, names: &Names, fields: &Fields, asked: &Asked) -> Result<Option<DidYouMean>, Error> {
    let Some(expr) = asked.query.expr.as_ref().filter(|_| asked.speakers.is_empty() && asked.unknown.is_empty()) else {
        return Ok(None);
    };
    // A name has a few words; more is a sentence.
    let typed = expr.to_string();
    if typed.contains([':', '-', '(']) || tokens(&typed).len() > LONGEST_NAME {
        return Ok(None);
    }
    let Some(nearest) = names.nearest(Family::Speaker, &typed) else { return Ok(None) };
    let mut query = Query { expr: None, limit: 0, ..asked.query.clone() };
    query.filters.speakers.push(SpeakerId(nearest.id));
    let found = app.index.search(&query)?.total;
    let mut meant = Meant { query, fields: fields.clone(), written: asked.written.clone() };
    meant.fields.speaker = Some(nearest.named.name.clone());
    Ok((found > 0).then(|| meant.offer(None, found)))
}

/// The words and names nearest to a search that finds little.
fn nearer(app: &App, names: &Names, fields: &Fields, asked: &Asked, total: u64) -> Result<Option<DidYouMean>, Error> {
    let mut meant = Meant { query: asked.query.clone(), fields: fields.clone(), written: asked.written.clone() };
    meant.query.limit = 0;
    let corrected = asked.unknown.iter().filter(|filter| meant.name(names, filter)).count();
    if corrected < asked.unknown.len() {
        // A name that nothing is like: no other word would help.
        return Ok(None);
    }
    let enough = |found: u64| found > total.saturating_mul(MORE);
    if corrected > 0 {
        let found = app.index.search(&meant.query)?.total;
        if enough(found) {
            return Ok(Some(meant.offer(asked.query.expr.as_ref(), found)));
        }
    }
    let Some(expr) = &asked.query.expr else { return Ok(None) };
    let lexicon = Known { words: app.index.words()?, names };
    let mut best: Option<(f32, Expr, u64)> = None;
    for correction in spelling::corrections(expr, &lexicon) {
        let query = Query { expr: Some(correction.expr.clone()), ..meant.query.clone() };
        let found = app.index.search(&query)?.total;
        // One word finds what has its stem, which says nothing about that form of it.
        let fits = if matches!(expr, Expr::And(_)) { (found as f32).ln_1p() / 2.0 } else { 0.0 };
        let score = correction.score + fits;
        if enough(found) && best.as_ref().is_none_or(|best| best.0 < score) {
            best = Some((score, correction.expr, found));
        }
    }
    Ok(best.map(|(_, expr, found)| meant.offer(Some(&expr), found)))
}

/// The usual spelling of a word that was found by its stem alone. For words that are in use this costs one look at
/// the dictionary each.
fn another_spelling(
    app: &App,
    names: &Names,
    fields: &Fields,
    asked: &Asked,
    total: u64,
) -> Result<Option<DidYouMean>, Error> {
    let Some(expr) = &asked.query.expr else { return Ok(None) };
    let lexicon = Known { words: app.index.words()?, names };
    let unused = spelling::unused(expr, &lexicon);
    if unused.is_empty() {
        return Ok(None);
    }
    let proposed: Vec<Correction> =
        spelling::corrections(expr, &lexicon).into_iter().filter(|proposed| !proposed.bold).collect();
    let usual = |proposed: &Correction| -> Vec<String> {
        tokens(&proposed.expr.to_string()).into_iter().map(|token| token.text).collect()
    };
    // Another form of the word is no correction of it, and where there is one the word is what it was meant to be.
    let misspelt = |proposed: &Correction| {
        let usual = usual(proposed);
        unused.iter().all(|word| usual.iter().all(|other| spelling::another_spelling(word, other)))
    };
    let only_misspelt = proposed.iter().all(misspelt);
    for proposed in proposed.iter().filter(|proposed| misspelt(proposed)) {
        let usual = usual(proposed);
        let within =
            |most: f32| unused.iter().all(|word| usual.iter().any(|other| spelling::cost(word, other) <= most));
        let query = Query { expr: Some(proposed.expr.clone()), limit: 0, ..asked.query.clone() };
        let found = app.index.search(&query)?.total;
        // The stem that was found is that of the usual spelling, nearly: stems of other languages may differ.
        let same_stem = found.abs_diff(total) <= total / 10;
        if (same_stem && within(SAME_STEM)) || (only_misspelt && found > 0 && within(SLIGHT)) {
            let meant = Meant { query, fields: fields.clone(), written: asked.written.clone() };
            return Ok(Some(meant.offer(Some(&proposed.expr), found)));
        }
    }
    Ok(None)
}

/// A request being corrected.
struct Meant {
    query: Query,
    fields: Fields,
    written: Vec<Filter>,
}

impl Meant {
    /// Puts the nearest name in place of one that nothing has; says whether there is one.
    fn name(&mut self, names: &Names, unknown: &Filter) -> bool {
        let family = match unknown.field {
            Field::Speaker => Family::Speaker,
            Field::Topic => Family::Topic,
            _ => Family::Series,
        };
        let Some(nearest) = names.nearest(family, &unknown.value) else { return false };
        let name = nearest.named.name.clone();
        match self.written.iter_mut().find(|filter| *filter == unknown) {
            Some(filter) => filter.value = name,
            None => match family {
                Family::Speaker => self.fields.speaker = Some(name),
                Family::Topic => self.fields.topic = Some(name),
                Family::Series => self.fields.series = Some(name),
            },
        }
        // In place of the row that nothing belongs to.
        let filters = &mut self.query.filters;
        match family {
            Family::Speaker => replace(&mut filters.speakers, &SpeakerId(-1), SpeakerId(nearest.id)),
            Family::Topic => replace(&mut filters.topics, &TopicId(-1), TopicId(nearest.id as i32)),
            Family::Series => replace(&mut filters.series, &SeriesId(-1), SeriesId(nearest.id as i32)),
        }
        true
    }

    /// The corrected request, to be shown and followed.
    fn offer(mut self, expr: Option<&Expr>, total: u64) -> DidYouMean {
        let parts = self.written.iter().map(ToString::to_string).chain(expr.map(ToString::to_string));
        let q = parts.collect::<Vec<_>>().join(" ");
        let form = [
            (Field::Speaker, &self.fields.speaker),
            (Field::Topic, &self.fields.topic),
            (Field::Series, &self.fields.series),
        ];
        let restrictions =
            form.into_iter().filter_map(|(field, value)| Some(Filter { field, value: value.clone()? }.to_string()));
        let read_as = restrictions.chain((!q.is_empty()).then(|| q.clone())).collect::<Vec<_>>().join(" ");
        self.fields.q = Some(q);
        DidYouMean { read_as, url: self.fields.with(&[]), total }
    }
}

fn replace<Id: PartialEq>(ids: &mut Vec<Id>, nobody: &Id, somebody: Id) {
    ids.retain(|id| id != nobody);
    ids.push(somebody);
}
