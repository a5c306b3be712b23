//! Everything that readers see, as an export gives it: what the search is held against.

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord::search::language::Expr;
use onrecord::search::matches;
use rayon::prelude::*;
use serde::Deserialize;

/// One briefing.
#[derive(Deserialize)]
pub struct Briefing {
    /// The date of the event.
    pub date: Option<Date>,
    /// What it belongs to.
    pub series: Option<Slug>,
    /// What it is.
    pub briefing_kind: String,
    /// The language of its words.
    pub language: Option<String>,
    /// Its words.
    pub utterances: Vec<Utterance>,
}

/// One utterance.
#[derive(Deserialize)]
pub struct Utterance {
    /// Its permanent address.
    pub url: String,
    /// The label as printed.
    pub label: Option<String>,
    /// Who speaks.
    pub speaker: Option<Slug>,
    /// The words.
    pub text: String,
    /// Its subjects.
    pub topics: Vec<Slug>,
}

/// Something with an address.
#[derive(Deserialize)]
pub struct Slug {
    /// The readable part of it.
    pub slug: String,
}

/// A search in words and in fields.
#[derive(Default)]
pub struct Asked {
    /// The query in the language.
    pub q: String,
    /// What it was read as.
    pub expr: Option<Expr>,
    /// Who speaks.
    pub speaker: Option<String>,
    /// A subject.
    pub topic: Option<String>,
    /// What the briefing belongs to.
    pub series: Option<String>,
    /// A year.
    pub year: Option<i16>,
}

/// What was counted: how many match, and how they spread by facet and value.
#[derive(Default, PartialEq, Debug)]
pub struct Counts {
    /// Matches.
    pub total: u64,
    /// Facet and value, with the number of matches that its own filter leaves aside.
    pub facets: BTreeMap<(&'static str, String), u64>,
}

/// Counts by looking at every text, by the rules of the query language and without the index.
pub fn recount(briefings: &[Briefing], asked: &Asked) -> Counts {
    let counts = briefings.par_iter().map(|briefing| of_briefing(briefing, asked));
    counts.reduce(Counts::default, |mut all, one| {
        all.total += one.total;
        for (value, count) in one.facets {
            *all.facets.entry(value).or_default() += count;
        }
        all
    })
}

fn of_briefing(briefing: &Briefing, asked: &Asked) -> Counts {
    let mut counts = Counts::default();
    let year = briefing.date.map(Date::year);
    if asked.year.is_some() && asked.year != year {
        return counts;
    }
    let series = briefing.series.as_ref().map(|series| &series.slug);
    let wrong_series = asked.series.is_some() && asked.series.as_ref() != series;
    let report = briefing.briefing_kind == "report";
    for utterance in &briefing.utterances {
        let speaker = utterance.speaker.as_ref().map(|speaker| &speaker.slug);
        let wrong_speaker = asked.speaker.is_some() && asked.speaker.as_ref() != speaker;
        let of_topic = |slug: &String| utterance.topics.iter().any(|topic| topic.slug == *slug);
        let wrong_topic = asked.topic.as_ref().is_some_and(|slug| !of_topic(slug));
        let wrong = [wrong_speaker, wrong_topic, wrong_series, report];
        if wrong.iter().filter(|wrong| **wrong).count() > 1
            || asked.expr.as_ref().is_some_and(|expr| !matches(&utterance.text, briefing.language.as_deref(), expr))
        {
            continue;
        }
        let all_but = |own: usize| wrong.iter().enumerate().all(|(n, wrong)| n == own || !wrong);
        let mut add = |facet: &'static str, value: &str| {
            *counts.facets.entry((facet, value.to_owned())).or_default() += 1;
        };
        if let Some(speaker) = speaker.filter(|_| all_but(0)) {
            add("speaker", speaker);
        }
        for topic in utterance.topics.iter().filter(|_| all_but(1)) {
            add("topic", &topic.slug);
        }
        if let Some(series) = series.filter(|_| all_but(2)) {
            add("series", series);
        }
        if all_but(3) {
            add("briefing_kind", &briefing.briefing_kind);
        }
        if all_but(usize::MAX) {
            counts.total += 1;
            if let Some(year) = year {
                *counts.facets.entry(("year", year.to_string())).or_default() += 1;
            }
        }
    }
    counts
}
