//! `GET /search`: find what was said, narrow it down, choose whom to listen to.

use axum::extract::State;

use super::results::{self, ResultView};
use super::spread::{self, Counted};
use super::timeline::{self, Line};
use crate::domain::BriefingKind;
use crate::search::{Facets, Query as IndexQuery};
use crate::store::Connection;
use crate::store::briefings::Extent;
use crate::store::directory::{Directory, Named};
use crate::web::coverage::{self, Said};
use crate::web::error::Error;
use crate::web::extract::Query;
use crate::web::find::{self, Asked, DEEPEST, Fields};
use crate::web::meant::{self, DidYouMean};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, trends, urls};

/// Rows of a facet.
const ROWS: usize = 8;
/// Reports shown below the results.
const REPORTS: usize = 3;

/// The page.
#[derive(askama::Template)]
#[template(path = "public/search.html")]
pub struct Search {
    frame: Frame,
    fields: Fields,
    asked: Asked,
    extent: Extent,
    total: u64,
    results: Vec<ResultView>,
    reports: Vec<ResultView>,
    reports_total: u64,
    facets: Vec<Facet>,
    /// What the archive holds of what was asked, where nothing was found.
    covered: Option<Said>,
    /// What may have been meant instead.
    meant: Option<DidYouMean>,
    /// How the results spread over time.
    line: Option<Line>,
    first: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// One way to narrow a search down.
pub struct Facet {
    name: &'static str,
    rows: Vec<Counted>,
}

impl Search {
    /// Restrictions in force, each with the address without it.
    fn in_force(&self) -> Vec<(String, String)> {
        let names = |named: &[Named], fallback: &Option<String>| match named {
            [] => fallback.clone().unwrap_or_default(),
            some => some.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(" or "),
        };
        let f = &self.fields;
        [
            (&f.speaker, "speaker", names(&self.asked.speakers, &f.speaker)),
            (&f.topic, "topic", names(&self.asked.topics, &f.topic)),
            (&f.series, "series", names(&self.asked.series, &f.series)),
            (&f.label, "label", f.label.clone().unwrap_or_default()),
            (&f.briefing_kind, "briefing_kind", f.briefing_kind.clone().unwrap_or_default()),
            (&f.from, "from", format!("from {}", text(f.from.as_ref()))),
            (&f.to, "to", format!("to {}", text(f.to.as_ref()))),
        ]
        .into_iter()
        .filter(|(field, _, _)| field.is_some())
        .map(|(_, name, shown)| (shown, f.with(&[(name, "")])))
        .collect()
    }

    /// The page that compares this search with others over time.
    fn trends(&self) -> String {
        trends::of_search(&self.fields)
    }

    fn sorted(&self, sort: &str) -> bool {
        self.fields.sort.as_deref().unwrap_or("relevance") == sort
    }
}

/// A field as it stands in the form.
fn text(field: Option<&String>) -> &str {
    field.map_or("", String::as_str)
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Page<Search>, Error> {
    let extent = app.overview().await?.extent;
    let mut conn = app.pool.acquire().await?;
    let asked = find::understand(&app, &mut conn, &fields).await?;
    let mut page = Search {
        frame,
        extent,
        total: 0,
        results: Vec::new(),
        reports: Vec::new(),
        reports_total: 0,
        facets: Vec::new(),
        covered: None,
        meant: None,
        line: None,
        first: asked.query.offset + 1,
        previous: (asked.page > 1).then(|| fields.with(&[("page", &(asked.page - 1).to_string())])),
        next: None,
        fields,
        asked,
    };
    if page.fields.ask() {
        answer(&app, &mut conn, &mut page).await?;
    }
    Ok(Page(page))
}

async fn answer(app: &App, conn: &mut Connection, page: &mut Search) -> Result<(), Error> {
    let (answer, months) = find::search_and_months(app, &page.asked.query)?;
    // After the search, so that it knows the name of everything that was counted.
    let overview = app.overview().await?;
    page.meant = meant::did_you_mean(app, &overview, &page.fields, &page.asked, answer.total)?;
    page.line = timeline::of_months(&months, &overview.months, timeline::RESULTS);
    let highlight = page.asked.expr().map(ToString::to_string).unwrap_or_default();
    page.total = answer.total;
    page.results = results::load(conn, &answer.hits, page.asked.expr(), &highlight).await?;
    let shown = page.asked.query.offset + page.asked.query.limit;
    if (shown as u64) < answer.total.min(DEEPEST as u64) {
        page.next = Some(page.fields.with(&[("page", &(page.asked.page + 1).to_string())]));
    }
    page.facets = facets(&overview.directory, &answer.facets, &page.fields, &page.asked);
    if answer.total == 0 {
        page.covered = Some(coverage::of(app, coverage::scope(&page.asked.query.filters)).await?.said());
    }
    let reported = answer.facets.briefing_kind.iter().find(|(kind, _)| *kind == BriefingKind::Report);
    let report_chosen = page.asked.query.filters.briefing_kinds.contains(&BriefingKind::Report);
    if let Some((_, count)) = reported.filter(|_| !report_chosen) {
        let mut query = IndexQuery { offset: 0, limit: REPORTS, ..page.asked.query.clone() };
        query.filters.briefing_kinds = vec![BriefingKind::Report];
        page.reports_total = *count;
        page.reports = results::load(conn, &find::search(app, &query)?.hits, page.asked.expr(), &highlight).await?;
    }
    Ok(())
}

fn facets(names: &Directory, facets: &Facets, fields: &Fields, asked: &Asked) -> Vec<Facet> {
    let slug = |name: &'static str| move |named: &Named| fields.with(&[(name, &named.slug)]);
    let mut speakers = spread::rows(&facets.speaker, ROWS, |id| names.speakers.get(id).cloned(), slug("speaker"));
    let mut topics = spread::rows(&facets.topic, ROWS, |id| names.topics.get(id).cloned(), slug("topic"));
    let mut series = spread::rows(&facets.series, ROWS, |id| names.series.get(id).cloned(), slug("series"));
    for (rows, chosen) in [(&mut speakers, &asked.speakers), (&mut topics, &asked.topics), (&mut series, &asked.series)]
    {
        for row in rows.iter_mut() {
            row.chosen = chosen.contains(&row.named);
        }
    }
    let mut years = spread::rows(
        &facets.year,
        ROWS,
        |year| Some(Named { slug: year.to_string(), name: year.to_string() }),
        |named| fields.with(&[("from", &named.slug), ("to", &named.slug)]),
    );
    let year_in_force = fields.from.as_ref().filter(|from| Some(*from) == fields.to.as_ref());
    for row in &mut years {
        row.chosen = year_in_force == Some(&row.named.slug);
    }
    let facets = [("Speaker", speakers), ("Topic", topics), ("Series", series), ("Year", years)];
    facets.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(name, rows)| Facet { name, rows }).collect()
}
