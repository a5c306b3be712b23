//! From what a reader asks to what the index is asked: the fields of the form and the language say the same.

use std::time::Instant;

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use super::error::Error;
use super::overview::Overview;
use super::{App, api, urls};
use crate::domain::{BriefingKind, SeriesId, Slug, SpeakerId, TopicId};
use crate::search::language::{self, Expr, Field, Filter};
use crate::search::{Answer, Filters, Query, Sort};
use crate::store::Connection;
use crate::store::directory::{self, Family, Meant, Named};

/// Hits on a page, unless asked otherwise.
pub const PER_PAGE: usize = 20;
/// Most hits on a page.
pub const MOST_PER_PAGE: usize = 100;
/// Hits beyond this are reached by a narrower question, not by turning pages.
pub const DEEPEST: usize = 10_000;

/// The fields of the search form, as they stand in the address.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// The query in the language of `/help/search`: `dam "water level" OR flood -tide`.
    pub q: Option<String>,
    /// Who speaks: a slug or a name.
    pub speaker: Option<String>,
    /// A subject: a slug or a name.
    pub topic: Option<String>,
    /// What the briefing belongs to: a slug or a name.
    pub series: Option<String>,
    /// The label as printed.
    pub label: Option<String>,
    /// Kind of briefing.
    #[param(value_type = Option<BriefingKind>)]
    pub briefing_kind: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day: the same.
    pub to: Option<String>,
    /// Order: `relevance`, `newest` or `oldest`.
    #[param(schema_with = orders)]
    pub sort: Option<String>,
    /// Page, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    pub page: Option<String>,
    /// Hits on a page, 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub per_page: Option<String>,
}

/// The orders as they stand in the address.
fn orders() -> utoipa::openapi::schema::Object {
    api::one_of("Order.", ["relevance", "newest", "oldest"])
}

impl Fields {
    /// What any list has in common with a search: who speaks, about what, in which series, when, and which page.
    pub fn shared(fields: &[(&str, &str)]) -> Self {
        let field = |name| fields.iter().find(|field| field.0 == name && !field.1.is_empty());
        let field = |name| field(name).map(|field| field.1.to_owned());
        Self {
            speaker: field("speaker"),
            topic: field("topic"),
            series: field("series"),
            from: field("from"),
            to: field("to"),
            page: field("page"),
            per_page: field("per_page"),
            ..Self::default()
        }
    }

    /// The fields in the order of the form.
    fn pairs(&self) -> [(&'static str, &str); 11] {
        [
            ("q", &self.q),
            ("speaker", &self.speaker),
            ("topic", &self.topic),
            ("series", &self.series),
            ("label", &self.label),
            ("briefing_kind", &self.briefing_kind),
            ("from", &self.from),
            ("to", &self.to),
            ("sort", &self.sort),
            ("page", &self.page),
            ("per_page", &self.per_page),
        ]
        .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
    }

    /// The address of this search with some fields changed; an empty value takes a field out.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        self.at(urls::SEARCH, changes)
    }

    /// The same search at another address.
    pub fn at(&self, path: &str, changes: &[(&str, &str)]) -> String {
        urls::changed(path, &self.pairs(), changes)
    }

    /// Whether anything is asked at all.
    pub fn ask(&self) -> bool {
        self.pairs().iter().any(|(name, value)| !matches!(*name, "sort" | "page" | "per_page") && !value.is_empty())
    }
}

/// A request as understood.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What the index is asked, with order and page.
    pub query: Query,
    /// The request in the plainest form of the language.
    pub read_as: String,
    /// What was changed to make sense of it, as sentences.
    pub repairs: Vec<String>,
    /// Whom the speaker filters name.
    pub speakers: Vec<Named>,
    /// What the topic filters name.
    pub topics: Vec<Named>,
    /// What the series filters name.
    pub series: Vec<Named>,
    /// The restrictions written in the query.
    pub written: Vec<Filter>,
    /// Names that nothing has, of speakers, topics and series.
    pub unknown: Vec<Filter>,
    /// The page, from 1.
    pub page: usize,
}

impl Asked {
    /// What to highlight.
    pub fn expr(&self) -> Option<&Expr> {
        self.query.expr.as_ref()
    }
}

/// Understands a request. Nothing is an error: what cannot be meant is left out, and said.
pub async fn understand(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Asked, Error> {
    let overview = app.overview().await?;
    let reading = language::read(fields.q.as_deref().unwrap_or_default());
    let mut asked = Asked { repairs: reading.repairs, written: reading.filters.clone(), ..Asked::default() };
    asked.query.expr = reading.expr;
    let from_form = [
        (Field::Speaker, &fields.speaker),
        (Field::Topic, &fields.topic),
        (Field::Series, &fields.series),
        (Field::Label, &fields.label),
        (Field::Kind, &fields.briefing_kind),
        (Field::From, &fields.from),
        (Field::To, &fields.to),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some(Filter { field, value: value.clone()? }));
    let mut plain: Vec<String> = Vec::new();
    let written = reading.filters.len();
    for (n, filter) in reading.filters.into_iter().chain(from_form).enumerate() {
        let kept = restrict(&overview, conn, &mut asked, &filter).await?;
        if kept && n >= written {
            plain.push(filter.to_string());
        }
    }
    plain.push(reading.read_as);
    plain.retain(|part| !part.is_empty());
    asked.read_as = plain.join(" ");
    asked.query.sort = match fields.sort.as_deref() {
        Some("newest") => Sort::Newest,
        Some("oldest") => Sort::Oldest,
        _ => Sort::Relevance,
    };
    let number = |field: &Option<String>| field.as_deref().and_then(|text| text.parse::<usize>().ok());
    asked.query.limit = number(&fields.per_page).unwrap_or(PER_PAGE).clamp(1, MOST_PER_PAGE);
    asked.page = number(&fields.page).unwrap_or(1).clamp(1, DEEPEST / asked.query.limit);
    asked.query.offset = (asked.page - 1) * asked.query.limit;
    Ok(asked)
}

/// Asks the index: in place, not on another thread, since it takes about a millisecond.
pub fn search(app: &App, query: &Query) -> Result<Answer, Error> {
    let begun = Instant::now();
    let answer = app.index.search(query)?;
    metrics::histogram!("onrecord_search_seconds").record(begun.elapsed().as_secs_f64());
    Ok(answer)
}

/// The same, with how many results each month has.
pub fn search_and_months(app: &App, query: &Query) -> Result<(Answer, Vec<(Date, u64)>), Error> {
    let begun = Instant::now();
    let answer = app.index.search_and_months(query)?;
    metrics::histogram!("onrecord_search_seconds").record(begun.elapsed().as_secs_f64());
    Ok(answer)
}

/// Applies one restriction; says whether it made sense.
async fn restrict(
    overview: &Overview,
    conn: &mut Connection,
    asked: &mut Asked,
    filter: &Filter,
) -> Result<bool, Error> {
    let value = filter.value.trim();
    match filter.field {
        Field::Speaker => {
            let meant = named(overview, conn, asked, Family::Speaker, filter).await?;
            asked.query.filters.speakers.extend(ids(&meant).map(SpeakerId));
            asked.speakers.extend(meant.into_iter().map(|meant| meant.named));
        }
        Field::Topic => {
            let meant = named(overview, conn, asked, Family::Topic, filter).await?;
            asked.query.filters.topics.extend(ids(&meant).map(|id| TopicId(id as i32)));
            asked.topics.extend(meant.into_iter().map(|meant| meant.named));
        }
        Field::Series => {
            let meant = named(overview, conn, asked, Family::Series, filter).await?;
            asked.query.filters.series.extend(ids(&meant).map(|id| SeriesId(id as i32)));
            asked.series.extend(meant.into_iter().map(|meant| meant.named));
        }
        Field::Label => asked.query.filters.labels.push(value.to_owned()),
        Field::Kind => return Ok(kind(asked, value)),
        Field::From | Field::To | Field::On => return Ok(days(asked, filter.field, value)),
    }
    Ok(true)
}

/// What a name stands for; a name that nothing has finds nothing, and says so.
async fn named(
    overview: &Overview,
    conn: &mut Connection,
    asked: &mut Asked,
    family: Family,
    filter: &Filter,
) -> Result<Vec<Meant<i64>>, Error> {
    let value = filter.value.trim();
    let meant = match Slug::from_text(value) {
        Some(slug) => match overview.named(family, slug.as_str()) {
            Some(meant) => vec![meant],
            None => directory::meant(conn, family, slug.as_str()).await?,
        },
        None => Vec::new(),
    };
    if meant.is_empty() {
        asked.repairs.push(match family {
            Family::Speaker => format!("Nobody called “{value}” speaks in this archive."),
            Family::Topic => format!("There is no topic called “{value}”."),
            Family::Series => format!("There is no series called “{value}”."),
        });
        asked.unknown.push(filter.clone());
    }
    Ok(meant)
}

/// The rows meant; no row at all is a row that nothing belongs to.
fn ids(meant: &[Meant<i64>]) -> impl Iterator<Item = i64> {
    meant.iter().map(|meant| meant.id).chain(meant.is_empty().then_some(-1))
}

fn kind(asked: &mut Asked, value: &str) -> bool {
    let word = value.to_lowercase();
    let kinds = match BriefingKind::parse(word.strip_suffix('s').unwrap_or(&word)) {
        Some(kind) => vec![kind],
        None if word == "all" || word == "any" => BriefingKind::ALL.to_vec(),
        None => {
            asked.repairs.push(format!("“{value}” is no kind of briefing: transcript, statement and report are."));
            return false;
        }
    };
    asked.query.filters.briefing_kinds = kinds;
    true
}

fn days(asked: &mut Asked, field: Field, value: &str) -> bool {
    let Some((first, last)) = language::days(value) else {
        asked.repairs.push(format!("“{value}” is not a date like 2026-03-14, 2026-03 or 2026, and was left out."));
        return false;
    };
    let Filters { from, to, .. } = &mut asked.query.filters;
    if field != Field::To {
        *from = Some(from.map_or(first, |known| known.max(first)));
    }
    if field != Field::From {
        *to = Some(to.map_or(last, |known| known.min(last)));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_field_begins_again_on_the_first_page() {
        let fields = Fields {
            q: Some("water".to_owned()),
            speaker: Some("ada-lind".to_owned()),
            page: Some("3".to_owned()),
            ..Fields::default()
        };
        assert_eq!(fields.with(&[("speaker", ""), ("topic", "norlund")]), "/search?q=water&topic=norlund");
        assert_eq!(fields.with(&[("page", "4")]), "/search?q=water&speaker=ada-lind&page=4");
        assert!(fields.ask() && !Fields::default().ask());
    }

    #[test]
    fn days_narrow_each_other() {
        let mut asked = Asked::default();
        assert!(days(&mut asked, Field::On, "2026-03") && days(&mut asked, Field::From, "2026-03-10"));
        assert!(!days(&mut asked, Field::To, "tomorrow") && asked.repairs.len() == 1);
        let filters = asked.query.filters;
        assert_eq!(
            (filters.from, filters.to),
            (Some(jiff::civil::date(2026, 3, 10)), Some(jiff::civil::date(2026, 3, 31)))
        );
    }
}
