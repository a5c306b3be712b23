//! CSL-JSON, as Zotero, pandoc and citation processors read it (CSL 1.0.2).

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{ARCHIVE, Author, Citation};
use crate::domain::BriefingKind;

impl Citation {
    /// A list with one item, as the schema wants it.
    pub fn csl_json(&self) -> String {
        // Values of these kinds always can be written.
        serde_json::to_string_pretty(&json!([self.csl_item()])).unwrap_or_default()
    }

    /// The item.
    pub fn csl_item(&self) -> Value {
        let text = |words: &str| Some(Value::from(words));
        let own = |words: &Option<String>| words.as_deref().map(Value::from);
        let authors: Vec<Value> = self.authors().iter().map(name).collect();
        let spoken = self.briefing_kind == BriefingKind::Transcript;
        let fields = [
            ("id", text(&self.key)),
            ("type", text(self.csl_type())),
            ("title", text(&self.title)),
            ("author", (!authors.is_empty()).then(|| Value::from(authors))),
            // Of an event the series is the event's name: processors would print it twice.
            ("container-title", own(&self.series).filter(|_| !spoken)),
            ("genre", text(self.genre())),
            ("issued", self.date.map(date)),
            ("event-title", self.series.as_deref().or(Some(&self.title)).filter(|_| spoken).map(Value::from)),
            ("event-date", self.date.filter(|_| spoken).map(date)),
            ("event-place", own(&self.place)),
            ("publisher", own(&self.issuer)),
            ("archive", text(ARCHIVE)),
            ("archive_location", text(&self.locator_and_revision())),
            ("version", text(&format!("revision {}", self.revision))),
            ("number", self.numbers.map(|(first, last)| Value::from(numbers(first, last)))),
            ("source", own(&self.official)),
            ("URL", text(&self.url)),
            ("accessed", Some(date(self.retrieved))),
            ("language", own(&self.language)),
            ("abstract", Some(self.text()).filter(|words| !words.is_empty()).map(Value::from)),
            ("note", text(&self.notes().join(" "))),
        ];
        let fields = fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?)));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    const fn csl_type(&self) -> &'static str {
        match self.briefing_kind {
            BriefingKind::Transcript => "speech",
            BriefingKind::Statement => "document",
            BriefingKind::Report => "article-newspaper",
        }
    }
}

fn name(author: &Author) -> Value {
    match author {
        Author::Person(name) => match &name.given {
            None => json!({"literal": name.full}),
            Some(given) => match &name.suffix {
                None => json!({"family": name.family, "given": given}),
                Some(suffix) => json!({"family": name.family, "given": given, "suffix": suffix}),
            },
        },
        Author::Called(name) | Author::Body(name) => json!({"literal": name}),
    }
}

fn date(date: Date) -> Value {
    json!({"date-parts": [[date.year(), date.month(), date.day()]]})
}

/// "4", "4-6".
pub fn numbers(first: i32, last: i32) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
