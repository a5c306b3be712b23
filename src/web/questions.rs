//! Which questions are asked for: the fields of the form and of the address, for people and for programs.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded::parse;
use utoipa::IntoParams;

use super::error::Error;
use super::{App, answers, find, urls};
use crate::domain::{AnswerLabel, ExchangeId, Slug};
use crate::store::Connection;
use crate::store::directory::{self, Family, Named};
use crate::store::exchanges::Filter;

/// What finds questions to which nobody responded, beside the answer labels.
pub const NO_RESPONSE: &str = "no-response";

/// What is asked for, as it stands in the address; `label` may be repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Fields {
    /// Answer labels, or `no-response`: any of them.
    #[param(required = false)]
    pub label: Vec<String>,
    /// Who responds: a slug or a name.
    pub speaker: Option<String>,
    /// Who asks: a name or part of it, or the slug of a speaker.
    pub reporter: Option<String>,
    /// For whom they ask: the outlet or part of its name, where the text gives it.
    pub outlet: Option<String>,
    /// A subject of the question or the response: a slug or a name.
    pub topic: Option<String>,
    /// What the briefing belongs to: a slug or a name.
    pub series: Option<String>,
    /// First day: `2026-03-10`, or a month or year.
    pub from: Option<String>,
    /// Last day: the same.
    pub to: Option<String>,
    /// `yes`: only what was asked on more than one day.
    #[param(rename = "asked-again")]
    pub asked_again: Option<String>,
    /// One thread: the number of its first exchange.
    #[param(value_type = Option<i64>)]
    pub thread: Option<String>,
    /// Page, from 1.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 10_000)]
    pub page: Option<String>,
    /// Exchanges on a page, 20 unless said otherwise.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub per_page: Option<String>,
}

impl Fields {
    /// Reads the query of an address; empty fields count as missing, of repeated ones the last counts, of labels all.
    pub fn read(query: &str) -> Self {
        let mut fields = Self::default();
        for (name, value) in parse(query.as_bytes()) {
            // No text in the archive holds a NUL, and PostgreSQL takes none.
            let value = value.replace('\0', "").trim().to_owned();
            if value.is_empty() {
                continue;
            }
            match &*name {
                "label" if !fields.label.contains(&value) => fields.label.push(value),
                "speaker" => fields.speaker = Some(value),
                "reporter" => fields.reporter = Some(value),
                "outlet" => fields.outlet = Some(value),
                "topic" => fields.topic = Some(value),
                "series" => fields.series = Some(value),
                "from" => fields.from = Some(value),
                "to" => fields.to = Some(value),
                "asked-again" => fields.asked_again = Some(value),
                "thread" => fields.thread = Some(value),
                "page" => fields.page = Some(value),
                "per_page" => fields.per_page = Some(value),
                _ => {}
            }
        }
        fields
    }

    /// The fields beside labels, in the order of the form.
    fn pairs(&self) -> [(&'static str, &str); 11] {
        [
            ("speaker", &self.speaker),
            ("reporter", &self.reporter),
            ("outlet", &self.outlet),
            ("topic", &self.topic),
            ("series", &self.series),
            ("from", &self.from),
            ("to", &self.to),
            ("asked-again", &self.asked_again),
            ("thread", &self.thread),
            ("page", &self.page),
            ("per_page", &self.per_page),
        ]
        .map(|(name, value)| (name, value.as_deref().unwrap_or_default()))
    }

    /// The address of this list with some fields changed.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        self.at(&self.label.iter().map(String::as_str).collect::<Vec<_>>(), changes)
    }

    /// The same with these labels.
    pub fn at(&self, labels: &[&str], changes: &[(&str, &str)]) -> String {
        let labels: Vec<_> = labels.iter().map(|label| ("label", *label)).collect();
        urls::changed(urls::QUESTIONS, &[&labels[..], &self.pairs()].concat(), changes)
    }

    /// Whether anything is asked for beyond all questions.
    pub fn ask(&self) -> bool {
        !self.label.is_empty()
            || self.pairs().iter().any(|(name, value)| !matches!(*name, "page" | "per_page") && !value.is_empty())
    }
}

impl<S: Sync> FromRequestParts<S> for Fields {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

/// A request as understood.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What the store is asked.
    pub filter: Filter,
    /// What was changed to make sense of it, as sentences.
    pub repairs: Vec<String>,
    /// Who responds.
    pub speakers: Vec<Named>,
    /// What topics are named.
    pub topics: Vec<Named>,
    /// What series are named.
    pub series: Vec<Named>,
    /// Whether it names a person, who responds or who asks: what the machine says is then not counted.
    pub names_person: bool,
    /// The page, from 1.
    pub page: usize,
    /// Exchanges on it.
    pub limit: usize,
    /// Exchanges before it.
    pub offset: usize,
}

/// Understands a request. Nothing is an error: what cannot be meant is left out, and said.
pub async fn understand(app: &App, conn: &mut Connection, fields: &Fields) -> Result<Asked, Error> {
    let found = find::understand(app, conn, &find::Fields::shared(&fields.pairs())).await?;
    let meant = found.query.filters;
    let mut asked = Asked {
        repairs: found.repairs,
        speakers: found.speakers,
        topics: found.topics,
        series: found.series,
        names_person: fields.speaker.is_some() || fields.reporter.is_some(),
        page: found.page,
        limit: found.query.limit,
        offset: found.query.offset,
        filter: Filter {
            speakers: meant.speakers,
            topics: meant.topics,
            series: meant.series,
            from: meant.from,
            to: meant.to,
            outlet: fields.outlet.as_deref().map(str::to_lowercase),
            asked_again: fields.asked_again.is_some(),
            ..Filter::default()
        },
    };
    for word in &fields.label {
        match AnswerLabel::parse(word) {
            Some(label) => asked.filter.labels.push(label),
            None if word == NO_RESPONSE => asked.filter.no_response = true,
            None => asked.repairs.push(unknown(word)),
        }
    }
    if let Some(reporter) = &fields.reporter {
        asked.filter.reporter = Some(reporter.replace('-', " ").to_lowercase());
        let slug = Slug::from_text(reporter);
        let people = match &slug {
            Some(slug) => directory::meant(conn, Family::Speaker, slug.as_str()).await?,
            None => Vec::new(),
        };
        asked.filter.reporters = people.into_iter().map(|meant| crate::domain::SpeakerId(meant.id)).collect();
    }
    if let Some(thread) = &fields.thread {
        // No row has a negative number.
        asked.filter.thread = Some(ExchangeId(thread.parse().unwrap_or(-1)));
    }
    Ok(asked)
}

fn unknown(word: &str) -> String {
    let known: Vec<&str> = AnswerLabel::ALL.iter().map(answers::label).collect();
    format!("“{word}” is no answer label, and was left out. There are: {}.", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_add_up_and_other_fields_stand_once() {
        let fields = Fields::read("label=declined&label=&label=deferred&label=declined&series=a&series=b&page=3&x=1");
        assert_eq!(fields.label, ["declined", "deferred"]);
        assert_eq!(fields.with(&[]), "/questions?label=declined&label=deferred&series=b");
        assert_eq!(fields.at(&["dodged"], &[("series", ""), ("page", "2")]), "/questions?label=dodged&page=2");
        assert!(fields.ask() && !Fields::read("page=2&per_page=5").ask());
    }
}
