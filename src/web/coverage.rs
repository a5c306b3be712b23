//! What the archive holds and what it does not, in sentences for readers and in the shape that programs get.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use super::overview::Overview;
use super::{App, phrase, urls};
use crate::domain::coverage::{Days, SeriesCoverage};
use crate::domain::{Coverage, DayState, Scope, SeriesId};
use crate::search::{Filters, Query};
use crate::store::directory::Named;

/// Series that are spoken of one by one; of more only the sum.
const NAMED: usize = 3;

/// The coverage of a scope, with the names of everything in it.
pub struct Covered {
    coverage: Coverage,
    who: Option<Named>,
    overview: Arc<Overview>,
}

/// The coverage of a scope, as of the present position of the index; asks no database once the overview is there.
pub async fn of(app: &App, scope: Scope) -> Result<Covered, Error> {
    let overview = app.overview().await?;
    let spoken = match scope.speaker {
        Some(speaker) => {
            let filters = Filters { speakers: vec![speaker], ..Filters::default() };
            Some(app.index.briefings(&Query { filters, ..Query::default() })?.into_iter().collect())
        }
        None => None,
    };
    let who = scope.speaker.and_then(|id| overview.directory.speakers.get(&id).cloned());
    let coverage = overview.ledger.cover(scope, spoken.as_ref());
    Ok(Covered { coverage, who, overview })
}

/// The scope of a search, as far as it names one speaker, series and days.
pub fn scope(filters: &Filters) -> Scope {
    let speaker = match filters.speakers.as_slice() {
        [one] if one.0 > 0 => Some(*one),
        _ => None,
    };
    let series = filters.series.iter().copied().filter(|series| series.0 > 0).collect();
    Scope { speaker, series, from: filters.from, to: filters.to }
}

/// What `_coverage.html` shows: sentences, and where to look further.
pub struct Said {
    /// What is held, what is not, and what nobody knows.
    pub sentences: Vec<String>,
    /// The series meant, where they are few.
    pub series: Vec<Named>,
}

impl Covered {
    /// What is shown beside an answer.
    pub fn said(&self) -> Said {
        let series: Vec<Named> = self.series().filter_map(|one| self.name(one.series?)).cloned().collect();
        let few = series.len() <= NAMED;
        Said { sentences: self.sentences(), series: if few { series } else { Vec::new() } }
    }

    /// What is held, what is not, and what nobody knows.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.holds()];
        let coverage = &self.coverage;
        if coverage.undated > 0 {
            let more = if coverage.briefings > 0 { " more" } else { "" };
            let has = if coverage.undated == 1 { "has" } else { "have" };
            sentences.push(format!("{}{more} {has} no date.", phrase::count(coverage.undated)));
        }
        let few = coverage.series.len() <= NAMED;
        match self.one_day().filter(|_| few) {
            Some(day) => sentences.extend(self.series().filter_map(|one| self.on(day, one.series?))),
            None => sentences.extend(self.gaps()),
        }
        if few {
            sentences.extend(self.series().filter_map(|one| self.beyond(one)));
        }
        sentences
    }

    fn series(&self) -> impl Iterator<Item = &SeriesCoverage> {
        self.coverage.series.iter().filter(|one| one.series.is_some())
    }

    fn name(&self, id: SeriesId) -> Option<&Named> {
        self.overview.directory.series.get(&id)
    }

    fn one_day(&self) -> Option<Date> {
        self.coverage.scope.from.filter(|from| Some(*from) == self.coverage.scope.to)
    }

    /// "in which Ada Lind speaks", "of Weekly briefing".
    fn which(&self) -> String {
        if let Some(who) = &self.who {
            return format!(" in which {} speaks", who.name);
        }
        match self.coverage.scope.series.as_slice() {
            [] => String::new(),
            [one] => self.name(*one).map(|series| format!(" of {}", series.name)).unwrap_or_default(),
            _ => " of these series".to_owned(),
        }
    }

    fn holds(&self) -> String {
        let coverage = &self.coverage;
        let which = self.which();
        let number = match coverage.briefings {
            0 => "no briefing".to_owned(),
            n => phrase::counted(n, "briefing", "briefings"),
        };
        let Some(period) = period(coverage.scope.from, coverage.scope.to) else {
            let from = coverage.held.map(|held| format!(", {}", span(held))).unwrap_or_default();
            return format!("The archive holds {number}{which}{from}.");
        };
        let ever = match coverage.ever {
            _ if coverage.briefings > 0 => match (coverage.scope.to, coverage.held) {
                (None, Some((_, last))) => format!(", the last on {}", phrase::date(last)),
                _ => String::new(),
            },
            Some((first, last, n)) => format!("; it holds {}, {}", phrase::count(n), span((first, last))),
            None => String::new(),
        };
        format!("The archive holds {number}{which} {period}{ever}.")
    }

    /// "In the same period 3 days on which this series usually meets are unknown and 1 is known to be missing."
    pub fn gaps(&self) -> Option<String> {
        let coverage = &self.coverage;
        let all = self.series().count();
        let irregular = self.series().filter(|one| !self.is_regular(one)).count();
        let meets = match all {
            0 => return None,
            1 => "this series usually meets",
            _ => "these series usually meet",
        };
        let Days { none, missing, unknown, .. } = coverage.days;
        let be = |n: usize| if n == 1 { "is" } else { "are" };
        let begin = if coverage.period == (None, None) { "" } else { "in the same period, " };
        let unknown = match unknown {
            _ if irregular == all => {
                format!("{begin}too little is held to say on which other days there was a briefing,")
            }
            0 => format!("{begin}no day on which {meets} is unknown"),
            n => format!("{begin}{} on which {meets} {} unknown", phrase::counted(n, "day", "days"), be(n)),
        };
        let missing = match missing {
            0 => "none is known to be missing".to_owned(),
            n => format!("{} {} known to be missing", phrase::count(n), be(n)),
        };
        let none = match none {
            0 => String::new(),
            n => format!("; on {} no briefing took place", phrase::counted(n, "other day", "other days")),
        };
        let rest = match irregular {
            0 => String::new(),
            n if n == all => String::new(),
            1 => " Of 1 of them too little is held to say when it meets.".to_owned(),
            n => format!(" Of {} of them too little is held to say when they meet.", phrase::count(n)),
        };
        Some(capital(&format!("{unknown} and {missing}{none}.{rest}")))
    }

    /// Whether it can be said on which weekdays a series meets.
    fn is_regular(&self, one: &SeriesCoverage) -> bool {
        let days = one.series.and_then(|id| self.overview.ledger.series(id));
        days.is_some_and(|days| !days.usual_weekdays().is_empty())
    }

    /// What is known of one day of a series.
    fn on(&self, day: Date, series: SeriesId) -> Option<String> {
        let name = &self.name(series)?.name;
        let days = self.overview.ledger.series(series)?;
        let note = |sentence: &str| match days.mark(day).and_then(|mark| mark.note.as_deref()) {
            Some(note) => format!("{sentence}: {note}"),
            None => format!("{sentence}."),
        };
        Some(match days.state(day) {
            Some(DayState::Held) if self.coverage.briefings > 0 => return None,
            Some(DayState::Held) => format!("A briefing of {name} on that day is held."),
            Some(DayState::None) => note(&format!("No briefing of {name} took place on that day")),
            Some(DayState::Missing) => note(&format!("A briefing of {name} on that day is known to be missing")),
            Some(DayState::Unknown) => format!("Whether there was a briefing of {name} on that day is unknown."),
            None if days.usual_weekdays().is_empty() => {
                format!("Whether there was a briefing of {name} on that day is unknown.")
            }
            None if days.span().is_some_and(|(first, last)| (first..=last).contains(&day)) => {
                format!("{name} does not usually meet on a {}.", day.strftime("%A"))
            }
            None => return None,
        })
    }

    /// That a series is asked for beyond what the archive holds of it.
    fn beyond(&self, one: &SeriesCoverage) -> Option<String> {
        let (first, last) = one.span?;
        let name = &self.name(one.series?)?.name;
        let scope = &self.coverage.scope;
        let before = scope.from.filter(|from| *from < first).map(|_| format!("before {}", phrase::date(first)));
        let after = scope.to.filter(|to| *to > last).map(|_| format!("after {}", phrase::date(last)));
        match (before, after) {
            (Some(before), Some(after)) => Some(format!("Of {name} it holds nothing {before} and nothing {after}.")),
            (Some(only), None) | (None, Some(only)) => Some(format!("Of {name} it holds nothing {only}.")),
            (None, None) => None,
        }
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// "from 2 March 2026 to 9 March 2026", "on 2 March 2026".
fn span((first, last): (Date, Date)) -> String {
    if first == last {
        format!("on {}", phrase::date(first))
    } else {
        format!("from {} to {}", phrase::date(first), phrase::date(last))
    }
}

fn period(from: Option<Date>, to: Option<Date>) -> Option<String> {
    match (from, to) {
        (Some(from), Some(to)) => Some(span((from, to))),
        (Some(from), None) => Some(format!("since {}", phrase::date(from))),
        (None, Some(to)) => Some(format!("until {}", phrase::date(to))),
        (None, None) => None,
    }
}

/// The `coverage` object of the API.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Coverage)]
pub struct Shape {
    /// Dated briefings within the scope; of a speaker, those in which they speak.
    pub briefings: usize,
    /// Turns in these and in the undated ones; of a speaker, their own.
    pub turns: u64,
    /// Briefings without a date.
    pub undated: usize,
    /// First day of the briefings counted.
    pub first: Option<Date>,
    /// Last day of the briefings counted.
    pub last: Option<Date>,
    /// First day of the period in which days are counted, where there is one.
    pub from: Option<Date>,
    /// Last day of the period in which days are counted, where there is one.
    pub to: Option<Date>,
    /// Days in each state.
    pub days: Days,
    /// The same, series by series.
    pub series: Vec<SeriesShape>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// One series in the `coverage` object; what belongs to none has no slug.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageOfSeries)]
pub struct SeriesShape {
    /// The page of the series.
    pub url: Option<String>,
    /// Its slug.
    pub slug: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Dated briefings within the scope.
    pub briefings: usize,
    /// Turns in these and in the undated ones.
    pub turns: u64,
    /// Briefings without a date.
    pub undated: usize,
    /// First day that the archive holds of the series, whatever the scope.
    pub first: Option<Date>,
    /// Last day that the archive holds of the series, whatever the scope.
    pub last: Option<Date>,
    /// The weekdays on which it usually meets, by its own history.
    pub usual_weekdays: Vec<String>,
    /// Days in each state within the period.
    pub days: Days,
}

impl Covered {
    /// What programs get.
    pub fn shape(&self, app: &App) -> Shape {
        let coverage = &self.coverage;
        Shape {
            briefings: coverage.briefings,
            turns: coverage.turns,
            undated: coverage.undated,
            first: coverage.held.map(|held| held.0),
            last: coverage.held.map(|held| held.1),
            from: coverage.period.0,
            to: coverage.period.1,
            days: coverage.days,
            series: coverage.series.iter().map(|one| self.series_shape(app, one)).collect(),
            sentences: self.sentences(),
        }
    }

    fn series_shape(&self, app: &App, one: &SeriesCoverage) -> SeriesShape {
        let named = one.series.and_then(|id| self.name(id));
        let days = one.series.and_then(|id| self.overview.ledger.series(id));
        let weekdays = days.map(crate::domain::SeriesDays::usual_weekdays).unwrap_or_default();
        SeriesShape {
            url: named.map(|named| app.absolute(&urls::series(&named.slug))),
            slug: named.map(|named| named.slug.clone()),
            name: named.map(|named| named.name.clone()),
            briefings: one.briefings,
            turns: one.turns,
            undated: one.undated,
            first: one.span.map(|span| span.0),
            last: one.span.map(|span| span.1),
            usual_weekdays: weekdays.into_iter().map(|day| phrase::weekday(day).to_owned()).collect(),
            days: one.days,
        }
    }
}
