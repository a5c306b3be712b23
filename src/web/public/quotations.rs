//! `GET /briefings/{slug}/quotations`: what a report quotes, each quotation beside the record of those days.

use std::collections::HashMap;

use axum::extract::State;
use jiff::ToSpan;
use jiff::civil::Date;

use super::cite;
use super::excerpt;
use crate::analysis::comparison::{self, Verdict};
use crate::domain::{Audience, BriefingKind, QuotationMode, Rights};
use crate::store::Connection;
use crate::store::briefings::Briefing;
use crate::store::directory::Named;
use crate::store::quotations::{self, QuotationRow};
use crate::store::utterances;
use crate::web::check::{self, Alleged, Asked, statement};
use crate::web::error::Error;
use crate::web::extract::Path;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, reports, urls};

/// Quotations of one report that are held beside the record.
const MOST: usize = 60;
/// Fewest words that say enough to be looked for.
const ENOUGH: usize = 4;
/// Days before that of the report on which its words may have been said: it may be a Monday's.
const DAYS_BEFORE: i64 = 4;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/quotations.html")]
pub struct Quotations {
    frame: Frame,
    briefing: Briefing,
    quoted: Vec<Quoted>,
    /// Only what stands in quotation marks may be shown.
    marked_only: bool,
    /// Questions that the report tells: places of the quotations that ask and that respond, from 1, and the label.
    told: Vec<(Vec<usize>, Vec<usize>, Option<&'static str>)>,
}

/// One quotation.
pub struct Quoted {
    mode: QuotationMode,
    words: String,
    /// Whose words they are, as the report has it.
    named: Option<String>,
    speaker: Option<Named>,
    /// How they stand beside the record, where they stand in quotation marks.
    beside: Option<Beside>,
}

/// A quotation beside the record.
pub struct Beside {
    verdict: Verdict,
    title: &'static str,
    sentence: String,
    differences: Vec<String>,
    /// Where it stands: the address of the turn, its words around the place, the title of the briefing.
    place: Option<(String, String, String)>,
    /// The full check.
    check: String,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Path(slug): Path<String>) -> Result<Page<Quotations>, Error> {
    let mut conn = app.pool.acquire().await?;
    let (briefing, _, revision) = cite::find(&mut conn, &slug, &cite::Pin::default()).await?;
    if briefing.listed.kind != BriefingKind::Report {
        return Err(Error::NotFound);
    }
    let marked_only = briefing.rights == Rights::Quotations;
    let all = utterances::of_revision(&mut conn, revision.id, Audience::Editors, 0, i32::MAX).await?;
    let text = reports::whole(&all);
    let mut rows = quotations::readable(&mut conn, briefing.listed.id).await?;
    rows.retain(|row| !marked_only || row.mode == QuotationMode::Direct);
    rows.truncate(MOST);
    let told = reports::told(&all, &rows);
    let place = |all: &[usize]| all.iter().map(|at| at + 1).collect::<Vec<usize>>();
    let told = told
        .iter()
        .filter(|told| !told.response.is_empty())
        .map(|told| {
            (place(&told.question), place(&told.response), told.answer.as_ref().map(|answer| answer.label.as_str()))
        })
        .collect();
    let mut known: HashMap<String, Alleged> = HashMap::new();
    let mut quoted = Vec::with_capacity(rows.len());
    for row in rows {
        let words = reports::content(&text, &row);
        let beside = beside(&app, &mut conn, &mut known, (&row, &words), briefing.listed.date).await?;
        quoted.push(Quoted { mode: row.mode, words, named: row.named, speaker: row.speaker, beside });
    }
    Ok(Page(Quotations { frame, briefing, quoted, marked_only, told }))
}

/// Holds what stands in quotation marks beside the record of the days before a report.
async fn beside(
    app: &App,
    conn: &mut Connection,
    known: &mut HashMap<String, Alleged>,
    (row, words): (&QuotationRow, &str),
    date: Option<Date>,
) -> Result<Option<Beside>, Error> {
    let marked = match row.mode {
        QuotationMode::Indirect => return Ok(None),
        QuotationMode::Direct => comparison::unwrapped(words).to_owned(),
        QuotationMode::Mixed => longest_marked(words),
    };
    if marked.split_whitespace().count() < ENOUGH {
        return Ok(None);
    }
    let name = row.speaker.as_ref().map(|named| named.name.clone()).or_else(|| row.named.clone());
    let alleged = match name {
        None => None,
        Some(name) if known.contains_key(&name) => known.get(&name).cloned(),
        Some(name) => {
            let found = check::find(app, conn, &name).await.ok();
            found.clone().into_iter().for_each(|found| drop(known.insert(name.clone(), found)));
            found
        }
    };
    // Of somebody whom the archive does not know it can only say whether anybody said it.
    let alleged = alleged.filter(|alleged| !alleged.speakers.is_empty());
    let from = date.and_then(|date| date.checked_sub(DAYS_BEFORE.days()).ok());
    let asked = Asked { text: marked.clone(), alleged, from, to: date };
    let checked = match check::quotation(app, conn, &asked, &marked).await {
        Err(Error::BadRequest(_)) => return Ok(None),
        checked => checked?,
    };
    let first = checked.finding.places.first().zip(checked.passages.first());
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let slug = asked.alleged.as_ref().and_then(|alleged| alleged.named.first()).map_or("", |named| named.slug.as_str());
    let fields = [("quote", marked.as_str()), ("speaker", slug), ("from", &day(from)), ("to", &day(date))];
    Ok(Some(Beside {
        verdict: checked.finding.verdict,
        title: statement::headline(&asked, &checked),
        sentence: statement::sentence(&asked, &checked),
        differences: first
            .map(|(place, _)| place.differences.iter().map(statement::difference).collect())
            .unwrap_or_default(),
        place: first.filter(|_| checked.finding.verdict != Verdict::NotFound).and_then(|(place, told)| {
            let (utterance, briefing) = (&told.found.utterance, &told.found.briefing);
            let html = excerpt::around(&utterance.text, &utterance.marks, &place.spans);
            Some((urls::utterance(&briefing.slug, utterance.number?), html, briefing.title.clone()))
        }),
        check: urls::with_query(urls::CHECK, &fields),
    }))
}

/// The longest stretch of words that stands in quotation marks.
fn longest_marked(words: &str) -> String {
    let stretches = words.split(['“', '”', '"']).skip(1).step_by(2);
    stretches.max_by_key(|stretch| stretch.len()).unwrap_or_default().to_owned()
}
